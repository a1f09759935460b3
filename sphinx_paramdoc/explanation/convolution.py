"""Formulas of the convolutions.

Source: the layers' reference, https://keras.io/api/layers/convolution_layers/.
"""

from __future__ import annotations

from sphinx_paramdoc.explanation.dimensions import Dimensions, NoFormulaError
from sphinx_paramdoc.explanation.expression import Dimension, Expression

_AXES = ("kernel height", "kernel width")


def convolution(layer: Dimensions) -> Expression:
    """Give ``kernel height × kernel width × input channels × filters + filters``: a window for each filter, and a bias.

    Each of ``groups`` sees its share of the input's channels. Strides, padding and dilation do not count.
    """
    window = layer.integers("kernel_size")
    channels = layer.input_axis(1 if layer.text("data_format") == "channels_first" else -1)
    groups = layer.integer("groups")
    if len(window) != len(_AXES) or groups < 1 or channels % groups:
        raise NoFormulaError("kernel_size, groups")
    label = "input channels" if groups == 1 else f"input channels in each of {groups} groups"
    filters = Dimension(layer.integer("filters"), "filters")
    kernel = Dimension(channels // groups, label) * filters
    for size, axis in reversed([*zip(window, _AXES, strict=True)]):
        kernel = Dimension(size, axis) * kernel
    return kernel + filters if layer.flag("use_bias") else kernel


FORMULAS = {
    "keras.layers.Conv2D": convolution,
}
