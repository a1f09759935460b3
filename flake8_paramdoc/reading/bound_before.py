"""What a name stands for where it stands: what was bound to it last before it, as the file is written."""

from __future__ import annotations

import ast
from bisect import bisect_right
from typing import TYPE_CHECKING

from flake8_paramdoc.reading.scopes import Element, Item, Names, ScopeKind, Value

if TYPE_CHECKING:
    from flake8_paramdoc.reading.scopes import Binding

_MOST_BINDINGS = 12
"""How many are asked: each of them costs as much as the name, and a long script may have one in every branch."""


def bound_before(node: ast.Name, scope: Names) -> tuple[list[Binding], Names | None]:
    """Return what a name may stand for at its place, and the scope that has it: in one scope, what was bound last."""
    holder: Names | None = scope
    while holder is not None and (
        node.id not in holder.bindings or (holder.kind is ScopeKind.CLASS and holder is not scope)
    ):
        holder = holder.around(node.id)
    if holder is None:
        return [], None
    bindings = holder.bindings[node.id]
    if holder.kind is ScopeKind.COMPREHENSION or holder is frame_of(scope):
        before = [binding for binding in bindings if _end(binding) <= (node.lineno, node.col_offset)]
        if before:
            return [max(before, key=_end)], holder
    return bindings, holder


def may_be_bound(node: ast.Name, scope: Names, tree: ast.AST) -> list[Binding]:
    """Return what a name may stand for at its place, whichever branches ran before it; nothing if that is too much.

    :param tree: the file's.
    """
    last, holder = bound_before(node, scope)
    if holder is None or len(holder.bindings[node.id]) <= 1 or holder is not frame_of(scope):
        return last
    body = getattr(tree if holder.kind is ScopeKind.MODULE else holder.node, "body", None)
    if not isinstance(body, list):
        return last
    place = (node.lineno, node.col_offset)
    around = _blocks(body, place)
    found = []
    for binding in sorted(holder.bindings[node.id], key=_end, reverse=True):
        end = _end(binding)
        if end <= place:
            found.append(binding)
            blocks = _blocks(body, _begin(binding))
            if around[: len(blocks)] == blocks:
                break  # it has run
            if len(found) == _MOST_BINDINGS:
                return []
    return found or last


def _blocks(body: list[ast.stmt], place: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the first places of the blocks around a place of which nobody knows whether they run; outermost first."""
    blocks: list[tuple[int, int]] = []
    while True:
        begun = bisect_right(body, place, key=_place)
        if not begun:
            return blocks
        statement = body[begun - 1]
        inside = _bodies(statement)
        entered = [one for one in inside if one and _place(one[0]) <= place]
        if not entered:
            return blocks
        body = entered[-1]
        if not isinstance(statement, (ast.With, ast.AsyncWith)):
            blocks.append(_place(body[0]))


def _place(node: ast.expr | ast.stmt) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _bodies(statement: ast.stmt) -> list[list[ast.stmt]]:
    """Return the blocks of a statement that run in the same scope, in the order of the source."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return []
    parts = [getattr(statement, "body", []), *(one.body for one in getattr(statement, "handlers", []))]
    parts += [one.body for one in getattr(statement, "cases", [])]
    return parts + [getattr(statement, name, []) for name in ("orelse", "finalbody")]


def frame_of(scope: Names) -> Names:
    """Return the function or module whose statements run a scope's code; that of a lambda is its own."""
    while scope.kind is ScopeKind.COMPREHENSION and scope.outer is not None:
        scope = scope.outer
    return scope


def _begin(binding: Binding) -> tuple[int, int]:
    """Return where what is bound begins; parameters and the like are in no block."""
    return _place(binding.node) if isinstance(binding, (Value, Item, Element)) else (0, 0)


def _end(binding: Binding) -> tuple[int, int]:
    """Return where the statement that binds is over; parameters and the like are there from the start."""
    if isinstance(binding, (Value, Item, Element)):
        node = binding.node
        return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
    return 0, 0
