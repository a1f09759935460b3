"""Orders of axes that are passed on: which of them are known to be those of today."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flake8_paramdoc.edits.rewrite import Context

_ASKED = frozenset({"image_dim_ordering", "image_data_format"})
"""Functions that give the order, and whose results are written anew with what they are compared with."""


def is_order(node: ast.expr, context: Context) -> bool:
    """Tell whether a value is known to be an order of today, or becomes one; what a caller gives may be ``"th"``."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.IfExp):
        return is_order(node.body, context) and is_order(node.orelse, context)
    if isinstance(node, ast.Call):
        return getattr(node.func, "attr", getattr(node.func, "id", "")) in _ASKED
    if not isinstance(node, ast.Name):
        return False
    binders = context.uses.binders(node, node.id)
    made = [context.source.parents.get(id(binder)) for binder in binders]
    return bool(made) and all(
        isinstance(one, ast.Assign) and not isinstance(one.value, ast.Name) and is_order(one.value, context)
        for one in made
    )
