"""What is passed by its place where a layer is called, and is no tensor: Keras 3 takes such things by their names."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import BEHAVIOURS
from flake8_paramdoc.changes.keras_names import LAYER, MODEL, layers
from flake8_paramdoc.matching.finding import Match
from flake8_paramdoc.matching.mixed_copies import values_bound
from flake8_paramdoc.matching.tensor_kinds import LIVE
from flake8_paramdoc.reading.bound_before import bound_before
from flake8_paramdoc.reading.object_types import Instance, Local
from flake8_paramdoc.reading.scopes import Element, Parameter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Type, Values
    from flake8_paramdoc.reading.scopes import Names

_TRAINED = frozenset(
    layers(
        "AlphaDropout BatchNormalization Dropout GaussianDropout GaussianNoise SpatialDropout1D SpatialDropout2D"
        " SpatialDropout3D"
    )
)
"""Layers whose second argument is ``training``."""

_TAKES_ALL = "_allow_non_tensor_positional_args"
"""What a layer sets that takes anything by its place."""


def match_layer_arguments(reading: Reading, values: Values, target: Target) -> Iterator[Match]:
    """Yield the first of what is passed to a layer by its place and is no tensor, for each call."""
    change = BEHAVIOURS["argument_of_layer"]
    for call, scope in reading.calls:
        if len(call.args) < 2 or _is_class(call.func):
            continue
        given = next(((place, arg) for place, arg in enumerate(call.args) if place and _is_option(arg, scope)), None)
        if given is None or any(isinstance(arg, ast.Starred) for arg in call.args):
            continue
        name = _parameter(call.func, given[0], scope, values)
        if name and target.applies(change, values.package) and not reading.guards.cover(call):
            yield Match(given[1], change, change.message(name=name), fixes=change.fixes())


def _is_class(func: ast.expr) -> bool:
    """Tell by its name whether something that is called is a class, which takes anything."""
    name = func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""
    return name[:1].isupper() or name.startswith("__")


def _is_option(node: ast.expr, scope: Names) -> bool:
    """Tell whether an argument is no tensor for sure: a constant, or ``training`` of a layer's ``call``."""
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (bool, int, float, str))
    if not isinstance(node, ast.Name) or node.id != "training":
        return False
    bindings, holder = bound_before(node, scope)
    method = holder.node if holder is not None else None
    is_call = isinstance(method, ast.FunctionDef) and method.name == "call"
    return is_call and bool(bindings) and all(isinstance(binding, Parameter) for binding in bindings)


def _called(func: ast.expr, scope: Names, values: Values) -> Type:
    """Return the kind of object that is called, also where it is one of a list of layers of the file."""
    listed: ast.expr | None = None
    if isinstance(func, ast.Subscript) and not isinstance(func.slice, ast.Slice):
        listed = func.value
    elif isinstance(func, ast.Name):
        bindings, _ = bound_before(func, scope)
        if len(bindings) == 1 and isinstance(bindings[0], Element):
            listed, scope = bindings[0].node, bindings[0].scope
    if listed is None:
        return values.of(func, scope)
    made: list[tuple[ast.expr, Names]] = []
    for value in values_bound(listed, scope):
        if isinstance(value.node, ast.ListComp):
            made.append((value.node.elt, value.scope))
        elif isinstance(value.node, ast.List):
            made += [(item, value.scope) for item in value.node.elts]
        else:
            return None
    found = {values.of(node, around) for node, around in made}
    return found.pop() if len(found) == 1 else None


def _parameter(func: ast.expr, place: int, scope: Names, values: Values) -> str:
    """Return the name of a parameter of a layer that is called; '' where nobody knows that it is refused."""
    owner = _called(func, scope, values)
    if isinstance(owner, Instance):
        is_known = owner.name in _TRAINED and owner.package in LIVE and place == 1
        return "training" if is_known else ""
    if not isinstance(owner, Local) or values.has_own(owner, "__call__") or values.has_own(owner, _TAKES_ALL):
        return ""
    base, own = values.keras_class(owner), values.method(owner, "call")
    if base is None or base.name not in (LAYER, MODEL) or base.package not in LIVE or own is None:
        return ""
    if not isinstance(own.node, ast.FunctionDef):
        return ""
    names = [arg.arg for arg in (*own.node.args.posonlyargs, *own.node.args.args)]
    return names[place + 1] if place + 1 < len(names) else ""
