"""The docstring that a directive stands in: what it documents, whose names it knows, and where it is really written.

Hosts such as napoleon and numpydoc move the lines of a docstring, and an inherited one lies in another file than the
object that shows it. So the directive's own text is looked for in the source: nothing counts that a host may change.
"""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from sphinx.environment import BuildEnvironment

_MARK = "docstring of "
"""What autodoc calls the source of a docstring's lines: ``/project/models.py:docstring of mypackage.models.build``."""

_DOTTED = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
_BEGIN = re.compile(r"""^(#:|[A-Za-z]{0,2}(\"{3}|'{3}|"|'))\s*""")
_END = re.compile(r"""\s*(\"{3}|'{3}|"|')$""")


@dataclass(frozen=True)
class Docstring:
    """The docstring around one directive."""

    module: str
    """The module that it is written in, whose names it knows; empty where that is not known."""
    own: str
    """The documented object as an expression, ``mypackage.models:Nets.encoder``; empty for a module."""
    file: str
    line: int
    """Where the directive is written."""


@dataclass(frozen=True)
class Documented:
    """A documented object by its name, as the host gives it."""

    module: str
    path: str
    """Its name inside the module: ``Nets.encoder``."""


def around(env: BuildEnvironment, source: str, line: int, text: str) -> Docstring | None:
    """Give the docstring that a directive stands in; ``None`` where it stands in a page of its own.

    To be called once for each directive: equal ones in a docstring are told apart by their order.

    :param source: where the host says that the directive stands.
    :param line: the line in `source`, as far as the host knows it.
    :param text: the directive's own text.
    """
    _, mark, name = source.rpartition(_MARK)
    current = _current(env)
    if not mark and not current and not _is_generated(env):
        return None
    own = _own(current) if current else ""
    module = current.module if current else env.ref_context.get("py:module") or ""
    candidates = list(_candidates(name, current)) if mark else []
    if not mark and source.endswith(".py"):  # as sphinx-autodoc2 has it, which imports nothing
        candidates = [_Place(module, source, current.path if current else "")]
    if mark and candidates:
        module = candidates[0].module
    found = _find(candidates, text)
    if found:
        equal, place = found
        number = env.new_serialno(f"paramdoc {source} {text.rstrip()}")
        return Docstring(place.module, own, place.file, equal[number % len(equal)])
    if mark and candidates:
        # The text is made by a program: of the docstring, the object is what can be pointed at.
        first = candidates[0]
        return Docstring(module, own, first.file, definition_line(first.file, first.path) or 1)
    return Docstring(module, own, source, line)


def definition(source: str) -> tuple[str, int] | None:
    """Give the file and line that a documented object is defined at, as far as its source tells.

    :param source: where autodoc says that its docstring stands.
    """
    _, mark, name = source.rpartition(_MARK)
    for place in _candidates(name, None) if mark else ():
        line = definition_line(place.file, place.path)
        if line:
            return place.file, line
    return None


def definition_line(file: str, path: str) -> int | None:
    """Give the line that an object of a file begins on; 1 for the module itself."""
    if not path:
        return 1
    regions = _source(file).regions.get(path)
    return regions[-1].line if regions else None


def canonical(module: str, path: str) -> Documented:
    """Give where an object is defined, if that is where Python finds it; else where it is documented.

    A member of a class stays with the class that shows it.
    """
    owner, _, member = path.rpartition(".")
    found = _resolve(module, owner or path)
    # Not of a mock, nor of what only looks like a class: these answer whatever they are asked.
    if isinstance(found, type) or type(found) is FunctionType:
        home, name = found.__module__, found.__qualname__
        if isinstance(home, str) and isinstance(name, str) and _resolve(home, name) is found:
            return Documented(home, f"{name}.{member}" if owner else name)
    return Documented(module, path)


# What the host tells


def _current(env: BuildEnvironment) -> Documented | None:
    """Give the Python object that is being described."""
    context = env.ref_context
    module = context.get("py:module")
    path = env.current_document.obj_desc_name or context.get("py:class")
    if isinstance(module, str) and isinstance(path, str) and _DOTTED.fullmatch(module) and _DOTTED.fullmatch(path):
        return Documented(module, path)
    return None


def _is_generated(env: BuildEnvironment) -> bool:
    """Tell whether sphinx-autoapi wrote the page, which consists of docstrings."""
    root = getattr(env.config, "autoapi_root", None)
    is_below = isinstance(root, str) and env.docname.startswith(f"{root.strip('/')}/")
    return is_below and bool(env.ref_context.get("py:module"))


def _own(current: Documented) -> str:
    place = canonical(current.module, current.path)
    return f"{place.module}:{place.path}"


# What may be documented, and where that is written


@dataclass(frozen=True)
class _Place:
    module: str
    file: str
    path: str
    """The name of an object inside the file; empty for the module."""


def _candidates(name: str, current: Documented | None) -> Iterator[_Place]:
    """Yield the objects whose docstring may be meant, the likeliest first."""
    seen = set()
    for module, path in (split(name), (current.module, current.path) if current else ("", "")):
        for place in _with_bases(module, path):
            file = getattr(sys.modules.get(place.module), "__dict__", {}).get("__file__")
            key = (place.module, place.path)
            if isinstance(file, str) and file.endswith(".py") and key not in seen:
                seen.add(key)
                yield _Place(place.module, file, place.path)


