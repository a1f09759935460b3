"""What code says of the sign of a number before it runs."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TypeAlias

_NEVER_NEGATIVE = frozenset({
    "abs", "absolute", "binary_crossentropy", "epsilon", "exp", "hard_sigmoid", "relu6", "sigmoid", "softmax",
    "softplus", "sqrt", "square", "std", "var",
})  # fmt: skip
"""Functions that give nothing below zero."""
_OF_PARTS = frozenset({"cumsum", "expand_dims", "max", "mean", "min", "prod", "reshape", "squeeze", "sum"})
"""Functions that give nothing below zero where their first argument holds nothing such."""


def _unknown(_: ast.Name) -> ast.expr | None:
    return None


ValueOf: TypeAlias = "Callable[[ast.Name], ast.expr | None]"
"""Gives what a name was assigned, where that is one thing alone; ``None``: that is not known."""


def is_never_negative(node: ast.expr | None, value_of: ValueOf = _unknown) -> bool:
    """Tell whether an expression holds nothing below zero, as far as that can be read from it."""
    if isinstance(node, ast.Name):
        # One step: names may be made of each other.
        node, value_of = value_of(node), _unknown
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (int, float)) and node.value >= 0
    if isinstance(node, ast.BinOp):
        if isinstance(node.op, ast.Pow):
            return isinstance(node.right, ast.Constant) and node.right.value in (2, 4)
        return (
            isinstance(node.op, (ast.Add, ast.Mult, ast.Div))
            and is_never_negative(node.left, value_of)
            and is_never_negative(node.right, value_of)
        )
    if not isinstance(node, ast.Call):
        return False
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if called == "relu":
        return len(node.args) == 1 and not node.keywords  # with a slope, it may be
    if called == "maximum":
        return any(is_never_negative(given, value_of) for given in node.args)
    of_parts = called in _OF_PARTS and bool(node.args)
    return called in _NEVER_NEGATIVE or (of_parts and is_never_negative(node.args[0], value_of))
