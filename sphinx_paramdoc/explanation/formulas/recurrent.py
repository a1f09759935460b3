"""Formulas of the cells of recurrent layers; a layer owns what its cell owns.

Sources: the layers' reference, https://keras.io/api/layers/recurrent_layers/; LSTM: Hochreiter and Schmidhuber 1997,
https://doi.org/10.1162/neco.1997.9.8.1735; GRU: Cho and others 2014, https://arxiv.org/abs/1406.1078; ``reset_after``:
cuDNN's form of it, https://keras.io/api/layers/recurrent_layers/gru/; convolutional LSTM: Shi and others 2015,
https://arxiv.org/abs/1506.04214.
"""

from __future__ import annotations

from sphinx_paramdoc.explanation.dimensions import Dimensions, Family, Formula
from sphinx_paramdoc.explanation.formulas.convolution import window
from sphinx_paramdoc.expression import Dimension, Expression, Number, product
from sphinx_paramdoc.said import said

_LSTM_GATES = Number(4, "gates: input, forget, cell, output")
_GRU_GATES = Number(3, "gates: update, reset, candidate")


def simple_rnn_cell(layer: Dimensions) -> Formula:
    """Return ``(inputs + units) × units + units``: a kernel for the inputs, one for the state, and a bias."""
    return Formula(_gate(layer))


def lstm_cell(layer: Dimensions) -> Formula:
    """Return ``4 × ((inputs + units) × units + units)``: what a simple cell has, once for each gate."""
    return Formula(_LSTM_GATES * _gate(layer))


def gru_cell(layer: Dimensions) -> Formula:
    """Return ``3 × ((inputs + units) × units + 2 × units)``: ``reset_after`` keeps two biases, older forms one."""
    if not (layer.flag("use_bias") and layer.flag("reset_after")):
        return Formula(_GRU_GATES * _gate(layer))
    biases = Number(2, "biases: for the inputs, for the state (reset_after)")
    note = said("reset_after, the default, keeps a bias for the inputs and one for the state")
    return Formula(_GRU_GATES * _gate(layer, biases), note)


def _gate(layer: Dimensions, biases: Number | None = None) -> Expression:
    units = Dimension(layer.integer("units"), "units")
    inputs = Dimension(layer.input_axis(-1), "inputs")
    kernels = (inputs + Dimension(units.value, "units: the state that is fed back", "units")) * units
    if not layer.flag("use_bias"):
        return kernels
    return kernels + (biases * units if biases else units)


def conv_lstm_cell(layer: Dimensions) -> Formula:
    """Return ``4 × (window × (input channels + filters) × filters + filters)``: an LSTM that convolves."""
    filters = Dimension(layer.integer("filters"), "filters")
    channels = Dimension(layer.channels(), "input channels")
    fed_back = Dimension(filters.value, "filters: the state that is fed back", "filters")
    kernels = product([*window(layer), channels + fed_back, filters])
    return Formula(_LSTM_GATES * (kernels + filters if layer.flag("use_bias") else kernels))


_CELL = frozenset({"kernel", "recurrent_kernel", "bias"})

FORMULAS = {
    "keras.layers.SimpleRNNCell": Family(simple_rnn_cell, _CELL),
    "keras.layers.LSTMCell": Family(lstm_cell, _CELL),
    "keras.layers.GRUCell": Family(gru_cell, _CELL),
    "keras.src.layers.rnn.conv_lstm.ConvLSTMCell": Family(conv_lstm_cell, _CELL),
    "keras.src.layers.rnn.base_conv_lstm.ConvLSTMCell": Family(conv_lstm_cell, _CELL),  # as Keras 2 calls it
}
