"""Keras tensors that are iterated over, which ends in an error: a batch has no length while a model is made."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import BEHAVIOURS
from flake8_paramdoc.changes.keras_names import layers
from flake8_paramdoc.matching.callees import layer_call
from flake8_paramdoc.matching.finding import Match
from flake8_paramdoc.matching.tensor_kinds import LIVE
from flake8_paramdoc.reading.bound_before import bound_before
from flake8_paramdoc.reading.keras_packages import origin
from flake8_paramdoc.reading.origins import imported
from flake8_paramdoc.reading.scopes import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.matching.tensor_flow import Tensors
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Values
    from flake8_paramdoc.reading.scopes import Names

_OF_ONE = frozenset(
    layers(
        "Activation Add Average AveragePooling1D AveragePooling2D BatchNormalization Concatenate Conv1D Conv2D Conv3D"
        " Conv2DTranspose Dense DepthwiseConv2D Dropout Embedding Flatten GlobalAveragePooling1D GlobalAveragePooling2D"
        " GlobalMaxPooling1D GlobalMaxPooling2D LayerNormalization MaxPooling1D MaxPooling2D Multiply Permute ReLU"
        " RepeatVector Reshape SeparableConv2D Softmax Subtract UpSampling2D ZeroPadding2D"
    )
)
"""Layers that give one tensor."""
_OVER_ALL = frozenset({"list", "tuple", "enumerate", "zip", "map", "sorted", "reversed", "sum", "iter"})
"""Functions of Python that iterate over what they are given."""
_MOST_STEPS = 12


def match_iterated(reading: Reading, values: Values, tensors: Tensors, target: Target) -> Iterator[Match]:
    """Yield what is iterated over and is one Keras tensor."""
    change = BEHAVIOURS["iterated"]
    if not target.applies(change, values.package):
        return
    for node, scope in _iterated(reading):
        if _is_one(node, scope, values, tensors) and not reading.guards.cover(node):
            yield Match(node, change, change.message(), fixes=change.fixes())


def _iterated(reading: Reading) -> Iterator[tuple[ast.expr, Names]]:
    yield from reading.iterated
    for call, scope in reading.calls:
        func = call.func
        if isinstance(func, ast.Name) and func.id in _OVER_ALL and func.id not in reading.functions:
            for argument in call.args:
                yield argument, scope


def _is_one(node: ast.expr, scope: Names, values: Values, tensors: Tensors, steps: int = _MOST_STEPS) -> bool:
    """Tell whether an expression gives one Keras tensor, and no list of them, for sure."""
    if not steps:
        return False
    if isinstance(node, ast.Name):
        bindings, _ = bound_before(node, scope)
        return bool(bindings) and all(
            isinstance(binding, Value) and _is_one(binding.node, binding.scope, values, tensors, steps - 1)
            for binding in bindings
        )
    if isinstance(node, ast.BinOp):
        sides = (node.left, node.right)
        return any(_is_one(side, scope, values, tensors, steps - 1) for side in sides)
    if not isinstance(node, ast.Call):
        return False
    for meaning in imported(node.func, scope):
        where = origin(meaning.dotted)
        return where is not None and where.package in LIVE and where.name in ("keras.Input", "keras.layers.Input")
    layer = layer_call(node.func, scope, values)
    is_of_one = layer is not None and layer.package in LIVE and layer.name.rpartition(".")[0] in _OF_ONE
    return is_of_one and tensors.has(node, scope)
