"""Models that store their weights in fewer bits: what they store, and what that stands for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sphinx_paramdoc import table
from sphinx_paramdoc.rendering import formats
from tests.versions import since

pytestmark = [
    pytest.mark.slow,
    # Keras says it of every layer that has nothing to quantise.
    pytest.mark.filterwarnings("ignore:Layer .* does not have a `quantize` method:UserWarning"),
]


@pytest.fixture
def model(keras: Any) -> Any:
    class Block(keras.layers.Layer):  # type: ignore[misc]
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
    assert "logical" not in json.loads(formats.write(plain, "json"))
    model.quantize("int8")
    for unfold in (False, True):
        built = table.build(inspection.inspect(model), unfold=unfold)
        assert (built.total, built.logical) == (model.count_params(), plain.total)
        assert built.explanation == "52 trainable + 468 non-trainable; without quantisation 468"
        assert json.loads(formats.write(built, "json"))["logical"] == 468
    built = table.build(inspection.inspect(model))
    assert [row.explanation for row in built.outermost()[1:]] == [
        (
            "2 × 240 = 480; each a 80 + b 80 + c 80 = 240; without quantisation 2 × 216 = 432; "
            "2 × 216 = 432 non-trainable, in each: 192 stored as integers (each kernel); "
            "24 computed by quantisation (each kernel_scale)"
        ),
        (
            "8 × 4 + 4 + 4 = 40; without quantisation 8 × 4 + 4 = 36; 36 non-trainable: 32 stored as integers "
            "(kernel); 4 computed by quantisation (kernel_scale)"
        ),
    ]


def test_float8_keeps_more_than_it_stands_for(model: Any, inspection: Any) -> None:
    model.quantize("float8")
    built = table.build(inspection.inspect(model))
    assert (built.total - 7 * 3 * 1025, built.logical, built.non_trainable) == (468, 468, 0)
    assert "in each" not in built.outermost()[1].explanation


INT4 = since("keras", "3.14", "int4 as it is today")
REVERSIBLE = since("keras", "3.12", "ReversibleEmbedding")


@pytest.mark.parametrize("mode", ["int8", pytest.param("int4", marks=INT4)])
@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("layers.Dense(17)", (None, 32)),
        ("layers.EinsumDense('abc,cde->abde', output_shape=(None, 2, 8), bias_axes='de')", (None, 5, 4)),
        ("layers.Embedding(100, 7)", (None, 5)),
        pytest.param("layers.ReversibleEmbedding(100, 8)", (None, 5), marks=REVERSIBLE),
        pytest.param("layers.ReversibleEmbedding(100, 8, tie_weights=False)", (None, 5), marks=REVERSIBLE),
    ],
)
def test_without_quantisation_is_what_it_was_before(
    keras: Any, inspection: Any, code: str, shape: tuple[int | None, ...], mode: str
) -> None:
    layer = eval(code, {"layers": keras.layers})
    layer.build(shape)
    before = layer.count_params()
    layer.quantize(mode)
    built = table.build(inspection.inspect(layer))
    assert (built.total, built.logical) == (layer.count_params(), before)
    assert f"without quantisation {before:,}" in built.explanation


@INT4
def test_what_it_was_before_is_not_guessed(keras: Any, inspection: Any) -> None:
    class Own(keras.layers.Dense):  # type: ignore[misc]
        def build(self, shape: Any) -> None:
            super().build(shape)
            self.further = self.add_weight(shape=(3,), name="further")

        def quantize(self, mode: Any = None, type_check: bool = True, config: Any = None) -> None:
            super().quantize(mode, type_check=False, config=config)

    layer = Own(8)
    layer.build((None, 16))
    layer.quantize("int4")
    built = table.build(inspection.inspect(layer))
    assert "without" not in built.explanation + built.rows[0].explanation
    assert "logical" not in json.loads(formats.write(built, "json"))


@pytest.mark.parametrize("use_bias", [True, False])
def test_a_wrapper_keeps_the_kernel_in_floats(keras: Any, inspection: Any, use_bias: bool) -> None:
    dense = keras.layers.Dense(6, use_bias=use_bias, name="dense")
    wrapped = keras.layers.SpectralNormalization(dense)
    wrapped.build((None, 4))
    before = wrapped.count_params()
    dense.quantize("int8")
    built = table.build(inspection.inspect(wrapped))
    assert (built.total, built.logical) == (wrapped.count_params(), before)
    bias = " + 6" * use_bias
    assert built.rows[0].explanation == (
        f"4 × 6 + 4 × 6 + 6{bias} + 6 = {before + 30}; the kernel in floats stands beside the quantised one; without "
        f"quantisation 4 × 6{bias} + 6 = {before}; 36 non-trainable: 6 estimated by power iteration (vector_u); 24 "
        "stored as integers (dense/kernel); 6 computed by quantisation (kernel_scale)"
    )


def test_of_several_kernels_those_are_named_that_are_integers(keras: Any, inspection: Any) -> None:
    class Experts(keras.layers.Layer):  # type: ignore[misc]
        def build(self, shape: Any) -> None:
            self.router = keras.layers.Dense(2, name="router")
            self.router.build(shape)
            self.kernel = self.add_weight(shape=(2, shape[-1], 5), name="kernel")

        def call(self, inputs: Any) -> Any:
            return inputs

    model = keras.Sequential([keras.Input((8,)), Experts()])
    model.layers[0].router.quantize("int8")
    [row] = table.build(inspection.inspect(model)).outermost()
    assert row.explanation == (
        "own kernel 80 (2 × 8 × 5) + router 20 (8 × 2 + 2 + 2) = 100; without quantisation 98; 18 non-trainable: "
        "16 stored as integers (router/kernel); 2 computed by quantisation (kernel_scale)"
    )


def test_the_vector_of_spectral_normalization_stays(keras: Any, inspection: Any) -> None:
    dense = keras.layers.Dense(6)
    wrapped = keras.layers.SpectralNormalization(dense)
    wrapped.build((None, 4))
    dense.quantize("float8")
    built = table.build(inspection.inspect(wrapped))
    assert (built.total, built.logical) == (36 + 3 * 1025, 36)
