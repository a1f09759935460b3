"""Records that were read to see whether they are still true, kept until their pages ask for them.

A build looks at all its records before it reads pages, and reads each again for its table: the larger part of that is
to find out that nobody wrote into it by hand.
"""

from __future__ import annotations

import os
from pathlib import Path

from sphinx_paramdoc.records import reading
from sphinx_paramdoc.records.reading import Miss, Record

_ROOM = 16_000_000
"""Of so many bytes of files records are kept at most; in memory they take several times as much."""


class Seen:
    """What was read, and is as it was in its file."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: dict[Path, tuple[os.stat_result, Record]] = {}
        self._room = _ROOM

    def look(self, file: Path) -> Record | Miss:
        """Return the record in a file, which will be asked for again, or why there is none."""
        if kept := self._unchanged(file):
            return kept
        try:
            before = os.stat(file)  # noqa: PTH116
        except OSError:
            return reading.read(file)
        found = reading.read(file)
        if isinstance(found, Record) and before.st_size <= self._room:
            self._kept[file] = before, found
            self._room -= before.st_size
        return found

    def take(self, file: Path) -> Record | Miss:
        """Return the record in a file, or why there is none, and keep it no longer."""
        found = self._unchanged(file)
        if found:
            self._room += self._kept.pop(file)[0].st_size
        return found or reading.read(file)

    def _unchanged(self, file: Path) -> Record | None:
        if file not in self._kept:
            return None
        before, found = self._kept[file]
        try:
            if _mark(os.stat(file)) == _mark(before):  # noqa: PTH116
                return found
        except OSError:
            pass
        del self._kept[file]
        self._room += before.st_size
        return None


def _mark(state: os.stat_result) -> tuple[int, ...]:
    """Return what differs where a file has been written: whole ones take the place of others, and get a number."""
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns
