"""What a file's own functions are given, and what its classes derive from, as it is written."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flake8_paramdoc.reading.scopes import Definition, Names


def passed_for(definition: Definition, call: ast.Call, name: str) -> ast.expr | None:
    """Return what a call passes for a parameter of a function of the file."""
    node = definition.node
    if isinstance(node, ast.ClassDef):
        return None
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    names = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args)]
    if names and definition.inside.first == names[0]:
        del names[0]
    known = [arg for arg in call.args if not isinstance(arg, ast.Starred)] if call.args else []
    if len(known) < len(call.args) or name not in names:
        return None
    place = names.index(name)
    return known[place] if place < len(known) else None


def called_self(scope: Names) -> str | None:
    """Return what the method that a scope is in calls its object, mostly ``self``; ``None`` outside methods."""
    around: Names | None = scope
    while around is not None and around.first is None:
        around = around.outer
    return around.first if around is not None else None


def is_in_derived(scope: Names) -> bool:
    """Tell whether a scope is in a class that derives from another: from a layer, for all that is known."""
    around: Names | None = scope
    while around is not None:
        if isinstance(around.node, ast.ClassDef):
            return any(not (isinstance(base, ast.Name) and base.id == "object") for base in around.node.bases)
        around = around.outer
    return False
