"""The terminal that a table is written to: how wide it is, and whether it shows colours."""

from __future__ import annotations

import os
import shutil
import sys

WITHOUT = 100
"""The columns of a table where there is no terminal, as in a pipe."""

_LINES = 24

COLOR = ("auto", "always", "never")
"""When what is written has colours."""


def width(said: int | None = None) -> int | None:
    """Return how many columns a table may take; ``None``: as many as it needs.

    :param said: what a user asks for, 0 being no limit; ``None``: as wide as ``COLUMNS`` says, or else the terminal is.
    """
    return (shutil.get_terminal_size((WITHOUT, _LINES)).columns if said is None else said) or None


def is_colored(said: str = "auto") -> bool:
    """Tell whether what is written to standard output may have colours.

    :param said: ``always``, ``never``, or ``auto``: where it is a terminal that shows them, unless ``NO_COLOR`` or
        ``FORCE_COLOR`` says otherwise.
    """
    if said != "auto":
        return said == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    shows = os.environ.get("TERM", "") != "dumb" and (os.name != "nt" or "WT_SESSION" in os.environ)
    return shows and sys.stdout.isatty()
