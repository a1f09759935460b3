"""Several models in one table: a row for each, with its counts, and what each column says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.said import run_on, said
from sphinx_paramdoc.table.rows import Table
from sphinx_paramdoc.table.runs import Mark, Run, written
from sphinx_paramdoc.table.sizes import size

if TYPE_CHECKING:
    from sphinx_paramdoc.law import Law


class ModelRow(msgspec.Struct, frozen=True, kw_only=True):
    """One model, or why there is none."""

    name: str
    expression: str
    """What gives it, as the author wrote it."""
    table: Table | None = None
    layers: int = 0
    """How many layers the model itself has; what those are made of does not count."""
    missing: str = ""
    """Why there is no table."""
    key: str = ""
    """What its record is called, by which another table of the same model is found."""


class ModelTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table of models."""

    rows: list[ModelRow]
    columns: tuple[ModelColumn, ...]
    below: list[str] = []
    """What is said below it, a sentence or two each."""

    @property
    def beside_name(self) -> range:
        """The places of neighbouring columns in which a row without a model says why: behind the name, if any are."""
        name = next(place for place, column in enumerate(self.columns) if column.is_nested)
        return range(name + 1, len(self.columns)) or range(name)


class ModelColumn(msgspec.Struct, frozen=True):
    """One column; whoever writes a table of models loops over these."""

    name: str
    """How options call it."""
    heading: str
    cell: Callable[[ModelRow, Table], Iterable[Run]]
    share: int = 10
    """How much of a page's width it takes, compared with the others."""
    is_number: bool = False
    """Whether its cells stand to the right."""
    is_nested: bool = False
    """Whether its cells say what a row is about."""
    is_prose: bool = False
    """Whether its cells break into lines where there is too little room."""

    def text(self, row: ModelRow) -> str:
        """Write the cell of a row that has a model."""
        return written(self.cell(row, row.table)) if row.table else ""


def row(name: str, expression: str, model: facts.Model, table: Table, key: str = "") -> ModelRow:
    """Return the row of a model.

    :param table: its own table.
    """
    layers = model.layers
    # What the model owns by itself stands as a layer before those that it has.
    owns = len(layers) > 1 and (layers[0].path, layers[0].class_name) == (model.name, model.class_name)
    return ModelRow(name=name, expression=expression, table=table, layers=len(layers) - owns, key=key)


def missing(message: str, file: str, line: int) -> str:
    """Return what a row says of a model that is missing: the first line of the message.

    :param file: the name of the file that it is written in.
    """
    first = message.strip().split("\n")[0]
    return said("missing ({file}, line {line}): {message}", file=file, line=line, message=first)


def _formula(_row: ModelRow, table: Table) -> Iterator[Run]:
    if table.law is not msgspec.UNSET and table.law.law.formula:
        yield Run(table.law.law.formula, Mark.FORMULA)


COLUMNS = {
    column.name: column
    for column in (
        ModelColumn("model", said("Model"), lambda row, _: [Run(row.name)], share=24, is_nested=True),
        ModelColumn("expression", said("Made by"), lambda row, _: [Run(row.expression)], share=32, is_prose=True),
        ModelColumn("layers", said("Layers"), lambda row, _: [Run(f"{row.layers:,}")], share=13, is_number=True),
        ModelColumn("params", said("Parameters"), lambda _, table: [Run(f"{table.total:,}")], share=18, is_number=True),
        ModelColumn(
            "trainable", said("Trainable"), lambda _, table: [Run(f"{table.trainable:,}")], share=18, is_number=True
        ),
        ModelColumn(
            "non-trainable",
            said("Non-trainable"),
            lambda _, table: [Run(f"{table.non_trainable:,}")],
            share=18,
            is_number=True,
        ),
        ModelColumn("size", said("Size"), lambda _, table: [Run(size(table.size_bytes))], share=16, is_number=True),
        ModelColumn("in-arguments", said("In arguments"), _formula, share=40, is_prose=True),
        ModelColumn("link", said("Table"), lambda row, _: [Run("", Mark.TABLE, path=row.key)], share=20, is_prose=True),
    )
}
"""The name of a column, as options call it → the column."""

NAME = "model"
"""The column that says what a row is about, and is always there."""

IN_ARGUMENTS = "in-arguments"
"""The column of the formulas, for which models are executed at further settings."""

LINK = "link"
"""The column that leads to the model's own table, which only a page has."""

DEFAULT = ("model", "params", "trainable", "non-trainable", "size")
"""The columns that a table of models has where none are chosen."""


def build(rows: Sequence[ModelRow], names: Sequence[str], told: Sequence[tuple[str, str]] = ()) -> ModelTable:
    """Make a table of models; what all of them share is said once, below it.

    :param names: those of its columns.
    :param told: the name of a model, and what else is to be said of it.
    """
    formula = _shared(rows)
    shown = [COLUMNS[name] for name in names if not (formula and name == IN_ARGUMENTS)]
    first = [run_on(said("In arguments:"), " ", formula)] if formula else []
    below = [*first, *_below(rows, told, is_shown=bool(formula) or IN_ARGUMENTS in names)]
    return ModelTable(rows=list(rows), columns=tuple(shown), below=below)


def _law(row: ModelRow) -> Law | None:
    return row.table.law.law if row.table is not None and row.table.law is not msgspec.UNSET else None


def _shared(rows: Sequence[ModelRow]) -> str:
    """Return the formula that all of several models have, as the first has it; '' where they have none, or others."""
    laws = [_law(row) for row in rows if row.table is not None]
    first = laws[0] if len(laws) > 1 else None
    if first is None or first.formula is None:
        return ""
    # Each writes its largest part first, as its own arguments are.
    return first.formula if all(law and law.polynomial == first.polynomial for law in laws) else ""


def _below(rows: Sequence[ModelRow], told: Sequence[tuple[str, str]], *, is_shown: bool) -> list[str]:
    """Return what formulas were held to, and what else is to be said: of several models once, behind their names."""
    sentences: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    found = [(row.name, text) for row in rows for text in _of_law(row, is_shown)]
    for name, text in (*found, *told):
        sentences.setdefault(text, []).append(name)
        texts.setdefault(text, text)
    everybody = [row.name for row in rows if row.table is not None]
    of_some = [run_on(", ".join(names), ": ", texts[text]) for text, names in sentences.items() if names != everybody]
    return [*of_some, *(texts[text] for text, names in sentences.items() if names == everybody)]


def _of_law(row: ModelRow, is_shown: bool) -> list[str]:
    """Return what is said of the formula of a model, or of why there is none.

    :param is_shown: whether the formula itself stands elsewhere.
    """
    if row.table is None or row.table.law is msgspec.UNSET:
        return []
    return row.table.law.sentences()[is_shown and row.table.law.law.formula is not None :]
