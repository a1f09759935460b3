"""Formulas of the layers that own what the layers inside them own.

Sources: https://keras.io/api/layers/recurrent_layers/; bidirectional: Schuster and Paliwal 1997,
https://doi.org/10.1109/78.650093; spectral normalization: Miyato and others 2018, https://arxiv.org/abs/1802.05957.
"""

from __future__ import annotations

from sphinx_paramdoc.explanation.dimensions import Dimensions, Formula, NoFormulaError
from sphinx_paramdoc.explanation.expression import Dimension, Number, total


def of_its_parts(layer: Dimensions) -> Formula:
    """Give what the layers inside it add up to: a recurrent layer owns what its cell owns, a wrapper what it wraps."""
    formulas = [layer.formula_of(part) for part in layer.parts()]
    if not formulas:
        raise NoFormulaError("children")
    logical = [formula.logical or formula.count for formula in formulas]
    notes = dict.fromkeys(formula.note for formula in formulas if formula.note)
    is_quantised = any(formula.logical for formula in formulas)
    return Formula(total(f.count for f in formulas), "; ".join(notes), total(logical) if is_quantised else None)


def time_distributed(layer: Dimensions) -> Formula:
    """Give the count of the layer inside: every time step uses the same weights."""
    inside = layer.formula_of(layer.only_part())
    note = "; ".join(filter(None, (inside.note, "every time step uses the same weights")))
    return Formula(inside.count, note, inside.logical)


def bidirectional(layer: Dimensions) -> Formula:
    """Give ``2 ×`` the count of the layer inside: one copy reads forwards, one backwards; they may differ."""
    formulas = [layer.formula_of(part) for part in layer.parts()]
    if len(formulas) != 2 or formulas[0] != formulas[1]:
        return of_its_parts(layer)
    copies = Number(2, "copies: forward and backward")
    return Formula(copies * formulas[0].count, formulas[0].note)


def spectral_normalization(layer: Dimensions) -> Formula:
    """Give the count of the layer inside, and one vector as long as the last axis of its kernel."""
    inside = layer.only_part()
    dimensions = Dimensions(inside, layer.formula_of)
    for argument in ("filters", "units", "output_dim", "depth_multiplier"):
        if dimensions.has(argument):
            label = f"{argument.replace('_', ' ')}: the vector that power iteration keeps"
            vector = Dimension(dimensions.integer(argument), label, argument.replace("_", " "))
            return Formula(layer.formula_of(inside).count + vector)
    raise NoFormulaError("kernel")


FORMULAS = {
    **dict.fromkeys(
        (
            f"keras.layers.{name}"
            for name in ("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "GRU", "LSTM", "Pipeline", "RNN", "SimpleRNN")
        ),
        of_its_parts,
    ),
    "keras.layers.StackedRNNCells": of_its_parts,
    "keras.layers.Wrapper": of_its_parts,
    "keras.layers.TimeDistributed": time_distributed,
    "keras.layers.Bidirectional": bidirectional,
    "keras.layers.SpectralNormalization": spectral_normalization,
}
