"""What stands in the cells of a table, the same in every form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from sphinx_paramdoc import facts
from sphinx_paramdoc.table import EACH, Row, Table
from sphinx_paramdoc.table.folding import span

HEADINGS = ("Layer", "Output shape", "Parameters", "Explanation")

Piece: TypeAlias = tuple[str, str | None]
"""A run of text, and what it is if it is a number of a formula."""


def cells(row: Row) -> tuple[str, str, str, str]:
    """Return the text of the cells of `row`, under `HEADINGS`."""
    return (layer(row), shape(row.output_shape), f"{row.all_params:,}", row.explanation)


def total_cells(table: Table) -> tuple[str, str, str, str]:
    """Return the text of the cells of the last row."""
    return ("Total", "", f"{table.total:,}", table.explanation)


def layer(row: Row) -> str:
    """Write the layer, ``dense (Dense)``; of several the first and the last, ``block_0 to block_11 (Block)``."""
    return f"{span(row.names)} ({row.short_class})"


def shape(value: facts.Shape) -> str:
    """Write a shape as Keras does, ``(None, 512)``; several tensors in brackets; an unknown shape as ``?``."""
    return "?" if value is None else _shape(value)


def pieces(row: Row) -> Iterator[Piece]:
    """Divide the explanation so that each number of its formula stands alone, with what it is."""
    head, rest = "", row.explanation
    if row.repeat > 1 and row.formula:
        head, each, rest = rest.partition(EACH)
        yield head + each, None
    for term in row.terms if row.formula and rest.startswith(row.formula) else ():
        before, _, rest = rest.partition(str(term.value))
        if before:
            yield before, None
        yield str(term.value), term.label
    if rest:
        yield rest, None


def _shape(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_shape(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list) and not all(axis is None or isinstance(axis, int) for axis in value):
        return f"[{', '.join(map(_shape, value))}]"
    return str(tuple(value))
