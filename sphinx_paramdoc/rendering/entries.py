"""What stands in the rows of a terminal's table before it is known how wide its columns are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sphinx_paramdoc.rendering import marked
from sphinx_paramdoc.rendering.marked import BOLD, QUIET, Marked, broken
from sphinx_paramdoc.rendering.tree import Branch, branches
from sphinx_paramdoc.table.columns import Column
from sphinx_paramdoc.table.runs import Mark, Run
from sphinx_paramdoc.table.view import View, ViewRow

_HEAVY = 10
"""A row that holds one part of so many of the total is one of those that a reader looks for."""

BLANK = Marked("")


class Cell(NamedTuple):
    """One cell."""

    parts: tuple[Marked, ...]
    """What goes on one line if there is room, and else on a line each: a name, and its class."""
    below: Marked = BLANK
    """What stands below, quieter."""

    @property
    def whole(self) -> Marked:
        """All parts on one line."""
        whole = self.parts[0]
        for part in self.parts[1:]:
            whole += _SPACE + part
        return whole

    @property
    def width(self) -> int:
        """How many columns it takes if it does not break."""
        return max(sum(part.width for part in self.parts) + len(self.parts) - 1, self.below.width)

    def lines(self, columns: int | None) -> list[Marked]:
        """Break it into lines that take no more than so many columns."""
        whole = self.whole
        fits = columns is None or whole.width <= columns
        lines = [whole] if fits else [line for part in self.parts for line in broken(part, columns)]
        return [*lines, *broken(self.below, columns)] if self.below.text else lines


class Entry(NamedTuple):
    """One row; or the names of what equals the row above."""

    branch: Branch
    cells: Sequence[Cell]
    others: Marked = BLANK


_SPACE = Marked(" ")


def head(columns: Sequence[Column]) -> list[Cell]:
    """Return the headings."""
    return [Cell((marked.marked(column.heading, BOLD),)) for column in columns]


def entries(view: View, columns: Sequence[Column], most: int | None) -> Iterator[Entry]:
    """Yield the rows that show.

    :param most: how many columns the lines of the tree may take.
    """
    for branch in branches(view.rows, most):
        row = branch.row
        if row is None:
            yield Entry(branch, [], marked.of(branch.others, QUIET))
        else:
            yield Entry(branch, [_cell(row, view, column) for column in columns])


def total(view: View, columns: Sequence[Column]) -> list[Cell]:
    """Return the last row."""
    return [
        Cell((marked.marked(column.total(view), BOLD),), marked.marked(column.total_below(view), QUIET))
        for column in columns
    ]


def _cell(row: ViewRow, view: View, column: Column) -> Cell:
    quiet = QUIET if row.is_quiet else ""
    runs = list(column.cell(row, view))
    below = marked.marked(column.below(row), QUIET)
    if column.is_nested:
        return Cell(tuple(_named(runs, quiet)))
    heavy = BOLD if column.name == "params" and row.params * _HEAVY >= view.table.total > 0 else ""
    return Cell((marked.of(runs, quiet or heavy),), below)


def _named(runs: Sequence[Run], look: str) -> Iterator[Marked]:
    """Yield a name, and its class if that stands behind it."""
    place = next((place for place, run in enumerate(runs) if run.mark is Mark.CLASS), 0)
    if not place:
        yield marked.of(runs, look)
        return
    yield marked.of(runs[: place - 1], look)  # without the blank between them
    yield marked.of(runs[place:], look)
