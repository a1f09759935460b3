"""What each name in a file stands for: imports and aliases, scope by scope, without importing anything.

A name stands for something only where every binding of it in its scope is an import or an alias of one. What
a file binds in another way (a class of its own, a parameter, the result of a call) is unknown, and unknown
names are never reported: a false alarm costs the reader more than a missed finding.

Scopes follow the language reference, section "Naming and binding". The order of statements inside one scope
is not followed, except that of star imports.
"""

from __future__ import annotations

import ast
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping

#: Packages that are, or hold a copy of, Keras. The longest prefix of a name decides.
KERAS_ROOTS = (
    "keras._tf_keras.keras",
    "keras.api._v1.keras",
    "keras.api._v2.keras",
    "keras.api",
    "keras.src",
    "keras",
    "tensorflow.compat.v1.keras",
    "tensorflow.compat.v2.keras",
    "tensorflow.contrib.keras",
    "tensorflow.keras",
    "tensorflow.python.keras",
    "tf_keras.api._v1.keras",
    "tf_keras.api._v2.keras",
    "tf_keras.src",
    "tf_keras",
)
_LONGEST_FIRST = tuple(sorted(KERAS_ROOTS, key=len, reverse=True))

#: How many bindings a name is followed through: aliases take two or three steps, but ``x = x.y`` never ends.
_MOST_STEPS = 100


def canonical(dotted: str) -> str:
    """Give the name under ``keras`` of something in any copy of Keras.

    ``tensorflow.keras.layers.Dense`` and ``tf_keras.layers.Dense`` become ``keras.layers.Dense``. A name that
    is not in Keras comes back as it is.
    """
    for root in _LONGEST_FIRST:
        if dotted == root or dotted.startswith(f"{root}."):
            return f"keras{dotted[len(root) :]}"
    return dotted


class Imported(NamedTuple):
    """A binding made by an import, such as ``tf`` by ``import tensorflow as tf``."""

    dotted: str


class Alias(NamedTuple):
    """A binding to what another name stands for, such as ``L`` by ``L = tf.keras.layers``."""

    name: str
    attributes: tuple[str, ...]
    scope: Names
    """Where the alias was written, so where ``name`` is to be looked up."""


Binding: TypeAlias = Imported | Alias | None

#: A binding that says nothing of what is bound: a parameter, a class, the result of a call.
UNKNOWN = None


class Kind(Enum):
    """The kinds of scope, as far as looking up a name tells them apart."""

    MODULE = "module"
    CLASS = "class"
    FUNCTION = "function"
    COMPREHENSION = "comprehension"


class Names:
    """The names of one scope, inside the scopes around it.

    A module can have names around it too: those that are there before its first line, such as the names of
    code that always runs before it.
    """

    __slots__ = ("bindings", "declared_global", "kind", "outer", "stars")

    def __init__(self, outer: Names | None = None, kind: Kind = Kind.MODULE) -> None:
        """Start a scope without names of its own."""
        self.outer = outer
        self.kind = kind
        self.bindings: dict[str, list[Binding]] = {}
        self.declared_global: set[str] = set()
        self.stars: list[str] = []
        """Modules whose names were imported with a star, in the order of the imports."""

    def bind(self, name: str, binding: Binding) -> None:
        """Record one more thing that ``name`` may stand for."""
        scope = self.module() if name in self.declared_global else self
        scope.bindings.setdefault(name, []).append(binding)

    def module(self) -> Names:
        """Give the scope of the module that this scope is in."""
        scope = self
        while scope.kind is not Kind.MODULE and scope.outer is not None:
            scope = scope.outer
        return scope

    def resolve(self, node: ast.AST, known: Container[str]) -> frozenset[str]:
        """Say what an expression such as ``tf.keras.layers.Dense`` may stand for.

        ``known`` holds what a star import is known to bring: canonical names of modules and their members.

        Returns the dotted names as they were imported (see :func:`canonical`); several where branches of the
        file import from different places. It is empty where any of the bindings is unknown.
        """
        written = _name_and_attributes(node)
        if written is None:
            return frozenset()
        first = (self, *written)
        pending, seen, found = [first], {first}, set()
        while pending:
            scope, name, attributes = pending.pop()
            for binding in scope._lookup(name, known):
                if binding is UNKNOWN:
                    return frozenset()
                if isinstance(binding, Imported):
                    found.add(".".join((binding.dotted, *attributes)))
                    continue
                step = (binding.scope, binding.name, binding.attributes + attributes)
                if step not in seen:
                    seen.add(step)
                    pending.append(step)
            if len(seen) > _MOST_STEPS:
                return frozenset()
        return frozenset(found)

    def _lookup(self, name: str, known: Container[str]) -> Iterable[Binding]:
        """Give the bindings of ``name`` in the nearest scope that has any, or one unknown binding."""
        scope: Names | None = self.module() if name in self.declared_global else self
        hidden = False
        while scope is not None:
            # A class body's names are not seen from the functions inside it.
            if scope.kind is not Kind.CLASS or scope is self:
                if name in scope.bindings:
                    return scope.bindings[name]
                for module in reversed(scope.stars):
                    dotted = f"{module}.{name}"
                    if canonical(dotted) in known and not hidden:
                        return (Imported(dotted),)
                    # The later star wins, and nobody knows what a star import of another library brings.
                    hidden = hidden or canonical(module).partition(".")[0] != "keras"
            scope = scope.outer
        return (UNKNOWN,)


