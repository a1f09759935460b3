"""Where code only asks about a class: it makes nothing of it there, and derives nothing from it."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ASKING = frozenset({"isinstance", "issubclass"})


class Mentions:
    """What a tree only asks about. Few files have something for which that counts, so that it is read when asked."""

    def __init__(self, tree: ast.AST) -> None:
        """Take the tree of a file."""
        self._tree = tree

    @cached_property
    def _asked(self) -> frozenset[int]:
        return frozenset(id(part) for node in ast.walk(self._tree) for place in _places(node) for part in _parts(place))

    def only_asked(self, node: ast.AST) -> bool:
        """Say of an expression, or of what an import binds, whether it is only asked about wherever it is used."""
        if not isinstance(node, ast.alias):
            return id(node) in self._asked
        name = node.asname or node.name
        uses = [use for use in ast.walk(self._tree) if isinstance(use, ast.Name) and use.id == name]
        return bool(uses) and all(id(use) in self._asked for use in uses)


def _places(node: ast.AST) -> Iterator[ast.expr]:
    """Yield those parts of a node in which a class is only asked about."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ASKING:
        yield from node.args[1:]
    elif isinstance(node, ast.Compare):
        yield node.left
        yield from node.comparators
    elif isinstance(node, ast.Subscript):
        yield node.slice  # Optional[Adam]
    elif isinstance(node, (ast.arg, ast.AnnAssign)) and node.annotation is not None:
        yield node.annotation
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.returns is not None:
        yield node.returns


def _parts(place: ast.expr) -> Iterator[ast.AST]:
    """Yield all expressions in a place, except in calls: what they call, they make something of."""
    pending: list[ast.AST] = [place]
    while pending:
        node = pending.pop()
        if not isinstance(node, ast.Call):
            yield node
            pending += ast.iter_child_nodes(node)
