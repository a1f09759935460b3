"""Formulas of the activation layers.

Source: PReLU: He and others 2015, https://arxiv.org/abs/1502.01852.
"""

from __future__ import annotations

from sphinx_paramdoc.explanation.dimensions import SLOPE_EACH, Dimensions, Family, Formula, with_each
from sphinx_paramdoc.expression import Dimension, Number, product
from sphinx_paramdoc.said import said


def prelu(layer: Dimensions) -> Formula:
    """Return the product of the input's axes: a slope for each element, unless ``shared_axes`` share it."""
    shared = layer.axes("shared_axes") if layer.has("shared_axes") else []
    rank = len(layer.input())
    axes = [axis for axis in range(1, rank) if axis not in shared]
    sizes = [Dimension(layer.input_axis(axis), _axis_name(axis, rank)) for axis in axes]
    note = said("a slope for each element; shared_axes would share it") if rank > 2 and not shared else ""
    if len(sizes) == 1:
        return Formula(with_each(sizes[0], SLOPE_EACH))
    return Formula(product(sizes) if sizes else Number(1, "slope"), note)


def _axis_name(axis: int, rank: int) -> str:
    if axis == rank - 1:
        return said("channels") if rank > 2 else said("features")
    return said("size of axis {axis}", axis=axis)


FORMULAS = {
    "keras.layers.PReLU": Family(prelu, frozenset({"alpha"})),
}
