"""Models of which something is frozen, or said to be, in one way each; run as a program, it trains and explains them.

What the facts call trainable must be what a training step changes: the models are fitted, on the backend that the
environment names.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from typing import Any

MODELS: dict[str, Callable[[Any], Any]] = {}
"""A name → what makes the model, given Keras."""


def model(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    MODELS[make.__name__] = make
    return make


@model
def batch_normalization(keras: Any) -> Any:
    norm = keras.layers.BatchNormalization(name="norm", trainable=False)
    return keras.Sequential([keras.Input((4,)), norm, keras.layers.Dense(2, name="head")])


@model
def time_distributed(keras: Any) -> Any:
    inside = keras.layers.Dense(3, name="inside")
    return keras.Sequential([keras.Input((5, 4)), keras.layers.TimeDistributed(inside, name="steps", trainable=False)])


@model
def bidirectional(keras: Any) -> Any:
    inside = keras.layers.LSTM(3, name="lstm")
    return keras.Sequential([keras.Input((5, 4)), keras.layers.Bidirectional(inside, name="both", trainable=False)])


@model
def recurrent(keras: Any) -> Any:
    cell = keras.layers.LSTMCell(3, name="cell")
    return keras.Sequential([keras.Input((5, 4)), keras.layers.RNN(cell, name="rnn", trainable=False)])


@model
def lstm(keras: Any) -> Any:
    layers = [keras.layers.LSTM(3, name="lstm", trainable=False), keras.layers.Dense(2, name="head")]
    return keras.Sequential([keras.Input((5, 4)), *layers])


@model
def attention(keras: Any) -> Any:
    inputs = keras.Input((5, 4))
    return keras.Model(inputs, keras.layers.MultiHeadAttention(2, 3, name="mha", trainable=False)(inputs, inputs))


@model
def nested(keras: Any) -> Any:
    inside = [keras.Input((4,)), keras.layers.Dense(3, name="a"), keras.layers.Dense(3, name="b")]
    inner = keras.Sequential(inside, name="inner", trainable=False)
    inputs = keras.Input((4,))
    return keras.Model(inputs, inner(inputs))


def own_layer(keras: Any) -> Any:
    class Own(keras.layers.Layer):  # type: ignore[misc]
        def build(self, shape: Any) -> None:
            self.scale = self.add_weight(shape=(shape[-1],), name="scale")
            self.dense = keras.layers.Dense(2, name="dense")
            self.dense.build(shape)

        def call(self, inputs: Any) -> Any:
            return self.dense(inputs * self.scale)

    return Own


@model
def own_before_its_build(keras: Any) -> Any:
    return keras.Sequential([keras.Input((4,)), own_layer(keras)(name="own", trainable=False)])


@model
def own_after_its_build(keras: Any) -> Any:
    made = keras.Sequential([keras.Input((4,)), own_layer(keras)(name="own"), keras.layers.Dense(2, name="head")])
    made.get_layer("own").trainable = False
    return made


@model
def frozen_base(keras: Any) -> Any:
    inside = [keras.layers.Dense(3, name="a"), keras.layers.BatchNormalization(name="norm")]
    base = keras.Sequential([keras.Input((4,)), *inside], name="base")
    base.trainable = False
    return keras.Sequential([keras.Input((4,)), base, keras.layers.Dense(2, name="head")])


@model
def thawed_last_layer(keras: Any) -> Any:
    inside = [keras.layers.Dense(3, name="a"), keras.layers.Dense(3, name="b")]
    base = keras.Sequential([keras.Input((4,)), *inside], name="base")
    base.trainable = False
    base.layers[-1].trainable = True
    return keras.Sequential([keras.Input((4,)), base, keras.layers.Dense(2, name="head")])


@model
def a_weight(keras: Any) -> Any:
    made = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, name="dense")])
    made.layers[0].kernel.trainable = False
    return made


@model
def a_weight_of_a_frozen_layer(keras: Any) -> Any:
    made = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, name="dense")])
    made.layers[0].trainable = False
    made.layers[0].kernel.trainable = True
    return made


@model
def thawed_by_loading(keras: Any) -> Any:
    inputs = keras.Input((5, 4), name="inputs")
    attended = keras.layers.MultiHeadAttention(2, 3, name="mha")(inputs, inputs)
    base = keras.Model(inputs, keras.layers.Dense(3, name="dense")(attended), name="base")
    base.trainable = False
    outer = keras.Input((5, 4))
    made = keras.Model(outer, keras.layers.Dense(1, name="head")(base(outer)))
    return keras.models.model_from_json(made.to_json())


@model
def lora(keras: Any) -> Any:
    made = keras.Sequential([keras.Input((4,)), keras.layers.Dense(6, name="dense")])
    made.layers[0].enable_lora(2)
    return made


@model
def lora_thawed(keras: Any) -> Any:
    made = lora(keras)
    made.trainable = False
    made.trainable = True
    return made


@model
def power_iteration(keras: Any) -> Any:
    wrapped = keras.layers.SpectralNormalization(keras.layers.Dense(3, name="dense"), name="spectral")
    made = keras.Sequential([keras.Input((4,)), wrapped, keras.layers.Dense(2, name="head")])
    wrapped.trainable = False
    return made


def moved(keras: Any, made: Any) -> set[str]:
    """Train a model a little, and give the paths of the weights that are other ones then."""
    import numpy as np

    convert = keras.ops.convert_to_numpy
    generator = np.random.default_rng(0)
    before = [convert(weight) for weight in made.weights]
    made.compile(optimizer=keras.optimizers.SGD(0.5), loss="mse")
    inputs = generator.normal(size=(8, *made.input_shape[1:])).astype("float32")
    outputs = generator.normal(size=(8, *made.output_shape[1:])).astype("float32")
    made.fit(inputs, outputs, epochs=3, verbose=0)
    pairs = zip(made.weights, before, strict=True)
    return {weight.path for weight, value in pairs if not np.allclose(convert(weight), value, atol=1e-7)}


def told(name: str) -> dict[str, Any]:
    """Explain a model, and say what of it training changes by gradients."""
    import keras

    from sphinx_paramdoc import inspection, table

    keras.utils.set_random_seed(0)
    made = MODELS[name](keras)
    found = inspection.inspect(made)
    built = table.build(found)
    changed = moved(keras, made)
    return {
        "explanation": built.outermost()[int(built.rows[0].params == 0)].explanation,
        "reasons": {weight.path: weight.reason for weight in found.weights if weight.reason},
        "frozen_by": sorted({row.frozen_by for row in built.rows if row.frozen_by}),
        "trainable": built.trainable,
        "trained": sum(math.prod(weight.shape) for weight in made.trainable_weights if weight.path in changed),
    }


if __name__ == "__main__":
    json.dump({name: told(name) for name in MODELS}, sys.stdout)
