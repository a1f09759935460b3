"""What kind of object an expression gives, as far as a file alone says it.

``model = Sequential()`` gives a model, and so does ``build()`` where the file's own ``build`` returns one; the elements
of ``model.layers`` are layers. Where bindings of a name disagree, their common kind counts; where one is unknown, all
is, unless the file compiles the object as only a model is compiled.
"""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from flake8_paramdoc.changes import brings, public
from flake8_paramdoc.changes.keras_names import MEMBERS, MODEL, kinds, made_by
from flake8_paramdoc.reading.keras_packages import KerasPackage, origin
from flake8_paramdoc.reading.origins import adds_nothing, defined, is_of_another_keras
from flake8_paramdoc.reading.scopes import Definition, Element, Item, Names, Parameter, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flake8_paramdoc.reading.collected import Reading

_MOST_STEPS = 60
"""How deep expressions are followed."""

_PASS_ON = frozenset({"reversed", "list", "tuple", "sorted", "iter"})
"""Calls that give the elements of what they are given."""


class Instance(NamedTuple):
    """An object of a class of Keras; a list of such objects has brackets around the name."""

    name: str
    package: KerasPackage


class Local(NamedTuple):
    """An object of a class that the file itself defines."""

    definition: Definition


Type: TypeAlias = "Instance | Local | None"