def split(name: str) -> tuple[str, str]:
    """Split a full name into that of a module, which is imported, and that of the object inside it."""
    parts = name.split(".")
    for number in range(len(parts), 0, -1):
        module = ".".join(parts[:number])
        if type(sys.modules.get(module)) is ModuleType or (number == 1 and module in sys.modules):
            return module, ".".join(parts[number:])
    return "", name


def _with_bases(module: str, path: str) -> Iterator[Documented]:
    """Yield an object, and what it may have its docstring from."""
    if not module:
        return
    yield Documented(module, path)
    found = _resolve(module, path) if path else None
    owner, _, member = path.rpartition(".")
    holder = found if isinstance(found, type) else _resolve(module, owner) if owner else None
    for base in holder.__mro__ if isinstance(holder, type) else ():
        inside = base.__qualname__ if holder is found else f"{base.__qualname__}.{member}"
        if isinstance(base.__module__, str):
            yield Documented(base.__module__, inside)


def _resolve(module: str, path: str) -> Any:
    """Give an object of an imported module, without running code for a name that is missing."""
    value: Any = sys.modules.get(module)
    for part in path.split("."):
        names = getattr(value, "__mro__", None) if isinstance(value, type) else (value,)
        holders = [getattr(holder, "__dict__", {}) for holder in names or ()]
        value = next((holder[part] for holder in holders if part in holder), None)
    return value


# The source


@dataclass(frozen=True)
class _Region:
    """Lines of a file, the first is 1, the last included."""

    line: int
    last: int


def _find(places: Sequence[_Place], text: str) -> tuple[list[int], _Place] | None:
    """Give the lines that a directive may be written at, equal ones in their order."""
    for place in places:
        for region in _source(place.file).regions.get(place.path, ()):
            found = _source(place.file).find(text, region)
            if found:
                return found, place
    for place in places:  # such as a docstring that a decorator hands on
        source = _source(place.file)
        found = source.find(text, _Region(1, len(source.lines)))
        if found:
            return found[:1], place
    return None


class _Source:
    """A file of Python."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.lines = text.splitlines()

    @cached_property
    def _bare(self) -> list[str]:
        return [_bare(line) for line in self.lines]

    def find(self, text: str, region: _Region) -> list[int]:
        """Give the lines in a region that hold a text, whatever its indentation; where none hold all, its begin."""
        wanted = [_bare(line) for line in text.rstrip().split("\n")]
        best = 0
        lines: list[int] = []
        for line in range(region.line, min(region.last, len(self.lines)) + 1):
            if wanted[0] and self._bare[line - 1] == wanted[0]:
                there = self._bare[line - 1 : line - 1 + len(wanted)]
                # A backslash may be written twice, so that not all lines need to be the same.
                score = sum(a == b for a, b in zip(wanted, there, strict=False))
                if score > best:
                    best, lines = score, []
                if score == best:
                    lines.append(line)
        return lines

    @cached_property
    def regions(self) -> dict[str, list[_Region]]:
        """Where the documentation of each object is written; the last of them is all of the object."""
        regions: dict[str, list[_Region]] = {}
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(self._text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return regions
        regions[""] = [*_docstring(tree), _Region(1, len(self.lines))]
        _collect(tree.body, "", 0, regions)
        return regions


def _bare(line: str) -> str:
    """Take off what begins and ends a docstring or a comment."""
    return _END.sub("", _BEGIN.sub("", line.strip()))


def _collect(body: Sequence[ast.stmt], prefix: str, before: int, regions: dict[str, list[_Region]]) -> None:
    """Note the objects that statements define.

    :param before: the last line of what stands before them.
    """
    for number, node in enumerate(body):
        last = node.end_lineno or node.lineno
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            path = f"{prefix}{node.name}"
            inner: dict[str, list[_Region]] = {}
            if isinstance(node, ast.ClassDef):
                _collect(node.body, f"{path}.", node.lineno, inner)
            makers = (inner.get(f"{path}.{name}", [])[:-1] for name in ("__init__", "__new__"))
            whole = _Region(node.lineno, last)
            regions.update(inner)
            regions[path] = [*_docstring(node), *(region for found in makers for region in found), whole]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            following = body[number + 1] if number + 1 < len(body) else None
            documented = following.end_lineno if following and _is_text(following) else last
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    regions[f"{prefix}{target.id}"] = [
                        _Region(before + 1, documented or last),
                        _Region(node.lineno, documented or last),
                    ]
        else:
            for field in ("body", "orelse", "finalbody"):
                inside = getattr(node, field, ())
                _collect(inside if isinstance(inside, list) else (), prefix, node.lineno, regions)
            for handler in getattr(node, "handlers", ()):
                _collect(handler.body, prefix, handler.lineno, regions)
        before = last


def _docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> list[_Region]:
    first = node.body[0] if node.body else None
    return [_Region(first.lineno, first.end_lineno or first.lineno)] if first and _is_text(first) else []


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _source(file: str) -> _Source:
    try:
        return _read(file, Path(file).stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError):
        return _Source("")


@cache
def _read(file: str, _modified: int) -> _Source:
    return _Source(Path(file).read_text(encoding="utf-8-sig"))
