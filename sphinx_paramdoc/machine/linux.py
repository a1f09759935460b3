"""What only Linux offers for keeping processes together; elsewhere these do nothing."""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_SET_PARENT_DEATH_SIGNAL = 1
_SET_CHILD_SUBREAPER = 36
"""Of ``prctl``. Source: https://man7.org/linux/man-pages/man2/prctl.2.html"""

_COLLAPSE = 25
"""Of ``madvise``, since Linux 6.1. Source: https://man7.org/linux/man-pages/man2/madvise.2.html"""

_HUGE = 2 << 20
"""The bytes of a huge page."""

_FULL = 0.9
"""What is filled less than this stays as it is: a huge page holds all of its bytes, used or not."""


def adopt_orphans() -> None:
    """Become the parent of the processes whose parents below this one end, so that none escapes."""
    _prctl(_SET_CHILD_SUBREAPER, 1)


def end_with_parent() -> None:
    """Let the system end this process when its parent ends, however that ends."""
    _prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def gather_memory() -> int:
    """Let the memory of this process lie in huge pages, as far as it fills them: to fork it then takes a third as long.

    A fork copies what tells where each page lies, and ends by giving that back. It costs as much as some ten forks.
    While a fork runs, what both share would be copied: none may.

    :return: how many huge pages there are more; 0 where the system has none.
    """
    gathered = 0
    if _LIBC:
        pages = (ctypes.c_ubyte * (_HUGE // mmap.PAGESIZE))()
        with contextlib.suppress(OSError, ValueError):
            for begin, end in _own_memory(Path("/proc/self/maps").read_text(encoding="utf-8")):
                for place in range(-(-begin // _HUGE) * _HUGE, end - _HUGE + 1, _HUGE):
                    piece = ctypes.c_void_p(place), ctypes.c_size_t(_HUGE)
                    if not _LIBC.mincore(*piece, pages) and sum(bytes(pages)) >= _FULL * len(pages):
                        gathered += not _LIBC.madvise(*piece, _COLLAPSE)
    return gathered


def _own_memory(maps: str) -> Iterator[tuple[int, int]]:
    """Yield the begin and the end of each piece of memory that is of no file, and can be written.

    :param maps: what the system says of a process. Source: https://man7.org/linux/man-pages/man5/proc_pid_maps.5.html
    """
    for line in maps.splitlines():
        place, rights, _, _, _, *name = line.split(maxsplit=5)
        if rights == "rw-p" and name in ([], ["[heap]"]):
            begin, _, end = place.partition("-")
            yield int(begin, 16), int(end, 16)


def _prctl(option: int, value: int) -> None:
    if _LIBC:
        _LIBC.prctl(option, value, 0, 0, 0)
