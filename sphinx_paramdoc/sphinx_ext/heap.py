"""What the collector of garbage need not look through again and again while tables are made.

Each table makes some thousand nodes that refer to each other, so that Python looks for garbage more often. Each time
that it looks everywhere, it goes through all that a framework made when autodoc imported it, and through the nodes of
all pages, which Sphinx keeps until they are written. With 47 tables that takes 1.6 s, a third of all that they cost.
When the process ends, taking all of it apart piece by piece takes 2.5 s more.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import io
import types

_QUIET = frozenset({"_io", "jax", "jaxlib", "keras", "tensorflow", "torch"})
"""The packages whose finalizers give back what the process holds, and no more."""

_OLDEST = 2
"""The generation of objects that holds those that have been looked at most often."""


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
        gc.freeze()
        gc.callbacks.append(self._looked)
        _leave_the_end()

    def _looked(self, phase: str, info: dict[str, int]) -> None:
        if phase == "stop" and info["generation"] == _OLDEST:
            gc.freeze()

    def end(self) -> None:
        """Let all be looked through again."""
        if self._is_spared:
            gc.callbacks.remove(self._looked)
            gc.unfreeze()
            self._is_spared = False


@functools.cache
def _leave_the_end() -> None:
    """Let the process give its memory back as a whole when it ends, once."""
    atexit.register(end_at_once)


def end_at_once() -> bool:
    """Let the end of the process take no object apart that others refer to in a circle, if none would do anything then.

    Files that are still open get what was written to them. Where anything else has a finalizer, Python ends as ever.

    :return: whether nothing will be taken apart.
    """
    gc.unfreeze()
    objects = gc.get_objects()
    kinds = set(map(type, objects))
    if not all(_does_nothing(kind) for kind in kinds if hasattr(kind, "__del__")):
        return False
    writers = {kind for kind in kinds if issubclass(kind, io.IOBase)}
    for file in [each for each in objects if type(each) in writers]:
        with contextlib.suppress(OSError, ValueError):  # a disk that is full, and a file that is closed
            file.flush()
    gc.freeze()
    return True


def _does_nothing(kind: type) -> bool:
    """Tell whether what a finalizer does matters to nobody but the process, beyond what a file has not written yet."""
    return kind.__module__.partition(".")[0] in _QUIET or kind is types.GeneratorType
