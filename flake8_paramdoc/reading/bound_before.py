"""What a name stands for where it stands: what was bound to it last before it, as the file is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8_paramdoc.reading.scopes import Element, Item, Names, ScopeKind, Value

if TYPE_CHECKING:
    import ast

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


def frame_of(scope: Names) -> Names:
    """Return the function or module whose statements run a scope's code; that of a lambda is its own."""
    while scope.kind is ScopeKind.COMPREHENSION and scope.outer is not None:
        scope = scope.outer
    return scope


def _end(binding: Binding) -> tuple[int, int]:
    """Return where the statement that binds is over; parameters and the like are there from the start."""
    if isinstance(binding, (Value, Item, Element)):
        node = binding.node
        return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
    return 0, 0
