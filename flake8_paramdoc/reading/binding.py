"""What each kind of node binds: names, attributes of ``self``, and the parts of what is unpacked.

Each function takes a node and the scope that it binds in. The walk leaves them to the scope, which calls them when it
is asked for a name.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.reading.scopes import UNKNOWN, Element, Imported, Item, Parameter, ScopeKind, Unfollowed, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flake8_paramdoc.reading.scopes import Definition, Names

_SEVERAL = frozenset({ast.Call, ast.Tuple})
"""Values that may be several: of a function of the file, what it returns."""


def bind_import(importing: tuple[ast.Import, Callable[[], bool]], scope: Names) -> None:
    """Bind what ``import`` does; with it comes what tells whether it is for one version of Keras."""
    node, for_one_version = importing
    for alias in node.names:
        first = alias.name.partition(".")[0]
        bound = alias.name if alias.asname else first
        scope.bind(alias.asname or first, Imported(bound, (for_one_version,), (node.lineno, node.col_offset)))


def bind_import_from(importing: tuple[ast.ImportFrom, Callable[[], bool]], scope: Names) -> None:
    """Bind what ``from … import`` does, except a star."""
    node, for_one_version = importing
    module, place = module_of(node), (node.lineno, node.col_offset)
    for alias in node.names:
        if alias.name != "*":
            member = f"{module}.{alias.name}" if node.module else f"{module}{alias.name}"
            scope.bind(alias.asname or alias.name, Imported(member, (for_one_version,), place))


def module_of(node: ast.ImportFrom) -> str:
    """Return the module that names are imported from.

    Of a relative import it is one of the file's own package: its leading dots keep it apart from Keras.
    """
    return f"{'.' * node.level}{node.module or ''}"


def bind_assigned(node: ast.Assign, scope: Names) -> None:
    """Bind what ``a = b = value`` does."""
    for target in node.targets:
        _bind_target(target, node.value, scope)


def bind_annotated(node: ast.AnnAssign, scope: Names) -> None:
    """Bind what ``name: annotation = value`` does, also without a value."""
    target = node.target
    if node.value is None:
        if isinstance(target, ast.Name):
            scope.bind(target.id, Parameter(node.annotation, scope, None))
    elif isinstance(target, ast.Name):
        scope.bind(target.id, Value(node.value, scope, node.annotation))
    else:
        _bind_target(target, node.value, scope)


def bind_named(node: ast.NamedExpr, scope: Names) -> None:
    """Bind what ``(name := value)`` does."""
    _bind_target(node.target, node.value, scope)


def bind_augmented(node: ast.AugAssign, scope: Names) -> None:
    """Bind what ``name += value`` does."""
    if isinstance(node.target, ast.Name):
        sum_of_both = ast.BinOp(left=ast.Name(node.target.id, ast.Load()), op=node.op, right=node.value)
        ast.copy_location(sum_of_both.left, node.target)
        scope.bind(node.target.id, Value(ast.copy_location(sum_of_both, node), scope))


def bind_name(name: str, scope: Names) -> None:
    """Bind a name to what is not known."""
    scope.bind(name, UNKNOWN)


def bind_loop(node: ast.For | ast.AsyncFor, scope: Names) -> None:
    """Bind what ``for target in iterated`` does."""
    _bind_elements(node.target, node.iter, scope, scope)


def bind_with(node: ast.With | ast.AsyncWith, scope: Names) -> None:
    """Bind what ``with … as target`` does."""
    _bind_unknown([item.optional_vars for item in node.items if item.optional_vars is not None], scope)


def bind_comprehension(node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, scope: Names) -> None:
    """Bind what the loops of a comprehension do, in its own scope."""
    for position, generator in enumerate(node.generators):
        # The first iterable is evaluated outside.
        outside = scope if position or scope.outer is None else scope.outer
        _bind_elements(generator.target, generator.iter, scope, outside)


def bind_parameters(definition: Definition, scope: Names) -> None:
    """Bind the parameters of a function, in its own scope; of a method, the first stands for an object of its class."""
    node, outside = definition.node, definition.scope
    if isinstance(node, ast.ClassDef):
        return
    in_class = outside.kind is ScopeKind.CLASS and not _is_static(node)
    spread = (node.args.vararg, node.args.kwarg)
    defaults = _defaults(node.args)
    for position, arg in enumerate(all_arguments(node.args)):
        if in_class and position == 0:
            scope.bind_first(arg.arg, Parameter(None, outside, outside))
        elif arg in spread:
            scope.bind(arg.arg, UNKNOWN)
        else:
            scope.bind(arg.arg, Parameter(arg.annotation, outside, None, defaults.get(arg.arg)))


def _defaults(args: ast.arguments) -> dict[str, ast.expr]:
    """Return the defaults of a function's parameters, by their names."""
    by_place = [*args.posonlyargs, *args.args]
    found = {arg.arg: default for arg, default in zip(reversed(by_place), reversed(args.defaults), strict=False)}
    by_name = zip(args.kwonlyargs, args.kw_defaults, strict=True)
    return found | {arg.arg: default for arg, default in by_name if default is not None}


