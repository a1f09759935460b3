"""Builders of Keras that no library has: a U-Net, a stack of LSTMs, a net of one's own, experts of one's own."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from typing import Any

import pytest

from sphinx_paramdoc import explain

pytestmark = [
    pytest.mark.slow,
    pytest.mark.on_numpy,
    # NumPy computes with weights that take no memory, and these hold whatever was there.
    pytest.mark.filterwarnings("ignore:(invalid value|overflow|divide by zero) encountered:RuntimeWarning"),
]


def unet(width: int = 4, classes: int = 2, *, depth: int = 2) -> Any:
    """Build a U-Net each of whose levels is twice as wide as the one above it."""
    from keras import Input, Model, layers

    inputs = x = Input((32, 32, 3))
    kept = []
    for level in range(depth):
        x = layers.Conv2D(width * 2**level, 3, padding="same")(x)
        x = layers.BatchNormalization()(x)
        kept.append(x)
        x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(width * 2**depth, 3, padding="same")(x)
    for level in reversed(range(depth)):
        x = layers.Conv2DTranspose(width * 2**level, 2, strides=2)(x)
        x = layers.Concatenate()([x, kept[level]])
        x = layers.Conv2D(width * 2**level, 3, padding="same")(x)
    return Model(inputs, layers.Conv2D(classes, 1)(x))


def lstms(units: int = 6, layers: int = 2, vocabulary: int = 50, embedding: int = 5) -> Any:
    """Build a stack of LSTMs that read in both directions."""
    import keras

    stack = [keras.Input((None,), dtype="int32"), keras.layers.Embedding(vocabulary, embedding)]
    stack += [keras.layers.Bidirectional(keras.layers.LSTM(units, return_sequences=True)) for _ in range(layers)]
    return keras.Sequential([*stack, keras.layers.Dense(vocabulary)])


def own(layers: int = 2, width: int = 6, rank: int = 2) -> Any:
    """Build a model of a class of one's own, with weights of its own and layers in a list."""
    import keras

    class LowRank(keras.layers.Layer):  # type: ignore[misc]
        def build(self, shape: Any) -> None:
            self.down = self.add_weight(shape=(shape[-1], rank), name="down")
            self.up = self.add_weight(shape=(rank, shape[-1]), name="up")

        def call(self, x: Any) -> Any:
            return x + keras.ops.matmul(keras.ops.matmul(x, self.down), self.up)

        def compute_output_shape(self, shape: Any) -> Any:
            return shape

    class Net(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.first = keras.layers.Dense(width)
            self.blocks = [LowRank() for _ in range(layers)]
            self.scale = self.add_weight(shape=(width,), name="scale")

        def call(self, x: Any) -> Any:
            x = self.first(x)
            for block in self.blocks:
                x = block(x)
            return x * self.scale

    net = Net()
    net(keras.Input((7,)))
    return net


def experts(layers: int = 2, experts: int = 3, width: int = 8, inner: int = 5) -> Any:
    """Build a net whose layers have a router and experts, each a layer."""
    import keras

    x = inputs = keras.Input((width,))
    for _ in range(layers):
        router = keras.layers.Dense(experts, use_bias=False, activation="softmax")(x)
        outputs = [keras.layers.Dense(width)(keras.layers.Dense(inner, activation="relu")(x)) for _ in range(experts)]
        mixed = keras.layers.Dot(1)(
            [router, keras.layers.Reshape((experts, width))(keras.layers.Concatenate()(outputs))]
        )
        x = keras.layers.LayerNormalization()(keras.layers.Add()([x, mixed]))
    return keras.Model(inputs, x)


LSTMS = (
    "layers × (24 × units² + 8 × units) − 16 × units² + 2 × units × vocabulary + 8 × embedding × units "
    "+ vocabulary × embedding + vocabulary"
)

CASES: dict[str, tuple[Any, str, dict[str, int]]] = {
    "unet": (unet, "220 × width² + width × classes + 52 × width + classes", {"width": 32, "classes": 21}),
    "lstms": (lstms, LSTMS, {"units": 64, "layers": 4, "vocabulary": 900, "embedding": 32}),
    "own": (own, "2 × layers × width × rank + width + 8 × width", {"layers": 5, "width": 64, "rank": 8}),
    "experts": (
        experts,
        "layers × (experts × (2 × width × inner + 2 × width + inner) + 2 × width)",
        {"layers": 3, "experts": 8, "width": 32, "inner": 64},
    ),
}
"""A builder, its formula, and arguments that nothing is executed with in finding it."""


@pytest.mark.parametrize("name", CASES)
def test_a_formula_is_found_and_right_where_nothing_was_executed(name: str) -> None:
    build, formula, elsewhere = CASES[name]
    law = json.loads(explain(build, vary=list(elsewhere)).to_json())["law"]
    assert law["refused"] == {}
    assert law["formula"] == formula
    assert len(law["agrees_at"]) == 5
    assert law["executed"] + len(law["raised"]) <= 12
    values = (
        Fraction(each["coefficient"]) * math.prod(elsewhere[name] ** power for name, power in each["powers"].items())
        for each in law["monomials"]
    )
    assert sum(values) == explain(build(**elsewhere)).total


def test_a_depth_that_doubles_the_width_of_each_level_has_no_formula() -> None:
    law = json.loads(explain(unet, vary="width depth").to_json())["law"]
    assert list(law["refused"]) == ["depth"]
    assert law["formula"] is None