def read(tree: ast.AST, before: Names | None = None) -> Names:
    """Give the names of a module, inside the names that are there ``before`` its first line."""
    module = Names(before)
    for _ in walk(tree, module):
        pass
    return module


def walk(tree: ast.AST, module: Names, wanted: Collection[type] = ()) -> Iterator[tuple[ast.AST, Names]]:
    """Go through a tree once, in the order of its source, and record in ``module`` what its names stand for.

    Yields each node whose type is ``wanted``, with the scope that it is evaluated in. The scopes know all
    their names when the walk has ended, not before. There is no recursion: a sum of ten thousand terms is as
    deep as its tree, deeper than Python's stack.
    """
    stack = [(tree, module)]
    while stack:
        node, scope = stack.pop()
        kind = type(node)
        if kind in wanted:
            yield node, scope
        enter = _ENTER.get(kind)
        children = enter(node, scope) if enter is not None else None
        if children is not None:
            stack += reversed(tuple(children))
            continue
        for field in reversed(node._fields):
            value = getattr(node, field, None)
            if isinstance(value, list):
                stack += [(item, scope) for item in reversed(value) if isinstance(item, ast.AST)]
            elif isinstance(value, ast.AST) and field not in _FIELDS_WITHOUT_NAMES:
                stack.append((value, scope))


# What is inside a node, each part with its scope, in the order of the source.
Parts: TypeAlias = "Iterable[tuple[ast.AST, Names]]"

_FIELDS_WITHOUT_NAMES = frozenset({"ctx", "op", "ops"})


def _each(nodes: Iterable[ast.AST | None], scope: Names) -> Parts:
    for node in nodes:
        if node is not None:
            yield node, scope


def _name(node: ast.Name, scope: Names) -> Parts:
    # A name that is deleted keeps what it stood for: using it afterwards is an error of another kind.
    if isinstance(node.ctx, ast.Store):
        scope.bind(node.id, UNKNOWN)
    return ()


def _import(node: ast.Import, scope: Names) -> Parts:
    for alias in node.names:
        first = alias.name.partition(".")[0]
        scope.bind(alias.asname or first, Imported(alias.name if alias.asname else first))
    return ()


def _import_from(node: ast.ImportFrom, scope: Names) -> Parts:
    # A relative import names a module of the file's own package: its leading dots keep it apart from Keras.
    dots = "." * node.level
    module = f"{dots}{node.module or ''}"
    for alias in node.names:
        if alias.name == "*":
            scope.stars.append(module)
        else:
            member = f"{module}.{alias.name}" if node.module else f"{dots}{alias.name}"
            scope.bind(alias.asname or alias.name, Imported(member))
    return ()


def _assign(node: ast.Assign, scope: Names) -> Parts:
    yield node.value, scope
    for target in node.targets:
        yield from _bind_target(target, node.value, scope)


def _annotated_assign(node: ast.AnnAssign, scope: Names) -> Parts:
    yield node.annotation, scope
    if node.value is None:
        yield node.target, scope
    else:
        yield node.value, scope
        yield from _bind_target(node.target, node.value, scope)


def _named_expression(node: ast.NamedExpr, scope: Names) -> Parts:
    yield node.value, scope
    holder = scope
    while holder.kind is Kind.COMPREHENSION and holder.outer is not None:
        holder = holder.outer
    yield from _bind_target(node.target, node.value, holder)


def _bind_target(target: ast.expr, value: ast.expr, scope: Names) -> Parts:
    """Bind a plain name to an alias; leave every other form of target, which binds unknowns, to the walk."""
    if isinstance(target, ast.Name):
        written = _name_and_attributes(value)
        if written is not None:
            scope.bind(target.id, Alias(*written, scope))
            return
        if isinstance(value, ast.Constant) and value.value is None:
            # `Model = None` marks a missing import: whoever calls it means another binding, if there is one.
            scope.bindings.setdefault(target.id, [])
            return
    yield target, scope


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Names) -> Parts:
    scope.bind(node.name, UNKNOWN)
    yield from _each(node.decorator_list, scope)
    around = _with_type_parameters(node, scope)
    yield from _each(getattr(node, "type_params", ()), around)
    inside = Names(around, Kind.FUNCTION)
    yield from _parameters(node.args, scope, inside)
    yield from _each((node.returns, *_annotations(node.args)), around)
    yield from _each(node.body, inside)


def _lambda(node: ast.Lambda, scope: Names) -> Parts:
    inside = Names(scope, Kind.FUNCTION)
    yield from _parameters(node.args, scope, inside)
    yield node.body, inside


def _parameters(args: ast.arguments, outside: Names, inside: Names) -> Parts:
    for arg in _all_arguments(args):
        inside.bind(arg.arg, UNKNOWN)
    yield from _each((*args.defaults, *args.kw_defaults), outside)


def _annotations(args: ast.arguments) -> Iterator[ast.expr | None]:
    return (arg.annotation for arg in _all_arguments(args))


def _all_arguments(args: ast.arguments) -> Iterator[ast.arg]:
    yield from (*args.posonlyargs, *args.args, *args.kwonlyargs)
    for arg in (args.vararg, args.kwarg):
        if arg is not None:
            yield arg


def _class(node: ast.ClassDef, scope: Names) -> Parts:
    scope.bind(node.name, UNKNOWN)
    yield from _each(node.decorator_list, scope)
    around = _with_type_parameters(node, scope)
    yield from _each((*getattr(node, "type_params", ()), *node.bases, *node.keywords), around)
    yield from _each(node.body, Names(around, Kind.CLASS))


def _with_type_parameters(node: ast.AST, scope: Names) -> Names:
    """Give the scope of ``[T]`` in ``class Stack[T]:`` (Python 3.12): it lies around the class."""
    return Names(scope, Kind.FUNCTION) if getattr(node, "type_params", None) else scope


def _comprehension(node: Any, scope: Names) -> Parts:
    inside = Names(scope, Kind.COMPREHENSION)
    for position, generator in enumerate(node.generators):
        # The first iterable is evaluated outside.
        yield generator.iter, inside if position else scope
        yield generator.target, inside
        yield from _each(generator.ifs, inside)
    yield from _each((getattr(node, field, None) for field in ("elt", "key", "value")), inside)


def _global(node: ast.Global, scope: Names) -> Parts:
    if scope.kind is not Kind.MODULE:
        scope.declared_global.update(node.names)
    return ()


def _nonlocal(node: ast.Nonlocal, scope: Names) -> Parts:
    # Which function's name it is takes all their bodies to find out; that nobody rebinds a name of Keras so
    # does not repay it.
    around: Names | None = scope
    while around is not None and around.kind is not Kind.MODULE:
        for name in node.names:
            around.bind(name, UNKNOWN)
        around = around.outer
    return ()


def _binds(field: str) -> Callable[[Any, Names], Parts | None]:
    """Make the handler of a node that binds the name it holds in ``field``, if any, to an unknown."""

    def enter(node: ast.AST, scope: Names) -> None:
        name = getattr(node, field, None)
        if name is not None:
            scope.bind(name, UNKNOWN)

    return enter


# What binds names or opens a scope. `None` as the answer: go through all fields, in the same scope.
_ENTER: Mapping[type, Callable[[Any, Names], Parts | None]] = {
    ast.Name: _name,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated_assign,
    ast.NamedExpr: _named_expression,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Lambda: _lambda,
    ast.ClassDef: _class,
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
    **{getattr(ast, kind): _binds("name") for kind in ("TypeVar", "ParamSpec", "TypeVarTuple") if hasattr(ast, kind)},
}


def _name_and_attributes(node: ast.AST) -> tuple[str, tuple[str, ...]] | None:
    """Split ``a.b.c`` into ``a`` and ``(b, c)``; ``None`` for any other expression."""
    attributes = []
    while isinstance(node, ast.Attribute):
        attributes.append(node.attr)
        node = node.value
    return (node.id, tuple(reversed(attributes))) if isinstance(node, ast.Name) else None
