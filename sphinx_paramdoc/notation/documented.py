"""Documented objects: where they are defined, and which others they may have their docstrings from.

What autodoc has imported is asked itself; of what is not imported, as sphinx-autoapi documents it, the source is read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

import msgspec

from sphinx_paramdoc.machine import import_path, locate
from sphinx_paramdoc.notation import docstring_lines

_MOST_STEPS = 20
"""Through so many imports and base classes, which may go in a circle, a name is followed in a source."""


class Documented(msgspec.Struct, frozen=True):
    """A documented object by its name."""

    module: str
    path: str = ""
    """Its name inside the module: ``Nets.encoder``; empty for the module itself."""

    @property
    def file(self) -> str:
        """The source of the module; empty where there is none."""
        if self.module in sys.modules:
            file = getattr(sys.modules[self.module], "__dict__", {}).get("__file__")
        else:
            file = locate(self.module, import_path()) if self.module else None
        return file if isinstance(file, str) and file.endswith(".py") else ""

    @property
    def line(self) -> int | None:
        """The line that it begins on, if the source tells."""
        regions = docstring_lines.source_file(self.file).regions.get(self.path)
        return regions[-1].line if regions and self.file else None


def named(name: str) -> Documented:
    """Return the object of a full name; a module of it must be imported."""
    parts = name.split(".")
    for number in range(len(parts), 0, -1):
        if ".".join(parts[:number]) in sys.modules:
            return Documented(".".join(parts[:number]), ".".join(parts[number:]))
    return Documented("", name)


def canonical(found: Documented) -> Documented:
    """Return where an object is defined, if that is where Python finds it; else where it is documented.

    A member of a class stays with the class that shows it.
    """
    owner, _, member = found.path.rpartition(".")
    if not _is_imported(found.module):
        return next(_defined(found), found)
    value = _value(found.module, owner or found.path)
    # Not of a mock, nor of what only looks like a class: these answer whatever they are asked.
    if isinstance(value, type) or type(value) is FunctionType:
        module, name = value.__module__, value.__qualname__
        if isinstance(module, str) and _value(module, name) is value:
            return Documented(module, f"{name}.{member}" if owner else name)
    return found


def full_names(found: Documented) -> tuple[str, ...]:
    """Return the full names of an object: where it is defined comes first, so that all who show it ask for the same."""
    places = (canonical(found), found) if found.module and found.path else (found,)
    return tuple(dict.fromkeys(".".join(filter(None, (place.module, place.path))) for place in places))


def is_there(found: Documented) -> bool:
    """Tell whether a module holds an object."""
    if _is_imported(found.module):
        return _value(found.module, found.path) is not None
    return next(_defined(found), None) is not None


def origins(found: Documented) -> Iterator[Documented]:
    """Yield an object, and those that it may have its docstring from, the likeliest first."""
    yield found
    if not _is_imported(found.module):
        yield from _defined(found, with_bases=True)
        return
    owner, _, member = found.path.rpartition(".")
    value = _value(found.module, found.path) if found.path else None
    holder = value if isinstance(value, type) else _value(found.module, owner) if owner else None
    for base in holder.__mro__ if isinstance(holder, type) else ():
        if isinstance(base.__module__, str):
            yield Documented(base.__module__, base.__qualname__ if holder is value else f"{base.__qualname__}.{member}")


def _is_imported(module: str) -> bool:
    return type(sys.modules.get(module)) is ModuleType


def _value(module: str, path: str) -> Any:
    """Return an object of an imported module, without running code for a name that is missing."""
    value: Any = sys.modules.get(module)
    for part in path.split("."):
        holders = value.__mro__ if isinstance(value, type) else (value,)
        names = [getattr(holder, "__dict__", {}) for holder in holders]
        value = next((held[part] for held in names if part in held), None)
    return value


def _defined(found: Documented, with_bases: bool = False, steps: int = _MOST_STEPS) -> Iterator[Documented]:
    """Yield where the sources say that an object is defined, and with its bases, where they may define it."""
    source = docstring_lines.source_file(found.file) if found.file and steps else None
    if source is None:
        return
    if found.path in source.regions:
        yield found
    first, *rest = found.path.split(".")
    if first in source.imports and first not in source.regions:
        level, module, name = source.imports[first]
        module = absolute(found.module, found.file, level, module)
        yield from _defined(Documented(module, ".".join([name, *rest])), with_bases, steps - 1)
    for base in source.bases.get(first, ()) if with_bases else ():
        yield from _defined(Documented(found.module, ".".join([base, *rest])), with_bases, steps - 1)


def absolute(importer: str, file: str, level: int, module: str) -> str:
    """Return the full name of a module that another one imports with dots before it.

    :param file: that of the importing module.
    """
    if not level:
        return module
    parts = importer.split(".")
    dropped = level - 1 if file.endswith("__init__.py") else level
    return ".".join([*parts[: len(parts) - dropped], *([module] if module else [])])
