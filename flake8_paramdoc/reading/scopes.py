"""What each name in a file stands for: imports, aliases and values, scope by scope, without importing anything.

A name stands for something only where every binding of it in its scope does. What a file binds in a way that cannot be
followed (a parameter, the result of an unknown call) is unknown, and unknown names are never reported: a false alarm
costs the reader more than a missed finding.

Scopes follow the language reference, section "Naming and binding". The order of statements inside one scope is not
followed, except that of star imports. `walk` tells a scope what may bind names in it; what that binds is found out when
the first of its names is asked for: of most scopes, none is.
"""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from flake8_paramdoc.reading.keras_packages import origin

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_STEPS = 100
"""How many bindings a name is followed through: aliases take two or three steps, but ``x = x.y`` never ends."""


class Imported(NamedTuple):
    """A binding made by an import, such as ``tf`` by ``import tensorflow as tf``."""

    dotted: str
    branches: tuple[Callable[[], bool], ...] = ()
    """For each import that makes it, what tells whether that stands in a branch for one version of Keras only."""
    place: tuple[int, int] = (0, 0)
    """The line and the column of the import."""

    @property
    def guarded(self) -> bool:
        """Whether an import that makes it stands in a branch that is for one version of Keras only."""
        return any(is_for_one_version() for is_for_one_version in self.branches)


class Value(NamedTuple):
    """A binding to the value of an expression, such as ``L`` by ``L = tf.keras.layers``."""

    node: ast.expr
    scope: Names
    """Where the expression was written, so where its names are to be looked up."""
    annotation: ast.expr | None = None


class Item(NamedTuple):
    """A binding to one of several values, such as ``b`` by ``a, b = build()``."""

    node: ast.expr
    place: int
    """Its place among them; the first is 0."""
    scope: Names


class Element(NamedTuple):
    """A binding to an element of what is iterated over, such as ``layer`` by ``for layer in model.layers``."""

    node: ast.expr
    scope: Names


class Parameter(NamedTuple):
    """A parameter of a function."""

    annotation: ast.expr | None
    scope: Names
    """Where the annotation was written."""
    owner: Names | None
    """The class, if this is the first parameter of a method."""
    default: ast.expr | None = None
    """What it is where nothing is passed."""


