"""How a layer stores a matrix: as it is, with LoRA beside it, or quantised.

Sources: LoRA: Hu and others 2021, https://arxiv.org/abs/2106.09685; quantisation: the guides of Keras,
https://keras.io/guides/quantization_overview/; GPTQ: Frantar and others 2022, https://arxiv.org/abs/2210.17323; AWQ:
Lin and others 2023, https://arxiv.org/abs/2306.00978; FP8: Micikevicius and others 2022,
https://arxiv.org/abs/2209.05433.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sphinx_paramdoc.explanation.dimensions import (
    GROUP_EACH,
    PROTECTING_SCALE_EACH,
    SCALE_EACH,
    Dimensions,
    Formula,
    NoFormulaError,
    with_each,
)
from sphinx_paramdoc.expression import Dimension, Expression, Number, Product, Quotient, product, total
from sphinx_paramdoc.said import said

KERNEL = frozenset(
    {
        *("kernel", "lora_kernel_a", "lora_kernel_b"),
        *("kernel_scale", "kernel_zero", "zero_point", "g_idx", "awq_scales"),
        *("inputs_scale", "inputs_amax_history", "kernel_amax_history"),
        *("outputs_grad_scale", "outputs_grad_amax_history"),
    }
)
"""What a matrix of that name may be stored in."""

EMBEDDINGS = frozenset(
    {
        *("embeddings", "lora_embeddings_a", "lora_embeddings_b", "embeddings_scale", "embeddings_zero", "g_idx"),
        *("reverse_embeddings", "reverse_embeddings_scale", "reverse_embeddings_zero"),
    }
)
"""What one or two matrices of that name may be stored in."""


class Matrix(NamedTuple):
    """A matrix of weights, as quantisation sees it; what has more axes is seen as a matrix."""

    weights: Expression
    """How many numbers it holds."""
    grouped: Expression
    """The axis whose elements are quantised in groups: that which a product sums over."""
    scaled: Expression
    """The axis of which each element has a scale of its own."""
    packed: Expression
    """The one of the two axes of which two elements share a byte when a number takes four bits."""
    lora: tuple[Expression, Expression]
    """What the two low-rank factors have on their other side."""

    @property
    def unpacked(self) -> Expression:
        """The axis that is not `packed`."""
        return self.grouped if self.packed is self.scaled else self.scaled


def stored(layer: Dimensions, matrices: Sequence[Matrix], bias: Expression | None = None) -> Formula:
    """Return the count of a layer that holds matrices and a bias, in whichever way it stores them."""
    mode = layer.text("quantization_mode") if layer.has("quantization_mode") else None
    if mode is not None and mode not in STORED:
        raise NoFormulaError("quantization_mode")
    plain = [matrix.weights for matrix in matrices]
    beside = [*([bias] if bias else []), *_lora(layer, matrices[0])]
    if mode is None:
        return Formula(total([*plain, *beside]))
    quantised = [STORED[mode](layer, matrix, number > 0) for number, matrix in enumerate(matrices)]
    is_doubled = mode in {"gptq", "awq"} and not layer.flag("is_calibrated")
    note = said("until calibration a kernel is held twice, in floats and quantised") if is_doubled else ""
    return Formula(total([*quantised, *beside]), note, total([*plain, *beside]))


def _lora(layer: Dimensions, matrix: Matrix) -> list[Expression]:
    if not layer.has("lora_rank"):
        return []
    sides = total(matrix.lora)
    return [Dimension(layer.integer("lora_rank"), "LoRA rank", "rank") * sides]


def _int8(_layer: Dimensions, matrix: Matrix, _is_further: bool) -> Expression:
    """A number a byte, and a scale for each column."""
    return matrix.weights + _each(matrix.scaled, SCALE_EACH)


def _int4(layer: Dimensions, matrix: Matrix, is_further: bool) -> Expression:
    """Two numbers a byte; with groups, a scale and a zero point for each, and the group of each row."""
    kernel = matrix.unpacked * Quotient(matrix.packed, _IN_A_BYTE)
    if not layer.has("block_size"):
        return kernel + _each(matrix.scaled, SCALE_EACH)
    groups = Quotient(matrix.grouped, Dimension(layer.integer("block_size"), "rows in a group", "block size"))
    scales = _SCALES_AND_ZEROS * groups * matrix.scaled
    # The matrix of the way back, which a reversible embedding may have, uses the groups of the first.
    return kernel + scales if is_further else kernel + scales + _each(matrix.grouped, GROUP_EACH)


def _float8(layer: Dimensions, matrix: Matrix, _is_further: bool) -> Expression:
    """The matrix itself, and for each of three tensors a scale and its latest maxima."""
    tensors = Number(3, "tensors: inputs, kernel, gradients of the outputs")
    history = Dimension(layer.integer("amax_history_length"), "latest maxima of a tensor", "history")
    return matrix.weights + tensors * (Number(1, "scale of a tensor") + history)


def _gptq(layer: Dimensions, matrix: Matrix, _is_further: bool) -> Expression:
    """Packed numbers, a scale and a zero point for each group; before calibration the matrix itself as well."""
    is_packed = layer.integer("weight_bits") == 4
    columns = Quotient(matrix.scaled, _IN_A_BYTE) if is_packed else matrix.scaled
    scales = _SCALES_AND_ZEROS * matrix.scaled
    if layer.has("block_size"):
        size = Dimension(layer.integer("block_size"), "rows in a group", "group size")
        scales = scales * Quotient(matrix.grouped, size)
    quantised = columns * matrix.grouped + scales + _each(matrix.grouped, GROUP_EACH)
    return quantised if layer.flag("is_calibrated") else matrix.weights + quantised


def _awq(layer: Dimensions, matrix: Matrix, is_further: bool) -> Expression:
    """As GPTQ, and a scale for each row that protects the salient weights."""
    return _gptq(layer, matrix, is_further) + _each(matrix.grouped, PROTECTING_SCALE_EACH)


def _each(axis: Expression, what: str) -> Expression:
    """Return the size of an axis of which each element has something of its own, and let it say so.

    :param what: one of the patterns of `dimensions`.
    """
    if isinstance(axis, Product):
        *others, last = axis.parts
        return product([*others, _each(last, what)])
    if not isinstance(axis, Dimension):
        return axis
    return with_each(axis, what)


_IN_A_BYTE = Number(2, "numbers of 4 bits in a byte")
_SCALES_AND_ZEROS = Number(2, "scale and zero point")

STORED: dict[str, Callable[[Dimensions, Matrix, bool], Expression]] = {
    "int8": _int8,
    "int4": _int4,
    "float8": _float8,
    "gptq": _gptq,
    "awq": _awq,
}


def dense_matrix(inputs: Expression, outputs: Expression) -> Matrix:
    """Return the matrix of a layer that multiplies: each column is an output."""
    return Matrix(inputs * outputs, inputs, outputs, outputs, (inputs, outputs))


def einsum_matrix(layer: Dimensions, kernel: Sequence[Expression], is_summed: Sequence[bool]) -> Matrix:
    """Return the matrix that a kernel of several axes is flattened to.

    :param kernel: the axes, in their order.
    :param is_summed: whether the product sums over each.
    """
    if layer.has("quantization_mode") and layer.text("quantization_mode") in {"gptq", "awq"}:
        rows, columns = _as_calibrated(kernel)
    else:
        rows = [axis for axis, summed in zip(kernel, is_summed, strict=True) if summed]
        columns = [axis for axis, summed in zip(kernel, is_summed, strict=True) if not summed]
    grouped = product(rows) if rows else Number(1, "input")
    scaled = product(columns) if columns else Number(1, "output")
    *leading, last = kernel
    sides = (product(leading) if leading else Number(1, "input"), last)
    return Matrix(product(kernel), grouped, scaled, scaled, sides)


def _as_calibrated(kernel: Sequence[Expression]) -> tuple[Sequence[Expression], Sequence[Expression]]:
    """Divide a kernel's axes as calibration does: the largest of three tells a projection to heads from one back."""
    if len(kernel) not in {2, 3}:
        raise NoFormulaError("equation")
    values = [axis.evaluate() for axis in kernel]
    split = 1 if len(kernel) == 2 or values.index(max(values)) == 0 else 2
    return kernel[:split], kernel[split:]
