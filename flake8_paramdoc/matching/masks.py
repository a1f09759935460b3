"""Sums and products of a masked tensor and one without a mask."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import BEHAVIOURS
from flake8_paramdoc.changes.keras_names import layers
from flake8_paramdoc.matching.callees import callee
from flake8_paramdoc.matching.finding import Match
from flake8_paramdoc.matching.tensor_kinds import LIVE
from flake8_paramdoc.reading.bound_before import bound_before
from flake8_paramdoc.reading.scopes import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.matching.callees import Callee
    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Values
    from flake8_paramdoc.reading.scopes import Names

_MERGING = frozenset(layers("Add Subtract Multiply Average Maximum Minimum"))
_PASS_ON = frozenset(
    layers("Dense Dropout SpatialDropout1D LayerNormalization BatchNormalization Activation ReLU GaussianNoise")
)
"""Layers that pass the mask of their input on."""
_DROP = frozenset(
    layers("Conv1D Flatten Lambda Reshape GlobalAveragePooling1D GlobalMaxPooling1D MaxPooling1D ZeroPadding1D")
)
"""Layers whose output has no mask."""

_MAKING = frozenset({"Embedding", "Masking"})
_MERGING_NAMES = frozenset(name.rpartition(".")[2] for name in _MERGING)

_MOST_STEPS = 30
"""Through how many layers a mask is followed."""


def match_masks(reading: Reading, values: Values, target: Target) -> Iterator[Match]:
    """Yield where a masked tensor and one without a mask are put together, which drops the mask today."""
    if reading.called.isdisjoint(_MAKING) or reading.called.isdisjoint(_MERGING_NAMES):
        return
    change = BEHAVIOURS["half_masked"]
    for call, scope in reading.calls:
        if not call.args or not isinstance(call.args[0], ast.List):
            continue
        made = _layer(call, scope, values)
        if made is None or made[0].name not in _MERGING or made[0].package not in LIVE:
            continue
        masked = {_is_masked(item, scope, values, 0) for item in call.args[0].elts}
        if masked == {True, False} and target.applies(change, made[0].package) and not reading.guards.cover(call):
            yield Match(call.args[0], change, change.message(it=made[0].spelled), fixes=change.fixes())


def _layer(call: ast.Call, scope: Names, values: Values) -> tuple[Callee, ast.Call] | None:
    """Return the class of the layer that is called, and the call that makes it."""
    making: ast.expr = call.func
    if isinstance(making, ast.Name):
        bindings, _ = bound_before(making, scope)
        if len(bindings) != 1 or not isinstance(bindings[0], Value):
            return None
        making, scope = bindings[0].node, bindings[0].scope
    found = callee(making.func, scope, values) if isinstance(making, ast.Call) else None
    return (found, making) if found is not None and isinstance(making, ast.Call) else None


def _is_masked(node: ast.expr, scope: Names, values: Values, steps: int) -> bool | None:
    """Tell whether a Keras tensor has a mask; ``None``: the file does not say it."""
    if steps > _MOST_STEPS:
        return None
    if isinstance(node, ast.Name):
        bindings, _ = bound_before(node, scope)
        if len(bindings) != 1 or not isinstance(bindings[0], Value):
            return None
        return _is_masked(bindings[0].node, bindings[0].scope, values, steps + 1)
    if not isinstance(node, ast.Call):
        return None
    direct = callee(node.func, scope, values)
    if direct is not None:
        return False if direct.name == "keras.layers.Input" else None
    made = _layer(node, scope, values)
    if made is None or not node.args:
        return None
    name, making = made[0].name, made[1]
    if name == "keras.layers.Embedding":
        given = {word.arg: word.value for word in making.keywords}
        if None in given:
            return None
        mask = given.get("mask_zero")
        if mask is None:
            return False
        return bool(mask.value) if isinstance(mask, ast.Constant) else None
    if name == "keras.layers.Masking":
        return True
    if name in _DROP:
        return False
    return _is_masked(node.args[0], scope, values, steps + 1) if name in _PASS_ON else None
