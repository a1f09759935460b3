"""The columns of a table: what each says of a row and of the total, in every form that a table has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Any, NamedTuple

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation import wording
from sphinx_paramdoc.table.rows import Row, Table


class Mark(Enum):
    """What a run of text in a cell is, where a form may show it in a way of its own."""

    NAME = "name"
    """The name of a layer."""
    SHAPE = "shape"
    """The shape of one tensor, which stays whole."""
    TERM = "term"
    """A number of a formula."""


class Run(NamedTuple):
    """A run of text in a cell."""

    text: str
    mark: Mark | None = None
    label: str = ""
    """What a number of a formula stands for."""


class Column(msgspec.Struct, frozen=True):
    """One column; whoever writes a table loops over these."""

    name: str
    """How options call it."""
    heading: str
    cell: Callable[[Row], Iterable[Run]]
    total: Callable[[Table], str]
    share: int
    """The part of a PDF page's width that it takes, in hundredths."""
    is_number: bool = False
    """Whether its cells stand to the right."""
    is_nested: bool = False
    """Whether rows of layers inside others stand further in."""
    is_prose: bool = False
    """Whether its cells break into lines where there is too little room."""

    def text(self, row: Row) -> str:
        """Write the cell of a row."""
        return "".join(run.text for run in self.cell(row))


def layer(row: Row) -> Iterator[Run]:
    """Yield the layer, ``dense (Dense)``; of several the first and the last, ``block_0 to block_11 (Block)``."""
    for text, is_name in wording.name_runs(row.names):
        yield Run(text, Mark.NAME if is_name else None)
    yield Run(f" ({row.short_class})")


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


def _explanation(row: Row) -> Iterator[Run]:
    for text, label, lead in wording.pieces(row.explained):
        yield Run(f"{lead}{text}") if label is None else Run(text, Mark.TERM, label)


COLUMNS = (
    Column("layer", "Layer", layer, lambda _: "Total", share=28, is_nested=True),
    Column("output-shape", "Output shape", lambda row: shape(row.output_shape), lambda _: "", share=21),
    Column(
        "params",
        "Parameters",
        lambda row: [Run(f"{row.all_params:,}")],
        lambda table: f"{table.total:,}",
        share=14,
        is_number=True,
    ),
    Column("explanation", "Explanation", _explanation, lambda table: table.explanation, share=37, is_prose=True),
)
"""The columns in their order."""
