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
import io
import os
import stat
import sys
import types
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar
from weakref import ReferenceType, WeakSet, ref

_OLDEST = 2
"""The generation of objects that holds those that have been looked at most often."""

_QUIET = frozenset({"tensorflow.python.eager.monitoring"})
"""The modules of objects that are there whenever a framework is, and whose finalizers give memory back and no more."""

_FRAMEWORKS = frozenset({"jax", "keras", "tensorflow", "torch"})
"""The packages whose own generators need not end."""

_WRITERS = (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom, io.BufferedRWPair)
"""The types of files that keep for a while what is written to them."""

_DESCRIPTORS = "/proc/self/fd"


class Heap:
    """The memory of this process while it makes pages."""

    _spared: ClassVar[Heap | None] = None
    """The one that is spared at the moment."""

    def __init__(self) -> None:
        """Leave all as it is; end what a build left behind that failed before its end."""
        if Heap._spared:
            Heap._spared.end()
        self._is_anothers = gc.get_freeze_count() > 0

    def spare(self) -> None:
        """Let the collector skip all that is there now, and after each full collection what survived it.

        What of it becomes garbage later stays until the end of the build.
        """
        if Heap._spared or self._is_anothers:
            return
        Heap._spared = self
        _END.note(gc.get_objects())
        gc.freeze()
        gc.callbacks.append(self._looked)

    def _looked(self, phase: str, info: dict[str, int]) -> None:
        if phase == "stop" and info["generation"] == _OLDEST:
            _END.note(gc.get_objects(_OLDEST))
            gc.freeze()

    def end(self) -> None:
        """Let the collector look at all again."""
        if Heap._spared is self:
            Heap._spared = None
            gc.callbacks.remove(self._looked)
            _END.note(gc.get_objects())
            gc.unfreeze()


class _End:
    """The end of the process, where Python collects all garbage, objects that only refer to each other included.

    It skips what is frozen by then, and the system takes the memory back as a whole. That is done where no object waits
    for being taken apart. What is registered to be done at the end is done, and so is what the end of a module does.
    """

    def __init__(self) -> None:
        self._known: WeakSet[type] = WeakSet()
        """The types that have been looked at."""
        self._loud: WeakSet[type] = WeakSet()
        """Those of them whose objects may do something when they are taken apart."""
        self._objects: list[ReferenceType[Any]] = []
        """The objects of such types that have been seen."""
        self._is_sure = True
        """Whether no object was seen of which it cannot be told later whether it is still there."""
        self._moves: list[int] = []
        """How often objects had become older when it was last noted what there is."""

    def note(self, objects: list[object]) -> None:
        """See what is there while the collector has just been there: to go there again at the end takes long."""
        self._look(objects)
        if not self._moves:
            atexit.register(self._come)
        self._moves = _moves()

    def _look(self, objects: list[object]) -> None:
        kinds = set(map(type, objects))
        for kind in kinds.difference(self._known):
            self._known.add(kind)
            if _is_loud(kind):
                self._loud.add(kind)
        loud = kinds.intersection(self._loud)
        for each in [each for each in objects if type(each) in loud]:
            try:
                self._objects.append(ref(each))
            except TypeError:
                self._is_sure = False

    def _come(self) -> None:
        with contextlib.suppress(Exception):  # the types and objects are anybody's; then the end is Python's own
            for objects in _since(self._moves):
                self._look(objects)
            there = (found for each in self._objects if (found := each()) is not None)
            if self._is_sure and not any(map(_waits, there)) and not any(map(_is_written, _descriptors())):
                gc.freeze()


_END = _End()


def _moves() -> list[int]:
    """Return how often the collector has let objects become older than young."""
    return [generation["collections"] for generation in gc.get_stats()[1:]]


def _since(moves: list[int]) -> Iterable[list[object]]:
    """Return the objects that came since objects had become older so often; all where they cannot be told."""
    if moves == _moves() and sys.version_info < (3, 14):  # whose collector has no such generations
        return gc.get_objects(0), gc.get_objects(1)
    return (gc.get_objects(),)


def _is_loud(kind: type) -> bool:
    """Tell whether an object of a type may do something when it is taken apart; ask the type itself nothing."""
    bases = type.__dict__["__mro__"].__get__(kind)
    if not any("__del__" in vars(base) for base in bases):
        return False
    module = type.__dict__["__module__"].__get__(kind)
    return module not in _QUIET and (module != io.BytesIO.__module__ or kind in _WRITERS)


def _waits(found: object) -> bool:
    """Tell whether an object does something that matters when it is taken apart."""
    if isinstance(found, types.GeneratorType):  # it leaves a `with` or a `try`
        if found.gi_frame is None or not found.gi_code.co_exceptiontable:
            return False
        return str(found.gi_frame.f_globals.get("__name__")).partition(".")[0] not in _FRAMEWORKS
    if type(found) in _WRITERS:
        file: io.TextIOWrapper = found  # type: ignore[assignment]
        return not file.closed and file.writable() and not _is_standard(file)
    return True


def _is_standard(file: io.TextIOWrapper) -> bool:
    """Tell whether a file is one of those that Python itself brings to an end."""
    standard = [stream for stream in (sys.__stdout__, sys.__stderr__) if stream is not None]
    return any(file is part for stream in standard for part in (stream, getattr(stream, "buffer", None)))


def _descriptors() -> Iterator[int]:
    """Yield the descriptors of this process beyond the three that each has; -1 where nobody can tell them."""
    try:
        yield from (file for name in os.listdir(_DESCRIPTORS) if (file := int(name)) > 2)  # noqa: PTH208
    except OSError:
        yield -1


def _is_written(file: int) -> bool:
    """Tell whether a descriptor is that of a file that is written to: what is no object of Python may keep a part."""
    if file < 0:
        return True
    import fcntl  # where there are descriptors, there is this

    with contextlib.suppress(OSError):  # one that is closed by now, as what lists them is
        writes = fcntl.fcntl(file, fcntl.F_GETFL) & os.O_ACCMODE != os.O_RDONLY
        return writes and stat.S_ISREG(os.fstat(file).st_mode)
    return False
