"""Layers and weights that are told by their place or name, and have another one today."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import BEHAVIOURS
from flake8_paramdoc.changes.keras_names import LAYER, kinds
from flake8_paramdoc.matching.callees import callee
from flake8_paramdoc.matching.finding import Match
from flake8_paramdoc.matching.tensor_flow import LIVE
from flake8_paramdoc.reading.bound_before import bound_before
from flake8_paramdoc.reading.object_types import Values
from flake8_paramdoc.reading.scopes import Element, Names, Value
from flake8_paramdoc.reading.walk import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.matching.callees import Callee
    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.reading.collected import Reading

_COUNTED = {
    "MobileNetV3Small": (239, 164),
    "MobileNetV3Large": (273, 194),
    "ConvNeXtTiny": (153, 135),
    "ConvNeXtSmall": (297, 261),
    "ConvNeXtBase": (297, 261),
    "ConvNeXtLarge": (297, 261),
    "ConvNeXtXLarge": (297, 261),
}
"""Applications → how many layers they had, and have."""

_WEIGHTS = frozenset({"weights", "trainable_weights", "non_trainable_weights", "variables", "trainable_variables"})


def match_places(reading: Reading, values: Values, target: Target) -> Iterator[Match]:
    """Yield places among the layers of an application, and comparisons with old names of weights."""
    yield from _match_places(reading, target)
    change = BEHAVIOURS["weight_name"]
    for node, scope in reading.compares:
        name, compared = (node.left, node.comparators[0])
        if isinstance(name, ast.Constant):
            name, compared = compared, name
        if not (isinstance(name, ast.Attribute) and name.attr == "name" and isinstance(compared, ast.Constant)):
            continue
        text = compared.value
        if (
            isinstance(text, str)
            and (":0" in text or "/" in text)
            and _is_weight(name.value, scope, values)
            and target.applies(change, values.package)
            and not reading.guards.cover(node)
        ):
            yield Match(compared, change, change.message(it=text), fixes=change.fixes())


def _match_places(reading: Reading, target: Target) -> Iterator[Match]:
    if reading.called.isdisjoint(_COUNTED):
        return
    change = BEHAVIOURS["layer_number"]
    # Hardly any file has them, so that the walk collects no `layers` for it.
    anew = read(reading.tree, Names(), {"layers"})
    values = Values(anew)
    taken = {id(node.value): node for node in ast.walk(reading.tree) if isinstance(node, ast.Subscript)}
    for attribute, scope in anew.attributes:
        node = taken.get(id(attribute))
        if attribute.attr != "layers" or node is None or not isinstance(attribute.value, ast.Name):
            continue
        numbers = [part for part in ast.walk(node.slice) if isinstance(part, ast.Constant)]
        made = _application(attribute.value, scope, values)
        if made is None or not any(isinstance(part.value, int) and part.value > 1 for part in numbers):
            continue
        if target.applies(change, made.package) and not reading.guards.cover(node):
            before, after = _COUNTED[made.spelled]
            message = change.message(it=made.spelled, before=before, after=after)
            yield Match(numbers[0], change, message, fixes=change.fixes())


def _application(node: ast.Name, scope: Names, values: Values) -> Callee | None:
    """Return the application that a name stands for, where it is one of those whose layers are others."""
    bindings, _ = bound_before(node, scope)
    if len(bindings) != 1 or not isinstance(bindings[0], Value) or not isinstance(bindings[0].node, ast.Call):
        return None
    made = callee(bindings[0].node.func, bindings[0].scope, values)
    return made if made is not None and made.package in LIVE and made.spelled in _COUNTED else None


def _is_weight(node: ast.expr, scope: Names, values: Values) -> bool:
    """Tell whether an expression gives one of the weights of a layer or model of Keras 3."""
    if isinstance(node, ast.Name):
        bindings, _ = bound_before(node, scope)
        if len(bindings) != 1 or not isinstance(bindings[0], Element):
            return False
        node, scope = bindings[0].node, bindings[0].scope
    elif isinstance(node, ast.Subscript):
        node = node.value
    else:
        return False
    if not (isinstance(node, ast.Attribute) and node.attr in _WEIGHTS):
        return False
    found = values.keras_class(values.of(node.value, scope))
    return found is not None and found.package in LIVE and LAYER in kinds(found.name)
