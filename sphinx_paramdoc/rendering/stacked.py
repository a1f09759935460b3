"""A table of a narrow terminal: names and numbers on a line, and what explains them on lines of their own below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sphinx_paramdoc.rendering import grid
from sphinx_paramdoc.rendering.entries import BLANK, CLOSING, OPENING, Cell, Entry, Lane
from sphinx_paramdoc.rendering.grid import GAP
from sphinx_paramdoc.rendering.marked import BOLD, QUIET, Marked, broken, marked

_LEAST_NAME = 24
"""So many columns a layer's name has at least, or else something beside it stands below."""

_MOST = 120
"""Of so much of the width that the rows take, the total may make the table wider rather than take a line more, in %."""

_INDENT = "  "


class Layout(NamedTuple):
    """Which columns stand beside each other, and how wide they are."""

    beside: list[int]
    """The places of the columns that stand on the first line."""
    below: list[int]
    widths: list[int]
    """How wide those on the first line are."""
    width: int
    columns: Sequence[Lane]
    is_total_short: bool = False
    """Whether the sizes stand on the first line of the total, too, and not below it."""

    @property
    def reach(self) -> int:
        """How far the first line reaches."""
        return sum(self.widths) + GAP * (len(self.widths) - 1)

    @property
    def is_named(self) -> bool:
        """Whether the first line begins with the name."""
        return bool(self.beside) and self.columns[self.beside[0]].is_nested

    @property
    def shown(self) -> list[Lane]:
        """The columns on the first line."""
        return [self.columns[place] for place in self.beside]


def fit(
    head: Sequence[Cell], entries: Sequence[Entry], total: Sequence[Cell], columns: Sequence[Lane], width: int
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
    layout = Layout(beside, below, [min(needs[place], width) for place in beside], width, columns)
    for number, place in enumerate(beside):
        if columns[place].is_nested:
            layout.widths[number] -= max(0, layout.reach - width)
    return _with_total(layout, total)


def _with_total(layout: Layout, total: Sequence[Cell]) -> Layout:
    """Return a layout with room for how the total divides, before its number, if there can be as much."""
    if not layout.is_named:
        return layout
    name, *others = layout.widths
    for is_short, most in ((True, layout.reach * _MOST // 100), (False, layout.width)):
        more = max(0, _needed(total, layout, is_short) - _room(total, layout))
        if layout.reach + more <= min(most, layout.width):
            return layout._replace(widths=[name + more, *others], is_total_short=is_short)
    return layout


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
    beside = [_found(entry.cells[place], layout.columns[place]) for place in layout.beside]
    yield from grid.lines(Entry(branch, beside), layout.widths, layout.shown)
    before = marked(grid.further(branch) if branch.is_open else branch.further + _INDENT, QUIET)
    for place in layout.below:
        column = layout.columns[place]
        heading = "" if column.name == "explanation" else column.heading
        for line in _below(entry.cells[place], heading, layout.width - before.width):
            yield before + line


def _found(cell: Cell, column: Lane) -> Cell:
    """Return a cell of the first line: an eye must find names between lines of prose."""
    name, *others = cell.parts
    return Cell((marked(name.text, BOLD), *others)) if column.is_nested and name.text and not name.looks else cell


def _below(cell: Cell, heading: str, room: int) -> Iterator[Marked]:
    """Yield the lines of a cell that stands below its row."""
    if not cell.whole.text:
        return
    if heading:
        cell = Cell((marked(f"{heading}: ", QUIET) + cell.whole,))
    yield from cell.lines(room)


def total(cells: Sequence[Cell], layout: Layout) -> Iterator[Marked]:
    """Yield the lines of the total: how it divides stands before its number, if there is room, and sizes below both."""
    parts = [cells[place].whole for place in layout.beside]
    room = _room(cells, layout)
    if layout.is_named and _needed(cells, layout, layout.is_total_short) <= room:
        empty = _empty(cells, layout)
        widths, columns = [room, *layout.widths[empty:]], [layout.shown[0], *layout.shown[empty:]]
        first, *further = _divided(cells, layout, layout.is_total_short)
        gap = parts[0].width + GAP
        yield grid.joined([parts[0].padded(gap) + first, *parts[empty:]], widths, columns)
        for line in further:
            below = [cells[place].below for place in layout.beside[empty:]]
            yield grid.joined([Marked(" " * gap) + line, *below], widths, columns)
        return
    yield grid.joined(parts, layout.widths, layout.shown)
    said = _said(
        cells, layout, lambda cell: cell.whole + (OPENING + cell.below + CLOSING if cell.below.text else BLANK)
    )
    for size in _sizes(cells, layout):
        said += (_AND if said.text else BLANK) + size
    for line in broken(said, layout.width - len(_INDENT)):
        yield Marked(_INDENT) + line


def _with_sizes(cell: Cell) -> Marked:
    return cell.whole + OPENING + cell.below + CLOSING if cell.below.text else cell.whole


_AND = Marked("; ")

_IS = marked(" = ", QUIET)


def _empty(cells: Sequence[Cell], layout: Layout) -> int:
    """Return the place of the first number of the total among what stands on its first line."""
    beside = layout.beside
    return next((number for number, place in enumerate(beside) if number and cells[place].whole.text), len(beside))


def _room(cells: Sequence[Cell], layout: Layout) -> int:
    """Return how many columns there are before the first number of the total."""
    empty = _empty(cells, layout)
    return sum(layout.widths[:empty]) + GAP * (empty - 1)


def _needed(cells: Sequence[Cell], layout: Layout, is_short: bool) -> int:
    """Return how many columns it takes to say before the first number of the total how it divides."""
    said = max(line.width for line in _divided(cells, layout, is_short))
    return cells[layout.beside[0]].whole.width + GAP + said


def _divided(cells: Sequence[Cell], layout: Layout, is_short: bool) -> list[Marked]:
    """Return the lines that say how the total divides: one, or one more for the sizes."""
    said = _said(cells, layout, lambda cell: cell.whole)
    split = _said(cells, layout, lambda cell: cell.below, are_named=False)
    sizes = _sizes(cells, layout)
    if not is_short:
        return [said, *([split] if split.text or sizes else [])]
    for number, size in enumerate(filter(lambda size: size.text, (split, *sizes))):
        said += (_IS if number else _AND if said.text else BLANK) + size
    return [said]


def _sizes(cells: Sequence[Cell], layout: Layout) -> list[Marked]:
    """Return what stands below the numbers of the total."""
    return [cells[place].below for place in layout.beside if cells[place].below.text]


def _said(cells: Sequence[Cell], layout: Layout, part: Callable[[Cell], Marked], *, are_named: bool = True) -> Marked:
    """Return what there is to say of the total in the columns that find no room beside the others.

    :param part: what of a cell is wanted.
    :param are_named: whether it stands behind its heading, where it does not say by itself what it is.
    """
    said = BLANK
    for place in layout.below:
        column, text = layout.columns[place], part(cells[place])
        if text.text:
            heading = f"{column.heading}: " if are_named and column.name != "explanation" else ""
            said += Marked(f"{_AND.text if said.text else ''}{heading}") + text
    return said
