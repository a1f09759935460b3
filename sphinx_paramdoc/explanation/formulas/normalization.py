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

from sphinx_paramdoc.explanation.dimensions import SCALE_EACH, WEIGHT_EACH, Dimensions, Family, Formula, with_each
from sphinx_paramdoc.expression import Dimension, Expression, Number, product
from sphinx_paramdoc.said import listed, said


def batch_normalization(layer: Dimensions) -> Formula:
    """Return ``4 × channels``: gamma and beta are learned, the moving mean and variance are tracked.

    Renormalization tracks three vectors more.
    """
    vectors = [*_learned(layer, "scale", "center"), said("moving mean"), said("moving variance")]
    if layer.flag("renorm", default=False):
        vectors += [said("moving standard deviation"), said("renorm mean"), said("renorm standard deviation")]
    return Formula(_vectors(vectors, _channels(layer)))


def layer_normalization(layer: Dimensions) -> Formula:
    """Return ``2 × size of the normalised axes``: gamma and beta, each as large as what is normalised together."""
    vectors = ["gamma"] if layer.flag("rms_scaling", default=False) else _learned(layer, "scale", "center")
    return Formula(_vectors(vectors, _normalised(layer)))


def group_normalization(layer: Dimensions) -> Formula:
    """Return ``2 × channels``: gamma and beta belong to channels; how many groups there are does not count."""
    return Formula(_vectors(_learned(layer, "scale", "center"), _channels(layer)))


def rms_normalization(layer: Dimensions) -> Formula:
    """Return the features, with a scale each; nothing is subtracted or added."""
    return Formula(_vectors(["scale"], _normalised(layer)))


def adapted_normalization(layer: Dimensions) -> Formula:
    """Return ``2 × features + 1``: mean and variance from ``adapt``, and a count that nothing uses any more."""
    unused = Number(1, "count: unused, kept for the sake of old checkpoints")
    return Formula(_statistics(layer) + unused, said("the 1 is a count that nothing uses, kept for old checkpoints"))


def counting_normalization(layer: Dimensions) -> Formula:
    """Return the same of Keras 2, whose count weighs what ``adapt`` is given next."""
    count = Number(1, "count: how many values adapt() has seen")
    return Formula(_statistics(layer) + count, said("the 1 counts the values that adapt() has seen"))


def _statistics(layer: Dimensions) -> Expression:
    sizes = _sizes(layer, "features") if layer.has("axis") else []
    return product([Number(2, "mean, variance"), *sizes])


def _channels(layer: Dimensions) -> Expression:
    """Return the size of the normalised axis; Keras 2 may normalise over several."""
    return product(_sizes(layer, "channels"))


def _learned(layer: Dimensions, scale: str, center: str) -> list[str]:
    return ["gamma"] * layer.flag(scale) + ["beta"] * layer.flag(center)


def layer_scale(layer: Dimensions) -> Formula:
    """Return the channels, with a factor each."""
    return Formula(_vectors(["gamma"], Dimension(layer.integer("projection_dim"), "channels")))


def _vectors(names: Sequence[str], size: Expression) -> Expression:
    """Return how many numbers vectors of a size hold; that of one alone says what it is by itself."""
    if len(names) == 1 and isinstance(size, Dimension):
        return with_each(size, SCALE_EACH) if names[0] == "scale" else with_each(size, WEIGHT_EACH, weight=names[0])
    return _number(tuple(names)) * size


@functools.cache
def _number(names: tuple[str, ...]) -> Number:
    """Return how many vectors there are, which so many layers ask for that it is made once."""
    return Number(len(names), listed(names))


def _normalised(layer: Dimensions) -> Expression:
    return product(_sizes(layer, "features"))


def _sizes(layer: Dimensions, alone: str) -> list[Dimension]:
    """Return the sizes of the axes that a layer names.

    :param alone: what the elements of an axis are if it is the only one; of several each is called by its number.
    """
    axes = layer.axes()
    named = [said("size of axis {axis}", axis=axis) if len(axes) > 1 else alone for axis in axes]
    return [Dimension(layer.input_axis(axis), name) for axis, name in zip(axes, named, strict=True)]


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