class Values:
    """The kinds of the expressions of one file."""

    def __init__(self, reading: Reading) -> None:
        """Start with nothing known but what is compiled."""
        self.package = min(reading.packages, key=_CAUTIOUS_FIRST.index, default=KerasPackage.KERAS)
        """Of the packages of Keras that the file uses, the one where most still works."""
        self._reading = reading
        self._names: dict[tuple[int, str], Type] = {}
        self._results: dict[int, Type] = {}
        self._bases: dict[int, tuple[Type, ...]] = {}
        self._depth = 0

    @cached_property
    def _told_apart(self) -> frozenset[object]:
        """What the file asks the type of."""
        return frozenset(
            holder(call.args[0], scope)
            for call, scope in self._reading.calls
            if isinstance(call.func, ast.Name) and call.func.id == "isinstance" and call.args
        )

    @cached_property
    def _compiled(self) -> frozenset[object]:
        """What the file compiles as only a model is compiled."""
        return frozenset(holder(func.value, scope) for func, scope in _compiles(self._reading))

    def of(self, node: ast.expr, scope: Names) -> Type:
        """Return the kind of object that an expression gives; ``None``: not known."""
        if self._depth > _MOST_STEPS:
            return None
        self._depth += 1
        try:
            return self._of(node, scope)
        finally:
            self._depth -= 1

    def _of(self, node: ast.expr, scope: Names) -> Type:
        if isinstance(node, ast.Name):
            return self._of_name(node.id, scope)
        if isinstance(node, ast.Call):
            return self._of_call(node, scope)
        if isinstance(node, ast.Attribute):
            return self._of_attribute(node, scope)
        if isinstance(node, ast.Subscript):
            listed = self.of(node.value, scope)
            return listed if isinstance(node.slice, ast.Slice) else _element(listed)
        if isinstance(node, ast.IfExp):
            return self._common([self.of(node.body, scope), self.of(node.orelse, scope)])
        if isinstance(node, ast.NamedExpr):
            return self.of(node.value, scope)
        if isinstance(node, ast.List) and node.elts and len(node.elts) <= _MOST_STEPS:
            common = self._common([self.of(item, scope) for item in node.elts])
            return Instance(f"[{common.name}]", common.package) if isinstance(common, Instance) else None
        return None

    def _of_name(self, name: str, scope: Names) -> Type:
        key = id(scope.bindings), name
        if key not in self._names:
            self._names[key] = None  # while it is looked for: x = x.y
            self._names[key] = self._of_bindings(name, scope)
        return self._names[key]

    def _of_bindings(self, name: str, scope: Names) -> Type:
        if holder(ast.Name(name), scope) in self._told_apart:
            return None  # the file asks what it is, and knows more than this does
        bindings = list(scope.lookup(name, brings))
        found = self._common([self._of_binding(binding) for binding in bindings])
        if found is None and holder(ast.Name(name), scope) in self._compiled:
            return self._model(bindings)
        return found

    def _model(self, bindings: Iterable[object]) -> Type:
        """Return the kind of what is compiled as only a model is; a module of another package says of which Keras."""
        return None if any(map(is_of_another_keras, bindings)) else Instance(MODEL, self.package)

    def _of_binding(self, binding: object) -> Type:
        if isinstance(binding, Value):
            found = self.of(binding.node, binding.scope)
            return found if found is not None else self._of_annotation(binding.annotation, binding.scope)
        if isinstance(binding, Item):
            return self._of_item(binding)
        if isinstance(binding, Element):
            iterated = binding.node
            while isinstance(iterated, ast.Call) and isinstance(iterated.func, ast.Name) and iterated.args:
                if iterated.func.id not in _PASS_ON:
                    return None
                iterated = iterated.args[0]
            return _element(self.of(iterated, binding.scope))
        if isinstance(binding, Parameter):
            if binding.owner is not None:
                return self._of_owner(binding)
            return self._of_annotation(binding.annotation, binding.scope)
        return None

    def _of_item(self, binding: Item) -> Type:
        several, scope = [binding.node], binding.scope
        if isinstance(binding.node, ast.Call):
            func = binding.node.func
            owner = self.of(func.value, scope) if isinstance(func, ast.Attribute) else None
            definition = self._function(func, scope, owner)
            if definition is None:
                return None
            several, scope = definition.inside.returns, definition.inside
        found = [
            self.of(value.elts[binding.place], scope)
            if isinstance(value, ast.Tuple) and binding.place < len(value.elts)
            else None
            for value in several
        ]
        return self._common(found)

    def _of_owner(self, binding: Parameter) -> Type:
        owner = binding.owner
        if owner is None or not isinstance(owner.node, ast.ClassDef) or owner.outer is None:
            return None
        return Local(Definition(owner.node, owner, owner.outer))

    def _of_annotation(self, annotation: ast.expr | None, scope: Names) -> Type:
        while isinstance(annotation, ast.BinOp):
            # Of `Model | None`, what is not None.
            parts = (annotation.left, annotation.right)
            given = [part for part in parts if not (isinstance(part, ast.Constant) and part.value is None)]
            annotation = given[0] if len(given) == 1 else None
        return self._of_class(annotation, scope) if isinstance(annotation, (ast.Name, ast.Attribute)) else None

    def _of_class(self, node: ast.expr, scope: Names) -> Type:
        """Return the kind of what the class that an expression names makes."""
        found: list[Type] = []
        for meaning in scope.resolve(node, brings):
            where = origin(meaning.dotted)
            name = (
                made_by(public(where.name)) if where is not None and where.package is not KerasPackage.SOURCE else None
            )
            found.append(Instance(name, where.package) if name is not None and where is not None else None)
        if found:
            return self._common(found)
        definition = defined(node, scope)
        if definition is not None and isinstance(definition.node, ast.ClassDef):
            return Local(definition)
        return None

    def _of_call(self, node: ast.Call, scope: Names) -> Type:
        made = self._of_class(node.func, scope)
        if made is not None:
            return made
        func = node.func
        # Asked once: where every call of a chain asked twice, the time would double with each.
        owner = self.of(func.value, scope) if isinstance(func, ast.Attribute) else None
        definition = self._function(func, scope, owner)
        if definition is not None:
            return self._result(definition)
        return self._member(owner, f"{func.attr}()") if isinstance(func, ast.Attribute) else None

    def _function(self, node: ast.expr, scope: Names, owner: Type) -> Definition | None:
        """Return the function of the file that an expression names, or the method of the class ``owner``."""
        definition = self.method(owner, node.attr) if isinstance(node, ast.Attribute) else defined(node, scope)
        return definition if definition is not None and not isinstance(definition.node, ast.ClassDef) else None

    def method(self, owner: Type, name: str) -> Definition | None:
        """Return the method of a class of the file, or of one that it derives from."""
        for cls in self._chain(owner):
            if isinstance(cls, Local):
                for binding in cls.definition.inside.bindings.get(name, ()):
                    if isinstance(binding, Definition):
                        return binding
        return None

    def _result(self, definition: Definition) -> Type:
        key = id(definition.node)
        if key not in self._results:
            self._results[key] = None  # while it is looked for: a function may call itself
            inside = definition.inside
            # A function that may also return nothing is called for what it returns otherwise.
            returned = [
                value for value in inside.returns if not (isinstance(value, ast.Constant) and value.value is None)
            ]
            self._results[key] = self._common([self.of(value, inside) for value in returned])
        return self._results[key]

    def _of_attribute(self, node: ast.Attribute, scope: Names) -> Type:
        return self._member(self.of(node.value, scope), node.attr)

    def _member(self, owner: Type, member: str) -> Type:
        for cls in self._chain(owner):
            if isinstance(cls, Local):
                if member in cls.definition.inside.attributes:
                    return self._of_own(cls.definition.inside.attributes, member)
                if member in cls.definition.inside.bindings:
                    return None
            elif cls is None:
                return None
            else:
                for kind in kinds(cls.name):
                    if (kind, member) in MEMBERS:
                        return Instance(MEMBERS[kind, member], cls.package)
        return None

    def _of_own(self, attributes: dict[str, list[Value]], name: str) -> Type:
        """Return the kind of an attribute that a class of the file assigns."""
        key = id(attributes), name
        if key not in self._names:
            self._names[key] = None  # while it is looked for: self.x = self.x.y
            found = self._common([self.of(value.node, value.scope) for value in attributes[name]])
            is_compiled = found is None and key in self._compiled
            self._names[key] = self._model(attributes[name]) if is_compiled else found
        return self._names[key]

    def has_own(self, owner: Type, member: str) -> bool:
        """Tell whether a class of the file, or one between it and Keras, has a member of its own."""
        return any(
            isinstance(cls, Local)
            and (member in cls.definition.inside.bindings or member in cls.definition.inside.attributes)
            for cls in self._chain(owner)
        )

    def keras_class(self, owner: Type) -> Instance | None:
        """Return the class of Keras that an object is of, or that its class derives from.

        ``None`` where a class of which nothing is known stands before it: it may have any member.
        """
        return next((cls for cls in self._chain(owner) if not isinstance(cls, Local)), None)

    def _chain(self, owner: Type) -> Iterator[Type]:
        """Return a class and all that it derives from, in the order in which members are looked up.

        Of very many, what the last of them derive from is unknown.
        """
        pending: list[Type] = [owner] if owner is not None else []
        seen: set[int] = set()
        while pending:
            cls = pending.pop(0)
            if len(seen) > _MOST_STEPS:
                cls, pending = None, []
            yield cls
            if isinstance(cls, Local) and id(cls.definition.node) not in seen:
                seen.add(id(cls.definition.node))
                pending = [*self.bases(cls.definition), *pending]

    def bases(self, definition: Definition) -> tuple[Type, ...]:
        """Return the bases of a class of the file; ``None`` for each of which nothing is known."""
        key = id(definition.node)
        if key not in self._bases:
            self._bases[key] = ()  # while they are looked for: class A(A)
            nodes = definition.node.bases if isinstance(definition.node, ast.ClassDef) else []
            scope = definition.scope
            self._bases[key] = tuple(self._of_class(node, scope) for node in nodes if not adds_nothing(node, scope))
        return self._bases[key]

    def _common(self, types: list[Type]) -> Type:
        """Return the nearest kind that several objects have in common."""
        distinct = list(dict.fromkeys(types))
        if not distinct or None in distinct:
            return None
        if len(distinct) == 1:
            return distinct[0]
        classes = [self.keras_class(found) for found in distinct]
        first, *rest = classes
        if first is None:
            return None
        # What still works in one of the packages may be meant: then that package decides.
        packages = [cls.package for cls in classes if cls is not None]
        package = KerasPackage.FROZEN if KerasPackage.FROZEN in packages else packages[0]
        for kind in kinds(first.name):
            if all(cls is not None and kind in kinds(cls.name) for cls in rest):
                return Instance(kind, package)
        return None