class Definition(NamedTuple):
    """A function or class that the file defines."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    inside: Names
    """The scope of its body."""
    scope: Names
    """The scope that it stands in."""


class Unfollowed(NamedTuple):
    """A binding that cannot be followed, such as ``f`` by ``with open(path) as f``."""

    node: ast.expr
    """What is bound."""


Binding: TypeAlias = Imported | Value | Item | Element | Parameter | Definition | Unfollowed | None

UNKNOWN = None
"""A binding that says nothing of what is bound."""


class ScopeKind(Enum):
    """The kinds of scope, as far as looking up a name tells them apart."""

    MODULE = "module"
    CLASS = "class"
    FUNCTION = "function"
    COMPREHENSION = "comprehension"


class Names:
    """The names of one scope, inside the scopes around it.

    A module can have names around it too: those that are there before its first line, such as the names of code that
    always runs before it.
    """

    __slots__ = (
        "_attributes", "_bindings", "_compared", "_first", "_later", "declared_global", "found", "inner", "kind",
        "node", "outer", "returns", "stars", "trail",
    )  # fmt: skip

    def __init__(self, outer: Names | None = None, kind: ScopeKind = ScopeKind.MODULE) -> None:
        """Start a scope without names of its own."""
        self.outer = outer
        self.kind = kind
        self.node: ast.AST | None = None
        """The class, function or module whose body this is."""
        self.stars: tuple[str, ...] = ()
        """Modules whose names were imported with a star, in the order of the imports."""
        self.returns: list[ast.expr] = []
        """In a function, what it returns."""
        self.declared_global: frozenset[str] = frozenset()
        self.inner: list[Names] = []
        """What binds for this scope too: in a class, the scopes of its methods; in a module, of functions that declare
        its names as global."""
        self.found: dict[str, tuple[Imported, ...]] = {}
        self.trail: Trail | None = None
        """The scopes before it, where many follow each other: each is inside the one before."""
        self._first: str | None = None
        self._compared: frozenset[str] = frozenset()
        self._attributes: dict[str, list[Value]] = {}
        self._bindings: dict[str, list[Binding]] = {}
        self._later: list[tuple[Callable[[Any, Names], None], Any]] = []

    @property
    def bindings(self) -> dict[str, list[Binding]]:
        """What each of its names may stand for."""
        if self._later:
            self._settle()
        if self.inner and self.kind is ScopeKind.MODULE:
            self._settle_inner()
        return self._bindings

    @property
    def attributes(self) -> dict[str, list[Value]]:
        """In a class, what its methods assign to the attributes of ``self``."""
        if self.inner:
            self._settle_inner()
        return self._attributes

    @property
    def first(self) -> str | None:
        """In a method, the name of its first parameter: ``self``."""
        self._settle()
        return self._first

    @property
    def compared(self) -> frozenset[str]:
        """In a function, the names that it compares with something."""
        return self._compared

    def compare(self, name: str) -> None:
        """Record that a name is compared with something here, and so in the functions around."""
        scope: Names | None = self
        while scope is not None and scope.kind is not ScopeKind.MODULE:
            scope._compared = scope._compared | {name}
            scope = scope.outer

    def later(self, bind: Callable[[Any, Names], None], node: Any) -> None:
        """Leave it for later to find out what a node binds here.

        :param bind: takes the node and this scope, and calls `bind` or `bind_first` or `assign`.
        """
        self._later.append((bind, node))

    def _settle(self) -> None:
        """Find out what all nodes bind that were left for later."""
        if self._later:
            later, self._later = self._later, []
            for bind, node in later:
                bind(node, self)

    def _settle_inner(self) -> None:
        inner, self.inner = self.inner, []
        for scope in inner:
            scope._settle()

    def bind(self, name: str, binding: Binding) -> None:
        """Record one more thing that ``name`` may stand for."""
        scope = self.module() if name in self.declared_global else self
        scope._bindings.setdefault(name, []).append(binding)

    def mark(self, name: str) -> None:
        """Record that ``name`` is bound, by what says nothing of what it stands for otherwise: ``Model = None``."""
        self._bindings.setdefault(name, [])

    def bind_first(self, name: str, parameter: Parameter) -> None:
        """Record the first parameter of a method."""
        self._first = name
        self.bind(name, parameter)

    def assign(self, attribute: str, value: Value | None) -> None:
        """Record an attribute of ``self`` that a method assigns; ``None``: to nothing that tells of it."""
        owner = self.outer
        while owner is not None and owner.kind is not ScopeKind.CLASS:
            owner = owner.outer
        if owner is not None:
            assigned = owner._attributes.setdefault(attribute, [])
            if value is not None:
                assigned.append(value)

    def module(self) -> Names:
        """Return the scope of the module that this scope is in."""
        scope = self
        while scope.kind is not ScopeKind.MODULE and scope.outer is not None:
            scope = scope.outer
        return scope

    def resolve(self, node: ast.AST, brings: Callable[[str], int]) -> tuple[Imported, ...]:
        """Say what an expression such as ``tf.keras.layers.Dense`` may stand for.

        ``brings`` says of a full name under ``keras`` whether a star import is known to bring it: 0, 1 or, surely, 2.

        Returns the names as they were imported (see `keras_packages`); several where branches of the file
        import from different places. It is empty where any of the bindings is unknown.
        """
        attributes = []
        while type(node) is not ast.Name:
            if type(node) is ast.Attribute:
                attributes.append(node.attr)
                node = node.value
            elif type(node) is ast.Call and (name := asked_for(node, self)):
                attributes.append(name)
                node = node.args[0]
            else:
                return ()
        try:
            meanings = self.found[node.id]
        except KeyError:
            meanings = self.found[node.id] = self._follow(node.id, brings)
        if not attributes or not meanings:
            return meanings
        rest = ".".join(reversed(attributes))
        return tuple([Imported(f"{meaning.dotted}.{rest}", meaning.branches) for meaning in meanings])

    def _follow(self, name: str, brings: Callable[[str], int]) -> tuple[Imported, ...]:
        first: tuple[Names, str, str] = (self, name, "")
        pending, seen = [first], {first}
        found: dict[str, list[Callable[[], bool]]] = {}
        while pending:
            scope, name, rest = pending.pop()
            for binding in scope.lookup(name, brings):
                if isinstance(binding, Imported):
                    found.setdefault(f"{binding.dotted}{rest}", []).extend(binding.branches)
                    continue
                written = _name_and_attributes(binding.node, binding.scope) if isinstance(binding, Value) else None
                if written is None or not isinstance(binding, Value):
                    return ()
                step = (binding.scope, written[0], f"{written[1]}{rest}")
                if step not in seen:
                    seen.add(step)
                    pending.append(step)
            if len(seen) > _MOST_STEPS:
                return ()
        return tuple([Imported(dotted, tuple(branches)) for dotted, branches in found.items()])

    def lookup(self, name: str, brings: Callable[[str], int]) -> Iterable[Binding]:
        """Return the bindings of ``name`` in the nearest scope that has any, or one unknown binding."""
        scope: Names | None = self.module() if name in self.declared_global else self
        own = self.bindings
        hidden = False
        while scope is not None:
            # A class body's names are not seen from the functions inside it.
            bindings = scope.bindings
            if scope.kind is not ScopeKind.CLASS or bindings is own:
                if name in bindings:
                    return bindings[name]
                best: Imported | None = None
                for module in reversed(scope.stars):
                    found = origin(f"{module}.{name}")
                    how = brings(found.name) if found is not None and not hidden else 0
                    if how > 1:
                        return (Imported(f"{module}.{name}"),)
                    if how and best is None:
                        best = Imported(f"{module}.{name}")
                    # The later star wins, and nobody knows what a star import of another library brings.
                    hidden = hidden or origin(module) is None
                if best is not None:
                    return (best,)
            scope = scope.around(name)
        return (UNKNOWN,)

    def around(self, name: str) -> Names | None:
        """Return the nearest scope around this one that may bring a name: the next, unless more is known."""
        return self.outer if self.trail is None else self.trail.before(self, name)


class Trail:
    """Scopes that follow each other, each inside the one before, as those of the many blocks of one docstring.

    To look for a name it takes only those that have it, as each of thousands would be asked thousands of times.
    """

    def __init__(self, around: Names) -> None:
        """Begin with none.

        :param around: the scope around the first.
        """
        self._around = around
        self._scopes: list[Names] = []
        self._numbers: dict[int, int] = {}
        self._having: dict[str, list[int]] = {}
        self._starred: list[int] = []

    def add(self, scope: Names) -> None:
        """Add a scope whose names are all known."""
        number = self._numbers[id(scope)] = len(self._scopes)
        self._scopes.append(scope)
        scope.trail = self
        for name in scope.bindings:
            self._having.setdefault(name, []).append(number)
        if scope.stars:
            self._starred.append(number)

    def before(self, scope: Names, name: str) -> Names:
        """Return the last scope before one that has a name, or a star; else the one around them all."""
        number = self._numbers[id(scope)]
        found = -1
        for numbers in (self._having.get(name, ()), self._starred):
            place = bisect_left(numbers, number)
            found = max(found, numbers[place - 1] if place else -1)
        return self._scopes[found] if found >= 0 else self._around


def _name_and_attributes(node: ast.AST, scope: Names) -> tuple[str, str] | None:
    """Split ``a.b.c`` into ``a`` and ``.b.c``; ``None`` for any other expression."""
    rest = ""
    while type(node) is not ast.Name:
        if type(node) is ast.Attribute:
            rest = f".{node.attr}{rest}"
            node = node.value
        elif type(node) is ast.Call and (name := asked_for(node, scope)):
            rest = f".{name}{rest}"
            node = node.args[0]
        else:
            return None
    return node.id, rest


def asked_for(call: ast.Call, scope: Names | None = None) -> str:
    """Return the attribute that a call of ``getattr`` without a default gives; '' of any other call.

    :param scope: where it stands, to follow a name that the attribute is written as.
    """
    if type(call.func) is not ast.Name or call.func.id != "getattr" or len(call.args) != 2:
        return ""
    wanted = call.args[1]
    if type(wanted) is ast.Name and scope is not None:
        bindings = list(scope.lookup(wanted.id, lambda _: 0))
        if len(bindings) == 1 and isinstance(bindings[0], Value):
            wanted = bindings[0].node
    return wanted.value if type(wanted) is ast.Constant and type(wanted.value) is str else ""
