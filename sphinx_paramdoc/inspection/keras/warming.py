"""What every block does for the first time, done once before blocks are forked off."""

from __future__ import annotations

import contextlib
import copy
import functools
from collections.abc import Callable, Iterator
from typing import Any

import keras
from keras.src.backend.common import global_state

_SAFE = frozenset({"tensorflow", "numpy"})
"""The backends on which making models without memory starts no thread. JAX starts its own to make the first layer.

A process with a thread is none to fork: a ``fit`` in the fork then hangs. On TensorFlow a recurrent layer starts one:
none is made here. Measured with Keras 3.15.1 and TensorFlow 2.21; a test counts threads.
"""

_TIMES = 3
"""How often a model is made: Python adapts to code that runs again, which writes into memory that forks share."""


def warm(read: Callable[[keras.Model], object]) -> None:
    """Make small models of the layers that most have, and leave no trace of them in the names that Keras gives.

    To be called where variables get no memory.

    :param read: reads such a model.
    """
    if keras.backend.backend() not in _SAFE:
        return
    if keras.backend.backend() == "tensorflow":
        _ask_no_graph()
    for _ in range(_TIMES):
        with _as_it_was():
            read(_sequential())
            read(_functional())


def _sequential() -> keras.Model:
    kinds = keras.layers
    return keras.Sequential([keras.Input((4,)), kinds.Dense(3), kinds.BatchNormalization(), kinds.Dropout(0.5)])


def _functional() -> keras.Model:
    image = keras.Input((8, 8, 3))
    tensor = keras.layers.Conv2D(4, 3, activation="relu")(image)
    tensor = keras.layers.MaxPooling2D()(tensor)
    tensor = keras.layers.Flatten()(tensor)
    return keras.Model(image, keras.layers.Dense(2, activation="softmax")(tensor))


def _ask_no_graph() -> None:
    """Let TensorFlow tell whether there is a strategy of distribution without making its default graph.

    Each model asks when it is made. The answer is kept by the default graph, and to make one starts a thread and takes
    a millisecond; where there is none yet, there is no strategy.
    """
    import tensorflow as tf
    from tensorflow.python.framework import ops

    graphs: Any = getattr(ops, "_default_graph_stack", None)
    has_strategy = tf.distribute.has_strategy
    if not (hasattr(graphs, "_global_default_graph") and hasattr(graphs, "stack")):
        return  # of another TensorFlow, of which nothing is known

    @functools.wraps(has_strategy)
    def asked() -> bool:
        has_graph = graphs.stack or graphs._global_default_graph is not None
        return bool(has_graph and has_strategy())

    tf.distribute.has_strategy = asked


@contextlib.contextmanager
def _as_it_was() -> Iterator[None]:
    """Give back the state that Keras keeps for a whole program, such as how many layers of a name there are."""
    state = vars(global_state.GLOBAL_STATE_TRACKER)
    before = {name: copy.copy(value) if isinstance(value, dict) else value for name, value in state.items()}
    try:
        yield
    finally:
        state.clear()
        state.update(before)
