"""Formulas of the core layers.

Source: the layers' reference, https://keras.io/api/layers/core_layers/.
"""

from __future__ import annotations

from sphinx_paramdoc.explanation.dimensions import Dimensions
from sphinx_paramdoc.explanation.expression import Dimension, Expression


def dense(layer: Dimensions) -> Expression:
    """Give ``inputs × units + units``: a kernel, and a bias for each unit.

    Only the last axis of the input counts; further axes share the weights.
    """
    units = Dimension(layer.integer("units"), "units")
    kernel = Dimension(layer.input_axis(-1), "inputs") * units
    return kernel + units if layer.flag("use_bias") else kernel


def embedding(layer: Dimensions) -> Expression:
    """Give ``vocabulary entries × embedding dimensions``: one vector for each entry."""
    entries = Dimension(layer.integer("input_dim"), "vocabulary entries")
    return entries * Dimension(layer.integer("output_dim"), "embedding dimensions")


FORMULAS = {
    "keras.layers.Dense": dense,
    "keras.layers.Embedding": embedding,
}
