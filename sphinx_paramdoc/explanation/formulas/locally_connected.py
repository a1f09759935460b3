"""Formulas of the layers that convolve with other weights at each position; only Keras 2 has them.

Source: the layers' reference, https://keras.io/2.16/api/layers/locally_connected_layers/.
"""

from __future__ import annotations

from math import prod

from sphinx_paramdoc.explanation.dimensions import Dimensions, Family, Formula, NoFormulaError
from sphinx_paramdoc.expression import Dimension, Expression, product

_AXES = {1: ("step",), 2: ("row", "column")}


def locally_connected(layer: Dimensions) -> Formula:
    """Return ``output steps × kernel size × input channels × filters + output steps × filters``.

    How the kernel is kept is a matter of ``implementation``: 1 and 3 keep what is used, 2 a weight for each input and
    each output, most of which a mask takes away.
    """
    inputs, outputs = layer.positions()
    if len(inputs) not in _AXES:
        raise NoFormulaError("kernel_size")
    names = _AXES[len(inputs)]
    channels = Dimension(layer.channels(), "input channels")
    filters = Dimension(layer.integer("filters"), "filters")
    positions = [Dimension(size, f"output {name}s") for size, name in zip(outputs, names, strict=True)]
    used = [
        _connections(layer, axis, size, output, name)
        for axis, (size, output, name) in enumerate(zip(inputs, positions, names, strict=True))
    ]
    kernel = product([*(factor for factors in used for factor in factors), channels, filters])
    note = ""
    if layer.integer("implementation") == 2:
        note = f"a mask takes away all but {kernel.evaluate():,} of the kernel"
        seen = [Dimension(size, f"input {name}s") for size, name in zip(inputs, names, strict=True)]
        kernel = product([*seen, channels, *positions, filters])
    return Formula(kernel + product([*positions, filters]) if layer.flag("use_bias") else kernel, note)


def _connections(layer: Dimensions, axis: int, size: int, output: Dimension, name: str) -> list[Expression]:
    """Return how many pairs of an input and an output the kernel joins along an axis; at edges there are fewer."""
    window, stride = layer.integers("kernel_size")[axis], layer.integers("strides")[axis]
    if layer.text("padding") != "same":
        return [output, Dimension(window, f"kernel {name}s")]
    before = window // 2
    starts = [position * stride - before for position in range(output.value)]
    pairs = sum(min(start + window, size) - max(start, 0) for start in starts)
    if pairs == prod((output.value, window)):
        return [output, Dimension(window, f"kernel {name}s")]
    return [Dimension(pairs, f"pairs of an input {name} and an output {name} that it joins", f"joined {name}s")]


_OWNED = frozenset({"kernel", "bias"})

FORMULAS = {
    "tf_keras.layers.LocallyConnected1D": Family(locally_connected, _OWNED),
    "tf_keras.layers.LocallyConnected2D": Family(locally_connected, _OWNED),
}
