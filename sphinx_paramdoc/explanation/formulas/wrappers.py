"""Formulas of the layers that own what the layers inside them own.

Sources: https://keras.io/api/layers/recurrent_layers/; bidirectional: Schuster and Paliwal 1997,
https://doi.org/10.1109/78.650093; spectral normalization: Miyato and others 2018, https://arxiv.org/abs/1802.05957.
"""

from __future__ import annotations

from sphinx_paramdoc.explanation.dimensions import Dimensions, Family, Formula, NoFormulaError
from sphinx_paramdoc.explanation.pieces import clauses
from sphinx_paramdoc.expression import Dimension, Expression, Number, Product, Sum, total
from sphinx_paramdoc.said import label, said

_SAME_WEIGHTS = said("every time step uses the same weights")


def of_its_parts(layer: Dimensions) -> Formula:
    """Return the sum of the layers inside it: a recurrent layer owns what its cell owns, a wrapper what it wraps."""
    formulas = [layer.formula_of(part) for part in layer.parts()]
    if not formulas:
        raise NoFormulaError("children")
    logical = [formula.logical or formula.expression for formula in formulas]
    notes = dict.fromkeys(formula.note for formula in formulas if formula.note)
    is_quantised = any(formula.logical for formula in formulas)
    return Formula(total(f.expression for f in formulas), clauses(notes), total(logical) if is_quantised else None)


def time_distributed(layer: Dimensions) -> Formula:
    """Return the count of the layer inside: every time step uses the same weights."""
    inside = layer.formula_of(layer.only_part())
    note = clauses(filter(None, (inside.note, _SAME_WEIGHTS)))
    return Formula(inside.expression, note, inside.logical)


def bidirectional(layer: Dimensions) -> Formula:
    """Return ``2 ×`` the count of the layer inside: one copy reads forwards, one backwards; they may differ."""
    formulas = [layer.formula_of(part) for part in layer.parts()]
    if len(formulas) != 2 or formulas[0] != formulas[1]:
        return of_its_parts(layer)
    copies = Number(2, "copies: forward and backward")
    return Formula(copies * formulas[0].expression, formulas[0].note)


def spectral_normalization(layer: Dimensions) -> Formula:
    """Return the count of the layer inside, and one vector as long as the last axis of its kernel."""
    part = layer.only_part()
    inside = layer.formula_of(part)
    kernel = inside.expression.parts[0] if isinstance(inside.expression, Sum) else inside.expression
    axis = kernel.parts[-1] if isinstance(kernel, Product) else kernel
    if not isinstance(axis, Dimension):
        raise NoFormulaError("kernel")
    each = said("{axis}, with a number each in vector u", axis=label(axis.label))
    vector: Expression = Dimension(axis.value, each, axis.name())
    if "filters" not in part.arguments and part.arguments.get("depth_multiplier") == 1:  # as formulas leave it out
        vector = Number(1, "depth multiplier, with a number in vector u")
    if inside.logical is None:
        return Formula(inside.expression + vector, inside.note)
    count, logical = inside.expression + vector, inside.logical + vector
    if not layer.has("keeps_floats"):
        return Formula(count, inside.note, logical)
    floats = inside.logical.parts[0] if isinstance(inside.logical, Sum) else inside.logical
    note = said("the kernel in floats stands beside the quantised one")
    return Formula(floats + count, clauses(filter(None, (inside.note, note))), logical)


FORMULAS = {
    **{
        f"keras.layers.{name}": Family(of_its_parts, frozenset())
        for name in (
            *("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "GRU", "LSTM", "RNN", "SimpleRNN", "StackedRNNCells"),
            *("Pipeline", "Wrapper"),
        )
    },
    "keras.layers.TimeDistributed": Family(time_distributed, frozenset(), _SAME_WEIGHTS),
    "keras.layers.Bidirectional": Family(bidirectional, frozenset()),
    "keras.layers.SpectralNormalization": Family(spectral_normalization, frozenset({"vector_u", "sn_u", "kernel"})),
}
