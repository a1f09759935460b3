"""What a server knows that outlives builds: whether what it has imported is still true, and when it is time to end."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from sphinx_paramdoc.execution import kept
from sphinx_paramdoc.machine.first_party import is_installed

_COARSE = 0.02
"""Seconds by which the time of a file's change may lag behind the clock."""

_GLANCE = 1.0
"""Seconds between two looks at whether the folder is still there."""

_Signature = tuple[int, int, int]


class Keeping:
    """Notices what a server that outlives builds must not outlive."""

    def __init__(self, folder: Path, mark: str, seconds: float, begin: float) -> None:
        """Note the files of what is imported.

        :param folder: where the socket lies.
        :param mark: the name that the server has there.
        :param seconds: how long it is kept without work.
        :param begin: when the import began, in seconds since 1970.
        """
        self.seconds = seconds
        self._folder = folder
        self._mark = mark
        self._begin = begin
        files = {file for module in list(sys.modules.values()) if (file := _file(module))}
        self._noted = {file: _signature(file) for file in files}
        self._outside = {file for file in files if not is_installed(file)}
        self._end = time.time()
        self._worked = time.monotonic()
        self._next_glance = 0.0

    def work(self) -> None:
        """Let the time without work begin again."""
        self._worked = time.monotonic()

    @property
    def idle(self) -> float:
        """The seconds without work."""
        return time.monotonic() - self._worked

    def wait(self) -> float:
        """Return how many seconds nothing needs to be looked at."""
        return min(max(self.seconds - self.idle, 0.05), _GLANCE)

    def outdated(self, own: Iterable[str]) -> str | None:
        """Return a file that is no longer as it was imported, if there is one.

        Looked at is what lies outside the folders of installed packages, which are part of the key that the server is
        found by.

        :param own: files of installed packages that are a project's own.
        """
        for file in (*self._outside, *own):
            noted = self._noted.get(file)
            # One that changed while the import went on may have been read before.
            if noted is None or noted != _signature(file) or self._begin - _COARSE <= noted[0] / 1e9 <= self._end:
                return file
        return None

    def is_displaced(self) -> bool:
        """Tell whether the folder is gone, or another server's."""
        if time.monotonic() < self._next_glance:
            return False
        self._next_glance = time.monotonic() + _GLANCE
        return not self._is_here()

    def _is_here(self) -> bool:
        try:
            return kept.mark(self._folder) == self._mark and kept.address(self._folder).is_socket()
        except OSError:
            return False

    def leave(self, is_called: Callable[[], bool]) -> bool:
        """Remove the folder, and tell whether that was possible: nobody was about to come.

        :param is_called: tells whether somebody has come in the meantime.
        """
        try:
            with (self._folder / kept.LOCK).open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if is_called():
                    return False
                self.remove()
        except BlockingIOError:
            return False
        except OSError:  # the folder is gone
            pass
        return True

    def remove(self) -> None:
        """Remove the folder, unless it is another server's by now."""
        if self._is_here():
            shutil.rmtree(self._folder, ignore_errors=True)
            kept.leave_nothing(self._folder.parent)


def _file(module: object) -> str | None:
    file = getattr(module, "__dict__", {}).get("__file__")
    return os.path.normpath(file) if isinstance(file, str) and os.path.isabs(file) else None  # noqa: PTH117


def _signature(file: str) -> _Signature | None:
    try:
        found = os.stat(file)  # noqa: PTH116 - thousands
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
