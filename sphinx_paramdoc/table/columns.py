"""The columns of a table: what each says of a row and of the total, in every form that a table has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from sphinx_paramdoc.explanation.pieces import SEMICOLON
from sphinx_paramdoc.said import bracketed, run_on, said
from sphinx_paramdoc.table.runs import Mark, Run, written
from sphinx_paramdoc.table.sizes import size
from sphinx_paramdoc.table.view import Kind, View, ViewRow

if TYPE_CHECKING:
    from sphinx_paramdoc import facts
    from sphinx_paramdoc.table.rows import Table, WeightEntry


class Column(msgspec.Struct, frozen=True):
    """One column; whoever writes a table loops over these."""

    name: str
    """How options call it."""
    heading: str
    cell: Callable[[ViewRow, View], Iterable[Run]]
    total: Callable[[View], str] = lambda _: ""
    share: int = 10
    """How much of a page's width it takes, compared with the others."""
    is_number: bool = False
    """Whether its cells stand to the right."""
    is_nested: bool = False
    """Whether rows of layers inside others stand further in."""
    is_prose: bool = False
    """Whether its cells break into lines where there is too little room."""
    total_below: Callable[[View], str] = lambda _: ""
    """What stands below the total, quieter."""

    def text(self, row: ViewRow, view: View) -> str:
        """Write the cell of a row."""
        return written(self.cell(row, view))


def chosen(names: Sequence[str] = ()) -> tuple[Column, ...]:
    """Return the columns of these names, in this order; without names, those that a table has by default.

    What another column says is not said twice: with a column of classes the layers are names alone, and with one of
    sizes none stands below the total.

    :raises KeyError: where there is no such column.
    """
    columns = [COLUMNS[name] for name in names or DEFAULT]
    named = {column.name for column in columns}
    if "class" in named:
        columns = [
            msgspec.structs.replace(column, cell=_names_alone) if column.name == "layer" else column
            for column in columns
        ]
    if "size" in named:
        columns = [_with(column, total_below=lambda _: "") for column in columns]
    return tuple(columns)


def with_formula(names: Sequence[str], table: Table) -> tuple[str, ...]:
    """Return the names of the columns of a table whose formula stands behind the counts, if none were chosen."""
    if names or table.law is msgspec.UNSET or table.law.law.formula is None:
        return tuple(names)
    behind = DEFAULT.index("params") + 1
    return (*DEFAULT[:behind], IN_ARGUMENTS, *DEFAULT[behind:])


def _with(column: Column, **fields: Any) -> Column:
    return msgspec.structs.replace(column, **fields)


def _layer(row: ViewRow, _view: View) -> Iterator[Run]:
    """Yield the layer, ``dense (Dense)``; of several the first and the last, ``block_0 to block_11 (Block)``."""
    yield from row.names
    yield Run(" ")
    yield Run(bracketed(row.what), Mark.CLASS)


def _names_alone(row: ViewRow, _view: View) -> Iterator[Run]:
    yield from row.names


def _class(row: ViewRow, _view: View) -> Iterator[Run]:
    yield Run(row.what, Mark.CLASS)


def shape(value: facts.Shape) -> Iterator[Run]:
    """Yield a shape as Keras writes it, ``(None, 512)``; several tensors in brackets; an unknown shape as ``?``."""
    yield from [Run("?")] if value is None else _shape(value)


def _shape(value: Any) -> Iterator[Run]:
    if isinstance(value, dict):
        yield from _listed("{", ((f"{name}: ", part) for name, part in value.items()), "}")
    elif isinstance(value, list) and not all(axis is None or isinstance(axis, int) for axis in value):
        yield from _listed("[", (("", part) for part in value), "]")
    else:
        yield Run(str(tuple(value)), Mark.SHAPE)


def _listed(opening: str, parts: Iterable[tuple[str, Any]], closing: str) -> Iterator[Run]:
    before = opening
    for name, part in parts:
        yield Run(f"{before}{name}")
        yield from _shape(part)
        before = ", "
    yield Run(closing)


