"""Where the lines of a text came from, once it was written anew."""

from __future__ import annotations

import difflib
import io


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, with their ends, as Python counts them."""
    return io.StringIO(text, newline="").readlines()


def origins(before: str, after: str) -> list[int]:
    """Return for each line of a text the line that it was in the one before; the first is 1 in both.

    What was added has the line of what stands below it.
    """
    old, new = lines_of(before), lines_of(after)
    found: list[int] = []
    for _, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        last = max(i1, i2 - 1)
        found += [min(i1 + place, last, max(len(old) - 1, 0)) + 1 for place in range(j2 - j1)]
    return found
