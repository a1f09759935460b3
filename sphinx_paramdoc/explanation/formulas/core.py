"""Formulas of the core layers.

Source: the layers' reference, https://keras.io/api/layers/core_layers/.
"""

from __future__ import annotations

from sphinx_paramdoc.explanation.dimensions import Dimensions, Family, Formula, NoFormulaError
from sphinx_paramdoc.explanation.matrices import EMBEDDINGS, KERNEL, Matrix, dense_matrix, einsum_matrix, stored
from sphinx_paramdoc.expression import Dimension, Expression, product
from sphinx_paramdoc.said import said


def dense(layer: Dimensions) -> Formula:
    """Return ``inputs × units + units``: a kernel, and a bias for each unit.

    Only the last axis of the input counts; further axes share the weights.
    """
    units = Dimension(layer.integer("units"), "units")
    inputs = Dimension(layer.input_axis(-1), "inputs")
    return stored(layer, [dense_matrix(inputs, units)], units if layer.flag("use_bias") else None)


def einsum_dense(layer: Dimensions) -> Formula:
    """Return the product of the kernel's axes, which the equation names, and that of the bias' axes.

    For ``abc,cd->abd`` with ``bias_axes="d"`` that is ``c × d + d``.
    """
    inputs, kernel, outputs = _letters(layer.text("equation"))
    sizes = _sizes(inputs, layer.input()) | _sizes(outputs, layer.output())

    def axis(letter: str) -> Expression:
        size = sizes.get(letter)
        if size is None:
            raise NoFormulaError("equation")
        if letter not in inputs:
            role = said("{letter}: axis of the output", letter=letter)
        elif letter not in outputs:
            role = said("{letter}: axis of the input", letter=letter)
        else:
            role = said("{letter}: axis of the input and output", letter=letter)
        return Dimension(size, role, letter)

    bias = layer.text("bias_axes") if layer.has("bias_axes") else ""
    return stored(
        layer,
        [einsum_matrix(layer, [axis(letter) for letter in kernel], [letter not in outputs for letter in kernel])],
        product(axis(letter) for letter in outputs if letter in bias) if bias else None,
    )


def _letters(equation: str) -> tuple[str, str, str]:
    """Divide ``abc,cd->abd`` into its three groups of axes."""
    operands, arrow, outputs = equation.replace(" ", "").partition("->")
    inputs, comma, kernel = operands.partition(",")
    if not arrow or not comma or not kernel.isalpha():
        raise NoFormulaError("equation")
    return inputs, kernel, outputs


def _sizes(letters: str, shape: list[int | None]) -> dict[str, int | None]:
    """Return the size of each axis; an ellipsis stands for those that no letter names."""
    left, _, right = letters.partition("...")
    if len(left) + len(right) > len(shape):
        raise NoFormulaError("equation")
    return dict(zip(left, shape, strict=False)) | dict(zip(right[::-1], shape[::-1], strict=False))


def embedding(layer: Dimensions) -> Formula:
    """Return ``vocabulary entries × embedding dimensions``: one vector for each entry."""
    return stored(layer, [_vectors(layer)])


def reversible_embedding(layer: Dimensions) -> Formula:
    """Return the count of an embedding; untied, a second matrix leads from the vectors back to the entries."""
    forward = _vectors(layer)
    if layer.flag("tie_weights"):
        tied = stored(layer, [forward])
        return Formula(tied.expression, said("the way back to the vocabulary uses the same matrix"), tied.logical)
    back = Matrix(forward.grouped * forward.scaled, forward.grouped, forward.scaled, forward.packed, forward.lora)
    return stored(layer, [forward, back])


def _vectors(layer: Dimensions) -> Matrix:
    entries = Dimension(layer.integer("input_dim"), "vocabulary entries")
    size = Dimension(layer.integer("output_dim"), "embedding dimensions")
    return Matrix(entries * size, size, entries, size, (entries, size))


FORMULAS = {
    "keras.layers.Dense": Family(dense, KERNEL | {"bias"}),
    "keras.layers.EinsumDense": Family(einsum_dense, KERNEL | {"bias"}),
    "keras.layers.Embedding": Family(embedding, EMBEDDINGS),
    "keras.layers.ReversibleEmbedding": Family(reversible_embedding, EMBEDDINGS),
}
