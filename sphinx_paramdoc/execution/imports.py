"""Which packages a block leans on: those that its own code imports itself, and those whose code made its model."""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

_HERE = f"{__package__}."
_BLOCK = f"{_HERE}block"
"""The module below whose frames no code of a block runs."""


class Imports:
    """What was imported since the object began to look, by whom, and who made layers and weights."""

    def __init__(self) -> None:
        """Look at nothing yet."""
        self._imported: dict[tuple[Any, Any, str, tuple[str, ...]], None] = {}
        self._makers: set[str] = set()

    def watch(self) -> None:
        """Notice every import from now on, also of what is imported already; for a process that ends with its block."""
        original = builtins.__import__
        by_name = importlib.import_module
        noticed = self._imported

        def noticing(
            name: str,
            globals: Any = None,  # noqa: A002 - as Python calls it
            locals: Any = None,  # noqa: A002
            fromlist: Any = (),
            level: int = 0,
        ) -> Any:
            if level == 0 and globals is not None and type(name) is str:
                noticed[globals.get("__name__"), globals.get("__file__"), name, _texts(fromlist)] = None
            return original(name, globals, locals, fromlist, level)

        def noticing_by_name(name: str, package: str | None = None) -> Any:
            if type(name) is str and not name.startswith("."):
                caller = sys._getframe(1).f_globals
                noticed[caller.get("__name__"), caller.get("__file__"), name, ()] = None
            return by_name(name, package)

        builtins.__import__ = noticing
        importlib.import_module = noticing_by_name

    def note_makers(self) -> None:
        """Remember whose code is on the stack, down to the block's own: it makes a layer or a weight."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_globals.get("__name__") != _BLOCK:
            self._makers.add(frame.f_code.co_filename)
            frame = frame.f_back

    def makers(self) -> set[str]:
        """Return the files whose code made layers and weights."""
        return self._makers.copy()

    def names(self, is_own: Callable[[Any, Any], bool]) -> Iterator[str]:
        """Yield the modules that own code has imported itself.

        :param is_own: tells from the name and the file of a module whether it is.
        """
        for name, file, module, parts in list(self._imported):
            if (isinstance(name, str) and name.startswith(_HERE)) or is_own(name, file):
                yield module
                yield from (f"{module}.{part}" for part in parts)


def _texts(names: Any) -> tuple[str, ...]:
    return tuple(name for name in names if type(name) is str) if type(names) in {tuple, list} else ()
