"""Random nestings of random layers: whatever holds what, the rows add up to what Keras counts."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinx_paramdoc import table
from sphinx_paramdoc.records import packing
from tests.sphinx_paramdoc.models.counted import Counted, assert_adds_up
from tests.versions import since

pytestmark = pytest.mark.slow

_LEAVES = [
    "Dense({n})",
    "Dense({n}, use_bias=False, trainable=False)",
    "Conv1D({n}, 3, padding='same')",
    "SeparableConv1D({n}, 3, padding='same', depth_multiplier=2)",
    "LSTM({n}, return_sequences=True)",
    "GRU({n}, return_sequences=True, use_bias=False)",
    "Bidirectional(SimpleRNN({n}, return_sequences=True))",
    "TimeDistributed(Dense({n}))",
    "SpectralNormalization(Dense({n}))",
    "BatchNormalization()",
    "LayerNormalization(center=False)",
    "GroupNormalization(1)",
    "PReLU(shared_axes=[1])",
    "Dropout(0.5)",
    "Activation('relu')",
]

leaves = st.tuples(st.sampled_from(_LEAVES), st.integers(1, 4)).map(lambda drawn: ("leaf", drawn[0].format(n=drawn[1])))


def _nest(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    parts = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.tuples(st.just("sequential"), parts, st.booleans()),
        st.tuples(st.just("block"), parts, st.booleans()),
        st.tuples(st.just("repeated"), inner, st.integers(2, 6)),
        st.tuples(st.just("twice"), inner, st.booleans()),
    )


trees = st.lists(st.recursive(leaves, _nest, max_leaves=6), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def build(keras: Any) -> Callable[[list[Any]], Any]:
    class Block(keras.layers.Layer):  # type: ignore[misc]
        """A custom layer with layers inside, and a weight of its own."""

        def __init__(self, parts: list[Any], gated: bool) -> None:
            super().__init__()
            self.parts, self.gated = parts, gated

        def build(self, shape: Any) -> None:
            if self.gated:
                self.gate = self.add_weight(shape=(shape[-1],), trainable=len(self.parts) > 1)
            for part in self.parts:
                part.build(shape)
                shape = part.compute_output_shape(shape)

        def compute_output_shape(self, shape: Any) -> Any:
            for part in self.parts:
                shape = part.compute_output_shape(shape)
            return shape

        def call(self, inputs: Any) -> Any:
            for part in self.parts:
                inputs = part(inputs)
            return inputs

    def layers(tree: Any) -> list[Any]:
        """Give the layers of a tree, to be called one after the other."""
        kind, content, *more = tree
        if kind == "leaf":
            return [
                eval(
                    f"layers.{content}".replace("(Dense", "(layers.Dense").replace("(Simple", "(layers.Simple"),
                    {"layers": keras.layers},
                )
            ]
        if kind == "repeated":
            return [layer for _ in range(more[0]) for layer in layers(content)]
        if kind == "twice":
            return layers(content)
        inside = [layer for part in content for layer in layers(part)]
        made = keras.Sequential(inside) if kind == "sequential" else Block(inside, more[0])
        made.trainable = not (kind == "sequential" and more[0])
        return [made]

    def model(drawn: list[Any]) -> Any:
        inputs = tensor = keras.Input((6, 2))
        for tree in drawn:
            made = layers(tree)
            for layer in made:
                tensor = layer(tensor)
            if tree[0] == "twice" and tensor.shape == inputs.shape:
                for layer in made:
                    tensor = layer(tensor)
        return keras.Model(inputs, tensor)

    return model


@since("keras", "3.6", "a model without a shape inside one")
@settings(max_examples=40, derandomize=True, suppress_health_check=list(HealthCheck))
@given(trees)
def test_rows_add_up_at_every_depth_folded_and_unfolded(
    inspection: Any, build: Callable[[list[Any]], Any], drawn: list[Any]
) -> None:
    with inspection.abstract():
        model = build(drawn)
        read = inspection.inspect(model)
        count = model.count_params()
        trainable = sum(math.prod(weight.shape) for weight in model.trainable_weights)
    assert packing.unpack(packing.pack(read)) == read
    for unfold in (False, True):
        built = table.build(read, unfold=unfold)
        assert_adds_up(Counted(built, count, trainable, []))
        assert not unfold or {row.repeat for row in built.rows} == {1}
