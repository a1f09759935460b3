"""What code says of the sign of a number before it runs."""

from __future__ import annotations

import ast

_NEVER_NEGATIVE = frozenset({
    "abs", "absolute", "binary_crossentropy", "epsilon", "exp", "hard_sigmoid", "relu", "relu6", "sigmoid", "softmax",
    "softplus", "sqrt", "square", "std", "var",
})  # fmt: skip
"""Functions that give nothing below zero."""
_OF_PARTS = frozenset({"cumsum", "expand_dims", "max", "mean", "min", "prod", "reshape", "squeeze", "sum"})
"""Functions that give nothing below zero where their first argument holds nothing such."""


def is_never_negative(node: ast.expr) -> bool:
    """Tell whether an expression holds nothing below zero, as far as that can be read from it."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (int, float)) and node.value >= 0
    if isinstance(node, ast.BinOp):
        if isinstance(node.op, ast.Pow):
            return isinstance(node.right, ast.Constant) and node.right.value in (2, 4)
        return (
            isinstance(node.op, (ast.Add, ast.Mult, ast.Div))
            and is_never_negative(node.left)
            and is_never_negative(node.right)
        )
    if not isinstance(node, ast.Call):
        return False
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if called == "maximum":
        return any(map(is_never_negative, node.args))
    return called in _NEVER_NEGATIVE or (called in _OF_PARTS and bool(node.args) and is_never_negative(node.args[0]))
