"""Layers that only Keras 2 has, or only TensorFlow exports."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_paramdoc import table
from sphinx_paramdoc.facts import Weight

pytestmark = pytest.mark.slow


@pytest.fixture
def row(tf_keras: Any, inspection: Any) -> Any:
    """The row of a layer on an input, whose count is that of the layer."""

    def read(layer: Any, shape: tuple[int | None, ...], **given: Any) -> table.Row:
        model = tf_keras.Sequential([tf_keras.Input(shape, **given), layer])
        [found] = table.build(inspection.inspect(model)).outermost()
        assert found.params == layer.count_params()
        return found

    return read


@pytest.mark.parametrize(
    ("code", "shape", "said"),
    [
        ("LocallyConnected1D(4, 3)", (8, 3), "6 × 3 × 3 × 4 + 6 × 4 = 240"),
        (
            "LocallyConnected1D(4, 3, implementation=2)",
            (8, 3),
            "8 × 3 × 6 × 4 + 6 × 4 = 600; a mask takes away all but 216 of the kernel",
        ),
        ("LocallyConnected1D(4, 3, implementation=3, use_bias=False)", (8, 3), "6 × 3 × 3 × 4 = 216"),
        ("LocallyConnected2D(4, 3)", (8, 8, 3), "6 × 3 × 6 × 3 × 3 × 4 + 6 × 6 × 4 = 4,032"),
        (
            "LocallyConnected2D(4, 3, implementation=2)",
            (8, 8, 3),
            "8 × 8 × 3 × 6 × 6 × 4 + 6 × 6 × 4 = 27,792; a mask takes away all but 3,888 of the kernel",
        ),
        (
            "LocallyConnected2D(4, (3, 2), strides=(2, 1), implementation=3)",
            (8, 8, 3),
            "3 × 3 × 7 × 2 × 3 × 4 + 3 × 7 × 4 = 1,596",
        ),
        (
            "LocallyConnected2D(4, (3, 2), padding='same', implementation=3, data_format='channels_first')",
            (3, 8, 8),
            "22 × 15 × 3 × 4 + 8 × 8 × 4 = 4,216",
        ),
    ],
)
def test_a_locally_connected_layer(tf_keras: Any, row: Any, code: str, shape: tuple[int, ...], said: str) -> None:
    found = row(eval(code, vars(tf_keras.layers).copy()), shape)
    assert (found.proof, found.explanation) == ("formula", said)


@pytest.mark.parametrize(
    ("given", "formula", "non_trainable"), [({"renorm": True}, "7 × 4", 20), ({"virtual_batch_size": 2}, "4 × 4", 8)]
)
def test_the_batch_normalization_of_tensorflow_1(
    row: Any, given: dict[str, Any], formula: str, non_trainable: int
) -> None:
    from tf_keras.src.layers.normalization import batch_normalization_v1

    found = row(batch_normalization_v1.BatchNormalization(**given), (4,))
    assert (found.class_name, found.formula) == ("tf.compat.v1.keras.layers.BatchNormalization", formula)
    assert found.non_trainable == non_trainable
    assert "are tracked, not learned" in found.explanation


def test_an_attention_with_as_many_outputs_as_it_is_told(tf_keras: Any, inspection: Any) -> None:
    inputs = tf_keras.Input((5, 12))
    attention = tf_keras.layers.MultiHeadAttention(2, 4, output_shape=7)
    model = tf_keras.Model(inputs, attention(inputs, inputs))
    found = table.build(inspection.inspect(model)).outermost()[-1]
    assert found.explanation == "3 × (12 × 2 × 4 + 2 × 4) + 2 × 4 × 7 + 7 = 375"


def test_weights_of_any_length_say_what_they_hold(tf_keras: Any, row: Any) -> None:
    bins = tf_keras.layers.Discretization(num_bins=5)
    bins.adapt([[number / 100] for number in range(100)])
    assert row(bins, (1,)).explanation == (
        "summary 2 × 0 = 0; summary may have any length, so the framework counts 0; it holds 2 × 100 = 200"
    )
    lookup = tf_keras.layers.StringLookup(output_mode="tf_idf")
    lookup.adapt([["a", "b"], ["b", "c"]])
    found = row(lookup, (2,), dtype="string")
    assert found.explanation == (
        "idf_weights 0; num_documents 1; idf_weights may have any length, so the framework counts 0; it holds 4 "
        "numbers; 1 non-trainable: num_documents is set by adapt() or loaded, not learned"
    )


def test_what_counts_nothing_says_what_it_holds_in_facts() -> None:
    assert Weight("a/w", "w", [0], "float32", trainable=False, holds=[4]).count == 0


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("AlphaDropout(0.1)", "it only masks activations, and scales and shifts the others by fixed numbers"),
        ("ThresholdedReLU()", "it only applies a fixed function"),
        ("RandomHeight(0.2)", "it only changes images at random"),
        ("RandomWidth(0.2)", "it only changes images at random"),
    ],
)
def test_what_only_tensorflow_exports(keras: Any, inspection: Any, code: str, why: str) -> None:
    tensorflow = pytest.importorskip("tensorflow")
    layer = eval(code, vars(tensorflow.keras.layers).copy())
    found = inspection.inspect(keras.Sequential([keras.Input((8, 8, 3)), layer]))
    [read] = table.build(found).outermost()
    assert (read.class_name, read.explanation) == (f"tf.keras.layers.{code.partition('(')[0]}", f"no weights: {why}")
