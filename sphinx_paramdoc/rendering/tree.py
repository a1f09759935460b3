"""The rows that show, with the lines of a tree that tell what is inside what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sphinx_paramdoc.explanation import naming
from sphinx_paramdoc.table.runs import Run
from sphinx_paramdoc.table.view import Kind, ViewRow


class Branch(NamedTuple):
    """A row that shows; or, below the rows inside one, the names of what equals that."""

    row: ViewRow | None
    others: Sequence[Run] = ()
    first: str = ""
    """What stands before its first line."""
    further: str = ""
    """What stands before its other lines."""
    is_open: bool = False
    """Whether rows inside it follow."""
    depth: int = 0
    """How many rows it is inside of."""


def branches(rows: Iterable[ViewRow], most: int | None = None) -> Iterator[Branch]:
    """Yield the rows that show, in their order.

    :param most: how many columns the lines of the tree may take; what is further inside stands no further in.
    """
    for row in rows:
        inside = _inside(row)
        yield Branch(row, is_open=bool(inside))
        yield from _below(inside, "", most)


def opening(row: ViewRow) -> str:
    """Say what a row opens to."""
    if row.kind in {Kind.REPEAT, Kind.STEM}:
        return row.what
    return naming.opening(sum(len(each.layers) * each.repeat for each in row.rows), row.repeat)


def _inside(row: ViewRow) -> list[ViewRow | Sequence[Run]]:
    if not (row.is_open and row.rows):
        return []
    return [*row.rows, *([row.others] if row.others else [])]


def _below(inside: Sequence[ViewRow | Sequence[Run]], lines: str, most: int | None, depth: int = 1) -> Iterator[Branch]:
    """Yield what is inside a row.

    :param lines: what the tree draws before all of it.
    """
    for place, each in enumerate(inside, 1):
        is_last = place == len(inside)
        first, further = lines + ("└─ " if is_last else "├─ "), lines + ("   " if is_last else "│  ")
        if not isinstance(each, ViewRow):
            yield Branch(None, each, first, further, depth=depth)
            continue
        rows = _inside(each)
        yield Branch(each, (), first, further, bool(rows), depth)
        is_full = most is not None and len(further) + len(first) - len(lines) > most
        yield from _below(rows, lines if is_full else further, most, depth + 1)
