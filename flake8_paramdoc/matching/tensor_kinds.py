"""What gives, holds or takes Keras tensors, by its name."""

from __future__ import annotations

from flake8_paramdoc.changes.keras_names import layers
from flake8_paramdoc.reading.keras_packages import KerasPackage

LIVE = frozenset({KerasPackage.KERAS, KerasPackage.TENSORFLOW})
"""The packages whose tensors are those of Keras 3."""

WEIGHTED = frozenset(
    layers(
        "Dense EinsumDense Embedding Conv1D Conv2D Conv3D Conv1DTranspose Conv2DTranspose Conv3DTranspose"
        " SeparableConv1D SeparableConv2D DepthwiseConv1D DepthwiseConv2D BatchNormalization LayerNormalization"
        " GroupNormalization LSTM GRU SimpleRNN ConvLSTM1D ConvLSTM2D ConvLSTM3D MultiHeadAttention PReLU"
        " LocallyConnected1D LocallyConnected2D CuDNNLSTM CuDNNGRU"
    )
)
"""Layers with weights, which are made once for a model. A layer without any is also called on numbers."""

NO_TENSORS = frozenset({
    "int_shape", "ndim", "dtype", "count_params", "is_keras_tensor", "is_tensor", "is_sparse", "get_value", "eval",
    "is_symbolic_tensor", "get_static_value", "TensorShape", "print", "floatx", "epsilon", "image_data_format",
    "get_uid", "function", "assert_equal", "as_dtype", "device", "name_scope", "control_dependencies", "timestamp",
    "no_op", "group", "custom_gradient", "recompute_grad", "grad_pass_through", "constant", "range", "linspace",
})  # fmt: skip
"""Functions of Keras and TensorFlow that give no tensor of what they are given."""

OF_TENSORS = ("keras.layers.", "keras.activations.", "keras.backend.", "keras.ops.", "keras.losses.")
"""Modules whose functions give a tensor for a tensor."""

AT_NODES = frozenset({"input", "output", "inputs", "outputs"})
"""Attributes of a model that are Keras tensors."""

LISTING = frozenset({"append", "extend", "insert"})
"""Methods that put what they are given into a list."""

SAME = frozenset({"staticmethod", "classmethod"})
"""Decorators that leave a function what it is."""

PASS_ON = frozenset({"list", "tuple", "reversed", "sorted"})
"""Functions that give the items that they are given."""
