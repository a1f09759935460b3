"""How a room hands names on without loading the files that hold them: each is loaded when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def later(room: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a room; what it has given once is the room's own.

    :param room: the full name of the room.
    :param homes: its files, by their names in it, or others by their full names → the names that each holds, parted by
        blanks.
    """
    files = {name: file if "." in file else f"{room}.{file}" for file, names in homes.items() for name in names.split()}

    def handed_on(name: str) -> Any:
        if name not in files:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        value = getattr(import_module(files[name]), name)
        setattr(sys.modules[room], name, value)
        return value

    return handed_on
