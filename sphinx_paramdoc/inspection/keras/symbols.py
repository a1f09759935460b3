"""What Keras on TensorFlow need not work out where it traces a layer only to find out which shapes that gives.

Keras writes a graph for that and throws it away. Each operation of it costs Python some 300 µs, and two habits take the
most of them: a weight without memory is drawn anew each time that it is read, and a product with a matrix is written as
reshapes around a flat one. Of 47 backbones of keras-hub they are a third of all work, of a T5 two thirds.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable
from typing import Any
from unittest import mock

import keras

_RANDOM = (
    *("GlorotNormal", "GlorotUniform", "HeNormal", "HeUniform", "LecunNormal", "LecunUniform", "Orthogonal"),
    *("RandomNormal", "RandomUniform", "TruncatedNormal", "VarianceScaling"),
)
"""The initializers of Keras that draw."""

_GRAPH = "scratch_graph"
"""How the names of the graphs begin that Keras writes for shapes."""

_FLOATS = frozenset({"bfloat16", "float16", "float32", "float64"})
"""The types whose products have the same type."""


def _traces() -> Callable[[], bool] | None:
    """Return what tells whether Keras wants nothing but shapes just now, or None where it writes no graph for them."""
    if keras.backend.backend() != "tensorflow":
        return None
    import tensorflow as tf
    from keras.src.backend.common.symbolic_scope import in_symbolic_scope

    def traces() -> bool:
        # A function that code compiles itself is a graph as well, also inside of Keras', but one that may run later.
        return in_symbolic_scope() and not tf.executing_eagerly() and get_graph().name.startswith(_GRAPH)

    get_graph = tf.compat.v1.get_default_graph
    return traces


def weights() -> Callable[[Any], Any]:
    """Return what gives a symbol for a weight without memory, or nothing where Keras' own way is as good.

    A number drawn at random is as unknown as a symbol is; of a constant more may be known, so that those stay.
    """
    traces = _traces()
    if traces is None:
        return lambda _: None
    import tensorflow as tf
    from keras.src.backend.common.stateless_scope import get_stateless_scope, in_stateless_scope

    random = {getattr(keras.initializers, name) for name in _RANDOM}

    def stand_in(variable: Any) -> Any:
        # Of Keras' own kinds alone: one that is derived from them may give anything.
        if variable._value is not None or type(variable._initializer) not in random or not traces():
            return None
        if in_stateless_scope() and get_stateless_scope().get_current_value(variable) is not None:
            return None  # code has given it a value
        return variable._maybe_autocast(tf.compat.v1.placeholder(variable._dtype, variable._shape))

    return stand_in


def replace_products(patches: contextlib.ExitStack) -> None:
    """Let a product of a stack of vectors with a matrix be one operation of the graph where Keras writes some twenty.

    `tf.tensordot`, which Keras takes for it, looks up sizes, multiplies them and reshapes; `tf.linalg.matmul` gives the
    same numbers, shapes and gradients at once, but is slower on some devices, which does not matter to what never runs.
    """
    traces = _traces()
    if traces is None:
        return
    import tensorflow as tf
    from keras.src.backend.tensorflow import numpy as operations

    multiply = operations.matmul

    @functools.wraps(multiply)
    def product(x1: Any, x2: Any) -> Any:
        if not (isinstance(x1, tf.Tensor) and isinstance(x2, keras.Variable) and traces()):
            return multiply(x1, x2)
        matrix = x2.value
        if (
            len(x2.shape) == 2
            and x1.shape.rank is not None
            and x1.shape.rank > 2
            and x1.shape[-1] == x2.shape[0]  # else Keras' own words say what is wrong
            and x1.dtype == matrix.dtype
            and x1.dtype.name in _FLOATS
        ):
            return tf.linalg.matmul(x1, matrix)
        return multiply(x1, matrix)

    patches.enter_context(mock.patch.object(operations, "matmul", product))
