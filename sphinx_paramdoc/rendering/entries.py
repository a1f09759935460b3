"""What stands in the rows of a terminal's table before it is known how wide its columns are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from sphinx_paramdoc.rendering import marked
from sphinx_paramdoc.rendering.marked import BOLD, QUIET, Marked, broken
from sphinx_paramdoc.rendering.tree import Branch, branches
from sphinx_paramdoc.table.columns import Column
from sphinx_paramdoc.table.runs import Mark, Run, written
from sphinx_paramdoc.table.view import Kind, View, ViewRow

_HEAVY = 10
"""A row that holds one part of so many of the total is one of those that a reader looks for."""

BLANK = Marked("")


class Cell(NamedTuple):
    """One cell."""

    parts: tuple[Marked, ...]
    """What goes on one line if there is room, and else on a line each: a name, and its class."""
    below: Marked = BLANK
    """What stands below, quieter."""
    formula: int = 0
    """How many signs of it are the formula that `below` is about, and what stands before that."""

    @property
    def whole(self) -> Marked:
        """All parts on one line."""
        if len(self.parts) == 1:
            return self.parts[0]
        whole = self.parts[0]
        for part in self.parts[1:]:
            whole += _SPACE + part
        return whole

    @property
    def width(self) -> int:
        """How many columns it takes if it does not break."""
        parts = self.parts
        whole = parts[0].width if len(parts) == 1 else sum([part.width for part in parts]) + len(parts) - 1
        if not self.below.text:
            return whole
        return whole + self.below.width + len(" ()") if self.formula else max(whole, self.below.width)

    def lines(self, columns: int | None) -> list[Marked]:
        """Break it into lines that take no more than so many columns.

        What is said of a formula stands directly behind it if there is room for both on a line, and else below all.
        """
        whole, below = self.whole, self.below
        if not below.text and (columns is None or whole.width <= columns):
            return [whole]
        if self.formula and below.text:
            formula, rest = whole.part(0, self.formula), whole.part(self.formula, len(whole.text))
            named = formula + OPENING + below + CLOSING
            if columns is None or named.width <= columns:
                whole, below = named + rest, BLANK
        fits = columns is None or whole.width <= columns
        lines = [whole] if fits else [line for part in self._told(whole) for line in broken(part, columns)]
        return [*lines, *broken(below, columns)] if below.text else lines

    def _told(self, whole: Marked) -> Sequence[Marked]:
        """Return what goes on lines of its own where there is too little room for all."""
        return self.parts if len(self.parts) > 1 else [whole]


class Entry(NamedTuple):
    """One row; or the names of what equals the row above."""

    branch: Branch
    cells: Sequence[Cell]
    others: Marked = BLANK

    def width(self, place: int, column: Column) -> int:
        """Return how many columns one of the cells takes if it does not break, with the lines of the tree before it."""
        width = self.cells[place].width
        return width + len(self.branch.first) if column.is_nested else width


_SPACE = Marked(" ")

OPENING, CLOSING = marked.marked(" (", QUIET), marked.marked(")", QUIET)

_Of: TypeAlias = Callable[[Sequence[Run], str], Marked]
"""Makes text of runs, all of which may look alike."""


def head(columns: Sequence[Column]) -> list[Cell]:
    """Return the headings."""
    return [Cell((marked.marked(column.heading, BOLD),)) for column in columns]


def entries(view: View, columns: Sequence[Column], most: int | None, is_colored: bool) -> Iterator[Entry]:
    """Yield the rows that show.

    :param is_colored: whether anybody sees how they look: it is not found out for nothing.
    :param most: how many columns the lines of the tree may take.
    """
    of: _Of = marked.of if is_colored else _plain
    explained: dict[tuple[int, str | None, bool], Cell] = {}
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


def _known(
    row: ViewRow, view: View, column: Column, of: _Of, explained: dict[tuple[int, str | None, bool], Cell]
) -> Cell:
    """Return a cell; equal layers have one explanation together, and it is written once."""
    if column.name != "explanation":
        return _cell(row, view, column, of)
    key = (id(row.explanation), row.symbols, row.is_quiet)
    if key not in explained:
        explained[key] = _cell(row, view, column, of)
    return explained[key]


def _cell(row: ViewRow, view: View, column: Column, of: _Of) -> Cell:
    quiet = QUIET if row.is_quiet else ""
    runs = list(column.cell(row, view))
    if column.is_nested:
        return Cell(tuple(_named(runs, quiet, of)))
    heavy = BOLD if column.name == "params" and row.params * _HEAVY >= view.table.total > 0 else ""
    below = column.below(row)
    whole = of(runs, quiet or heavy)
    return Cell((whole,), marked.marked(below, QUIET), _formula(row, runs)) if below else Cell((whole,))


def _formula(row: ViewRow, runs: Sequence[Run]) -> int:
    """Return how many signs there are up to the result of a formula, which is the run behind the last number of it.

    0 where there is none, or there are several, in a sum.
    """
    if row.kind is not Kind.LAYER or row.layers[0].explained.formula is None:
        return 0
    last = max((place for place, run in enumerate(runs, 1) if run.mark is Mark.TERM), default=0)
    return len(_plain(runs[: last + 1]).text) if last else 0


def _named(runs: Sequence[Run], look: str, of: _Of) -> Iterator[Marked]:
    """Yield a name, and its class if that stands behind it."""
    place = next((place for place, run in enumerate(runs) if run.mark is Mark.CLASS), 0)
    if not place:
        yield of(runs, look)
        return
    yield of(runs[: place - 1], look)  # without the blank between them
    yield of(runs[place:], look)
