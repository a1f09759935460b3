"""What the text of an explanation is made of: runs of it, and names in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

MOST_NAMES = 4
"""Of more names than this, the last are only counted."""


class Piece(NamedTuple):
    """A run of text."""

    text: str
    label: str | None = None
    """What it is, if it is a number of a formula."""
    lead: str = ""
    """What joins it to the text before it, ``": "``; only there if it is a sentence that many layers may share."""


def joined(words: Sequence[str]) -> str:
    """Join words as prose does: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def first(names: Sequence[str], rest: str) -> list[str]:
    """Keep as many names as can be read, and count the others.

    :param rest: what the others are: ``more layers``.
    """
    if len(names) <= MOST_NAMES:
        return list(names)
    return [*names[: MOST_NAMES - 1], f"{len(names) - MOST_NAMES + 1:,} {rest}"]


def is_plural(name: str) -> bool:
    """Tell whether the name of a weight is a plural: ``embeddings`` is one, ``bias`` and ``num_documents`` are none."""
    is_number = name.rpartition("/")[2].startswith("num_")
    return name.endswith("s") and not is_number and not name.endswith(("ss", "us", "is", "os", "bias"))
