"""What stands in the rows of a terminal's table before it is known how wide its columns are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from sphinx_paramdoc.rendering import marked
from sphinx_paramdoc.rendering.marked import BOLD, QUIET, Marked, broken
from sphinx_paramdoc.rendering.tree import Branch, branches
from sphinx_paramdoc.table.columns import IN_ARGUMENTS, Column
from sphinx_paramdoc.table.runs import Mark, Run, parted, written
from sphinx_paramdoc.table.view import Kind, View, ViewRow

_HEAVY = 10
"""A row that holds one part of so many of the total is one of those that a reader looks for."""

BLANK = Marked("")


class Lane(Protocol):
    """What a column is to a terminal, whatever its table is of."""

    @property
    def name(self) -> str:
        """How options call it."""

    @property
    def heading(self) -> str:
        """What stands above it."""

    @property
    def is_number(self) -> bool:
        """Whether its cells stand to the right."""

    @property
    def is_nested(self) -> bool:
        """Whether its cells say what a row is about, and those of rows inside others stand further in."""

    @property
    def is_prose(self) -> bool:
        """Whether its cells break into lines where there is too little room."""


class Cell(NamedTuple):
    """One cell."""

    parts: tuple[Marked, ...]
    """What goes on one line if there is room, and else on a line each: a name, and its class."""
    below: Marked = BLANK
    """What stands below, quieter."""
    rest: Marked = BLANK
    """What is said behind that."""
    is_formula: bool = False
    """Whether `below` is about a formula that the parts end in: it may stand behind that."""

    @property
    def whole(self) -> Marked:
        """All but what stands below, on one line."""
        parts = self.parts
        if len(parts) == 1 and not self.rest.text:
            return parts[0]
        whole = parts[0]
        for part in parts[1:]:
            whole += _SPACE + part
        return whole + _CLAUSE + self.rest if self.rest.text else whole

    @property
    def width(self) -> int:
        """How many columns it takes if it does not break."""
        parts = self.parts
        whole = parts[0].width if len(parts) == 1 else sum([part.width for part in parts]) + len(parts) - 1
        if not self.below.text:
            return whole
        if not self.is_formula:
            return max(whole, self.below.width, self.rest.width)
        return whole + self.below.width + len(" ()") + (len("; ") + self.rest.width if self.rest.text else 0)

    def lines(self, columns: int | None) -> list[Marked]:
        """Break it into lines that take no more than so many columns.

        What is said of a formula stands directly behind it if there is room for both on a line, and else below it.
        """
        if not self.below.text:
            whole = self.whole
            fits = columns is None or whole.width <= columns
            return [whole] if fits else [line for part in self.parts for line in broken(part, columns)]
        if self.is_formula:
            named = self.parts[0] + OPENING + self.below + CLOSING
            if columns is None or named.width <= columns:
                return broken(named + _CLAUSE + self.rest if self.rest.text else named, columns)
        parts = (*self.parts, self.below, *([self.rest] if self.rest.text else []))
        return [line for part in parts for line in broken(part, columns)]


class Entry(NamedTuple):
    """One row; or the names of what equals the row above."""

    branch: Branch
    cells: Sequence[Cell]
    others: Marked = BLANK

    def width(self, place: int, column: Lane) -> int:
        """Return how many columns one of the cells takes if it does not break, with the lines of the tree before it."""
        width = self.cells[place].width
        return width + len(self.branch.first) if column.is_nested else width


_SPACE = Marked(" ")

_CLAUSE = Marked("; ")

OPENING, CLOSING = marked.marked(" (", QUIET), marked.marked(")", QUIET)

_Of: TypeAlias = Callable[[Sequence[Run], str], Marked]
"""Makes text of runs, all of which may look alike."""


def head(columns: Sequence[Lane]) -> list[Cell]:
    """Return the headings."""
    return [Cell((marked.marked(column.heading, BOLD),)) for column in columns]


def entries(view: View, columns: Sequence[Column], most: int | None, is_colored: bool) -> Iterator[Entry]:
    """Yield the rows that show.

    :param is_colored: whether anybody sees how they look: it is not found out for nothing.
    :param most: how many columns the lines of the tree may take.
    """
    of: _Of = marked.of if is_colored else _plain
    explained: dict[tuple[int, bool], Cell] = {}
    for branch in branches(view.rows, most):
        row = branch.row
        if row is None:
            yield Entry(branch, [], of(branch.others, QUIET))
        else:
            yield Entry(branch, [_known(row, view, column, of, explained) for column in columns])


def total(view: View, columns: Sequence[Column]) -> list[Cell]:
    """Return the last row."""
    return [
        Cell((marked.marked(column.total(view), BOLD),), marked.marked(column.total_below(view), QUIET))
        for column in columns
    ]


def _plain(runs: Iterable[Run], _look: str = "") -> Marked:
    return Marked(marked.plain(written(runs)))


def _known(row: ViewRow, view: View, column: Column, of: _Of, explained: dict[tuple[int, bool], Cell]) -> Cell:
    """Return a cell; equal layers have one explanation together, and it is written once."""
    if column.name != "explanation":
        return _cell(row, view, column, of)
    key = (id(row.explanation), row.is_quiet)
    if key not in explained:
        explained[key] = _cell(row, view, column, of)
    return explained[key]


def _cell(row: ViewRow, view: View, column: Column, of: _Of) -> Cell:
    quiet = QUIET if row.is_quiet else ""
    runs = list(column.cell(row, view))
    if column.is_nested:
        return Cell(tuple(_named(runs, quiet, of)))
    if column.name == IN_ARGUMENTS:
        return Cell((marked.sum_of(written(runs)),))
    heavy = BOLD if column.name == "params" and row.params * _HEAVY >= view.table.total > 0 else ""
    first, names, rest = parted(runs)
    whole = of(first, quiet or heavy)
    if not names:
        return Cell((whole,))
    return Cell((whole,), marked.marked(names, QUIET), of(rest, quiet or heavy), _is_by_formula(row))


def _is_by_formula(row: ViewRow) -> bool:
    """Tell whether a row has one formula, and not several, in a sum."""
    return row.kind is Kind.LAYER and row.layers[0].explained.formula is not None


def _named(runs: Sequence[Run], look: str, of: _Of) -> Iterator[Marked]:
    """Yield a name, and its class if that stands behind it."""
    place = next((place for place, run in enumerate(runs) if run.mark is Mark.CLASS), 0)
    if not place:
        yield of(runs, look)
        return
    yield of(runs[: place - 1], look)  # without the blank between them
    yield of(runs[place:], look)
