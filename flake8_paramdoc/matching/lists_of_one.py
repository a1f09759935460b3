"""Lists of tensors where a model or a layer takes or gives one, and dictionaries that are given as lists."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import BEHAVIOURS
from flake8_paramdoc.changes.keras_names import MODEL, kinds, layers
from flake8_paramdoc.matching.callees import callee, layer_call
from flake8_paramdoc.matching.finding import Match
from flake8_paramdoc.matching.tensor_flow import Tensors
from flake8_paramdoc.matching.tensor_kinds import LIVE
from flake8_paramdoc.reading.bound_before import bound_before
from flake8_paramdoc.reading.scopes import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Values
    from flake8_paramdoc.reading.scopes import Names

_OF_ONE = frozenset(
    layers(
        "Dense Conv1D Conv2D Conv3D Conv1DTranspose Conv2DTranspose Conv3DTranspose SeparableConv1D SeparableConv2D"
        " DepthwiseConv2D BatchNormalization Flatten MaxPooling1D MaxPooling2D AveragePooling2D"
        " GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling2D ZeroPadding2D UpSampling2D Embedding"
    )
)
"""Layers that take one tensor, whose shape they look at."""

_CHANGING = frozenset({"pop", "append", "insert", "remove", "clear", "extend"})


def match_lists(reading: Reading, values: Values, tensors: Tensors, target: Target) -> Iterator[Match]:
    """Yield lists where there is a tensor today, and what is not taken for what it was."""
    told: set[int] = set()
    items = {id(node.value) for node, _ in reading.subscripts}
    # What models are called is asked only where one is made with such a list or dictionary.
    has_models = "Model" in reading.called and any(_is_of_lists(call) for call, _ in reading.calls)
    changes_lists = not _CHANGING.isdisjoint(reading.called)
    for call, scope in reading.calls:
        func = call.func
        found: list[tuple[str, ast.expr]]
        if has_models and call.args and _is_output(call.args[0]):
            found = _of_output(call, scope, values)
        elif type(func) is ast.Call:
            found = _given(call, scope, values, tensors) if call.args else []
        elif type(func) is ast.Attribute:
            if not changes_lists or func.attr not in _CHANGING or not _is_layers(func.value, scope, values):
                continue
            found = [("layers_changed", func)]
        elif has_models and call.args:
            found = _called(call, scope, values, tensors)
        else:
            continue
        if id(call) in items:
            continue  # an item is taken of what it gives
        for key, node in found:
            change = BEHAVIOURS[key]
            if id(node) not in told and target.applies(change, values.package) and not reading.guards.cover(node):
                told.add(id(node))
                yield Match(node, change, change.message(), fixes=change.fixes())


def _is_of_lists(call: ast.Call) -> bool:
    """Tell whether a call may make a model, with a list of one output, or a dictionary of inputs."""
    if len(call.args) + len(call.keywords) < 2:
        return False
    inputs, outputs = _passed(call, 0, ("inputs", "input")), _passed(call, 1, ("outputs", "output"))
    return type(inputs) is ast.Dict or (type(outputs) is ast.List and len(outputs.elts) == 1)


def _is_layers(node: ast.expr, scope: Names, values: Values) -> bool:
    if not (isinstance(node, ast.Attribute) and node.attr == "layers"):
        return False
    found = values.keras_class(values.of(node.value, scope))
    return found is not None and found.package in LIVE and MODEL in kinds(found.name) and not _is_self(node.value)


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def _given(call: ast.Call, scope: Names, values: Values, tensors: Tensors) -> list[tuple[str, ast.expr]]:
    """Return the list of one Keras tensor that a layer is called on which takes one tensor."""
    given = call.args[0]
    if not (isinstance(given, ast.List) and len(given.elts) == 1) or isinstance(given.elts[0], ast.Starred):
        return []
    layer = layer_call(call.func, scope, values)
    is_of_one = layer is not None and layer.package in LIVE and layer.name.rpartition(".")[0] in _OF_ONE
    return [("layer_on_list", given)] if is_of_one and tensors.has(given, scope) else []


def _is_output(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "output" and isinstance(node.value, ast.Name)


def _of_output(call: ast.Call, scope: Names, values: Values) -> list[tuple[str, ast.expr]]:
    """Return the list of one output that a model was made with, where a layer is called on ``model.output``."""
    layer = layer_call(call.func, scope, values)
    given = call.args[0]
    if layer is None or layer.package not in LIVE or not isinstance(given, ast.Attribute):
        return []
    making = _making(given.value, scope, values)
    outputs = _passed(making, 1, ("outputs", "output")) if making is not None else None
    is_list = isinstance(outputs, ast.List) and len(outputs.elts) == 1 and not isinstance(outputs.elts[0], ast.Starred)
    return [("list_of_one", outputs)] if is_list and outputs is not None else []


def _called(call: ast.Call, scope: Names, values: Values, tensors: Tensors) -> list[tuple[str, ast.expr]]:
    """Return what is told of the model that is called: its list of one output, or the list that it is given."""
    func = call.func
    found = values.keras_class(values.of(func, scope))
    if found is None or found.name != MODEL or found.package not in LIVE:
        return []
    making = _making(func, scope, values)
    if making is None:
        return []
    inputs = _passed(making, 0, ("inputs", "input"))
    outputs = _passed(making, 1, ("outputs", "output"))
    if isinstance(inputs, ast.Dict) and isinstance(call.args[0], (ast.List, ast.Tuple)):
        return [("dictionary_called_with_list", call.args[0])]
    is_list = isinstance(outputs, ast.List) and len(outputs.elts) == 1 and not isinstance(outputs.elts[0], ast.Starred)
    return [("list_of_one", outputs)] if is_list and outputs is not None and tensors.has(call.args[0], scope) else []


def _making(func: ast.expr, scope: Names, values: Values) -> ast.Call | None:
    """Return the call that makes the model that a name stands for, where that is written out."""
    bindings = bound_before(func, scope)[0] if isinstance(func, ast.Name) else []
    for binding in bindings if len(bindings) == 1 else ():
        if isinstance(binding, Value) and isinstance(binding.node, ast.Call):
            made = callee(binding.node.func, binding.scope, values)
            return binding.node if made is not None and made.name == MODEL else None
    return None


def _passed(call: ast.Call, place: int, names: tuple[str, ...]) -> ast.expr | None:
    for word in call.keywords:
        if word.arg in names:
            return word.value
    return call.args[place] if place < len(call.args) else None
