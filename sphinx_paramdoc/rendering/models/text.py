"""The table of models for a terminal, in the two layouts that a table of layers has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sphinx_paramdoc.rendering import entries as made
from sphinx_paramdoc.rendering import grid, stacked
from sphinx_paramdoc.rendering.entries import BLANK, Cell, Entry
from sphinx_paramdoc.rendering.marked import QUIET, Marked, broken, marked, sentence, sum_of, together
from sphinx_paramdoc.rendering.text import LEAST
from sphinx_paramdoc.rendering.tree import Branch
from sphinx_paramdoc.table.models import IN_ARGUMENTS, ModelColumn, ModelRow, ModelTable

_ROOT = Branch(None)
_INDENT = "  "


def render(table: ModelTable, width: int | None = None, *, is_colored: bool = False) -> str:
    """Write the rows, and what is said below them.

    :param width: the columns of the terminal; no line takes more; ``None``: no limit.
    :param is_colored: whether escape sequences tell what is quiet.
    """
    width = None if width is None else max(width, LEAST)
    lines = [*_rows(table, width), *_below(table, width)]
    return together(lines, is_colored=is_colored)


def _rows(table: ModelTable, width: int | None) -> Iterator[Marked]:
    columns = table.columns
    head, total = made.head(columns), [Cell((BLANK,)) for _ in columns]
    entries = [_entry(row, columns) for row in table.rows]
    widths = grid.fit(head, entries, total, columns, width)
    if widths is not None:
        yield from grid.lines(Entry(_ROOT, head), widths, columns)
        yield grid.rule(widths)
        for row, entry in zip(table.rows, entries, strict=True):
            yield from grid.lines(entry, widths, columns)
            yield from _missing(row, width)
        return
    assert width is not None
    layout = stacked.fit(head, entries, total, columns, width)
    yield from stacked.head(head, layout)
    for row, entry in zip(table.rows, entries, strict=True):
        yield from stacked.lines(entry, layout)
        yield from _missing(row, width)


def _entry(row: ModelRow, columns: Sequence[ModelColumn]) -> Entry:
    return Entry(
        _ROOT,
        [Cell((_text(row, column),)) for column in columns],
    )


def _text(row: ModelRow, column: ModelColumn) -> Marked:
    if column.name == IN_ARGUMENTS:
        return sum_of(column.text(row))
    return marked(row.name if column.is_nested else column.text(row))


def _missing(row: ModelRow, width: int | None) -> Iterator[Marked]:
    """Yield the lines that say why a row has no counts."""
    if row.table is None:
        room = None if width is None else width - len(_INDENT)
        yield from (Marked(_INDENT) + line for line in broken(marked(row.missing, QUIET), room))


def _below(table: ModelTable, width: int | None) -> Iterator[Marked]:
    for told in table.below:
        yield Marked("")
        yield from broken(sentence(told), width)