def _is_static(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(decorator, ast.Name) and decorator.id == "staticmethod" for decorator in node.decorator_list)


def bind_lambda(node: ast.Lambda, scope: Names) -> None:
    """Bind the parameters of a lambda expression, in its own scope."""
    for arg in all_arguments(node.args):
        scope.bind(arg.arg, UNKNOWN)


def all_arguments(args: ast.arguments) -> list[ast.arg]:
    """Return all parameters of a function."""
    found = [*args.posonlyargs, *args.args, *args.kwonlyargs]
    return found + [arg for arg in (args.vararg, args.kwarg) if arg is not None]


def _bind_target(target: ast.expr, value: ast.expr, scope: Names) -> None:
    """Bind a name, or an attribute of ``self``, to a value; what another form of target binds is unknown."""
    nothing = type(value) is ast.Constant and value.value is None
    if type(target) is ast.Name:
        if nothing:
            # `Model = None` marks a missing import: whoever calls it means another binding, if there is one.
            scope.mark(target.id)
        else:
            scope.bind(target.id, Value(value, scope))
    elif type(target) is ast.Attribute:
        if type(target.value) is ast.Name and target.value.id == scope.first:
            scope.assign(target.attr, None if nothing else Value(value, scope))
    elif type(target) is ast.Tuple and type(value) in _SEVERAL:
        for index, item in enumerate(target.elts):
            if isinstance(item, ast.Starred):
                _bind_unknown(target.elts, scope)
                return
            if isinstance(item, ast.Name):
                scope.bind(item.id, Item(value, index, scope))
            else:
                _bind_unknown((item,), scope)
    else:
        _bind_unknown((target,), scope)


def _bind_unknown(targets: Iterable[ast.expr], scope: Names) -> None:
    """Bind the names in targets to what is not known."""
    pending = list(targets)
    while pending:
        target = pending.pop()
        if isinstance(target, ast.Name):
            scope.bind(target.id, Unfollowed(target))
        elif isinstance(target, (ast.Tuple, ast.List)):
            pending += target.elts
        elif isinstance(target, ast.Starred):
            pending.append(target.value)


def _bind_elements(target: ast.expr, iterated: ast.expr, inside: Names, outside: Names) -> None:
    """Bind what a loop binds: ``layer`` of ``for layer in model.layers``, also behind ``enumerate``."""
    if isinstance(target, ast.Tuple) and len(target.elts) == 2 and isinstance(iterated, ast.Call) and iterated.args:
        function = iterated.func
        if isinstance(function, ast.Name) and function.id == "enumerate":
            _bind_unknown((target.elts[0],), inside)
            target, iterated = target.elts[1], iterated.args[0]
    if isinstance(target, ast.Name):
        inside.bind(target.id, Element(iterated, outside))
    else:
        _bind_unknown((target,), inside)
