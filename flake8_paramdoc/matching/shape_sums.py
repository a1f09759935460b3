"""Sums of a list and the shape of a Keras tensor, which was an object that took lists, and is a tuple."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import BEHAVIOURS
from flake8_paramdoc.matching.finding import Match
from flake8_paramdoc.matching.members import is_given_shape
from flake8_paramdoc.reading.bound_before import bound_before, frame_of
from flake8_paramdoc.reading.scopes import ScopeKind, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.matching.tensor_flow import Tensors
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Values
    from flake8_paramdoc.reading.scopes import Names

_MOST_STEPS = 8


def match_shape_sums(reading: Reading, values: Values, tensors: Tensors, target: Target) -> Iterator[Match]:
    """Yield the shapes of Keras tensors, or parts of them, to which a list is added, or that are added to one."""
    change = BEHAVIOURS["list_and_shape"]
    if not target.applies(change, values.package):
        return
    for node, scope in reading.sums_with_lists:
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if _is_list(one) and _is_shape(other, scope, values, tensors) and not reading.guards.cover(node):
                yield Match(other, change, change.message(), fixes=change.fixes())


def _is_list(node: ast.expr) -> bool:
    return isinstance(node, (ast.List, ast.ListComp))


def _is_shape(node: ast.expr, scope: Names, values: Values, tensors: Tensors, steps: int = _MOST_STEPS) -> bool:
    """Tell whether an expression is the shape of a Keras tensor for sure, or a part of it."""
    while isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        node = node.value
    if isinstance(node, ast.Attribute):
        frame = frame_of(scope)
        is_lambda = frame.kind is ScopeKind.FUNCTION and frame.node is None  # there, it is a tensor of TensorFlow's
        return node.attr == "shape" and not is_lambda and tensors.has(node.value, scope)
    if not isinstance(node, ast.Name) or not steps:
        return False
    if is_given_shape(node, scope, values):
        return True
    bindings, _ = bound_before(node, scope)
    return bool(bindings) and all(
        isinstance(binding, Value) and _is_shape(binding.node, binding.scope, values, tensors, steps - 1)
        for binding in bindings
    )
