"""What the collector of garbage need not look through again and again while tables are made.

Each table makes some thousand nodes that refer to each other, so that Python looks for garbage more often. Each time
that it looks everywhere, it goes through all that a framework made when autodoc imported it, and through the nodes of
all pages, which Sphinx keeps until they are written. With 47 tables that takes 1.6 s, a third of all that they cost.
When the process ends, taking all of it apart piece by piece takes 2.5 s more.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import stat
import types
from collections.abc import Iterator

_OLDEST = 2
"""The generation of objects that holds those that have been looked at most often."""

_QUIET = frozenset({"_io", "jax", "jaxlib", "keras", "socket", "subprocess", "tensorflow", "torch"})
"""The modules whose finalizers give back what the process holds, and no more; files are looked at by themselves."""

_DESCRIPTORS = "/proc/self/fd"
_STANDARD = 2
"""The last of the files that Python sees to by itself."""


class Heap:
    """The memory of this process while it makes pages."""

    def __init__(self) -> None:
        """Leave all as it is."""
        self._is_spared = False
        self._is_anothers = gc.get_freeze_count() > 0

    def spare(self) -> None:
        """Let what is there now be looked through no more, nor what is in use whenever all the rest has been.

        What of it is garbage later stays until the end of the build.
        """
        if self._is_spared or self._is_anothers:
            return
        self._is_spared = True
        _END.note(gc.get_objects())
        gc.freeze()
        gc.callbacks.append(self._looked)

    def _looked(self, phase: str, info: dict[str, int]) -> None:
        if phase == "stop" and info["generation"] == _OLDEST:
            _END.note(gc.get_objects(_OLDEST))
            gc.freeze()

    def end(self) -> None:
        """Let all be looked through again."""
        if self._is_spared:
            gc.callbacks.remove(self._looked)
            _END.note(gc.get_objects())
            gc.unfreeze()
            self._is_spared = False


class _End:
    """The end of the process: it gives its memory back as a whole, where nothing waits for being taken apart.

    What is registered to be done at the end is done, and so is what the end of a module does.
    """

    def __init__(self) -> None:
        self._kinds: set[type] = set()
        """The types of what has been spared."""
        self._moves: list[int] = []
        """How often objects had become older when it was last noted what there is."""

    def note(self, spared: list[object]) -> None:
        """See what is going to be spared, when the collector has just been there, as to go there again takes long."""
        self._kinds.update(map(type, spared))
        if not self._moves:
            atexit.register(self._come)
        self._moves = _moves()

    def _come(self) -> None:
        are_young = _moves() == self._moves
        for objects in (gc.get_objects(0), gc.get_objects(1)) if are_young else (gc.get_objects(),):
            self._kinds.update(map(type, objects))
        finalized = (kind for kind in self._kinds if hasattr(kind, "__del__"))
        if all(map(_is_quiet, finalized)) and not any(map(_may_lack_something, _open_files())):
            gc.freeze()


_END = _End()


def _moves() -> list[int]:
    """Return how often the collector has let objects become older than young."""
    return [generation["collections"] for generation in gc.get_stats()[1:]]


def _is_quiet(kind: type) -> bool:
    """Tell whether what a finalizer does matters to nobody but the process, beyond what a file has not written yet."""
    return str(kind.__module__).partition(".")[0] in _QUIET or kind is types.GeneratorType


def _open_files() -> Iterator[int]:
    """Yield the descriptors of this process, those apart that Python sees to; -1 where nobody can tell them."""
    try:
        yield from (file for name in os.listdir(_DESCRIPTORS) if (file := int(name)) > _STANDARD)  # noqa: PTH208
    except OSError:
        yield -1


def _may_lack_something(file: int) -> bool:
    """Tell whether this process opened a file, pipe or socket that it writes to: what it wrote may wait inside it."""
    if file < 0:
        return True
    import fcntl  # where there are descriptors, there is this

    with contextlib.suppress(OSError):  # one that is closed by now, as what lists them is
        if not fcntl.fcntl(file, fcntl.F_GETFD) & fcntl.FD_CLOEXEC:
            return False  # it was there when the process began, or is for others
        mode = os.fstat(file).st_mode
        writes = fcntl.fcntl(file, fcntl.F_GETFL) & os.O_ACCMODE != os.O_RDONLY
        return writes and (stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode))
    return False
