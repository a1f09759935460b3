"""What every block does for the first time, done once before blocks are forked off."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import keras
from keras.src.backend.common import global_state

_SAFE = frozenset({"tensorflow", "numpy"})
"""The backends on which making layers without memory starts no thread. JAX starts its own to make the first of them.

On TensorFlow, to make a *model* starts one, as it asks for the strategy of distribution, and so does a recurrent layer.
A process with a thread is none to fork: a ``fit`` in the fork then hangs. Measured with Keras 3.15.1 and TensorFlow
2.21; a test counts threads.
"""


def warm() -> None:
    """Make and call the layers that most models have, and leave no trace of them in the names that Keras gives."""
    if keras.backend.backend() not in _SAFE:
        return
    with _as_it_was(), keras.StatelessScope(initialize_variables=False):
        tensor = keras.Input((4,))
        for layer in (keras.layers.Dense(3), keras.layers.BatchNormalization(), keras.layers.Dropout(0.5)):
            tensor = layer(tensor)


@contextlib.contextmanager
def _as_it_was() -> Iterator[None]:
    """Give back the state that Keras keeps for a whole program, such as how many layers of a name there are."""
    state = vars(global_state.GLOBAL_STATE_TRACKER)
    before = {name: dict(value) if isinstance(value, dict) else value for name, value in state.items()}
    try:
        yield
    finally:
        state.clear()
        state.update(before)
