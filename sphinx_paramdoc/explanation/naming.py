"""How several layers that follow each other are named and counted: ``block_0 to block_11``, ``12 layers``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sphinx_paramdoc.explanation.pieces import MOST_NAMES
from sphinx_paramdoc.said import Said, counted, run_on, said


def opening(count: int, repeat: int) -> str:
    """Say what a row opens to: so many layers, or one of so many that are equal."""
    if repeat > 1:
        return said("one of {count:,}", count=repeat) if count else number_of_layers(repeat)
    return number_of_layers(count)


def number_of_layers(count: int) -> Said:
    """Say how many layers there are."""
    return counted(count, "{number:,} layer", "{number:,} layers")


def span(names: Sequence[str]) -> str:
    """Write the names of layers that follow each other: ``block_0 to block_11``, or all that do not count up."""
    return run_on(*(text for text, _ in name_runs(names)))


def name_runs(names: Sequence[str]) -> list[tuple[str, bool]]:
    """Return the runs of text that `span` writes, and whether each is a name."""
    if len(names) < 3 or not _count_up(names):
        named = list(names) if len(names) <= MOST_NAMES else [*names[: MOST_NAMES - 1]]
        rest = len(names) - len(named)
        found = [piece for name in named for piece in ((name, True), (_COMMA, False))][:-1]
        if rest:
            return [*found, (said(" and {number:,} more", number=rest), False)]
        return [(_AND, False) if number == len(found) - 2 else piece for number, piece in enumerate(found)]
    return [(names[0], True), (TO, False), (names[-1], True)]


_AND = said(" and ")
_COMMA = said(", ")
TO = said(" to ")
"""What stands between the first name and the last."""


_ENDING = re.compile(r"(.*?)_?(\d*)", re.DOTALL)


def _count_up(names: Sequence[str]) -> bool:
    """Tell whether names are numbered one after the other; the first that Keras gives has no number."""
    stems, numbers = zip(*(_ENDING.fullmatch(name).groups() for name in names), strict=True)  # type: ignore[union-attr]
    counted = [int(number or 0) for number in numbers]
    return len(set(stems)) == 1 and counted == list(range(counted[0], counted[0] + len(counted)))
