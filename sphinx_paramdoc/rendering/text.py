"""The table for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import zip_longest

from sphinx_paramdoc.rendering.cells import HEADINGS, cells, total_cells
from sphinx_paramdoc.table import Row, Table

_GAP = "  "
_INDENT = "  "
_LEAST_EXPLANATION = 24
"""Narrower than this, an explanation is harder to read than a line that runs over the edge."""


def render(table: Table, width: int | None = None, depth: int = 0) -> str:
    """Write the rows and the total.

    :param width: the columns of the terminal, which the explanation is wrapped to; ``None``: no limit.
    :param depth: how deep layers that are made of others open; 0: only the outermost ones have rows.
    """
    rows = [_indented(row) for row in table.down_to(depth)]
    lines = [HEADINGS, *rows, total_cells(table)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    if width is not None:
        widths[-1] = min(widths[-1], max(width - sum(widths[:-1]) - len(_GAP) * 3, _LEAST_EXPLANATION))
    rule = _GAP.join("─" * column for column in widths)
    return "\n".join(
        [
            f"{table.name} ({table.class_name})",
            "",
            *_lines(HEADINGS, widths),
            rule,
            *(line for row in rows for line in _lines(row, widths)),
            rule,
            *_lines(total_cells(table), widths),
        ]
    )


def _indented(row: Row) -> tuple[str, str, str, str]:
    layer, shape, params, explanation = cells(row)
    return (_INDENT * row.depth + layer, shape, params, explanation)


def _lines(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    *cells, explanation = row
    wrapped = textwrap.wrap(explanation, widths[-1], break_long_words=False, break_on_hyphens=False)
    lines = zip_longest([cells], wrapped or [""], fillvalue=None)
    return [_line(first or [""] * len(cells), text or "", widths) for first, text in lines]


def _line(cells: Sequence[str], explanation: str, widths: Sequence[int]) -> str:
    layer, shape, params = cells
    parts = (layer.ljust(widths[0]), shape.ljust(widths[1]), params.rjust(widths[2]), explanation)
    return _GAP.join(parts).rstrip()
