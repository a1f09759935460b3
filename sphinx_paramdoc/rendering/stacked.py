"""A table of a narrow terminal: names and numbers on a line, and what explains them on lines of their own below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sphinx_paramdoc.rendering import grid
from sphinx_paramdoc.rendering.entries import BLANK, Cell, Entry
from sphinx_paramdoc.rendering.grid import GAP
from sphinx_paramdoc.rendering.marked import QUIET, Marked, broken, marked
from sphinx_paramdoc.table.columns import Column

_LEAST_NAME = 24
"""So many columns a layer's name has at least, or else something beside it stands below."""

_WIDEST = 100
"""The numbers stand no further to the right than they must, if the terminal is wider than this."""

_INDENT = "  "


class Layout(NamedTuple):
    """Which columns stand beside each other, and how wide they are."""

    beside: list[int]
    """The places of the columns that stand on the first line."""
    below: list[int]
    widths: list[int]
    """How wide those on the first line are."""
    width: int
    columns: Sequence[Column]

    @property
    def reach(self) -> int:
        """How far the first line reaches."""
        return sum(self.widths) + GAP * (len(self.widths) - 1)

    @property
    def shown(self) -> list[Column]:
        """The columns on the first line."""
        return [self.columns[place] for place in self.beside]


def fit(
    head: Sequence[Cell], entries: Sequence[Entry], total: Sequence[Cell], columns: Sequence[Column], width: int
) -> Layout:
    """Decide what stands where: what finds no room beside the others stands below, and numbers keep theirs longest."""
    needs = [
        max(
            head[place].width,
            total[place].width,
            *(entry.width(place, column) for entry in entries if entry.cells),
            0,
        )
        for place, column in enumerate(columns)
    ]
    beside = [place for place, column in enumerate(columns) if not column.is_prose]
    least = [min(need, _LEAST_NAME) if column.is_nested else need for need, column in zip(needs, columns, strict=True)]
    while len(beside) > 1 and sum(least[place] + GAP for place in beside) - GAP > width:
        beside.remove(
            max(beside, key=lambda place: (not columns[place].is_number, not columns[place].is_nested, place))
        )
    below = [place for place in range(len(columns)) if place not in beside]
    widths = [min(needs[place], width) for place in beside]
    for number, place in enumerate(beside):
        if columns[place].is_nested:
            others = sum(widths) - widths[number] + GAP * (len(beside) - 1)
            widths[number] = min(width - others, max(_WIDEST - others, needs[place]))
    return Layout(beside, below, widths, width, columns)


def head(cells: Sequence[Cell], layout: Layout) -> Iterator[Marked]:
    """Yield the headings of what stands beside each other, and a rule."""
    yield grid.joined([cells[place].whole for place in layout.beside], layout.widths, layout.shown)
    yield rule(layout)


def rule(layout: Layout) -> Marked:
    """Return a line below the headings, or above the total."""
    return grid.rule([layout.reach])


def lines(entry: Entry, layout: Layout) -> Iterator[Marked]:
    """Yield the lines of a row."""
    branch = entry.branch
    if not entry.cells:
        first, further = marked(branch.first, QUIET), marked(branch.further, QUIET)
        for number, line in enumerate(broken(entry.others, layout.width - first.width)):
            yield (further if number else first) + line
        return
    beside = [entry.cells[place] for place in layout.beside]
    yield from grid.lines(Entry(branch, beside), layout.widths, layout.shown)
    before = marked(grid.further(branch) if branch.is_open else branch.further + _INDENT, QUIET)
    for place in layout.below:
        column = layout.columns[place]
        heading = "" if column.name == "explanation" else column.heading
        for line in _below(entry.cells[place], heading, layout.width - before.width):
            yield before + line


def _below(cell: Cell, heading: str, room: int) -> Iterator[Marked]:
    """Yield the lines of a cell that stands below its row; what the numbers in it are, beside them where it fits."""
    whole = cell.whole
    if not whole.text:
        return
    if heading:
        whole = marked(f"{heading}: ", QUIET) + whole
    if cell.below.text:
        beside = whole + marked(" (", QUIET) + cell.below + marked(")", QUIET)
        if beside.width <= room:
            yield beside
            return
    yield from broken(whole, room)
    if cell.below.text:
        yield from broken(cell.below, room)


def total(cells: Sequence[Cell], layout: Layout) -> Iterator[Marked]:
    """Yield the lines of the total: how it divides stands on the first of them, if there is room before the number."""
    said = _said(cells, layout)
    parts = [cells[place].whole for place in layout.beside]
    empty = next((number for number, part in enumerate(parts[1:], 1) if part.text), len(parts))
    room = sum(layout.widths[:empty]) + GAP * (empty - 1)
    named = bool(layout.beside) and layout.shown[0].is_nested
    line = parts[0].padded(parts[0].width + GAP) + said if named else BLANK
    if named and line.width <= room:
        widths = [room, *layout.widths[empty:]]
        yield grid.joined([line, *parts[empty:]], widths, [layout.shown[0], *layout.shown[empty:]])
        return
    yield grid.joined(parts, layout.widths, layout.shown)
    for line in broken(said, layout.width - len(_INDENT)):
        yield Marked(_INDENT) + line


def _said(cells: Sequence[Cell], layout: Layout) -> Marked:
    """Return what there is to say of the total besides its numbers."""
    said = BLANK
    for place in [*layout.below, *layout.beside]:
        cell, column = cells[place], layout.columns[place]
        texts = [cell.below] if place in layout.beside else [cell.whole, cell.below]
        for number, text in enumerate(texts):
            if text.text:
                is_named = place in layout.below and column.name != "explanation" and not number
                heading = f"{column.heading}: " if is_named else ""
                said += Marked(f"{'; ' if said.text else ''}{heading}") + text
    return said
