"""A script that runs calls of old methods in tf_keras, and what the tables write instead in Keras 3.

What it prints is read by ``test_member_calls.py``. A case is the object, as both make it, and a call of its method.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy
import tensorflow
import tf_keras

from flake8_paramdoc.changes import CHANGES
from flake8_paramdoc.changes.shapes import MemberChange, Place

_X = numpy.arange(6, dtype="float32").reshape(2, 3)


def _layer(k: Any) -> Any:
    layer = k.layers.Dense(2, kernel_initializer="ones")
    layer(k.Input((3,)))
    layer(k.Input((3,)))  # what is asked for is the first
    return layer


def _model(k: Any) -> Any:
    model = k.Sequential([k.Input((3,)), k.layers.Dense(1, kernel_initializer="ones")])
    model.compile(k.optimizers.SGD(0.01), "mse")
    return model


def _variable(k: Any) -> Any:
    return _layer(k).kernel


def _optimizer(k: Any) -> Any:
    return k.optimizers.SGD(0.5)


def _legacy(k: Any) -> Any:
    return k.optimizers.legacy.SGD(0.5) if k is tf_keras else _optimizer(k)


def _tensor(k: Any) -> Any:
    return k.layers.Flatten()(k.Input((2, 3)))


def _shape(k: Any) -> Any:
    return _tensor(k).shape


def _scaling(k: Any) -> Any:
    if k is tf_keras:
        return k.mixed_precision.LossScaleOptimizer(k.optimizers.SGD(0.5))
    optimizer = k.optimizers.LossScaleOptimizer(k.optimizers.SGD(0.5))
    optimizer.build([])
    return optimizer


_DATA = "(((x, x[:, :1]) for _ in range(4)))"

CASES: tuple[tuple[Callable[[Any], Any], str], ...] = (
    (_model, f"fit_generator({_DATA}, steps_per_epoch=2, epochs=2, verbose=0)"),
    (_model, f"evaluate_generator({_DATA}, 2)"),
    (_model, f"predict_generator({_DATA}, steps=2)"),
    (_layer, "get_input_at(0)"),
    (_layer, "get_output_at(node_index=0)"),
    (_layer, "get_input_shape_at(0)"),
    (_layer, "get_output_shape_at(0)"),
    (_variable, "read_value()"),
    (_scaling, "get_scaled_loss(tensorflow.constant(2.0))"),
    (_optimizer, "compute_gradients(loss, [variable], tape)"),
    (_optimizer, "minimize(loss, [variable], tape)"),
    (_optimizer, "minimize(loss, var_list=[variable], tape=tape)"),
    (_legacy, 'add_weight("w", (2, 3))'),
    (_legacy, 'add_weight("w", shape=(2,), dtype=tensorflow.int64, initializer="ones")'),
    (_legacy, 'add_slot(variable, "m")'),
    (_legacy, 'add_slot(variable, "m", initializer="ones")'),
    (_tensor, "get_shape()"),
    (_shape, "as_list()"),
)

NOT_RUN = {
    "next": "the generator draws at random; both give the next batch",
    "apply": "tf_keras has it no more; Keras 2.3.1 says that it is __call__",
    "predict_proba": "tf_keras has it no more; tensorflow 2.5 returns what predict() gives",
}
"""Methods whose calls cannot be run today, each with the reason."""


def _world(k: Any, made: Any) -> dict[str, Any]:
    """Return the names that a call is run with; a variable that is trained, and its loss, among them."""
    variable = tensorflow.Variable([1.0, 2.0]) if k is tf_keras else keras.Variable([1.0, 2.0])
    with tensorflow.GradientTape() as tape:
        loss = tensorflow.reduce_sum((variable if k is tf_keras else variable.value) ** 2)
    return {"made": made, "x": _X, "tensorflow": tensorflow, "variable": variable, "loss": loss, "tape": tape}


def _plain(value: Any) -> Any:
    """Write down what a call gives, so that two can be compared."""
    if isinstance(value, (list, tuple, tensorflow.TensorShape)):
        return [_plain(one) for one in value]
    if hasattr(value, "history"):
        return _plain(value.history["loss"])
    if value is None or isinstance(value, (int, str)):
        return value
    if not isinstance(value, (float, numpy.ndarray)) and not hasattr(value, "numpy"):
        return ["of a model", _plain(tuple(value.shape))]
    array = numpy.asarray(value)
    return [list(array.shape), array.dtype.kind, [round(float(one), 4) for one in array.ravel()]]


def _run(k: Any, make: Callable[[Any], Any], code: str) -> Any:
    world = _world(k, make(k))
    given = eval(code, world)
    return [_plain(given), _plain(world["variable"])]


def _written(call: str) -> str | None:
    """Return what the tables write instead of a call; ``None``: nothing."""
    node = ast.parse(f"made.{call}", mode="eval").body
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Attribute)
    for change in CHANGES:
        if isinstance(change, MemberChange) and f"{node.func.attr}()" in change.members:
            fix = change.fix(f"{node.func.attr}()")
            if fix.place is Place.CALL and fix.template is not None:
                bound = fix.template.bind(ast.Call(node.func, [node.func.value, *node.args], node.keywords))
                return fix.template.write({name: ast.unparse(value) for name, value in (bound or {}).items()})
    return None


def results() -> Iterator[tuple[str, Any, Any, str | None]]:
    """Yield each call, what it gives, what the code of today gives, and that code."""
    for make, call in CASES:
        new = _written(call)
        yield call, _run(tf_keras, make, f"made.{call}"), _run(keras, make, new or "None"), new


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"calls": list(results()), "not run": NOT_RUN}))
