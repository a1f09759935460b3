"""Ways to ask the Keras that is installed: what a name is, what becomes of a call, and how a class is made."""

from __future__ import annotations

import importlib
import inspect
import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import keras
import numpy

from flake8_paramdoc.changes import keras_names
from flake8_paramdoc.changes.shapes import Fate

TENSORFLOW = "keras._tf_keras.keras"


INPUT = keras.Input((4,))
MODEL = keras.Model(INPUT, keras.layers.Dense(8)(INPUT))


def resolve(name: str, root: str = "keras") -> Any:
    """Give what a name under ``keras`` stands for, ``None`` if for nothing; modules are imported on the way."""
    found: Any = importlib.import_module(root)
    here = root
    for part in name.split(".")[1:]:
        here = f"{here}.{part}"
        try:
            found = getattr(found, part)
        except AttributeError:
            try:
                found = importlib.import_module(here)
            except ImportError:
                return None
    return found


class Heard(logging.Handler):
    """What is logged as a warning."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def happens(run: Callable[[], Any]) -> Fate:
    """Say what becomes of something: whether it raises, warns or does neither."""
    heard, logger = Heard(), logging.getLogger("absl")  # where Keras logs
    logger.addHandler(heard)
    with warnings.catch_warnings(record=True) as warned, redirect_stdout(StringIO()):
        warnings.simplefilter("always")
        # These are of other packages; what Keras means for its users is a UserWarning.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            run()
        except Exception:
            return Fate.RAISES
        finally:
            logger.removeHandler(heard)
    return Fate.WARNS if warned or heard.messages else Fate.WORKS


def agrees(expected: Fate, got: Fate) -> bool:
    return got is expected or (expected is Fate.SILENT and got is Fate.WORKS)


_ARGUMENTS: list[tuple[Any, ...]] = [
    (), (8,), (8, 3), (8, 8), (0.5,), (0.1, 0.1), ((1,),), (2, 8), (8, 2, 1),
    ("ab,bc->ac", 8), ("mse",), ("model.keras",),
    (0.1, 10), (0.1, 10, 0.9), ([1, 2], [0.1, 0.2, 0.3]),
    (keras.layers.LSTM(8),), (keras.layers.Dense(8),), (keras.layers.LSTMCell(8),), ([keras.layers.LSTMCell(8)],),
    (lambda x: x,), (lambda y_true, y_pred: y_true,),
]  # fmt: skip
_GIVEN: dict[Any, tuple[Any, ...] | None] = {keras.layers.InputLayer: ()}

VALUES = {
    "input_shape": (4,), "input_dim": 4, "batch_input_shape": (2, 4), "input_dtype": "float32", "lr": 0.1, "decay": 0.1,
    "weights": [numpy.zeros((2, 2))], "alpha": 0.1,
}  # fmt: skip
"""Values that the arguments take, or took."""

_APART = {
    "keras.layers.Pipeline",
    "keras.layers.TFSMLayer",
    "keras.optimizers.Optimizer",
    "keras.optimizers.LossScaleOptimizer",
    "keras.optimizers.MultiOptimizer",
}
"""Classes of a kind that no old code can name, or that take another object instead of the arguments of their kind."""

_KINDS = {
    keras_names.LAYER: (keras.layers, keras.layers.Layer),
    keras_names.RNN: (keras.layers, keras.layers.RNN),
    keras_names.OPTIMIZER: (keras.optimizers, keras.optimizers.Optimizer),
    keras_names.LOSS: (keras.losses, keras.losses.Loss),
}


def given(callee: Any) -> tuple[Any, ...] | None:
    """Give arguments with which an object of a class can be made; ``None`` where none of the usual do."""
    if callee not in _GIVEN:
        fits = (args for args in _ARGUMENTS if happens(lambda: callee(*args)) is not Fate.RAISES)  # noqa: B023
        _GIVEN[callee] = next(fits, None)
    return _GIVEN[callee]


def members_of(callee: str, but: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Give what a callee of the tables stands for: itself, or all public classes that are a kind of it."""
    if callee not in _KINDS:
        found = resolve(callee)
        yield callee, resolve(callee, TENSORFLOW) if found is None else found
        return
    module, kind = _KINDS[callee]
    prefix = callee.rpartition(".")[0]
    for name, found in sorted(vars(module).items()):
        if inspect.isclass(found) and issubclass(found, kind) and f"{prefix}.{name}" not in {*but, *_APART}:
            yield f"{prefix}.{name}", found


def takes(callee: Any, argument: str) -> bool | None:
    """Say whether the signature has an argument; ``None`` where it takes any."""
    # A model makes itself one of another class, whose arguments are those that people pass.
    parameters = inspect.signature(type(MODEL).__init__ if callee is keras.Model else callee).parameters
    if argument in parameters:
        return True
    return None if any(one.kind is one.VAR_KEYWORD for one in parameters.values()) else False
