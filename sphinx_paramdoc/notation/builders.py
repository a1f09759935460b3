"""The source of what an expression calls to get a model, without importing anything.

It is found by its name. Where it is not, as a name may stand for anything once code has run, the process that ran the
expression has told where it is.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sphinx_paramdoc.execution import Maker
from sphinx_paramdoc.machine import locate
from sphinx_paramdoc.notation import docstring_lines, documented

_CALLED = re.compile(r"\s*(?P<name>[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*)(?:\s*:\s*(?P<path>[^\W\d]\w*(?:\.[^\W\d]\w*)*))?")
"""``pkg.mod.attr`` or ``pkg.mod:attr``"""


_MOST_STEPS = 20
"""Through so many imports, which may go in a circle, a name is followed."""


class Builder(NamedTuple):
    """The source of a function, method or class."""

    name: str
    code: str
    file: str
    """'' where it stands in the preamble."""


def find(expression: str, module: str, path: Sequence[str]) -> Builder | None:
    """Return the source of what an expression calls, or names; ``None`` where it is not found.

    :param module: the one whose names the expression knows, or ''.
    :param path: the folders that modules are imported from.
    """
    match = _CALLED.match(expression)
    if not match:
        return None
    for place in _places("".join(match["name"].split()), match["path"], module):
        if found := _defined(*place, path):
            return found
    return None


def defined(maker: Maker, path: Sequence[str], preamble: str) -> Builder | None:
    """Return the source of what an expression called, as the process that ran it told; ``None`` where it is not found.

    :param path: the folders that modules are imported from.
    :param preamble: the code that ran before the expression.
    """
    file = locate(maker.module, path) if maker.module else ""
    if file is None or (file and not file.endswith(".py")):
        return None
    source = docstring_lines.source_file(file) if file else docstring_lines.SourceFile(preamble)
    whole = source.definition(maker.line) if maker.line else None
    if whole is None and maker.name in source.regions:
        whole = source.regions[maker.name][-1]
    if whole is None:
        return None
    name = f"{maker.module}.{maker.name}" if file else maker.name
    return Builder(name, _lines(source, whole), file)


def _lines(source: docstring_lines.SourceFile, region: docstring_lines.Region) -> str:
    return textwrap.dedent("\n".join(source.lines[region.line - 1 : region.last]))


def _places(name: str, path: str | None, module: str) -> Iterator[tuple[str, str]]:
    """Yield the module and the name in it that a name may mean, that of the module whose names are known first."""
    if path:
        yield name, path
        return
    if module:
        yield module, name
    parts = name.split(".")
    for number in range(len(parts) - 1, 0, -1):
        yield ".".join(parts[:number]), ".".join(parts[number:])


def _defined(module: str, name: str, path: Sequence[str], steps: int = _MOST_STEPS) -> Builder | None:
    """Return the source of an object of a module, followed through the imports of names."""
    file = locate(module, path) if steps else None
    if not file or not file.endswith(".py"):
        return None
    source = docstring_lines.source_file(file)
    if regions := source.regions.get(name):
        return Builder(f"{module}.{name}", _lines(source, regions[-1]), file)
    first, *rest = name.split(".")
    if first not in source.imports:
        return None
    level, imported, there = source.imports[first]
    home = documented.absolute(module, file, level, imported)
    return _defined(home, ".".join([there, *rest]), path, steps - 1)