_CAUTIOUS_FIRST = (KerasPackage.FROZEN, KerasPackage.TENSORFLOW, KerasPackage.KERAS, KerasPackage.SOURCE)
"""What still works in one of several packages may be meant."""

_COMPILED_WITH = frozenset({"loss", "metrics", "optimizer"})


def _compiles(reading: Reading) -> Iterator[tuple[ast.Attribute, Names]]:
    """Yield the calls of a method ``compile`` that only a model has, by what they are given."""
    if not reading.uses_keras:
        return
    if "compile" not in reading.called:
        return
    # What a model's compile gives is nothing, which nobody passes on.
    passed_on = {id(word.value) for call, _ in reading.calls for word in call.keywords if type(word.value) is ast.Call}
    for call, scope in reading.calls:
        if not (isinstance(call.func, ast.Attribute) and call.func.attr == "compile") or id(call) in passed_on:
            continue
        by_name = _COMPILED_WITH.intersection(keyword.arg or "" for keyword in call.keywords)
        # compile("adam", "mse"): no other library calls its optimizers and losses by strings.
        by_place = [arg for arg in call.args[:2] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if len(by_place) > 1 or ("loss" in by_name and len(by_name) > 1):
            yield call.func, scope


def holder(node: ast.expr, scope: Names) -> tuple[int, str] | None:
    """Return the holder and the name of a variable, or of an attribute of ``self``, which identify it."""
    around: Names | None = scope
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        while around is not None and around.first != node.value.id:
            around = around.outer
        owner = around.outer if around is not None else None
        return (id(owner.attributes), node.attr) if owner is not None else None
    if isinstance(node, ast.Name):
        while around is not None and node.id not in around.bindings:
            around = around.around(node.id)
        return (id(around.bindings), node.id) if around is not None else None
    return None


def _element(listed: Type) -> Type:
    if isinstance(listed, Instance) and listed.name.startswith("["):
        return Instance(listed.name[1:-1], listed.package)
    return None
