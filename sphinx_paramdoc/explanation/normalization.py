"""Formulas of the normalizations.

Sources: the layers' reference, https://keras.io/api/layers/normalization_layers/; batch normalization: Ioffe and
Szegedy 2015, https://arxiv.org/abs/1502.03167; batch renormalization: Ioffe 2017, https://arxiv.org/abs/1702.03275;
layer normalization: Ba and others 2016, https://arxiv.org/abs/1607.06450; group normalization: Wu and He 2018,
https://arxiv.org/abs/1803.08494; root mean square: Zhang and Sennrich 2019, https://arxiv.org/abs/1910.07467.
"""

from __future__ import annotations

from sphinx_paramdoc.explanation.dimensions import Dimensions, Formula
from sphinx_paramdoc.explanation.expression import Dimension, Expression, Number, product


def batch_normalization(layer: Dimensions) -> Formula:
    """Give ``4 × channels``: gamma and beta are learned, the moving mean and variance are tracked.

    Renormalization tracks three vectors more.
    """
    vectors = [*_learned(layer, "scale", "center"), "moving mean", "moving variance"]
    if layer.flag("renorm", default=False):
        vectors += ["moving standard deviation", "renorm mean", "renorm standard deviation"]
    [axis] = layer.axes()
    return Formula(_vectors(vectors) * Dimension(layer.input_axis(axis), "channels"))


def layer_normalization(layer: Dimensions) -> Formula:
    """Give ``2 × size of the normalised axes``: gamma and beta, each as large as what is normalised together."""
    vectors = ["gamma"] if layer.flag("rms_scaling", default=False) else _learned(layer, "scale", "center")
    return Formula(_vectors(vectors) * _normalised(layer))


def group_normalization(layer: Dimensions) -> Formula:
    """Give ``2 × channels``: gamma and beta belong to channels; how many groups there are does not count."""
    [axis] = layer.axes()
    return Formula(_vectors(_learned(layer, "scale", "center")) * Dimension(layer.input_axis(axis), "channels"))


def rms_normalization(layer: Dimensions) -> Formula:
    """Give ``1 × features``: a scale for each element of the normalised axes; nothing is subtracted or added."""
    return Formula(_vectors(["scale"]) * _normalised(layer))


def adapted_normalization(layer: Dimensions) -> Formula:
    """Give ``2 × features + 1``: mean and variance from ``adapt``, and one counter."""
    axes = layer.axes() if layer.has("axis") else []
    label = "features" if len(axes) == 1 else "size of a kept axis"
    sizes = [Dimension(layer.input_axis(axis), label) for axis in axes]
    mean_and_variance = Number(2, "mean, variance")
    count = product([mean_and_variance, *sizes]) + Number(1, "counter of batches")
    return Formula(count, "the 1 is a counter that old checkpoints need")


def _learned(layer: Dimensions, scale: str, center: str) -> list[str]:
    return ["gamma"] * layer.flag(scale) + ["beta"] * layer.flag(center)


def _vectors(names: list[str]) -> Number:
    return Number(len(names), ", ".join(names))


def _normalised(layer: Dimensions) -> Expression:
    axes = layer.axes()
    label = "features" if len(axes) == 1 else "size of a normalised axis"
    return product(Dimension(layer.input_axis(axis), label) for axis in axes)


FORMULAS = {
    "keras.layers.BatchNormalization": batch_normalization,
    "keras.layers.LayerNormalization": layer_normalization,
    "keras.layers.GroupNormalization": group_normalization,
    "keras.layers.RMSNormalization": rms_normalization,
    "keras.layers.Normalization": adapted_normalization,
}
