"""What each kind of node tells the walk through a tree: the scope that it opens, and what in it may be outdated.

Each function takes a node, the scope that it is evaluated in, what the walk has collected so far, and the stack of what
is still to be looked at.
"""

from __future__ import annotations

import ast
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from flake8_paramdoc.reading.binding import (
    all_arguments,
    bind_annotated,
    bind_augmented,
    bind_comprehension,
    bind_import,
    bind_import_from,
    bind_lambda,
    bind_loop,
    bind_name,
    bind_named,
    bind_parameters,
    bind_with,
    module_of,
)
from flake8_paramdoc.reading.keras_packages import BESIDE, is_keras, origin
from flake8_paramdoc.reading.scopes import Definition, Names, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flake8_paramdoc.reading.collected import Reading

Stack: TypeAlias = "list[Any]"
"""What a walk has before it, the next last: nodes, and between them the scopes that what follows is evaluated in."""

_PLAIN = frozenset(
    {"ctx", "op", "ops", "id", "attr", "arg", "asname", "is_async", "conversion", "simple", "type_comment"}
)
"""Fields of nodes that hold no node that is looked at."""

_TRAINING = frozenset({"deepchem"})
"""Libraries whose models have ``fit_generator()`` and ``nb_epoch`` of their own."""

_LISTS = frozenset({ast.List, ast.ListComp})

_FIELDS: dict[type, tuple[str, ...]] = {}


def parts(node: ast.AST) -> list[Any]:
    """Return what the fields of a node hold, the last first."""
    kind = type(node)
    fields = _FIELDS.get(kind)
    if fields is None:
        fields = _FIELDS[kind] = tuple(field for field in kind._fields if field not in _PLAIN)
    found: list[Any] = []
    for field in fields:
        value = getattr(node, field, None)
        if type(value) is list:
            found += value
        elif value is not None:
            found.append(value)
    found.reverse()
    return found


def _nothing(node: object, scope: Names, reading: Reading, stack: Stack) -> None:
    """Pass over what holds no node."""


def _module(node: ast.Module, scope: Names, reading: Reading, stack: Stack) -> None:
    reading.guards.bodies.append((node.body, scope))
    stack += reversed(node.body)


def _subscript(node: ast.Subscript, scope: Names, reading: Reading, stack: Stack) -> None:
    if type(node.slice) is ast.Constant:
        reading.subscripts.append((node, scope))
    stack += (node.slice, node.value)


def _compare(node: ast.Compare, scope: Names, reading: Reading, stack: Stack) -> None:
    left, right = node.left, node.comparators[0]
    if scope.kind is not ScopeKind.MODULE:
        for side in (left, *node.comparators):
            if type(side) is ast.Name:
                scope.compare(side.id)
    if type(right) is ast.Constant:
        is_compared = type(left) is ast.Call or (type(left) is ast.Attribute and left.attr == "name")
    else:
        is_compared = type(right) is ast.Attribute and right.attr == "name" and type(left) is ast.Constant
    if is_compared:
        reading.compares.append((node, scope))
    stack += reversed(node.comparators)
    stack.append(node.left)


def _expression(node: ast.Expr, scope: Names, reading: Reading, stack: Stack) -> None:
    if type(node.value) is not ast.Constant:
        stack.append(node.value)
    elif type(node.value.value) is str:
        reading.texts.append((node.value, scope))


