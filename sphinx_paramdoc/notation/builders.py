"""The source of what an expression calls to get a model: found by its name, without importing anything."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from sphinx_paramdoc.notation import docstring_lines, documented
from sphinx_paramdoc.notation.documented import Documented

_CALLED = re.compile(r"\s*(?P<name>[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*)(?:\s*:\s*(?P<path>[^\W\d]\w*(?:\.[^\W\d]\w*)*))?")
"""``pkg.mod.attr`` or ``pkg.mod:attr``"""


class Builder(NamedTuple):
    """The source of a function, method or class."""

    name: str
    code: str
    file: str


def find(expression: str, module: str) -> Builder | None:
    """Return the source of what an expression calls, or names; ``None`` where it is not found.

    :param module: the one whose names the expression knows, or ''.
    """
    match = _CALLED.match(expression)
    if not match:
        return None
    for place in _places("".join(match["name"].split()), match["path"], module):
        if not place.file or not place.path:
            continue
        home = documented.canonical(place)
        source = docstring_lines.source_file(home.file)
        if home.file and (regions := source.regions.get(home.path)):
            whole = regions[-1]
            code = textwrap.dedent("\n".join(source.lines[whole.line - 1 : whole.last]))
            return Builder(f"{home.module}.{home.path}", code, home.file)
    return None


def _places(name: str, path: str | None, module: str) -> Iterator[Documented]:
    """Yield what a name may mean, that of the module whose names are known first."""
    if path:
        yield Documented(name, path)
        return
    if module:
        yield Documented(module, name)
    parts = name.split(".")
    for number in range(len(parts) - 1, 0, -1):
        yield Documented(".".join(parts[:number]), ".".join(parts[number:]))
