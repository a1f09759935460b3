"""Formulas of the convolutions.

Sources: the layers' reference, https://keras.io/api/layers/convolution_layers/; separable and depthwise: Chollet 2016,
https://arxiv.org/abs/1610.02357; transposed: Zeiler and others 2010, https://doi.org/10.1109/CVPR.2010.5539957.
"""

from __future__ import annotations

from sphinx_paramdoc.explanation.dimensions import Dimensions, Family, Formula, NoFormulaError
from sphinx_paramdoc.expression import Dimension, Expression, product
from sphinx_paramdoc.said import said

_AXES = {
    1: (said("kernel size"),),
    2: (said("kernel height"), said("kernel width")),
    3: (said("kernel depth"), said("kernel height"), said("kernel width")),
}


def window(layer: Dimensions) -> list[Expression]:
    """Return the sizes of the kernel, which slides over one, two or three axes."""
    sizes = layer.integers("kernel_size")
    if len(sizes) not in _AXES:
        raise NoFormulaError("kernel_size")
    return [Dimension(size, axis) for size, axis in zip(sizes, _AXES[len(sizes)], strict=True)]


def convolution(layer: Dimensions) -> Formula:
    """Return ``kernel height × kernel width × input channels × filters + filters``: a window for each filter, a bias.

    Each of ``groups`` sees its share of the input's channels. Strides, padding and dilation do not count.
    """
    channels, groups = layer.channels(), layer.integer("groups")
    if groups < 1 or channels % groups:
        raise NoFormulaError("groups")
    share = Dimension(channels, "input channels")
    if groups > 1:
        label = said("input channels of a group, of which there are {groups}", groups=groups)
        share = Dimension(channels // groups, label, "input channels of a group")
    filters = _filters(layer)
    seen = product([*window(layer), share])
    count = _with_bias(layer, seen * filters, filters)
    if layer.has("lora_rank"):
        count = count + Dimension(layer.integer("lora_rank"), "LoRA rank", "rank") * (seen + filters)
    return Formula(count)


def transposed(layer: Dimensions) -> Formula:
    """Return ``kernel height × kernel width × filters × input channels + filters``: the axes are swapped, no more."""
    filters = _filters(layer)
    kernel = product([*window(layer), filters, _channels(layer)])
    return Formula(_with_bias(layer, kernel, filters))


def depthwise(layer: Dimensions) -> Formula:
    """Return ``kernel height × kernel width × input channels × depth multiplier``, and a bias for each output channel.

    Each channel is convolved by itself; no weight joins two of them.
    """
    outputs = _separate_outputs(layer)
    return Formula(_with_bias(layer, product([*window(layer), outputs]), outputs))


def separable(layer: Dimensions) -> Formula:
    """Return the depthwise kernel, the pointwise kernel that joins its channels, and one bias for each filter."""
    filters = _filters(layer)
    outputs = _separate_outputs(layer)
    return Formula(_with_bias(layer, product([*window(layer), outputs]) + outputs * filters, filters))


def _filters(layer: Dimensions) -> Dimension:
    return Dimension(layer.integer("filters"), "filters")


def _channels(layer: Dimensions) -> Expression:
    return Dimension(layer.channels(), "input channels")


def _separate_outputs(layer: Dimensions) -> Expression:
    """Return how many channels come out where each is convolved by itself; a multiplier of 1 is left out."""
    multiplier = Dimension(layer.integer("depth_multiplier"), "depth multiplier")
    return _channels(layer) if multiplier.value == 1 else _channels(layer) * multiplier


def _with_bias(layer: Dimensions, kernel: Expression, bias: Expression) -> Expression:
    return kernel + bias if layer.flag("use_bias") else kernel


_KERNEL = frozenset({"kernel", "bias"})

FORMULAS = {
    f"keras.layers.{prefix}{rank}D{suffix}": Family(formula, weights)
    for prefix, suffix, formula, weights, ranks in (
        ("Conv", "", convolution, _KERNEL | {"lora_kernel_a", "lora_kernel_b"}, (1, 2, 3)),
        ("Conv", "Transpose", transposed, _KERNEL, (1, 2, 3)),
        ("DepthwiseConv", "", depthwise, _KERNEL | {"depthwise_kernel"}, (1, 2)),
        ("SeparableConv", "", separable, frozenset({"depthwise_kernel", "pointwise_kernel", "bias"}), (1, 2)),
    )
    for rank in ranks
}
