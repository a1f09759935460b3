"""The formulas of every family of layers, by the class that each is about."""

from __future__ import annotations

from sphinx_paramdoc.explanation.dimensions import Family
from sphinx_paramdoc.explanation.formulas import (
    activations,
    attention,
    convolution,
    core,
    locally_connected,
    normalization,
    recurrent,
    signal,
    wrappers,
)

FORMULAS: dict[str, Family] = {
    **core.FORMULAS,
    **convolution.FORMULAS,
    **locally_connected.FORMULAS,
    **normalization.FORMULAS,
    **recurrent.FORMULAS,
    **attention.FORMULAS,
    **activations.FORMULAS,
    **signal.FORMULAS,
    **wrappers.FORMULAS,
}
"""The public full name of a layer class → what its count is made of."""