def _import(node: ast.Import, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    scope.later(bind_import, (node, partial(reading.guards.cover, node)))
    for alias in node.names:
        if is_keras(alias.name):
            note_package(alias.name, reading)
        elif alias.name == "functools":
            reading.has_partials = True
        elif alias.name.partition(".")[0] in _TRAINING:
            reading.trains_otherwise = True
            continue
        else:
            continue
        first = alias.name.partition(".")[0]
        _note(alias.asname or first, alias.name if alias.asname else first, reading)
    reading.imports.append((node, scope))


def _import_from(node: ast.ImportFrom, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    scope.later(bind_import_from, (node, partial(reading.guards.cover, node)))
    module = module_of(node)
    of_keras = is_keras(module)
    if of_keras:
        note_package(module, reading)
        reading.imports.append((node, scope))
    elif module == "functools":
        reading.has_partials = True
    elif module.partition(".")[0] in _TRAINING:
        reading.trains_otherwise = True
    elif module in BESIDE or module.partition(".")[0] in BESIDE:
        reading.imports.append((node, scope))
    for alias in node.names:
        if alias.name == "*":
            scope.stars += (module,)
            reading.has_stars = reading.has_stars or origin(module) is not None
            reading.is_open = reading.is_open or of_keras
        elif of_keras or module == "functools":
            _note(alias.asname or alias.name, f"{module}.{alias.name}", reading)


def _note(name: str, dotted: str, reading: Reading) -> None:
    reading.imported.setdefault(name, set()).add(dotted)


def note_package(module: str, reading: Reading) -> None:
    """Record that a file uses a package of Keras, or one that leads to it."""
    reading.uses_keras = True
    where = origin(module)
    if where is not None:
        reading.packages.add(where.package)


def _annotated_assign(node: ast.AnnAssign, scope: Names, reading: Reading, stack: Stack) -> None:
    scope.later(bind_annotated, node)
    stack.append(node.annotation)
    if node.value is not None:
        if type(node.target) is ast.Name:
            reading.aliases.add(node.target.id)
        stack += (node.target, node.value)


def _augmented_assign(node: ast.AugAssign, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    scope.later(bind_augmented, node)
    stack += (node.target, node.value)


def _named_expression(node: ast.NamedExpr, scope: Names, reading: Reading, stack: Stack) -> None:
    holder = scope
    while holder.kind is ScopeKind.COMPREHENSION and holder.outer is not None:
        holder = holder.outer
    holder.later(bind_named, node)
    (reading.made if type(node.value) is ast.Call else reading.aliases).add(node.target.id)
    stack.append(node.value)


def _operation(node: ast.BinOp, scope: Names, reading: Reading, stack: Stack) -> None:
    left, right = node.left, node.right
    if type(node.op) is ast.Add and (type(left) in _LISTS or type(right) in _LISTS):
        reading.sums_with_lists.append((node, scope))
    stack += (right, left)


def _loop(node: ast.For | ast.AsyncFor, scope: Names, reading: Reading, stack: Stack) -> None:
    scope.later(bind_loop, node)
    reading.iterated.append((node.iter, scope))
    stack += reversed((node.iter, node.target, *node.body, *node.orelse))


def _with(node: ast.With | ast.AsyncWith, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    scope.later(bind_with, node)
    stack += reversed(node.body)
    for item in reversed(node.items):
        stack += (item.optional_vars, item.context_expr)


def _if(node: ast.If, scope: Names, reading: Reading, stack: Stack) -> None:
    reading.guards.conditions.append((node, scope))
    stack += reversed(node.orelse)
    stack += reversed(node.body)
    stack.append(node.test)


def _if_expression(node: ast.IfExp, scope: Names, reading: Reading, stack: Stack) -> None:
    reading.guards.conditions.append((node, scope))
    stack += (node.orelse, node.body, node.test)


def _operands(node: ast.BoolOp, scope: Names, reading: Reading, stack: Stack) -> None:
    reading.guards.conditions.append((node, scope))
    stack += reversed(node.values)


def _try(node: ast.Try, scope: Names, reading: Reading, stack: Stack) -> None:
    reading.guards.conditions.append((node, scope))
    stack += reversed((*node.body, *node.handlers, *node.orelse, *node.finalbody))


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Names, reading: Reading, stack: Stack) -> None:
    type_parameters = getattr(node, "type_params", ())  # Python 3.12 and later
    around = Names(scope, ScopeKind.FUNCTION) if type_parameters else scope
    inside = Names(around, ScopeKind.FUNCTION)
    inside.node = node
    definition = Definition(node, inside, scope)
    inside.later(bind_parameters, definition)
    scope.bind(node.name, definition)
    if scope.kind is ScopeKind.CLASS:
        scope.inner.append(inside)
    reading.functions.add(node.name)
    reading.guards.bodies.append((node.body, inside))
    stack.append(scope)
    stack += reversed(node.body)
    stack.append(inside)
    args = node.args
    for place, default in enumerate(args.defaults, -len(args.defaults)):
        if type(default) is ast.Constant and type(default.value) is str and "/" in default.value:
            reading.texts_bound.add([*args.posonlyargs, *args.args][place].arg)
    stack.append(node.returns)
    stack += [arg.annotation for arg in reversed(all_arguments(args)) if arg.annotation is not None]
    if type_parameters:
        stack += reversed(type_parameters)
        stack.append(around)
    stack += reversed((*node.decorator_list, *args.defaults, *args.kw_defaults))


def _lambda(node: ast.Lambda, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    inside = Names(scope, ScopeKind.FUNCTION)
    inside.later(bind_lambda, node)
    stack += (scope, node.body, inside)
    stack += reversed((*node.args.defaults, *node.args.kw_defaults))


def _class(node: ast.ClassDef, scope: Names, reading: Reading, stack: Stack) -> None:
    type_parameters = getattr(node, "type_params", ())  # Python 3.12 and later
    around = Names(scope, ScopeKind.FUNCTION) if type_parameters else scope
    inside = Names(around, ScopeKind.CLASS)
    inside.node = node
    definition = Definition(node, inside, scope)
    scope.bind(node.name, definition)
    reading.defined.add(node.name)
    reading.classes.append(definition)
    stack.append(scope)
    stack += reversed(node.body)
    stack.append(inside)
    stack += reversed([*node.bases, *(keyword.value for keyword in node.keywords)])
    if type_parameters:
        stack += reversed(type_parameters)
        stack.append(around)
    stack += reversed(node.decorator_list)


def _return(node: ast.Return, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    if node.value is not None:
        scope.returns.append(node.value)
        stack.append(node.value)


def _comprehension(node: Any, scope: Names, reading: Reading, stack: Stack) -> None:
    inside = Names(scope, ScopeKind.COMPREHENSION)
    inside.later(bind_comprehension, node)
    reading.iterated.append((node.generators[0].iter, scope))
    stack.append(scope)
    stack += (node.value, node.key) if type(node) is ast.DictComp else (node.elt,)
    for generator in reversed(node.generators):
        stack += reversed((generator.iter, generator.target, *generator.ifs))
    # The first iterable is evaluated outside: it comes first.
    first = stack.pop()
    stack += (inside, first)


def _global(node: ast.Global, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    if scope.kind is not ScopeKind.MODULE:
        scope.declared_global |= set(node.names)
        scope.module().inner.append(scope)


def _nonlocal(node: ast.Nonlocal, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    # Which function's name it is takes all their bodies to find out; that nobody rebinds a name of Keras so
    # does not repay it.
    around: Names | None = scope
    while around is not None and around.kind is not ScopeKind.MODULE:
        for name in node.names:
            around.later(bind_name, name)
        around = around.outer


def _binds(field: str) -> Callable[[Any, Names, Reading, Stack], None]:
    """Make the handler of a node that binds the name it holds in ``field``, if any, to an unknown."""

    def handler(node: ast.AST, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
        name = getattr(node, field, None)
        if isinstance(name, ast.Name):
            name = name.id
        if name is not None:
            scope.later(bind_name, name)
        stack += parts(node)

    return handler


# What binds names, opens a scope or is collected; of every other node, all fields are gone through in the same scope.
HANDLERS: Mapping[type, Callable[[Any, Names, Reading, Stack], None]] = {
    type(None): _nothing,
    str: _nothing,
    bool: _nothing,
    ast.Module: _module,
    ast.Subscript: _subscript,
    ast.Compare: _compare,
    ast.Expr: _expression,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.AnnAssign: _annotated_assign,
    ast.AugAssign: _augmented_assign,
    ast.NamedExpr: _named_expression,
    ast.BinOp: _operation,
    ast.For: _loop,
    ast.AsyncFor: _loop,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.If: _if,
    ast.IfExp: _if_expression,
    ast.BoolOp: _operands,
    ast.Try: _try,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Lambda: _lambda,
    ast.ClassDef: _class,
    ast.Return: _return,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.Global: _global,
    ast.Nonlocal: _nonlocal,
    ast.ExceptHandler: _binds("name"),
    ast.MatchAs: _binds("name"),
    ast.MatchStar: _binds("name"),
    ast.MatchMapping: _binds("rest"),
    # Python 3.12 and later.
    **{
        getattr(ast, kind): _binds("name")
        for kind in ("TypeVar", "ParamSpec", "TypeVarTuple", "TypeAlias")
        if hasattr(ast, kind)
    },
}
