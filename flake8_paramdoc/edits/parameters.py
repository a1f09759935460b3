"""What the arguments are called that functions of today are given by place: who passed one by its name, still does.

The first of them goes by place in any case: that is how everybody writes it.
"""

from __future__ import annotations

from collections.abc import Mapping

_OF_OPS: Mapping[str, str] = {
    "arange": "start stop step",
    "average_pool": "inputs pool_size strides",
    "batch_normalization": "x mean variance axis",
    "broadcast_to": "x shape",
    "cast": "x dtype",
    "categorical_crossentropy": "target output",
    "clip": "x x_min x_max",
    "conv": "inputs kernel strides",
    "convert_to_tensor": "x dtype",
    "depthwise_conv": "inputs kernel strides",
    "expand_dims": "x axis",
    "flip": "x axis",
    "full": "shape fill_value",
    "image.resize": "images size",
    "in_top_k": "targets predictions k",
    "map": "f xs",
    "max_pool": "inputs pool_size strides",
    "moments": "x axes",
    "normalize": "x axis",
    "one_hot": "x num_classes axis",
    "pad": "x pad_width",
    "repeat": "x repeats axis",
    "reshape": "x newshape",
    "roll": "x shift axis",
    "separable_conv": "inputs depthwise_kernel pointwise_kernel strides",
    "slice": "inputs start_indices shape",
    "sparse_categorical_crossentropy": "target output",
    "split": "x indices_or_sections axis",
    "squeeze": "x axis",
    "take": "x indices axis",
    "tensordot": "x1 x2 axes",
    "tile": "x repeats",
    "top_k": "x k sorted",
    "transpose": "x axes",
    "where": "condition x1 x2",
}

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    **{f"keras.ops.{name}": tuple(names.split()) for name, names in _OF_OPS.items()},
    "keras.random.binomial": ("shape", "counts", "probabilities"),
    "keras.random.dropout": ("inputs", "rate"),
}
"""The first parameters of functions, by their full names; of two numbers that are added, nobody passes one by name."""
