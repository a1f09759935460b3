"""Layers and weights that are told by their place or name, and have another one today."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import BEHAVIOURS
from flake8_paramdoc.changes.keras_names import ALL_LAYERS, LAYER, MODEL, SEQUENTIAL, VARIABLE, kinds
from flake8_paramdoc.matching.callees import callee
from flake8_paramdoc.matching.era import is_before_keras_2_4
from flake8_paramdoc.matching.finding import Match
from flake8_paramdoc.matching.resnet_names import today
from flake8_paramdoc.matching.tensor_kinds import LIVE
from flake8_paramdoc.reading.bound_before import bound_before
from flake8_paramdoc.reading.keras_packages import KerasPackage
from flake8_paramdoc.reading.object_types import Instance, Values
from flake8_paramdoc.reading.scopes import Element, Names, Value
from flake8_paramdoc.reading.walk import read

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from flake8_paramdoc.matching.callees import Callee
    from flake8_paramdoc.matching.era import Era
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

_RESNETS = frozenset({"ResNet50"})
"""Applications whose layers had other names."""

_GIVEN = r"([a-z][a-z0-9_]*?)(?:_([0-9]+))?"
"""A name that Keras gives: that of the class, and a number where there are several."""
_RENAMED = {"input": "input_layer", "model": "functional"}
"""What Keras calls a class of layers otherwise, from then to now."""
_OF_TEXTS = frozenset({"split", "endswith", "startswith"})

_WEIGHTS = frozenset({"weights", "trainable_weights", "non_trainable_weights", "variables", "trainable_variables"})


def match_places(reading: Reading, values: Values, target: Target, found: Sequence[Match], era: Era) -> Iterator[Match]:
    """Yield places among the layers of an application, and old names of layers and weights.

    :param found: what was found in the file otherwise, which tells for which Keras it was written.
    :param era: what was known of that before.
    """
    yield from _match_places(reading, target)
    if "get_layer" in reading.called:
        yield from _match_names(reading, values, target, found, era)
    for call, scope in reading.calls:
        func = call.func
        if isinstance(func, ast.Attribute) and func.attr in _OF_TEXTS and len(call.args) == 1:
            yield from _match_text(func, call.args[0], scope, values, target, reading)
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


def _match_text(
    func: ast.Attribute, given: ast.expr, scope: Names, values: Values, target: Target, reading: Reading
) -> Iterator[Match]:
    """Yield what asks the name of a weight for more than it has today: ``weight.name.split("/")``."""
    name, text = func.value, given.value if isinstance(given, ast.Constant) else None
    if not (isinstance(name, ast.Attribute) and name.attr == "name" and isinstance(text, str)):
        return
    if not (":0" in text or "/" in text) or not _is_weight(name.value, scope, values):
        return
    change = BEHAVIOURS["weight_name" if func.attr != "split" else "weight_name_split"]
    if target.applies(change, values.package) and not reading.guards.cover(given):
        yield Match(given, change, change.message(it=text), fixes=change.fixes())


def _match_names(reading: Reading, values: Values, target: Target, found: Sequence[Match], era: Era) -> Iterator[Match]:
    """Yield the names that Keras gave to layers and that are others today: ``model.get_layer("input_1")``."""
    asked: set[int] = set()
    taken: list[tuple[ast.Constant, str, str]] = []
    old: bool | None = None
    for call, scope in reading.calls:
        func = call.func
        if not (isinstance(func, ast.Attribute) and func.attr == "get_layer"):
            continue
        given = call.args[0] if call.args else next((word.value for word in call.keywords if word.arg == "name"), None)
        if not isinstance(given, ast.Constant) or not isinstance(given.value, str):
            continue
        told = re.fullmatch(_GIVEN, given.value)
        made = _application(func.value, scope, values, _RESNETS) if isinstance(func.value, ast.Name) else None
        now = today(given.value) if made is not None else None
        if now is not None:
            asked.add(id(given))
            taken.append((given, "application_name", now))
        if made is not None:
            continue
        if told is None or not _is_made_here(func.value, scope, values):
            continue
        asked.add(id(given))
        kind, number = told[1], told[2]
        if kind in _RENAMED:
            taken.append((given, "default_name", _RENAMED[kind]))
        elif number is not None and kind in _snake_names() and KerasPackage.KERAS in reading.packages:
            old = (era.is_before_2_4 or is_before_keras_2_4(found, reading)) if old is None else old
            if old:
                taken.append((given, "default_number", kind))
    named = (
        {node.value for node in ast.walk(reading.tree) if isinstance(node, ast.Constant) and id(node) not in asked}
        if taken
        else set()
    )
    for given, key, now in taken:
        change = BEHAVIOURS[key]
        if given.value in named or not target.applies(change, values.package) or reading.guards.cover(given):
            continue  # a layer may be given the name
        yield Match(given, change, change.message(it=given.value, now=now, first=f"{now}_1"), fixes=change.fixes())


def _snake_names() -> frozenset[str]:
    """Return how Keras calls layers that are given no name."""
    return frozenset(
        re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name.rpartition(".")[2]).lower()
        for name in ALL_LAYERS
    )


def _is_made_here(node: ast.expr, scope: Names, values: Values) -> bool:
    """Tell whether a model is made where its name is bound, of layers and not of a file that knows their names."""
    bindings = bound_before(node, scope)[0] if isinstance(node, ast.Name) else []
    if len(bindings) != 1 or not isinstance(bindings[0], Value) or not isinstance(bindings[0].node, ast.Call):
        return False
    made = callee(bindings[0].node.func, bindings[0].scope, values)
    if made is None or made.package not in LIVE:
        return False
    return made.name in (MODEL, SEQUENTIAL)


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
        made = _application(attribute.value, scope, values, _COUNTED)
        if made is None or not any(isinstance(part.value, int) and part.value > 1 for part in numbers):
            continue
        if target.applies(change, made.package) and not reading.guards.cover(node):
            before, after = _COUNTED[made.spelled]
            message = change.message(it=made.spelled, before=before, after=after)
            yield Match(numbers[0], change, message, fixes=change.fixes())


def _application(node: ast.Name, scope: Names, values: Values, wanted: Container[str]) -> Callee | None:
    """Return the application that a name stands for, where it is one of those that are wanted."""
    bindings, _ = bound_before(node, scope)
    if len(bindings) != 1 or not isinstance(bindings[0], Value) or not isinstance(bindings[0].node, ast.Call):
        return None
    made = callee(bindings[0].node.func, bindings[0].scope, values)
    return made if made is not None and made.package in LIVE and made.spelled in wanted else None


def _is_weight(node: ast.expr, scope: Names, values: Values) -> bool:
    """Tell whether an expression gives one of the weights of a layer or model of Keras 3."""
    known = values.of(node, scope)
    if isinstance(known, Instance):
        return known.name == VARIABLE and known.package in LIVE
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
