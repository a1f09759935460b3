"""The standard streams of a process, some of which it may have been started without: ``paramsummary … >&-``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_MODES = {"stdin": "r", "stdout": "w", "stderr": "w"}


def restore() -> None:
    """Give this process the streams that it was started without, to nowhere.

    Else a file or a socket takes the number of one, and what this process starts takes it for the stream.
    """
    for number, (name, mode) in enumerate(_MODES.items()):
        if getattr(sys, name) is None:
            _hold(number)
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - it stays open


def _hold(number: int) -> None:
    """See to it that no file gets a number that is free."""
    try:
        os.fstat(number)
    except OSError:
        opened = os.open(os.devnull, os.O_RDWR)
        if opened != number:
            os.dup2(opened, number)
            os.close(opened)
