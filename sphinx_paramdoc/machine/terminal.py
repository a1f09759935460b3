"""The terminal that a table is written to: how wide it is, and whether it shows colours."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator

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


_SOON = 1.0
"""Seconds for which nobody needs to be told what is waited for."""


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Tell on standard error what is waited for, where that is a terminal; the line goes when there is nothing more.

    What is given is to be called now and then, with what goes on.
    """
    shows = sys.stderr.isatty() and os.environ.get("TERM", "") != "dumb"
    begin = time.monotonic()
    told = ""

    def tell(what: str) -> None:
        nonlocal told
        seconds = time.monotonic() - begin
        line = f"{what}, {seconds:.0f} s"
        if shows and seconds > _SOON and line != told:
            told = line
            sys.stderr.write(f"\r\x1b[2Kparamsummary... {line}")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if told:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
