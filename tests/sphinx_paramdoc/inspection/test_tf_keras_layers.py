"""Layers of Keras 2 by themselves, whose facts are those of the same layers of Keras 3."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.inspection import NotBuiltError
from tests.sphinx_paramdoc.inspection.keras_2 import checked, reasons
from tests.versions import since

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("fresh_names_of_keras_2")]

BUILT_BY_HAND = since("tf_keras", "2.19", "layers remember the shape that they were built with by hand")

LAYERS = [
    ("Dense(4)", [(None, 7, 3)]),
    ("Embedding(9, 4)", [(None, 5)]),
    ("Conv1D(8, 3)", [(None, 9, 4)]),
    ("Conv2D(8, (1, 5), groups=2)", [(None, 9, 9, 4)]),
    ("Conv2DTranspose(8, 3)", [(None, 9, 9, 4)]),
    ("DepthwiseConv2D(3, depth_multiplier=2)", [(None, 9, 9, 4)]),
    ("SeparableConv2D(8, 3)", [(None, 9, 9, 4)]),
    ("BatchNormalization()", [(None, 9, 9, 4)]),
    ("LayerNormalization()", [(None, 5, 4)]),
    ("GroupNormalization(2)", [(None, 5, 4)]),
    ("SimpleRNN(4)", [(None, 5, 3)]),
    ("LSTM(4, return_sequences=True)", [(None, 5, 3)]),
    ("GRU(4)", [(None, 5, 3)]),
    ("GRU(4, reset_after=False)", [(None, 5, 3)]),
    ("Bidirectional(LSTM(4))", [(None, 5, 3)]),
    pytest.param("RNN([LSTMCell(3), GRUCell(4)])", [(None, 5, 3)], marks=BUILT_BY_HAND),
    ("ConvLSTM2D(4, 3)", [(None, 5, 9, 9, 3)]),
    pytest.param("TimeDistributed(Dense(3))", [(None, 5, 2)], marks=BUILT_BY_HAND),
    ("EinsumDense('abc,cd->abd', output_shape=(None, 7), bias_axes='d')", [(None, 5, 2)]),
    ("MultiHeadAttention(2, 3, value_dim=5)", [(None, 3, 4), (None, 5, 4)]),
    ("Attention(use_scale=True)", [(None, 3, 4), (None, 5, 4)]),
    ("PReLU(shared_axes=[1])", [(None, 5, 2)]),
    ("Normalization()", [(None, 2)]),
]


_PRIVATE = "keras.src.layers.rnn.base_conv_lstm.ConvLSTMCell"
"""The one layer here that has no public name."""


def dimensions(layer: facts.Layer, weights: list[facts.Weight]) -> Any:
    """Give what formulas are made of: classes, the input's shape, arguments and the weights' shapes, layer by layer.

    Without what the two do not share: names of depthwise kernels, arguments of one alone, an axis counted from the end.
    """
    known = {"units", "use_bias", "filters", "kernel_size", "groups", "depth_multiplier", "input_dim", "output_dim"}
    known |= {"center", "scale", "reset_after", "unit_forget_bias", "equation", "bias_axes", "data_format", "use_scale"}
    own = [weights[i] for i in layer.weights]
    return (
        layer.class_name.rpartition(".")[2],
        layer.input_shape if own or not layer.class_name.endswith((".Softmax", ".Dropout")) else None,
        {name: value for name, value in layer.arguments.items() if name in known},
        type(layer.arguments.get("axis")),
        [(weight.shape, weight.dtype, weight.trainable, weight.reason) for weight in own],
        [dimensions(child, weights) for child in layer.children],
    )


@pytest.mark.parametrize(("code", "inputs"), LAYERS)
def test_facts_are_those_of_keras_3(
    keras: Any, tf_keras: Any, inspection: Any, read: Any, code: str, inputs: list[tuple[int | None, ...]]
) -> None:
    def called(framework: Any) -> Any:
        layer = eval(code, vars(framework.layers).copy())
        tensors = [framework.Input(shape[1:]) for shape in inputs]
        layer(*tensors) if "Multi" in code else layer(tensors if len(tensors) > 1 else tensors[0])
        return layer

    layer = called(tf_keras)
    checked(layer, read)
    two, three = read(layer), inspection.inspect(called(keras))
    for model in (two, three):
        assert len(model.layers) == 1
    ours, theirs = (dimensions(model.layers[0], model.weights) for model in (two, three))
    if ".ConvLSTM" in two.class_name or "Depthwise" in code or "Separable" in code or "Transpose" in code:
        ours[2].pop("groups", None), theirs[2].pop("groups", None)
    if "MultiHead" in code:  # Keras 3 builds the last projection before it knows how long the sequences are
        for parts in (ours[-1][-1], theirs[-1][-1]):
            assert parts[1][2:] == [2, 5]
        ours, theirs = (str(each).replace("[None, None, 2, 5]", "[None, 3, 2, 5]") for each in (ours, theirs))
    if code.startswith("Normalization"):  # that of Keras 3 is never set
        assert (ours[-2].pop()[-1], theirs[-2].pop()[-1]) == ("adapted", "declared")
    assert ours == theirs
    assert "src" not in str(facts.encode(two)).replace(_PRIVATE, "")


@BUILT_BY_HAND
def test_a_layer_built_by_hand(tf_keras: Any, read: Any) -> None:
    layer = tf_keras.layers.BatchNormalization(axis=1)
    with pytest.raises(NotBuiltError):
        read(layer)
    layer.build((None, 6, 5, 5))
    [found] = read(layer).layers
    assert (found.arguments["axis"], found.input_shape, found.output_shape) == (1, *[[None, 6, 5, 5]] * 2)


def test_a_layer_that_never_has_weights_needs_no_shape(tf_keras: Any, read: Any) -> None:
    for layer in (tf_keras.layers.Dropout(0.5), tf_keras.layers.Flatten()):
        [row] = table.build(read(layer)).rows
        assert (row.params, row.explanation.startswith("no weights: ")) == (0, True)


def test_batch_normalization_over_several_devices_is_known_by_the_plain_one(tf_keras: Any, read: Any) -> None:
    layer = tf_keras.layers.experimental.SyncBatchNormalization()
    layer.build((None, 6))
    [found] = read(layer).layers
    assert found.class_name == "tf_keras.layers.experimental.SyncBatchNormalization"
    assert (found.bases, found.arguments["axis"]) == (["tf_keras.layers.BatchNormalization"], 1)
    assert reasons(checked(layer, read)).keys() == {
        f"sync_batch_normalization/moving_{name}" for name in ("mean", "variance")
    }
