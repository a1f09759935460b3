"""Methods and attributes that have changed, of objects whose kind is known, and in classes that derive from Keras'."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import DISTINCTIVE_MEMBERS, MEMBERS, OLD_MEMBERS, brings
from flake8_paramdoc.changes.argument_forms import called_as
from flake8_paramdoc.changes.keras_names import LAYER, RNN, TENSOR, TENSOR_SHAPE, kinds
from flake8_paramdoc.changes.shapes import Use
from flake8_paramdoc.matching.callees import callee
from flake8_paramdoc.matching.finding import Match, Site
from flake8_paramdoc.matching.made_elsewhere import is_made_elsewhere
from flake8_paramdoc.matching.namespaces import in_namespace
from flake8_paramdoc.matching.stores import Stores
from flake8_paramdoc.matching.tensor_kinds import LIVE
from flake8_paramdoc.reading.bound_before import bound_before, frame_of
from flake8_paramdoc.reading.object_types import Instance, Local
from flake8_paramdoc.reading.origins import imported, is_of_another_keras
from flake8_paramdoc.reading.scopes import Definition, Parameter, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flake8_paramdoc.changes.shapes import MemberChange
    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.matching.tensor_flow import Tensors
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Type, Values
    from flake8_paramdoc.reading.scopes import Names

_STATIC = frozenset({"get_shape", "as_list"})
"""How a shape was read that is a tuple today."""


def match_members(reading: Reading, values: Values, tensors: Tensors, target: Target) -> Iterator[Match]:
    """Yield the members of an old form."""
    stores, layered = Stores(reading), _Layered(reading)
    for node, scope in reading.attributes:
        if node.attr not in OLD_MEMBERS:
            continue
        is_read = not isinstance(node.ctx, ast.Store)
        if is_read and (stores.on_class(node.attr) or stores.define(node, scope)):
            continue
        owner = values.of(node.value, scope)
        base = values.keras_class(owner)
        elsewhere = False
        if base is None and is_read:
            base = _by_itself(node, scope, owner, reading, values)
            elsewhere = base is not None and is_made_elsewhere(node.value, scope, values)
            base = base or _of_tensor(node, scope, tensors, values, reading)
        if base is None or (values.has_own(owner, node.attr) and not isinstance(node.ctx, ast.Store)):
            continue
        use = Use.WRITTEN if isinstance(node.ctx, ast.Store) else Use.READ
        # Of an element of model.layers, nothing more is known than that it is a layer.
        any_layer = isinstance(owner, Instance) and owner.name == LAYER
        for change, kind in _changes(base, node.attr, use, target):
            if (any_layer and RNN in change.but) or (change.until_called and layered.has(node.value)):
                continue
            if change.old_call is not None and not layered.calls(node, change.old_call):
                continue
            if not (change.not_in_classes and _is_self(node.value, scope)) and not reading.guards.cover(node):
                listed = _listed(change, node.attr)
                message = change.message(kind, listed)
                if kind == TENSOR_SHAPE and (given := _root(node.value)):
                    message = message.replace("KerasTensor.shape", given).replace("x.shape", given)
                site = Site(scope, base.package, listed, elsewhere=elsewhere)
                yield Match(node, change, in_namespace(message, base.package), site=site)
    for definition in reading.classes:
        methods = [statement for statement in definition.node.body if isinstance(statement, ast.FunctionDef)]
        defined = {method.name for method in methods}
        base = None if OLD_MEMBERS.isdisjoint(defined) else values.keras_class(Local(definition))
        if base is None:
            continue
        for method in methods:
            for change, kind in _changes(base, method.name, Use.DEFINED, target):
                # A class that defines both serves both.
                served = change.members[_listed(change, method.name)] in defined
                if not served and not reading.guards.cover(definition.node):
                    listed = _listed(change, method.name)
                    message = change.message(kind, listed)
                    site = Site(definition.scope, base.package, listed)
                    yield Match(method, change, in_namespace(message, base.package), site=site)


_GIVEN_SHAPES = frozenset({"build", "compute_output_shape"})
"""Methods of a layer that Keras gives a shape."""


class _Layered:
    """What a file calls as a layer is called, or puts into another model."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def has(self, node: ast.expr) -> bool:
        """Tell it by how an object is written."""
        return not isinstance(node, (ast.Name, ast.Attribute)) or ast.unparse(node) in self._texts

    def calls(self, node: ast.Attribute, is_old: Callable[[ast.Call], bool]) -> bool:
        """Tell whether a member is called in an old form."""
        return any(call.func is node and is_old(call) for call, _ in self._reading.calls)

    @cached_property
    def _texts(self) -> frozenset[str]:
        found: list[ast.expr] = []
        for call, _ in self._reading.calls:
            found.append(call.func)
            name = called_as(call.func)
            if name == "add" or name[:1].isupper():
                for arg in call.args:
                    found += arg.elts if isinstance(arg, (ast.List, ast.Tuple)) else [arg]
        return frozenset(ast.unparse(node) for node in found if isinstance(node, (ast.Name, ast.Attribute)))


