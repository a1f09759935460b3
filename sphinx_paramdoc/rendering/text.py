"""The table for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from sphinx_paramdoc.table import Row, Table
from sphinx_paramdoc.table.columns import COLUMNS

_GAP = "  "
_INDENT = "  "
_LEAST_PROSE = 24
"""Narrower than this, an explanation is harder to read than a line that runs over the edge."""


def render(table: Table, width: int | None = None, depth: int = 0) -> str:
    """Write the rows and the total.

    :param width: the columns of the terminal, which prose is wrapped to; ``None``: no limit.
    :param depth: how deep layers that are made of others open; 0: only the outermost ones have rows.
    """
    headings = [column.heading for column in COLUMNS]
    rows = [_cells(row) for row in table.down_to(depth)]
    total = [column.total(table) for column in COLUMNS]
    widths = [max(map(len, cells)) for cells in zip(headings, *rows, total, strict=True)]
    if width is not None:
        fixed = sum(each for each, column in zip(widths, COLUMNS, strict=True) if not column.is_prose)
        left = max(width - fixed - len(_GAP) * (len(COLUMNS) - 1), _LEAST_PROSE)
        widths = [min(each, left) if column.is_prose else each for each, column in zip(widths, COLUMNS, strict=True)]
    rule = _GAP.join("─" * each for each in widths)
    return "\n".join(
        [
            f"{table.name} ({table.class_name})",
            "",
            *_lines(headings, widths),
            rule,
            *(line for row in rows for line in _lines(row, widths)),
            rule,
            *_lines(total, widths),
            *_notes(table.notes(depth), width),
        ]
    )


def _notes(notes: Sequence[str], width: int | None) -> Iterator[str]:
    """Yield the lines of what is said below the table."""
    for note in notes:
        yield ""
        yield from textwrap.wrap(note, width, break_long_words=False, break_on_hyphens=False) if width else [note]


def _cells(row: Row) -> list[str]:
    return [_INDENT * row.depth * column.is_nested + column.text(row) for column in COLUMNS]


def _lines(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of a row: prose is wrapped, all else stands on the first of them."""
    broken = [
        textwrap.wrap(cell, width, break_long_words=False, break_on_hyphens=False) if column.is_prose else [cell]
        for cell, width, column in zip(cells, widths, COLUMNS, strict=True)
    ]
    for line in zip_longest(*broken, fillvalue=""):
        parts = zip(line, widths, COLUMNS, strict=True)
        yield _GAP.join(
            cell.rjust(width) if column.is_number else cell.ljust(width) for cell, width, column in parts
        ).rstrip()
