"""What is done with the result of a call: where it is another kind of thing today, that may be refused, or worse."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flake8_paramdoc.edits.rewrite import Context

_VARIABLES = frozenset({"eye", "ones", "zeros"})
"""Functions of the backend that made variables, and make tensors."""
_SETTING = frozenset({"moving_average_update", "set_value", "update", "update_add", "update_sub"})
_ASSIGNING = frozenset({"assign", "assign_add", "assign_sub"})


def is_needed_as_before(name: str, call: ast.Call, context: Context) -> bool:
    """Tell whether a file does with the result of a function of the backend what only that of Keras 2 allows."""
    if name in _VARIABLES:
        return any(_is_set(target, context) for target in _targets(call, context))
    return name == "shape" and _is_counted_with(call, context)


def _targets(call: ast.Call, context: Context) -> list[ast.expr]:
    parent = context.source.parents.get(id(call))
    return parent.targets if isinstance(parent, ast.Assign) else []


def _is_set(target: ast.expr, context: Context) -> bool:
    """Tell whether a variable is given another value somewhere."""
    text = ast.unparse(target)
    for node in ast.walk(context.source.tree):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if called in _ASSIGNING and isinstance(node.func, ast.Attribute):
            given: ast.expr | None = node.func.value
        else:
            given = node.args[0] if called in _SETTING and node.args else None
        if given is not None and ast.unparse(given) == text:
            return True
    return False


def _is_counted_with(call: ast.Call, context: Context) -> bool:
    """Tell whether a shape, or a part of it, is added to something or multiplied as a whole, as tensors are."""
    places: list[ast.expr] = [call]
    for target in _targets(call, context):
        if isinstance(target, ast.Name):
            places += context.uses.of(target, target.id)
    return any(_is_operand(place, context) for place in places)


def _is_operand(node: ast.expr, context: Context) -> bool:
    for whole in _wholes(node, context):
        parent = context.source.parents.get(id(whole))
        if isinstance(parent, (ast.BinOp, ast.UnaryOp, ast.AugAssign)):
            return True
    return False


def _wholes(node: ast.expr, context: Context) -> Iterator[ast.expr]:
    """Yield an expression, and the slices that are taken of it."""
    yield node
    parent = context.source.parents.get(id(node))
    if isinstance(parent, ast.Subscript) and parent.value is node and isinstance(parent.slice, ast.Slice):
        yield from _wholes(parent, context)
