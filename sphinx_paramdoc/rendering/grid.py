"""A table of a terminal whose columns all stand beside each other, as there is room for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from sphinx_paramdoc.rendering.entries import BLANK, Cell, Entry, Lane
from sphinx_paramdoc.rendering.marked import QUIET, Look, Marked, broken, marked
from sphinx_paramdoc.rendering.tree import Branch

GAP = 2
"""The blanks between columns."""

_WIDEST_NAME = 44
"""A layer's name stands above its class where both are longer than this."""

_LEAST_PROSE = 48
"""Where prose had fewer columns, it had better stand below its row, on lines of the whole width."""


def fit(
    head: Sequence[Cell], entries: Sequence[Entry], total: Sequence[Cell], columns: Sequence[Lane], width: int | None
) -> list[int] | None:
    """Return how wide each column is; ``None`` where there is too little room for them beside each other."""
    natural = [
        max(head[place].width, total[place].width, *_needs(entries, place, column, width))
        for place, column in enumerate(columns)
    ]
    if width is None:
        return natural
    prose = [place for place, column in enumerate(columns) if column.is_prose]
    left = width - sum(natural) + sum(natural[place] for place in prose) - GAP * (len(columns) - 1)
    for number, place in enumerate(sorted(prose, key=lambda each: natural[each])):
        fair = left // (len(prose) - number)
        if fair < min(natural[place], _LEAST_PROSE):
            return None
        natural[place] = min(natural[place], fair)
        left -= natural[place]
    return natural if left >= 0 else None


def _needs(entries: Sequence[Entry], place: int, column: Lane, width: int | None) -> Iterator[int]:
    """Yield how many columns the cells of one column take."""
    yield 0
    if not column.is_nested or width is None:
        yield from (entry.width(place, column) for entry in entries if entry.cells)
        return
    for entry in entries:
        if entry.cells:
            cell = entry.cells[place]
            if cell.width <= _WIDEST_NAME:
                yield entry.width(place, column)
            else:
                before = max(len(entry.branch.first), len(further(entry.branch)))
                yield before + max(line.width for line in cell.lines(_WIDEST_NAME))


def further(branch: Branch) -> str:
    """Return what stands before the further lines of a row: the lines of the tree that go on below it."""
    return branch.further + "│ " * branch.is_open


def rule(widths: Sequence[int]) -> Marked:
    """Return a line below the headings, or above the total."""
    return marked((" " * GAP).join("─" * width for width in widths), QUIET)


def lines(entry: Entry, widths: Sequence[int], columns: Sequence[Lane]) -> Iterator[Marked]:
    """Yield the lines of a row: prose is broken, all else stands on the first of them."""
    first, later = marked(entry.branch.first, QUIET), marked(further(entry.branch), QUIET)
    if not entry.cells:
        room = sum(widths) + GAP * (len(widths) - 1) - first.width
        for number, line in enumerate(broken(entry.others, room)):
            yield (later if number else first) + line
        return
    cells = [
        _nested(cell, width, first, later) if column.is_nested else cell.lines(width)
        for cell, width, column in zip(entry.cells, widths, columns, strict=True)
    ]
    if all(len(cell) == 1 for cell in cells):
        yield joined([cell[0] for cell in cells], widths, columns)
        return
    for number, parts in enumerate(zip_longest(*cells, fillvalue=BLANK)):
        yield joined(
            [
                later if column.is_nested and number and not part.text else part
                for part, column in zip(parts, columns, strict=True)
            ],
            widths,
            columns,
        )


def _nested(cell: Cell, width: int, first: Marked, later: Marked) -> list[Marked]:
    """Return the lines of a name, behind the lines of the tree."""
    whole = first + cell.whole if first.text else cell.whole
    if whole.width <= width:
        return [whole]
    lines = cell.lines(width - max(first.width, later.width))
    return [(later if number else first) + line for number, line in enumerate(lines)]


def joined(parts: Sequence[Marked], widths: Sequence[int], columns: Sequence[Lane]) -> Marked:
    """Return one line of cells."""
    text, place, reached = "", 0, 0
    looks: list[Look] = []
    for part, to, column in zip(parts, widths, columns, strict=True):
        if part.text:
            own = part.width
            begin = place + max(to - own, 0) if column.is_number else place
            text += " " * (begin - reached)
            looks += part.moved(len(text))
            text += part.text
            reached = begin + own
        place += to + GAP
    return Marked(text, tuple(looks))
