"""Formulas of the normalizations.

Sources: the layers' reference, https://keras.io/api/layers/normalization_layers/; batch normalization: Ioffe and
Szegedy 2015, https://arxiv.org/abs/1502.03167; batch renormalization: Ioffe 2017, https://arxiv.org/abs/1702.03275;
layer normalization: Ba and others 2016, https://arxiv.org/abs/1607.06450; group normalization: Wu and He 2018,
https://arxiv.org/abs/1803.08494; root mean square: Zhang and Sennrich 2019, https://arxiv.org/abs/1910.07467;
layer scale: Touvron and others 2021, https://arxiv.org/abs/2103.17239.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from sphinx_paramdoc.explanation.dimensions import Dimensions, Family, Formula
from sphinx_paramdoc.expression import Dimension, Expression, Number, product
from sphinx_paramdoc.said import listed, said


def batch_normalization(layer: Dimensions) -> Formula:
    """Return ``4 × channels``: gamma and beta are learned, the moving mean and variance are tracked.

    Renormalization tracks three vectors more.
    """
    vectors = [*_learned(layer, "scale", "center"), said("moving mean"), said("moving variance")]
    if layer.flag("renorm", default=False):
        vectors += [said("moving standard deviation"), said("renorm mean"), said("renorm standard deviation")]
    return Formula(_vectors(vectors) * _channels(layer))


def layer_normalization(layer: Dimensions) -> Formula:
    """Return ``2 × size of the normalised axes``: gamma and beta, each as large as what is normalised together."""
    vectors = ["gamma"] if layer.flag("rms_scaling", default=False) else _learned(layer, "scale", "center")
    return Formula(_vectors(vectors) * _normalised(layer))


def group_normalization(layer: Dimensions) -> Formula:
    """Return ``2 × channels``: gamma and beta belong to channels; how many groups there are does not count."""
    return Formula(_vectors(_learned(layer, "scale", "center")) * _channels(layer))


def rms_normalization(layer: Dimensions) -> Formula:
    """Return ``1 × features``: a scale for each element of the normalised axes; nothing is subtracted or added."""
    return Formula(_vectors([said("scale")]) * _normalised(layer))


def adapted_normalization(layer: Dimensions) -> Formula:
    """Return ``2 × features + 1``: mean and variance from ``adapt``, and a count that nothing uses any more."""
    unused = Number(1, "count: unused, kept for the sake of old checkpoints")
    return Formula(_statistics(layer) + unused, said("the 1 is a count that nothing uses, kept for old checkpoints"))


def counting_normalization(layer: Dimensions) -> Formula:
    """Return the same of Keras 2, whose count weighs what ``adapt`` is given next."""
    count = Number(1, "count: how many values adapt() has seen")
    return Formula(_statistics(layer) + count, said("the 1 counts the values that adapt() has seen"))


def _statistics(layer: Dimensions) -> Expression:
    sizes = layer.axis_sizes() if layer.has("axis") else []
    label = said("features") if len(sizes) == 1 else said("size of a kept axis")
    return product([Number(2, "mean, variance"), *(Dimension(size, label) for size in sizes)])


def _channels(layer: Dimensions) -> Expression:
    """Return the size of the normalised axis; Keras 2 may normalise over several."""
    sizes = layer.axis_sizes()
    label = said("channels") if len(sizes) == 1 else said("size of a normalised axis")
    return product(Dimension(size, label) for size in sizes)


def _learned(layer: Dimensions, scale: str, center: str) -> list[str]:
    return ["gamma"] * layer.flag(scale) + ["beta"] * layer.flag(center)


def layer_scale(layer: Dimensions) -> Formula:
    """Return ``1 × channels``: a factor for each."""
    return Formula(Number(1, "gamma") * Dimension(layer.integer("projection_dim"), "channels"))


def _vectors(names: Sequence[str]) -> Number:
    return _number(tuple(names))


@functools.cache
def _number(names: tuple[str, ...]) -> Number:
    """Return how many vectors there are, which so many layers ask for that it is made once."""
    return Number(len(names), listed(names))


def _normalised(layer: Dimensions) -> Expression:
    sizes = layer.axis_sizes()
    label = said("features") if len(sizes) == 1 else said("size of a normalised axis")
    return product(Dimension(size, label) for size in sizes)


_ADAPTED = frozenset({"mean", "variance", "count"})

FORMULAS = {
    "keras.layers.BatchNormalization": Family(
        batch_normalization,
        frozenset(
            {
                *("gamma", "beta", "moving_mean", "moving_variance"),
                *("moving_stddev", "renorm_mean", "renorm_stddev"),
            }
        ),
    ),
    "keras.layers.LayerNormalization": Family(layer_normalization, frozenset({"gamma", "beta"})),
    "keras.layers.GroupNormalization": Family(group_normalization, frozenset({"gamma", "beta"})),
    "keras.layers.RMSNormalization": Family(rms_normalization, frozenset({"scale"})),
    "keras.layers.Normalization": Family(adapted_normalization, _ADAPTED),
    "tf_keras.layers.Normalization": Family(counting_normalization, _ADAPTED),
    "keras.src.applications.convnext.LayerScale": Family(layer_scale, frozenset({"gamma"})),
}
