"""Who imports whom, read from the sources: the arrows between the files of a package."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

_WITHIN = ("body", "orelse", "finalbody", "handlers", "cases")
"""Where statements, and what is made of them, stand inside others."""


def sources(repository: Path, package: str) -> dict[str, Path]:
    """Give the modules of a package, each with its file."""
    found = {}
    for path in sorted((repository / package).rglob("*.py")):
        parts = path.relative_to(repository).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    assert found
    return found


@functools.cache
def tree(path: Path) -> ast.Module:
    """Return the code of a file, which many tests look at."""
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def imported(path: Path, typing: bool = False) -> frozenset[str]:
    """Return the full names that a file imports, wherever in it: modules, and what is taken from them.

    :param typing: whether also what only a type checker imports.
    """
    return frozenset(_imported(path, typing))


def _imported(path: Path, typing: bool) -> Iterator[str]:
    pending: list[ast.AST] = [tree(path)]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif not typing and isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            pending += node.orelse
        else:  # what is no statement imports nothing
            pending += (each for name in _WITHIN for each in getattr(node, name, ()))


def arrows(modules: dict[str, Path]) -> dict[str, set[str]]:
    """Give for each module those of `modules` that it imports; a name is taken from the innermost module it is in."""
    found: dict[str, set[str]] = {}
    for module, path in modules.items():
        # What a room hands on is loaded later, but it is loaded.
        names = imported(path, typing=path.name == "__init__.py")
        heads = (next((name for name in _heads(full) if name in modules), None) for full in names)
        found[module] = {head for head in heads if head and head != module}
    return found


def _heads(name: str) -> Iterator[str]:
    """Yield a full name, and the modules that it is in: ``a.b.c``, ``a.b``, ``a``."""
    while name:
        yield name
        name = name.rpartition(".")[0]


def circle(found: dict[str, set[str]]) -> list[str]:
    """Give the modules of one circle of imports; none if there is none."""
    done: set[str] = set()

    def walk(module: str, way: list[str]) -> list[str]:
        if module in way:
            return [*way[way.index(module) :], module]
        if module not in done:
            for other in sorted(found[module]):
                if round_trip := walk(other, [*way, module]):
                    return round_trip
            done.add(module)
        return []

    return next(filter(None, (walk(module, []) for module in found)), [])
