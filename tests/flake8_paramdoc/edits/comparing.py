"""Tell whether what Keras 2 made and what Keras 3 makes do the same: the same weights, outputs, steps and values."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np
import tensorflow as tf
import tf_keras

SHAPES = [(2, 8, 8, 8, 8, 4), (2, 8, 8, 8, 4), (2, 8, 8, 4), (2, 8, 4), (2, 8), (2,)]
"""Shapes of inputs, of which a layer is given the first that it takes."""

_TRUE = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]], "float32")
_GUESSED = np.array([[0.2, 0.7, 0.1], [0.5, 0.2, 0.3]], "float32")
_SQUARE = np.array([[4.0, 1.0], [1.0, 3.0]], "float32")
_IMAGE = np.arange(2 * 6 * 6 * 3, dtype="float32").reshape((2, 6, 6, 3)) / 100

_SEQUENCES = np.arange(24, dtype="float32").reshape((2, 4, 3))

_ARGUMENTS: tuple[tuple[Any, ...], ...] = (
    (_TRUE, _GUESSED),
    (_GUESSED,),
    (_GUESSED, 1),
    (_SQUARE, _SQUARE),
    (_GUESSED, (3, 2)),
    (_GUESSED, [0, 1]),
    ([_GUESSED, _TRUE],),
    (np.array([0, 1, 2]), 4),
    (np.array([0, 1]), _GUESSED),
    (_GUESSED, 0.1, 0.6),
    (_GUESSED > 0.2, _GUESSED, _TRUE),
    (_IMAGE,),
    (_IMAGE, (2, 2)),
    (_IMAGE[0],),
    ((2, 3),),
    (3,),
    (2.0, (2, 3)),
    ("relu",),
    (),
)
"""What functions are called with, one after the other, until Keras 2 takes it."""

_OWN: dict[str, tuple[Any, ...]] = {
    "cast": (_GUESSED, "int32"),
    "constant": (_GUESSED,),
    "variable": (_GUESSED,),
    "temporal_padding": (_SEQUENCES,),
    "BackupAndRestore": ("backup",),
    "Discretization": ([0.2, 0.5],),
    "RandomRotation": (0.2,),
    "RandomTranslation": (0.2, 0.2),
    "Optimizer": (),
    **dict.fromkeys(("mean", "ndim", "softmax", "std", "var"), (tf.constant(_GUESSED),)),
}
"""What some take who do not refuse what makes no sense, or take no arrays."""

_OF_CHANCE = ("random", "dropout", "shuffle", "truncated", "seed", "jitter")
_GRADIENT = np.array([0.5, -1.0, 2.0], "float32")
_RAN = "ran"
NOT_COMPARED = "not compared"
"""How two things were compared whose kind is none of those that can be."""


def arguments_of(name: str) -> tuple[tuple[Any, ...], ...]:
    """Return what a function or a class is called with, one after the other, until Keras 2 takes it."""
    return (_OWN[name],) if name in _OWN else _ARGUMENTS


def compare(old: Any, new: Any, about: str) -> tuple[str, str]:
    """Return how two objects were compared, and how they differ: '' where they do not.

    :param about: the names of both, which say whether they leave anything to chance.
    """
    is_of_chance = any(word in about.lower() for word in _OF_CHANCE)
    for kind, (of_keras_2, of_keras_3, differ) in _KINDS.items():
        if isinstance(old, of_keras_2) and isinstance(new, of_keras_3):
            return kind, differ(old, new)
    if inspect.ismodule(old) or inspect.ismodule(new):
        return _RAN, ""
    if isinstance(old, type) and isinstance(new, type):
        made = _made(old, new)
        return compare(*made, about) if made else (NOT_COMPARED, "")
    if callable(old) and callable(new):
        return _called(old, new, is_of_chance)
    if old is None and new is None:
        return _RAN, ""
    return ("values", _of_values(old, new, is_of_chance)) if _is_value(old) else (NOT_COMPARED, "")


def of_keras_1(was: dict[str, Any], layer: Any) -> str:
    """Return how a layer is not what Keras 2.0.0 made of a form of Keras 1.

    :param was: the configuration of what that made.
    """
    now = layer.get_config()
    return ", ".join(
        f"{name}: {was[name]} {now[name]}"
        for name in sorted(was.keys() & now.keys() - {"dtype"})
        if _of_today(was[name]) != _of_today(now[name]) and (name, was[name], now[name]) not in _BY_DEFAULT
    )


def _of_today(value: Any) -> Any:
    """Return an argument in one form for both."""
    if isinstance(value, (list, tuple)):
        return tuple(map(_of_today, value))
    if isinstance(value, dict) and "class_name" in value:
        held = value["config"]
        if value["class_name"] in {"L1", "L2", "L1L2"}:
            return tuple(round(float(held.get(name, 0)), 6) for name in ("l1", "l2"))
        if value["class_name"] == "VarianceScaling":
            return _SCALED.get((held["scale"], held["mode"], held["distribution"]), held)
        if value["class_name"] in {name for name, _ in _SCALED.values()}:
            return value["class_name"], {}
        return value["class_name"], {name: _of_today(each) for name, each in held.items() if name != "seed"}
    return round(value, 6) if isinstance(value, float) else value


_BY_DEFAULT = (("recurrent_activation", "hard_sigmoid", "sigmoid"),)
"""What standalone Keras 2.3 changed for all who leave it out, whatever they write."""

_SCALED: dict[tuple[float, str, str], tuple[str, dict[str, Any]]] = {
    (1.0, "fan_avg", "uniform"): ("GlorotUniform", {}),
    (1.0, "fan_avg", "normal"): ("GlorotNormal", {}),
    (1.0, "fan_in", "uniform"): ("LecunUniform", {}),
    (2.0, "fan_in", "uniform"): ("HeUniform", {}),
    (2.0, "fan_in", "normal"): ("HeNormal", {}),
}


def _weights_and_outputs(old: Any, new: Any) -> str:
    if isinstance(new, keras.layers.InputLayer):
        return _of_values(old.output, new.output, is_of_chance=False)
    refused = ""
    for shape in SHAPES:
        given = np.random.default_rng(0).random(shape, "float32")
        first, second = (_fresh(layer) for layer in (old, new))
        try:
            wanted = first(given)
        except Exception:  # another number of axes, or another type
            given = given.astype("int32")
            try:
                wanted = first(given)
            except Exception:
                continue
        try:
            second(given)
        except Exception as error:
            refused = f"only Keras 2 takes {shape}: {error}"
            continue
        counted = [weight for weight in second.weights if "seed" not in weight.path]
        were = [tuple(weight.shape) for weight in first.weights]
        if were != [tuple(weight.shape) for weight in counted]:
            return f"{were} {[tuple(weight.shape) for weight in counted]}"
        values = [np.random.default_rng(n).random(each, "float32") for n, each in enumerate(were)]
        first.set_weights(values)
        for weight, value in zip(counted, values, strict=True):
            weight.assign(value)
        for layer in (first, second):
            if hasattr(layer, "finalize_state"):
                layer.finalize_state()
        wanted, got = first(given), second(given)
        if "random" in type(second).__name__.lower():
            return ""
        return _of_values(wanted, got, is_of_chance=False)
    return refused


def _fresh(layer: Any) -> Any:
    return type(layer).from_config(layer.get_config())


def _models(old: Any, new: Any) -> str:
    if not (old.built and new.built):
        kinds = [[type(each).__name__ for each in model.layers] for model in (old, new)]
        return "" if kinds[0] == kinds[1] else f"{kinds[0]} {kinds[1]}"
    were, are = ([tuple(weight.shape) for weight in model.weights] for model in (old, new))
    if were != are:
        return f"{were} {are}"
    new.set_weights(old.get_weights())
    shapes = [[2 if n is None else n for n in each.shape] for each in old.inputs]
    given = [np.random.default_rng(0).random(shape, "float32") for shape in shapes]
    return _of_values(old(given), new(given), is_of_chance=False)


def _steps(old: Any, new: Any) -> str:
    """Tell how two optimizers differ after three steps."""
    first, second = tf_keras.backend.variable([1.0, 2.0, 3.0]), keras.Variable([1.0, 2.0, 3.0])
    for _ in range(3):
        old.apply_gradients([(tf.constant(_GRADIENT), first)])
        new.apply_gradients([(tf.constant(_GRADIENT), second)])
    return _of_values(first, second, is_of_chance=False)


def _losses(old: Any, new: Any) -> str:
    for wanted, guessed in ((_TRUE, _GUESSED), (np.array([1, 0]), _GUESSED)):
        try:
            value = old(wanted, guessed)
        except Exception:  # it takes numbers of classes
            continue
        return _of_values(value, new(wanted, guessed), is_of_chance=False)
    return ""


def _metrics(old: Any, new: Any) -> str:
    for wanted, guessed in ((_TRUE, _GUESSED), (np.array([1, 0]), _GUESSED)):
        try:
            old.update_state(wanted, guessed)
        except Exception:
            continue
        new.update_state(wanted, guessed)
        return _of_values(old.result(), new.result(), is_of_chance=False)
    return ""


def _of_one_tensor(old: Any, new: Any) -> str:
    given = tf.constant(_GUESSED)
    return _of_values(old(given), new(given), is_of_chance=False)


def _configurations(old: Any, new: Any) -> str:
    """Tell how what is left to chance is drawn from something else."""
    were, are = ({name: value for name, value in each.get_config().items() if name != "seed"} for each in (old, new))
    both = were.keys() & are.keys()
    return "" if all(were[name] == are[name] for name in both) else f"{were} {are}"


def _attributes(old: Any, new: Any) -> str:
    were, are = vars(old), vars(new)
    plain = (bool, int, float, str, tuple)
    return ", ".join(
        f"{name}: {were[name]!r} {are[name]!r}"
        for name in sorted(were.keys() & are.keys())
        if not name.startswith("_") and name != "best" and isinstance(were[name], plain) and were[name] != are[name]
    )


_KINDS: dict[str, tuple[type, type, Callable[[Any, Any], str]]] = {
    "models": (tf_keras.Model, keras.Model, _models),
    "layers": (tf_keras.layers.Layer, keras.layers.Layer, _weights_and_outputs),
    "optimizers": (tf_keras.optimizers.Optimizer, keras.optimizers.Optimizer, _steps),
    "old optimizers": (tf_keras.optimizers.legacy.Optimizer, keras.optimizers.Optimizer, _steps),
    "losses": (tf_keras.losses.Loss, keras.losses.Loss, _losses),
    "metrics": (tf_keras.metrics.Metric, keras.metrics.Metric, _metrics),
    "regularizers": (tf_keras.regularizers.Regularizer, keras.regularizers.Regularizer, _of_one_tensor),
    "constraints": (tf_keras.constraints.Constraint, keras.constraints.Constraint, _of_one_tensor),
    "initializers": (tf_keras.initializers.Initializer, keras.initializers.Initializer, _configurations),
    "callbacks": (tf_keras.callbacks.Callback, keras.callbacks.Callback, _attributes),
    "bars": (tf_keras.utils.Progbar, keras.utils.Progbar, _attributes),
}


def _made(old: type, new: type) -> tuple[Any, Any] | None:
    """Return an object of each of two classes; ``None`` where the first takes none of what is tried."""
    own = _OWN.get(new.__name__)
    for arguments in ((), (3,), (3, 2), ((2, 2),), (0.5,), ([1],)) if own is None else (own,):
        try:
            first = old(*arguments)
        except Exception:
            continue
        return first, new(*arguments)
    return None


def _called(old: Callable[..., Any], new: Callable[..., Any], is_of_chance: bool) -> tuple[str, str]:
    for arguments in arguments_of(getattr(new, "__name__", "")):
        try:
            wanted = old(*arguments)
        except Exception:
            continue
        if not _is_value(wanted):
            continue
        try:
            got = new(*arguments)
        except Exception as error:
            return "functions", f"only Keras 2 takes {arguments}: {error}"
        return "functions", _of_values(wanted, got, is_of_chance)
    return NOT_COMPARED, ""


def _is_value(value: Any) -> bool:
    plain = (bool, int, float, str, np.ndarray)
    return all(
        hasattr(each, "shape") or hasattr(each, "__array_interface__") or isinstance(each, plain)
        for each in _leaves(value)
    )


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, (list, tuple)):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, dict):
        for name in sorted(value):
            yield from _leaves(value[name])
    elif value is not None:
        yield value


def _of_values(wanted: Any, got: Any, is_of_chance: bool) -> str:
    were, are = list(_leaves(wanted)), list(_leaves(got))
    if len(were) != len(are):
        return f"{len(were)} values, {len(are)} values"
    for one, other in zip(were, are, strict=True):
        if isinstance(one, str):
            if one != other:
                return f"{one} {other}"
            continue
        first, second = (_plain(each) for each in (one, other))
        if first is None or second is None:  # tensors of a graph
            if tuple(one.shape) != tuple(other.shape):
                return f"{one.shape} {other.shape}"
        elif first.shape != second.shape:
            return f"{first.shape} {second.shape}"
        elif not is_of_chance and not np.allclose(first, second, rtol=1e-4, atol=1e-5, equal_nan=True):
            return f"{first.tolist()} {second.tolist()}"
    return ""


def _plain(value: Any) -> np.ndarray[Any, Any] | None:
    try:
        return np.asarray(value)
    except Exception:
        return None
