"""What assignments and loops bind: names, attributes of ``self``, and the parts of what is unpacked."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, TypeAlias

from flake8_paramdoc.reading.scopes import UNKNOWN, Element, Item, Names, Parameter, ScopeKind, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

Stack: TypeAlias = "list[tuple[Any, Names]]"
"""Nodes that a walk has before it, each with its scope; the next is the last."""

_ALIASES = frozenset({ast.Name, ast.Attribute, ast.Call})
"""Values that may be a class or function of Keras: a name, ``keras.layers.Dense``, ``partial(Dense, 10)``."""

_SEVERAL = frozenset({ast.Call, ast.Tuple})
"""Values that may be several: of a function of the file, what it returns."""


def bind_target(target: ast.expr, value: ast.expr, scope: Names, stack: Stack, callables: set[str]) -> None:
    """Bind a name, or an attribute of ``self``, to a value; what another form of target binds is unknown.

    A name that may stand for a class or function from now on is put among the ``callables``.
    """
    if type(target) is ast.Name:
        if type(value) is ast.Constant and value.value is None:
            # `Model = None` marks a missing import: whoever calls it means another binding, if there is one.
            scope.bindings.setdefault(target.id, [])
        else:
            scope.bind(target.id, Value(value, scope))
            if type(value) in _ALIASES:
                callables.add(target.id)
        return
    if type(target) is ast.Attribute and type(target.value) is ast.Name and target.value.id == scope.first:
        owner = _class_around(scope)
        if owner is not None:
            assigned = owner.attributes.setdefault(target.attr, [])
            if not (type(value) is ast.Constant and value.value is None):
                assigned.append(Value(value, scope))
    if type(target) is ast.Tuple and type(value) in _SEVERAL:
        for index, item in enumerate(target.elts):
            if isinstance(item, ast.Starred):
                break
            if isinstance(item, ast.Name):
                scope.bind(item.id, Item(value, index, scope))
            else:
                bind_targets((item,), scope, stack)
        else:
            return
    bind_targets((target,), scope, stack)


def _class_around(scope: Names) -> Names | None:
    around = scope.outer
    while around is not None and around.kind is not ScopeKind.CLASS:
        around = around.outer
    return around


def bind_targets(targets: Iterable[ast.expr], scope: Names, stack: Stack) -> None:
    """Bind the names in targets to what is not known, and leave their other parts for later."""
    pending = list(targets)
    while pending:
        target = pending.pop()
        if isinstance(target, ast.Name):
            scope.bind(target.id, UNKNOWN)
        elif isinstance(target, (ast.Tuple, ast.List)):
            pending += target.elts
        elif isinstance(target, ast.Starred):
            pending.append(target.value)
        else:
            stack.append((target, scope))


def bind_elements(target: ast.expr, iterated: ast.expr, inside: Names, outside: Names, stack: Stack) -> None:
    """Bind what a loop binds: ``layer`` of ``for layer in model.layers``, also behind ``enumerate``."""
    if isinstance(target, ast.Tuple) and len(target.elts) == 2 and isinstance(iterated, ast.Call) and iterated.args:
        function = iterated.func
        if isinstance(function, ast.Name) and function.id == "enumerate":
            bind_targets((target.elts[0],), inside, stack)
            target, iterated = target.elts[1], iterated.args[0]
    if isinstance(target, ast.Name):
        inside.bind(target.id, Element(iterated, outside))
    else:
        bind_targets((target,), inside, stack)


def bind_parameters(node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Names, inside: Names) -> None:
    """Bind the parameters of a function; of a method, the first stands for an object of its class."""
    owner = scope if scope.kind is ScopeKind.CLASS and not _is_static(node) else None
    for arg in all_arguments(node.args):
        if owner is not None and inside.first is None:
            inside.first = arg.arg
            inside.bind(arg.arg, Parameter(None, scope, owner))
        elif arg in (node.args.vararg, node.args.kwarg):
            inside.bind(arg.arg, UNKNOWN)
        else:
            inside.bind(arg.arg, Parameter(arg.annotation, scope, None))


def _is_static(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(decorator, ast.Name) and decorator.id == "staticmethod" for decorator in node.decorator_list)


def annotated_with(args: ast.arguments) -> list[ast.expr | None]:
    """Return the annotations of the parameters."""
    return [arg.annotation for arg in all_arguments(args)]


def all_arguments(args: ast.arguments) -> list[ast.arg]:
    """Return all parameters of a function."""
    found = [*args.posonlyargs, *args.args, *args.kwonlyargs]
    return found + [arg for arg in (args.vararg, args.kwarg) if arg is not None]
