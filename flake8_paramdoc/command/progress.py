"""How far a long run is, in a terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType

_PATIENCE = 1.0
"""Seconds before which nothing is shown."""
_PAUSE = 0.1


class Progress:
    """A line in a terminal that says how many files are done; nothing elsewhere."""

    def __init__(self, total: int) -> None:
        """Begin with none."""
        self._total = total
        self._done = 0
        self._is_shown = sys.stderr.isatty() and total > 1
        self._next = time.monotonic() + _PATIENCE
        self._written = False

    def __enter__(self) -> Progress:
        """Begin."""
        return self

    def step(self) -> None:
        """Say that one more is done."""
        self._done += 1
        if self._is_shown and time.monotonic() >= self._next:
            self._next = time.monotonic() + _PAUSE
            self._written = True
            print(f"\rkeras-modernize: {self._done} of {self._total} files", end="", file=sys.stderr, flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        if self._written:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