def share(part: int, view: View) -> str:
    """Write a part of the model's total as a percentage: one that is not zero is not written as zero, nor as all."""
    if not part or not view.table.total:
        return "0 %"
    tenths = round(1000 * part / view.table.total)
    if not tenths:
        return "< 0.1 %"
    if tenths == 1000 and part != view.table.total:
        return "> 99.9 %"
    return f"{tenths // 10} %" if tenths in {0, 1000} else f"{tenths // 10}.{tenths % 10} %"


def _sizes(view: View) -> str:
    """Write the sizes of what is trainable and of what is not, in the order in which the total names them."""
    trainable = view.table.trainable_bytes
    if view.is_partial or trainable in {0, view.table.size_bytes}:
        return ""
    return f"{size(trainable)} + {size(view.table.size_bytes - trainable)}"


def _connected_to(row: ViewRow, _view: View) -> Iterator[Run]:
    for number, path in enumerate(row.connected_to):
        if number:
            yield Run(", ")
        yield Run(path, Mark.LINK, path=path)


def _in_arguments(row: ViewRow, view: View) -> Iterator[Run]:
    """Yield what a row holds in the arguments of the model's builder, where there is a formula."""
    law = view.table.law
    if law is not msgspec.UNSET and (text := law.text_of_view(row)):
        yield Run(text, Mark.FORMULA)


def _weights(row: ViewRow, _view: View) -> Iterator[Run]:
    """Yield the layer's own weights with their shapes; those of the layers inside it stand in their rows."""
    for number, weight in enumerate(row.layers[0].weights if row.kind is Kind.LAYER else ()):
        yield Run(run_on(SEMICOLON, _weight(weight)) if number else _weight(weight))


def _weight(weight: WeightEntry) -> str:
    name = weight.path.rpartition("/")[2]
    return f"{name} {' × '.join(map(str, weight.shape))}" if weight.shape else said("{weight}: one number", weight=name)


COLUMNS = {
    column.name: column
    for column in (
        Column("layer", said("Layer"), _layer, lambda _: said("Total"), share=27, is_nested=True),
        Column("class", said("Class"), _class, share=16),
        Column("input-shape", said("Input shape"), lambda row, _: shape(row.input_shape), share=21),
        Column("output-shape", said("Output shape"), lambda row, _: shape(row.output_shape), share=21),
        Column(
            "params",
            said("Parameters"),
            lambda row, _: [Run(f"{row.params:,}")],
            lambda view: f"{view.params:,}",
            share=18,
            is_number=True,
            total_below=lambda view: size(view.size_bytes),
        ),
        Column(
            "trainable",
            said("Trainable"),
            lambda row, _: [Run(f"{row.trainable:,}")],
            lambda view: f"{view.trainable:,}",
            share=18,
            is_number=True,
        ),
        Column(
            "non-trainable",
            said("Non-trainable"),
            lambda row, _: [Run(f"{row.non_trainable:,}")],
            lambda view: f"{view.non_trainable:,}",
            share=18,
            is_number=True,
        ),
        Column(
            "share",
            said("Share"),
            lambda row, view: [Run(share(row.params, view), Mark.SHARE)],
            lambda view: share(view.params, view),
            share=14,
            is_number=True,
        ),
        Column(
            "size",
            said("Size"),
            lambda row, _: [Run(size(row.size_bytes))],
            lambda view: size(view.size_bytes),
            share=20,
            is_number=True,
        ),
        Column("dtype", said("Type"), lambda row, _: [Run(", ".join(row.dtypes))], share=10),
        Column("connected-to", said("Connected to"), _connected_to, share=20, is_prose=True),
        Column("weights", said("Weights"), _weights, share=26, is_prose=True),
        Column("in-arguments", said("In arguments"), _in_arguments, share=34, is_prose=True),
        Column(
            "explanation",
            said("Explanation"),
            lambda row, _: row.explanation,
            lambda view: view.explanation,
            share=37,
            is_prose=True,
            total_below=_sizes,
        ),
    )
}
"""The name of a column, as options call it → the column."""

IN_ARGUMENTS = "in-arguments"
"""The column that is there only where a formula is asked for."""

DEFAULT = ("layer", "output-shape", "params", "explanation")
"""The columns that a table has where none are chosen."""
