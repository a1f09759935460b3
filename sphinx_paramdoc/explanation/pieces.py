"""What the text of an explanation is made of: runs of it, and names in a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sphinx_paramdoc.said import counted, run_on, said

MOST_NAMES = 4
"""Of more names than this, the last are only counted."""


class Piece(NamedTuple):
    """A run of text."""

    text: str
    label: str | None = None
    """What it is, if it is a number of a formula."""
    lead: str = ""
    """What joins it to the text before it, ``": "``; only there if it is a sentence that many layers may share."""


COLON = said(": ")
SEMICOLON = said("; ")
"""What joins a clause to the text before it."""

CLAUSE = Piece(SEMICOLON)
"""What stands between two clauses of an explanation, where a table may begin a line."""


def first(names: Sequence[str], *, are_layers: bool = False) -> list[str]:
    """Keep as many names as can be read, and count the others.

    :param are_layers: whether they are layers, and that has to be said.
    """
    if len(names) <= MOST_NAMES:
        return list(names)
    rest = len(names) - MOST_NAMES + 1
    return [
        *names[: MOST_NAMES - 1],
        more_layers(rest) if are_layers else said("{number:,} more", number=rest),
    ]


def more_layers(number: int) -> str:
    """Count the layers that are not named."""
    return counted(number, "{number:,} more layer", "{number:,} more layers")


def clauses(texts: Iterable[str]) -> str:
    """Join clauses: ``a; b; c``."""
    return run_on(*(part for number, text in enumerate(texts) for part in ((SEMICOLON, text) if number else (text,))))


def is_plural(name: str) -> bool:
    """Tell whether the name of a weight is a plural: ``embeddings`` is one, ``bias`` and ``num_documents`` are none."""
    is_number = name.rpartition("/")[2].startswith("num_")
    return name.endswith("s") and not is_number and not name.endswith(("ss", "us", "is", "os", "bias"))
