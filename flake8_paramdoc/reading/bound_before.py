"""What a name stands for where it stands: what was bound to it last before it, as the file is written."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.reading.scopes import Element, Item, Names, ScopeKind, Value

if TYPE_CHECKING:
    from flake8_paramdoc.reading.scopes import Binding


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
    """Return what a name may stand for at its place, whichever branches ran before it.

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
    return found or last


def _blocks(body: list[ast.stmt], place: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the first places of the blocks around a place of which nobody knows whether they run; outermost first."""
    blocks: list[tuple[int, int]] = []
    while True:
        begun = [one for one in body if (one.lineno, one.col_offset) <= place]
        inside = _bodies(begun[-1]) if begun else []
        entered = [one for one in inside if one and (one[0].lineno, one[0].col_offset) <= place]
        if not entered:
            return blocks
        body = entered[-1]
        if not isinstance(begun[-1], (ast.With, ast.AsyncWith)):
            blocks.append((body[0].lineno, body[0].col_offset))


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
    return (binding.node.lineno, binding.node.col_offset) if isinstance(binding, (Value, Item, Element)) else (0, 0)


def _end(binding: Binding) -> tuple[int, int]:
    """Return where the statement that binds is over; parameters and the like are there from the start."""
    if isinstance(binding, (Value, Item, Element)):
        node = binding.node
        return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
    return 0, 0
