"""The table for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from sphinx_paramdoc.table.columns import Column
from sphinx_paramdoc.table.runs import Run, written
from sphinx_paramdoc.table.view import Note, View, ViewRow

_GAP = "  "
_INDENT = "  "
_WIDEST_NAME = 44
"""A layer's name, and its class, go on in another line where they are longer than this."""

_LEAST_PROSE = 24
"""Narrower than this, an explanation is harder to read than a line that runs over the edge."""


def render(view: View, columns: Sequence[Column], width: int | None = None) -> str:
    """Write the rows that show, the total, and the notes.

    :param width: the columns of the terminal, which prose is wrapped to; ``None``: no limit.
    """
    headings = [column.heading for column in columns]
    blocks = [_cells(row, view, columns) if isinstance(row, ViewRow) else row for row in _shown(view.rows)]
    rows = [block for block in blocks if not isinstance(block, _Others)]
    total = [_lines_of(column.total(view), column.total_below(view)) for column in columns]
    columnwise = zip(map(_lines_of, headings), *rows, total, strict=True)
    widths = [max(len(line) for cell in cells for line in cell) for cells in columnwise]
    if width is not None:
        fixed = sum(each for each, column in zip(widths, columns, strict=True) if not column.is_prose)
        left = max(width - fixed - len(_GAP) * (len(columns) - 1), _LEAST_PROSE)
        widths = [min(each, left) if column.is_prose else each for each, column in zip(widths, columns, strict=True)]
    rule = _GAP.join("─" * each for each in widths)
    says_why = any(column.name == "explanation" for column in columns)
    return "\n".join(
        [
            f"{view.table.name} ({view.table.class_name})",
            "",
            *_lines([[heading] for heading in headings], widths, columns),
            rule,
            *(
                line
                for block in blocks
                for line in (block.lines(len(rule)) if isinstance(block, _Others) else _lines(block, widths, columns))
            ),
            rule,
            *_lines(total, widths, columns),
            *(_notes(view.notes, width) if says_why else ()),
            *_beyond(view.beyond(), width),
        ]
    )


class _Others(NamedTuple):
    """The names of the layers or blocks that equal the one whose rows stand above."""

    runs: Sequence[Run]
    depth: int

    def lines(self, width: int) -> list[str]:
        return _wrapped(written(self.runs), width, _INDENT * self.depth, _INDENT * (self.depth + 1))


def _shown(rows: Iterable[ViewRow]) -> Iterator[ViewRow | _Others]:
    """Yield the rows that show, and behind what is open the names of what equals it."""
    for row in rows:
        yield row
        if row.is_open and row.rows:
            yield from _shown(row.rows)
            if row.others:
                yield _Others(row.others, row.depth + 1)


def _cells(row: ViewRow, view: View, columns: Sequence[Column]) -> list[list[str]]:
    return [_cell(row, view, column) for column in columns]


def _cell(row: ViewRow, view: View, column: Column) -> list[str]:
    """Return the lines of a cell, which may yet be broken where they are prose."""
    text = column.text(row, view)
    if not column.is_nested:
        return _lines_of(text, column.below(row))
    indent = _INDENT * row.depth
    return _wrapped(text, _WIDEST_NAME + len(indent), indent, f"{indent}{_INDENT}")


def _lines_of(text: str, below: str = "") -> list[str]:
    return [text, below] if below else [text]


def _notes(notes: Sequence[Note], width: int | None) -> Iterator[str]:
    """Yield the notes that rows which show refer to, behind an empty line."""
    for place, note in enumerate(note for note in notes if note.is_shown):
        if not place:
            yield ""
        yield from _wrapped(f"[{note.number}] {note.text}", width, "", "    ")


def _beyond(sentences: Sequence[str], width: int | None) -> Iterator[str]:
    """Yield what the model computes with that no row says, each behind an empty line."""
    for sentence in sentences:
        yield ""
        yield from _wrapped(sentence, width)


def _lines(cells: Sequence[Sequence[str]], widths: Sequence[int], columns: Sequence[Column]) -> Iterator[str]:
    """Yield the lines of a row: prose is wrapped, all else stands on the first of them."""
    broken = [
        [part for line in cell for part in (_wrapped(line, width) if column.is_prose else [line])]
        for cell, width, column in zip(cells, widths, columns, strict=True)
    ]
    for line in zip_longest(*broken, fillvalue=""):
        parts = zip(line, widths, columns, strict=True)
        yield _GAP.join(
            cell.rjust(width) if column.is_number else cell.ljust(width) for cell, width, column in parts
        ).rstrip()


def _wrapped(text: str, width: int | None, indent: str = "", further: str = "") -> list[str]:
    """Break a text into lines between its words.

    :param indent: what the first line begins with.
    :param further: what the others begin with.
    """
    if width is None:
        return [text]
    return textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )
