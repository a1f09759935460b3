"""What a call calls: a class, function or method of Keras, directly or through what the file makes of it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from flake8_paramdoc.changes import known_names, public
from flake8_paramdoc.changes.keras_names import LAYER, kinds
from flake8_paramdoc.reading.keras_packages import KerasPackage, Origin, origin
from flake8_paramdoc.reading.object_types import Instance, Local, Values
from flake8_paramdoc.reading.origins import defined, imported
from flake8_paramdoc.reading.scopes import Definition, Value

if TYPE_CHECKING:
    from flake8_paramdoc.reading.scopes import Imported, Names

_PARTIALS = frozenset({"functools.partial", "functools.partialmethod"})

_MOST_STEPS = 20
"""How many partials and aliases a call is followed through."""


class Callee(NamedTuple):
    """What is called."""

    name: str
    """By the name of today's documentation; of a method, with its class: ``keras.models.Model.fit``."""
    package: KerasPackage
    kinds: tuple[str, ...]
    """The name, and for a class all that it is a kind of: what its arguments may be those of."""
    spelled: str
    """The last part of the name, as the file imports or writes it."""
    origin: Origin | None = None
    """Where it was imported from; ``None`` for methods."""
    meanings: tuple[Imported, ...] = ()
    """What the file imports it as."""
    skip: int = 0
    """How many of the arguments by place are not its own: ``self`` in ``Dense.__init__(self, 10)``."""
    places: bool = True
    """Whether the place of an argument is known."""
    whole: bool = True
    """Whether the call gives all the arguments: a partial gives some of them before."""

    @property
    def guarded(self) -> bool:
        """Whether it was imported for one version of Keras only."""
        return any(meaning.guarded for meaning in self.meanings)

    @property
    def is_method(self) -> bool:
        """Whether it is a method, and not a function or class."""
        return self.name.rpartition(".")[0].rpartition(".")[2][:1].isupper()

    def said(self, kind: str) -> str:
        """Return how a message calls the class or method that a change is of: the class as it is spelled."""
        if self.name in self.kinds and self.name.rpartition(".")[2][:1].isupper():
            return f"{self.name.rpartition('.')[0]}.{self.spelled}"
        return kind


def callee(node: ast.expr, scope: Names, values: Values, steps: int = 0) -> Callee | None:
    """Say what an expression that is called stands for; ``None``: nothing of Keras, or not known."""
    if steps > _MOST_STEPS:
        return None
    found = _imported(node, scope)
    if found is not None:
        return found
    if isinstance(node, ast.Name):
        bindings = list(scope.lookup(node.id, lambda _: False))
        if len(bindings) == 1 and isinstance(bindings[0], Value) and isinstance(bindings[0].node, ast.Call):
            found = partial(bindings[0].node, bindings[0].scope, values, steps + 1)
            if found is not None:
                return found
        definition = defined(node, scope)
        if definition is not None and isinstance(definition.node, ast.ClassDef):
            return _constructor(definition, values)
        return None
    return _method(node, scope, values) if isinstance(node, ast.Attribute) else None


def partial(call: ast.Call, scope: Names, values: Values, steps: int = 0) -> Callee | None:
    """Say what ``functools.partial(Dense, …)`` stands for; ``None`` for any other call."""
    if not call.args or not any(meaning.dotted in _PARTIALS for meaning in imported(call.func, scope)):
        return None
    found = callee(call.args[0], scope, values, steps + 1)
    return found._replace(places=len(call.args) == 1, whole=False) if found is not None else None


def _imported(node: ast.expr, scope: Names) -> Callee | None:
    """Return what the file's imports say, where all that an expression may stand for is the same."""
    meanings = imported(node, scope)
    if not meanings:
        return None
    found: list[Callee] = []
    for meaning in meanings:
        where = origin(meaning.dotted)
        if where is None or where.package is KerasPackage.SOURCE:
            return None
        found.append(_named(where, meanings))
    if len({one.name for one in found}) > 1:
        return None
    # What still works in one of the packages may be meant.
    for package in (KerasPackage.FROZEN, KerasPackage.TENSORFLOW):
        for one in found:
            if one.package is package:
                return one
    return found[0]


def _named(where: Origin, meanings: tuple[Imported, ...]) -> Callee:
    written, skip = where.name, 0
    if written.endswith(".__init__"):
        written, skip = written.removesuffix(".__init__"), 1
    name = public(written)
    return Callee(
        name=name,
        package=where.package,
        kinds=_kinds(name),
        spelled=written.rpartition(".")[2],
        origin=Origin(written, where.package),
        meanings=meanings,
        skip=skip,
    )


def _kinds(name: str) -> tuple[str, ...]:
    owner, _, method = name.rpartition(".")
    if name in known_names() or not owner.rpartition(".")[2][:1].isupper():
        return kinds(name)
    return tuple(f"{kind}.{method}" for kind in kinds(owner))


def _constructor(definition: Definition, values: Values) -> Callee | None:
    """Return the class of Keras that a class of the file leaves the making of its objects to."""
    made = Local(definition)
    base = values.keras_class(made)
    if base is None or values.has_own(made, "__init__") or values.has_own(made, "__new__"):
        return None
    return _of_class(base)


def handing_on(node: ast.expr, scope: Names, values: Values) -> Callee | None:
    """Return the class of Keras that a class of the file hands its ``name`` on to, in an ``__init__`` of its own."""
    definition = defined(node, scope)
    if definition is None or not isinstance(definition.node, ast.ClassDef):
        return None
    made = Local(definition)
    base, own = values.keras_class(made), values.method(made, "__init__")
    if base is None or own is None or isinstance(own.node, ast.ClassDef) or not _hands_name_on(own.node):
        return None
    return _of_class(base)


def _hands_name_on(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    args = function.args
    takes = any(arg.arg == "name" for arg in (*args.args, *args.kwonlyargs))
    return any(
        (word.arg == "name" if takes else word.arg is None)
        and isinstance(word.value, ast.Name)
        and (takes or (args.kwarg is not None and word.value.id == args.kwarg.arg))
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "__init__"
        for word in call.keywords
    )


def _method(node: ast.Attribute, scope: Names, values: Values) -> Callee | None:
    if node.attr == "__init__" and _is_super(node.value):
        return _initializer_above(scope, values)
    owner = values.of(node.value, scope)
    base = values.keras_class(owner)
    if base is None or values.has_own(owner, node.attr):
        return None
    return _of_instance(base, node.attr)


def _of_instance(base: Instance, method: str) -> Callee:
    return Callee(
        name=f"{base.name}.{method}",
        package=base.package,
        kinds=tuple(f"{kind}.{method}" for kind in kinds(base.name)),
        spelled=method,
    )


def layer_call(node: ast.expr, scope: Names, values: Values) -> Callee | None:
    """Return what the call of a layer calls: ``layer(x)``."""
    owner = values.of(node, scope)
    base = values.keras_class(owner)
    if base is None or LAYER not in kinds(base.name) or values.has_own(owner, "__call__"):
        return None
    return _of_instance(base, "__call__")


def _is_super(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


def _initializer_above(scope: Names, values: Values) -> Callee | None:
    """Return what ``super().__init__`` calls in a method of a class of the file."""
    around: Names | None = scope
    while around is not None and not isinstance(around.node, ast.ClassDef):
        around = around.outer
    if around is None or around.outer is None or not isinstance(around.node, ast.ClassDef):
        return None
    above = values.bases(Definition(around.node, around, around.outer))
    first = above[0] if above else None
    if isinstance(first, Local):
        return _constructor(first.definition, values)
    return _of_class(first) if first is not None else None


def _of_class(base: Instance) -> Callee:
    return Callee(name=base.name, package=base.package, kinds=kinds(base.name), spelled=base.name.rpartition(".")[2])
