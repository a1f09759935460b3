"""Formulas of the normalizations.

Source: the layers' reference, https://keras.io/api/layers/normalization_layers/; batch normalization: Ioffe and
Szegedy 2015, https://arxiv.org/abs/1502.03167.
"""

from __future__ import annotations

from sphinx_paramdoc.explanation.dimensions import Dimensions
from sphinx_paramdoc.explanation.expression import Dimension, Expression, Number


def batch_normalization(layer: Dimensions) -> Expression:
    """Give ``4 × channels``: gamma and beta are learned, the moving mean and variance are tracked."""
    vectors = ["gamma"] * layer.flag("scale") + ["beta"] * layer.flag("center") + ["moving mean", "moving variance"]
    channels = Dimension(layer.input_axis(layer.integer("axis")), "channels")
    return Number(len(vectors), ", ".join(vectors)) * channels


FORMULAS = {
    "keras.layers.BatchNormalization": batch_normalization,
}
