"""Models that store their weights in fewer bits: what they store, and what that stands for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sphinx_paramdoc import table
from sphinx_paramdoc.rendering import json as rendering

pytestmark = [
    pytest.mark.slow,
    # Keras says it of every layer that has nothing to quantise.
    pytest.mark.filterwarnings("ignore:Layer .* does not have a `quantize` method:UserWarning"),
]


@pytest.fixture
def model(keras: Any) -> Any:
    class Block(keras.layers.Layer):  # type: ignore[name-defined, misc]
        def build(self, shape: Any) -> None:
            self.parts = [keras.layers.Dense(8, name=name) for name in "abc"]
            for part in self.parts:
                part.build((None, 8))

        def call(self, inputs: Any) -> Any:
            for part in self.parts:
                inputs = part(inputs)
            return inputs

    inputs = keras.Input((8,))
    hidden = Block(name="block_1")(Block(name="block_0")(inputs))
    return keras.Model(inputs, keras.layers.Dense(4, name="head")(hidden))


def test_a_model_says_what_it_counts_without_quantisation(model: Any, inspection: Any) -> None:
    plain = table.build(inspection.inspect(model))
    assert "logical" not in json.loads(rendering.render(plain))
    model.quantize("int8")
    for unfold in (False, True):
        built = table.build(inspection.inspect(model), unfold=unfold)
        assert (built.total, built.logical) == (model.count_params(), plain.total)
        assert built.explanation == "52 trainable + 468 non-trainable; without quantisation 468"
        assert json.loads(rendering.render(built))["logical"] == 468
    built = table.build(inspection.inspect(model))
    assert [row.explanation for row in built.outermost()[1:]] == [
        (
            "2 × 240 = 480; each a 80 + b 80 + c 80 = 240; without quantisation 216; in each 216 non-trainable: "
            "each kernel is stored as integers; each kernel scale is computed by quantisation"
        ),
        (
            "8 × 4 + 4 + 4 = 40; without quantisation 8 × 4 + 4 = 36; 36 non-trainable: kernel is stored as integers; "
            "kernel scale is computed by quantisation"
        ),
    ]


def test_float8_keeps_more_than_it_stands_for(model: Any, inspection: Any) -> None:
    model.quantize("float8")
    built = table.build(inspection.inspect(model))
    assert (built.total - 7 * 3 * 1025, built.logical, built.non_trainable) == (468, 468, 0)
    assert "in each" not in built.outermost()[1].explanation
