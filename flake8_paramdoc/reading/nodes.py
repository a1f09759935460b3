"""What each kind of node tells the walk through a tree: the names that it binds, and what in it may be outdated.

Each function takes a node, the scope that it is evaluated in, what the walk has collected so far, and the stack of what
is still to be looked at.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from flake8_paramdoc.reading.binding import (
    Stack,
    all_arguments,
    annotated_with,
    bind_elements,
    bind_parameters,
    bind_target,
    bind_targets,
)
from flake8_paramdoc.reading.keras_packages import is_keras, origin
from flake8_paramdoc.reading.scopes import UNKNOWN, Definition, Imported, Names, Parameter, ScopeKind, Value
from flake8_paramdoc.reading.version_guards import falls_back, leaves, tests_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from flake8_paramdoc.reading.collected import Reading

# What holds no name that is not looked at where it is met. Names that are bound are bound by what holds them.
SKIPPED_WITH_STARS: frozenset[type] = frozenset({
    type(None), str, int, bool, bytes, ast.Constant, ast.Pass, ast.Break, ast.Continue, ast.Load, ast.Store, ast.Del,
    ast.alias, *ast.operator.__subclasses__(), *ast.unaryop.__subclasses__(), *ast.boolop.__subclasses__(),
    *ast.cmpop.__subclasses__(),
})  # fmt: skip
SKIPPED: frozenset[type] = SKIPPED_WITH_STARS | {ast.Name}


_EMPTY = frozenset({type(None), ast.Constant})


def _push_all(stack: Stack, nodes: Iterable[ast.AST | None], scope: Names) -> None:
    """Leave nodes for later, in their order."""
    stack += [(node, scope) for node in reversed(tuple(nodes)) if type(node) not in _EMPTY]


def _push_statements(stack: Stack, body: list[ast.stmt], scope: Names, reading: Reading) -> None:
    """Leave the statements of a body for later; behind a branch that leaves for its version, all is for the others."""
    if reading.branches and not scope.guarded:
        for position, statement in enumerate(body):
            if (
                type(statement) is ast.If
                and leaves(statement.body)
                and tests_version(statement.test, scope, reading.branches)
            ):
                _push_all(stack, body[position + 1 :], scope.guard())
                body = body[: position + 1]
                break
    _push_all(stack, body, scope)


def _nothing(node: ast.AST, scope: Names, reading: Reading, stack: Stack) -> None:
    """Pass over what holds no name."""


def _module(node: ast.Module, scope: Names, reading: Reading, stack: Stack) -> None:
    _push_statements(stack, node.body, scope, reading)


def _call(node: ast.Call, scope: Names, reading: Reading, stack: Stack) -> None:
    if not scope.guarded:
        reading.calls.append((node, scope))
    skipped = SKIPPED_WITH_STARS if reading.has_stars else SKIPPED
    for keyword in reversed(node.keywords):
        if type(keyword.value) not in skipped:
            stack.append((keyword.value, scope))
    for argument in reversed(node.args):
        if type(argument) not in skipped:
            stack.append((argument, scope))
    if type(node.func) is ast.Attribute:
        _attribute(node.func, scope, reading, stack)  # at once: most functions are attributes, and they come first
    elif type(node.func) not in skipped:
        stack.append((node.func, scope))


def _attribute(node: ast.Attribute, scope: Names, reading: Reading, stack: Stack) -> None:
    if node.attr in reading.watched and not scope.guarded:
        reading.attributes.append((node, scope))
    if type(node.value) is not ast.Name or reading.has_stars:
        stack.append((node.value, scope))


def _name(node: ast.Name, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    if node.id in reading.watched and not scope.guarded and type(node.ctx) is ast.Load:
        reading.names.append((node, scope))


def _subscript(node: ast.Subscript, scope: Names, reading: Reading, stack: Stack) -> None:
    if type(node.slice) is ast.Constant and not scope.guarded:
        reading.subscripts.append((node, scope))
    _push_all(stack, (node.value, node.slice), scope)


def _compare(node: ast.Compare, scope: Names, reading: Reading, stack: Stack) -> None:
    if type(node.left) is ast.Call and type(node.comparators[0]) is ast.Constant and not scope.guarded:
        reading.compares.append((node, scope))
    _push_all(stack, (node.left, *node.comparators), scope)


def _expression(node: ast.Expr, scope: Names, reading: Reading, stack: Stack) -> None:
    if type(node.value) is ast.Constant:
        if type(node.value.value) is str and not scope.guarded:
            reading.texts.append((node.value, scope))
    else:
        stack.append((node.value, scope))


def _import(node: ast.Import, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    for alias in node.names:
        first = alias.name.partition(".")[0]
        scope.bind(alias.asname or first, Imported(alias.name if alias.asname else first, scope.guarded))
        if is_keras(alias.name):
            _note(alias.name, reading)
            reading.callables.add(alias.asname or first)
    if not scope.guarded:
        reading.imports.append((node, scope))


def _import_from(node: ast.ImportFrom, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    # A relative import names a module of the file's own package: its leading dots keep it apart from Keras.
    dots = "." * node.level
    module = f"{dots}{node.module or ''}"
    of_keras = is_keras(module)
    for alias in node.names:
        if alias.name == "*":
            scope.stars.append(module)
            reading.has_stars = reading.has_stars or origin(module) is not None
        else:
            member = f"{module}.{alias.name}" if node.module else f"{dots}{alias.name}"
            scope.bind(alias.asname or alias.name, Imported(member, scope.guarded))
            if of_keras or module == "functools":
                reading.callables.add(alias.asname or alias.name)
    if of_keras:
        _note(module, reading)
    if of_keras and not scope.guarded:
        reading.imports.append((node, scope))


def _note(module: str, reading: Reading) -> None:
    reading.uses_keras = True
    where = origin(module)
    if where is not None:
        reading.packages.add(where.package)


def _assign(node: ast.Assign, scope: Names, reading: Reading, stack: Stack) -> None:
    for target in reversed(node.targets):
        bind_target(target, node.value, scope, stack, reading.callables)
    stack.append((node.value, scope))


def _annotated_assign(node: ast.AnnAssign, scope: Names, reading: Reading, stack: Stack) -> None:
    if node.value is not None:
        if isinstance(node.target, ast.Name):
            scope.bind(node.target.id, Value(node.value, scope, node.annotation))
        else:
            bind_target(node.target, node.value, scope, stack, reading.callables)
        stack.append((node.value, scope))
    elif isinstance(node.target, ast.Name):
        scope.bind(node.target.id, Parameter(node.annotation, scope, None))
    stack.append((node.annotation, scope))


def _augmented_assign(node: ast.AugAssign, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    bind_targets((node.target,), scope, stack)
    stack.append((node.value, scope))


def _named_expression(node: ast.NamedExpr, scope: Names, reading: Reading, stack: Stack) -> None:
    holder = scope
    while holder.kind is ScopeKind.COMPREHENSION and holder.outer is not None:
        holder = holder.outer
    bind_target(node.target, node.value, holder, stack, reading.callables)
    stack.append((node.value, scope))


def _loop(node: ast.For | ast.AsyncFor, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    _push_all(stack, (*node.body, *node.orelse), scope)
    bind_elements(node.target, node.iter, scope, scope, stack)
    stack.append((node.iter, scope))


def _with(node: ast.With | ast.AsyncWith, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    _push_all(stack, node.body, scope)
    for item in reversed(node.items):
        if item.optional_vars is not None:
            bind_targets((item.optional_vars,), scope, stack)
        stack.append((item.context_expr, scope))


def _if(node: ast.If | ast.IfExp, scope: Names, reading: Reading, stack: Stack) -> None:
    inside = scope.guard() if reading.branches and tests_version(node.test, scope, reading.branches) else scope
    if isinstance(node, ast.If):
        _push_all(stack, (*node.body, *node.orelse), inside)
    else:
        _push_all(stack, (node.body, node.orelse), inside)
    stack.append((node.test, scope))


def _operands(node: ast.BoolOp, scope: Names, reading: Reading, stack: Stack) -> None:
    """Leave operands for later; behind one that asks for a version, they are for one: ``hasattr(tf, "a") and tf.a``."""
    inside = scope
    seen = []
    for value in node.values:
        seen.append((value, inside))
        if reading.branches and not inside.guarded and tests_version(value, scope, reading.branches):
            inside = scope.guard()
    skipped = SKIPPED_WITH_STARS if reading.has_stars else SKIPPED
    stack += [(value, inside) for value, inside in reversed(seen) if type(value) not in skipped]


def _try(node: ast.Try, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    inside = scope.guard() if falls_back(node) else scope
    _push_all(stack, (*node.orelse, *node.finalbody), scope)
    _push_all(stack, (*node.body, *node.handlers), inside)


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Names, reading: Reading, stack: Stack) -> None:
    around = _with_type_parameters(node, scope)
    inside = Names(around, ScopeKind.FUNCTION)
    inside.node = node
    scope.bind(node.name, Definition(node, inside, scope))
    reading.functions.add(node.name)
    bind_parameters(node, scope, inside)
    _push_statements(stack, node.body, inside, reading)
    _push_all(stack, (node.returns, *annotated_with(node.args)), around)
    _push_all(stack, (*node.args.defaults, *node.args.kw_defaults), scope)
    _push_all(stack, getattr(node, "type_params", ()), around)
    _push_all(stack, node.decorator_list, scope)


def _lambda(node: ast.Lambda, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    inside = Names(scope, ScopeKind.FUNCTION)
    for arg in all_arguments(node.args):
        inside.bind(arg.arg, UNKNOWN)
    stack.append((node.body, inside))
    _push_all(stack, (*node.args.defaults, *node.args.kw_defaults), scope)


def _class(node: ast.ClassDef, scope: Names, reading: Reading, stack: Stack) -> None:
    around = _with_type_parameters(node, scope)
    inside = Names(around, ScopeKind.CLASS)
    inside.node = node
    definition = Definition(node, inside, scope)
    scope.bind(node.name, definition)
    reading.callables.add(node.name)
    if not scope.guarded:
        reading.classes.append(definition)
    _push_all(stack, node.body, inside)
    _push_all(stack, (*getattr(node, "type_params", ()), *node.bases), around)
    _push_all(stack, (keyword.value for keyword in node.keywords), around)
    _push_all(stack, node.decorator_list, scope)


def _with_type_parameters(node: ast.AST, scope: Names) -> Names:
    """Return the scope of ``[T]`` in ``class Stack[T]:`` (Python 3.12): it lies around the class."""
    return Names(scope, ScopeKind.FUNCTION) if getattr(node, "type_params", None) else scope


def _return(node: ast.Return, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    if node.value is not None:
        holder = scope
        while holder.kind is ScopeKind.COMPREHENSION and holder.outer is not None:
            holder = holder.outer
        holder.returns.append(node.value)
        stack.append((node.value, scope))


def _comprehension(node: Any, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    inside = Names(scope, ScopeKind.COMPREHENSION)
    _push_all(stack, (getattr(node, field, None) for field in ("elt", "key", "value")), inside)
    for position, generator in reversed(tuple(enumerate(node.generators))):
        # The first iterable is evaluated outside.
        outside = inside if position else scope
        _push_all(stack, generator.ifs, inside)
        bind_elements(generator.target, generator.iter, inside, outside, stack)
        stack.append((generator.iter, outside))


def _global(node: ast.Global, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    if scope.kind is not ScopeKind.MODULE:
        scope.declared_global.update(node.names)


def _nonlocal(node: ast.Nonlocal, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
    # Which function's name it is takes all their bodies to find out; that nobody rebinds a name of Keras so
    # does not repay it.
    around: Names | None = scope
    while around is not None and around.kind is not ScopeKind.MODULE:
        for name in node.names:
            around.bind(name, UNKNOWN)
        around = around.outer


def _binds(field: str) -> Callable[[Any, Names, Reading, Stack], None]:
    """Make the handler of a node that binds the name it holds in ``field``, if any, to an unknown."""

    def handler(node: ast.AST, scope: Names, reading: Reading, stack: Stack) -> None:  # noqa: ARG001
        name = getattr(node, field, None)
        if isinstance(name, ast.Name):
            name = name.id
        if name is not None:
            scope.bind(name, UNKNOWN)
        _push_all(stack, ast.iter_child_nodes(node), scope)

    return handler


# What binds names, opens a scope or is collected; of every other node, all fields are gone through in the same scope.
HANDLERS: Mapping[type, Callable[[Any, Names, Reading, Stack], None]] = {
    ast.Constant: _nothing,
    ast.Module: _module,
    ast.Call: _call,
    ast.Attribute: _attribute,
    ast.Name: _name,
    ast.Subscript: _subscript,
    ast.Compare: _compare,
    ast.Expr: _expression,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated_assign,
    ast.AugAssign: _augmented_assign,
    ast.NamedExpr: _named_expression,
    ast.For: _loop,
    ast.AsyncFor: _loop,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.If: _if,
    ast.IfExp: _if,
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
