"""Formulas of the layers that convolve with other weights at each position; only Keras 2 has them.

Source: the layers' reference, https://keras.io/2.16/api/layers/locally_connected_layers/.
"""

from __future__ import annotations

from math import prod
from typing import NamedTuple

from sphinx_paramdoc.explanation.dimensions import Dimensions, Family, Formula, NoFormulaError
from sphinx_paramdoc.expression import Dimension, Expression, product
from sphinx_paramdoc.said import Said, said


class _Axis(NamedTuple):
    """What is said of an axis that a window slides over."""

    output: Said
    input: Said
    kernel: Said
    pairs: Said
    joined: Said


_STEPS = _Axis(
    said("output steps"),
    said("input steps"),
    said("kernel steps"),
    said("pairs of an input step and an output step that it joins"),
    said("joined steps"),
)
_ROWS = _Axis(
    said("output rows"),
    said("input rows"),
    said("kernel rows"),
    said("pairs of an input row and an output row that it joins"),
    said("joined rows"),
)
_COLUMNS = _Axis(
    said("output columns"),
    said("input columns"),
    said("kernel columns"),
    said("pairs of an input column and an output column that it joins"),
    said("joined columns"),
)
_AXES = {1: (_STEPS,), 2: (_ROWS, _COLUMNS)}


def locally_connected(layer: Dimensions) -> Formula:
    """Return ``output steps × kernel size × input channels × filters + output steps × filters``.

    How the kernel is kept is a matter of ``implementation``: 1 and 3 keep what is used, 2 a weight for each input and
    each output, most of which a mask takes away.
    """
    inputs, outputs = layer.positions()
    if len(inputs) not in _AXES:
        raise NoFormulaError("kernel_size")
    axes = _AXES[len(inputs)]
    channels = Dimension(layer.channels(), "input channels")
    filters = Dimension(layer.integer("filters"), "filters")
    positions = [Dimension(size, axis.output) for size, axis in zip(outputs, axes, strict=True)]
    used = [
        _connections(layer, number, size, output, axis)
        for number, (size, output, axis) in enumerate(zip(inputs, positions, axes, strict=True))
    ]
    kernel = product([*(factor for factors in used for factor in factors), channels, filters])
    note: str = ""
    if layer.integer("implementation") == 2:
        note = said("a mask takes away all but {count:,} of the kernel", count=kernel.evaluate())
        seen = [Dimension(size, axis.input) for size, axis in zip(inputs, axes, strict=True)]
        kernel = product([*seen, channels, *positions, filters])
    return Formula(kernel + product([*positions, filters]) if layer.flag("use_bias") else kernel, note)


def _connections(layer: Dimensions, number: int, size: int, output: Dimension, axis: _Axis) -> list[Expression]:
    """Return how many pairs of an input and an output the kernel joins along an axis; at edges there are fewer."""
    window, stride = layer.integers("kernel_size")[number], layer.integers("strides")[number]
    if layer.text("padding") != "same":
        return [output, Dimension(window, axis.kernel)]
    before = window // 2
    starts = [position * stride - before for position in range(output.value)]
    pairs = sum(min(start + window, size) - max(start, 0) for start in starts)
    if pairs == prod((output.value, window)):
        return [output, Dimension(window, axis.kernel)]
    return [Dimension(pairs, axis.pairs, axis.joined)]


_OWNED = frozenset({"kernel", "bias"})

FORMULAS = {
    "tf_keras.layers.LocallyConnected1D": Family(locally_connected, _OWNED),
    "tf_keras.layers.LocallyConnected2D": Family(locally_connected, _OWNED),
}
