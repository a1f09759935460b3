"""What an author expects of a model's counts, held against the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx_paramdoc.table.rows import Table

EXPECTATIONS = {
    "total": "parameters",
    "trainable": "trainable parameters",
    "non-trainable": "non-trainable parameters",
}
"""The name of an option → what it counts."""

_COUNT = r"\d+|\d{1,3}([,_ \u00a0\u202f'])\d{3}(\1\d{3})*"

MOST_DIGITS = 18
"""A number in an option has no more: no model has so many parameters."""


def count(text: str | None) -> int:
    """Read a count, with or without separators between its thousands: ``2,140,752``.

    :raises ValueError: where `text` is no count.
    """
    stripped = (text or "").strip()
    if not re.fullmatch(_COUNT, stripped, re.ASCII):
        raise ValueError(f"{stripped!r} is not a count such as 2,140,752")
    return number(stripped)


def number(text: str) -> int:
    """Return the number that the digits of a text make.

    :raises ValueError: where they are more than `MOST_DIGITS`.
    """
    digits = re.sub(r"\D", "", text)
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"{text[:MOST_DIGITS]}… has more than {MOST_DIGITS} digits")
    return int(digits)


def differences(table: Table, expected: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each of `EXPECTATIONS` that the model does not meet, and a sentence with both numbers."""
    actual = {"total": table.total, "trainable": table.trainable, "non-trainable": table.non_trainable}
    for name, counted in EXPECTATIONS.items():
        if expected.get(name) not in (None, actual[name]):
            yield name, f"{expected[name]:,} {counted} are expected, but {table.name} has {actual[name]:,}"
