"""What stands for a value where it is written: a literal, or what a name was bound to that is bound once."""

from __future__ import annotations

import ast
from copy import copy
from typing import TYPE_CHECKING

from flake8_paramdoc.reading.scopes import Parameter, Value

if TYPE_CHECKING:
    from flake8_paramdoc.reading.scopes import Names

_MOST_STEPS = 8
"""How deep names and expressions are followed."""

_TEXTS = frozenset({"str", "format", "join", "fspath", "abspath", "Path"})
"""Functions and methods that make a text, most often a path, of what they are given."""


def written(node: ast.expr, scope: Names, steps: int = _MOST_STEPS, *, defaults: bool = True) -> ast.expr:
    """Return an expression with names and attributes of ``self`` replaced by what each was bound to, if bound once.

    Of a parameter it is the default. In sums, in text that is formatted and in paths that are joined, the parts are
    replaced too. What nothing is known of stays as it is; the nodes of the tree are not changed.

    :param defaults: whether a parameter is taken for its default.
    """
    kind = type(node)
    if kind is ast.Constant or not steps:
        return node
    if isinstance(node, ast.Name) and _is_default_told_apart(node.id, scope):
        return node
    if kind is ast.Name:
        return _bound(list(scope.lookup(node.id, lambda _: False)), node, steps, defaults=defaults)  # type: ignore[attr-defined]
    if isinstance(node, ast.Attribute):
        return (
            _bound(_attributes(node, scope), node, steps, defaults=defaults)
            if isinstance(node.value, ast.Name)
            else node
        )
    if isinstance(node, ast.BinOp):
        left, right = (
            written(node.left, scope, steps - 1, defaults=defaults),
            written(node.right, scope, steps - 1, defaults=defaults),
        )
        return node if left is node.left and right is node.right else ast.BinOp(left, node.op, right)
    if isinstance(node, ast.Tuple):
        items = [written(item, scope, steps - 1, defaults=defaults) for item in node.elts]
        return node if items == node.elts else ast.Tuple(items, node.ctx)
    if isinstance(node, ast.JoinedStr):
        parts = [_inserted(part, scope, steps, defaults=defaults) for part in node.values]
        return node if parts == node.values else ast.JoinedStr(parts)
    if isinstance(node, ast.Call):
        return _made(node, scope, steps, defaults=defaults)
    return node


def _bound(bindings: list[object], node: ast.expr, steps: int, *, defaults: bool) -> ast.expr:
    if len(bindings) == 1:
        binding = bindings[0]
        if isinstance(binding, Value):
            return written(binding.node, binding.scope, steps - 1, defaults=defaults)
        if defaults and isinstance(binding, Parameter) and binding.default is not None:
            return written(binding.default, binding.scope, steps - 1, defaults=defaults)
    return node


def _is_default_told_apart(name: str, scope: Names) -> bool:
    """Tell whether a function compares a parameter that is a text by default, as it does to use another text."""
    around: Names | None = scope
    while around is not None and name not in around.bindings:
        around = around.outer
    bindings = around.bindings[name] if around is not None else []
    default = bindings[0].default if len(bindings) == 1 and isinstance(bindings[0], Parameter) else None
    if around is None or not (isinstance(default, ast.Constant) and isinstance(default.value, str)):
        return False
    return name in around.compared


def _attributes(node: ast.Attribute, scope: Names) -> list[object]:
    """Return what methods assign to an attribute of ``self``, or the body of its class binds."""
    around: Names | None = scope
    while around is not None and (not isinstance(node.value, ast.Name) or around.first != node.value.id):
        around = around.outer
    owner = around.outer if around is not None else None
    if owner is None:
        return []
    return [*owner.attributes.get(node.attr, ()), *owner.bindings.get(node.attr, ())]


def _inserted(part: ast.expr, scope: Names, steps: int, *, defaults: bool) -> ast.expr:
    """Return a part of an f-string: where it inserts a text that is known, that text."""
    if isinstance(part, ast.FormattedValue) and part.format_spec is None:
        found = written(part.value, scope, steps - 1, defaults=defaults)
        if isinstance(found, ast.Constant) and isinstance(found.value, str):
            return found
    return part


def _made(node: ast.Call, scope: Names, steps: int, *, defaults: bool) -> ast.expr:
    func = node.func
    name = func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""
    if name not in _TEXTS or not (node.args or isinstance(func, ast.Attribute)):
        return node
    if name in ("str", "fspath", "abspath", "Path") and len(node.args) == 1:
        return written(node.args[0], scope, steps - 1, defaults=defaults)
    args = [written(arg, scope, steps - 1, defaults=defaults) for arg in node.args]
    receiver = func
    if isinstance(func, ast.Attribute) and name == "format":
        receiver = copy(func)
        receiver.value = written(func.value, scope, steps - 1, defaults=defaults)
    if args == node.args and receiver is func:
        return node
    return ast.Call(receiver, args, node.keywords)
