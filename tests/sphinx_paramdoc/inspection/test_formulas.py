"""Formulas held against live layers."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_paramdoc import table

pytestmark = pytest.mark.slow


FORMULAS = [
    ("Dense(4)", (None, 3), "inputs × units + units"),
    ("Dense(4, use_bias=False)", (None, 7, 3), "inputs × units"),
    ("Dense(1)", (None, 1), "inputs × units + units"),
    ("Embedding(100, 8)", (None, 5), "vocabulary entries × embedding dimensions"),
    ("Embedding(1, 1)", (None,), "vocabulary entries × embedding dimensions"),
    ("Embedding(input_dim=7, output_dim=2, mask_zero=True)", (None, 5), "vocabulary entries × embedding dimensions"),
    ("BatchNormalization()", (None, 6), "4 × channels"),
    ("BatchNormalization(axis=1)", (None, 6, 5, 5), "4 × channels"),
    ("BatchNormalization(scale=False)", (None, 4, 6), "3 × channels"),
    ("BatchNormalization(center=False, scale=False)", (None, 6), "2 × channels"),
    ("Conv2D(8, 3)", (None, 9, 9, 4), "kernel height × kernel width × input channels × filters + filters"),
    ("Conv2D(8, (1, 5), use_bias=False)", (None, 9, 9, 4), "kernel height × kernel width × input channels × filters"),
    (
        "Conv2D(8, 3, strides=2, padding='same', dilation_rate=1)",
        (None, 9, 9, 1),
        "kernel height × kernel width × input channels × filters + filters",
    ),
    (
        "Conv2D(8, 3, groups=2)",
        (None, 9, 9, 4),
        "kernel height × kernel width × input channels in each of 2 groups × filters + filters",
    ),
    (
        "Conv2D(8, 3, data_format='channels_first')",
        (None, 4, 9, 9),
        "kernel height × kernel width × input channels × filters + filters",
    ),
]


@pytest.mark.parametrize(("code", "shape", "symbolic"), FORMULAS)
def test_formulas_reproduce_the_count_of_the_live_layer(
    keras: Any, inspection: Any, code: str, shape: tuple[int | None, ...], symbolic: str
) -> None:
    with inspection.abstract():
        layer = eval(f"layers.{code}", {"layers": keras.layers})
        layer.build(shape)
        [row] = table.build(inspection.inspect(layer)).rows
    assert row.proof == "formula"
    assert row.symbolic == symbolic
    assert row.params == layer.count_params()


@pytest.mark.parametrize(
    ("code", "shape", "text"),
    [
        (
            "LSTM(4)",
            (None, 5, 3),
            "lstm_cell/kernel 3 × 16 = 48; lstm_cell/recurrent_kernel 4 × 16 = 64; lstm_cell/bias 16",
        ),
        ("DepthwiseConv2D(3, use_bias=False)", (None, 9, 9, 8), "kernel 3 × 3 × 8 × 1 = 72"),
        ("LayerNormalization()", (None, 6), "gamma 6; beta 6"),
        (
            "Normalization()",
            (None, 2),
            "mean 2; variance 2; count 1; 5 non-trainable: mean, variance and count are set by adapt(), not learned",
        ),
    ],
)
def test_every_other_layer_is_explained_by_its_weights(
    keras: Any, inspection: Any, code: str, shape: tuple[int | None, ...], text: str
) -> None:
    with inspection.abstract():
        layer = eval(f"layers.{code}", {"layers": keras.layers})
        layer.build(shape)
        [row] = table.build(inspection.inspect(layer)).outermost()
    assert (row.proof, row.params) == ("weights", layer.count_params())
    assert row.explanation == text


def test_a_subclass_of_a_known_layer_keeps_its_formula(keras: Any, inspection: Any) -> None:
    class Scaled(keras.layers.Dense):  # type: ignore[name-defined, misc]
        pass

    layer = Scaled(4)
    layer.build((None, 3))
    [row] = table.build(inspection.inspect(layer)).rows
    assert (row.proof, row.short_class) == ("formula", "Scaled")