def _by_itself(node: ast.Attribute, scope: Names, owner: Type, reading: Reading, values: Values) -> Instance | None:
    """Return the class that a member is one of, where no other library has a member of this name."""
    kind = DISTINCTIVE_MEMBERS.get(node.attr)
    if kind is None or owner is not None or not reading.uses_keras or reading.trains_otherwise:
        return None
    if imported(node.value, scope):
        return None
    if isinstance(node.value, ast.Name) and any(map(is_of_another_keras, scope.lookup(node.value.id, brings))):
        return None
    return Instance(kind, values.package)


def _of_tensor(
    node: ast.Attribute, scope: Names, tensors: Tensors, values: Values, reading: Reading
) -> Instance | None:
    """Return what stands for a Keras tensor, or for its shape, where a member is read from one."""
    if frame_of(scope).kind is ScopeKind.FUNCTION and frame_of(scope).node is None:
        return None  # in a lambda expression, it is a tensor of TensorFlow's
    of_shape = (TENSOR_SHAPE, node.attr) in MEMBERS
    if not of_shape and (TENSOR, node.attr) not in MEMBERS:
        return None
    value = node.value
    if of_shape:
        while isinstance(value, ast.Subscript):
            value = value.value
        if isinstance(value, ast.Name):
            return Instance(TENSOR_SHAPE, values.package) if is_given_shape(value, scope, values) else None
        is_shape = isinstance(value, ast.Attribute) and value.attr == "shape"
        if not is_shape or not isinstance(value, ast.Attribute):
            return None
        value = value.value
    if not tensors.has(value, scope) and not (node.attr in _STATIC and _makes_layers(value, scope, reading, values)):
        return None
    return Instance(TENSOR_SHAPE if of_shape else TENSOR, values.package)


def _root(node: ast.expr) -> str:
    """Return the name that a shape, or an item of it, is read from; '' where it is an attribute of a tensor."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def is_given_shape(node: ast.Name, scope: Names, values: Values) -> bool:
    """Tell whether a name is the shape that Keras gives to ``build`` of a layer of the file, which is a tuple."""
    bindings, holder = bound_before(node, scope)
    method = holder.node if holder is not None else None
    if holder is None or holder.outer is None or not isinstance(method, ast.FunctionDef):
        return False
    if method.name not in _GIVEN_SHAPES or holder.first in (None, node.id) or node.id != method.args.args[1].arg:
        return False
    if len(bindings) != 1 or not isinstance(bindings[0], Parameter) or not isinstance(holder.outer.node, ast.ClassDef):
        return False
    around = holder.outer.outer
    base = values.keras_class(Local(Definition(holder.outer.node, holder.outer, around))) if around else None
    return base is not None and LAYER in kinds(base.name) and base.package in LIVE


def _makes_layers(node: ast.expr, scope: Names, reading: Reading, values: Values) -> bool:
    """Tell whether an expression is a name in a function that makes layers and calls them: those take Keras tensors.

    What a layer's own ``call`` is given, and what a function in a Lambda layer is, are tensors of TensorFlow.
    """
    frame = frame_of(scope)
    if not isinstance(node, ast.Name) or not isinstance(frame.node, ast.FunctionDef) or frame.node.name == "call":
        return False
    for call, inside in reading.calls:
        if isinstance(call.func, ast.Call) and frame_of(inside) is frame:
            made = callee(call.func.func, inside, values)
            if made is not None and LAYER in made.kinds:
                return True
    return False


def _changes(base: Instance, member: str, use: Use, target: Target) -> Iterator[tuple[MemberChange, str]]:
    above = kinds(base.name)
    for kind in above:
        for change in MEMBERS.get((kind, member), ()):
            if use in change.uses and target.applies(change, base.package) and not set(change.but) & set(above):
                yield change, kind


def _listed(change: MemberChange, member: str) -> str:
    """Return a member as the change lists it: a method with its parentheses."""
    return member if member in change.members else f"{member}()"


def _is_self(node: ast.expr, scope: Names) -> bool:
    return isinstance(node, ast.Name) and any(
        isinstance(binding, Parameter) and binding.owner is not None
        for binding in scope.lookup(node.id, lambda _: False)
    )
