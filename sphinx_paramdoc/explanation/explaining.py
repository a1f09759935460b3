"""Facts of a layer → why it has as many parameters as it has, as a sentence that is no text yet."""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation import weightless
from sphinx_paramdoc.explanation.proof import prove, today
from sphinx_paramdoc.explanation.reasons import non_trainable, overwritten
from sphinx_paramdoc.explanation.sentence import (
    ByFormula,
    ByParts,
    ByWeights,
    Explanation,
    Main,
    Part,
    Sized,
    WithoutWeights,
)

_MOST_WEIGHTS = 4
"""A composite layer with more weights than this is explained by its layers."""


def explain(layer: facts.Layer, weights: Sequence[facts.Weight], parts: Sequence[Part] = ()) -> Explanation:
    """Explain a count.

    :param weights: the weights that the count adds up, of the layer itself and of those inside it.
    :param parts: the same count split among the layers inside it.
    """
    if not weights:
        return Explanation("none", _without_weights(layer), path=layer.path)
    count = sum(weight.count for weight in weights)
    formula = prove(layer, weights)
    main: Main
    if formula is not None:
        main = ByFormula(formula, count)
    elif parts and len(weights) > _MOST_WEIGHTS:
        main = ByParts(tuple(parts))
    else:
        main = ByWeights(tuple(sized(weight, layer.path) for weight in weights))
    return Explanation(
        "formula" if formula else "weights",
        main,
        count,
        non_trainable=non_trainable(weights, layer.path),
        overwritten=overwritten(weights),
        calls=layer.calls,
        path=layer.path,
    )


def sized(weight: facts.Weight, path: str) -> Sized:
    """Return a weight with its shape, by its path from the layer at `path`."""
    return Sized(weight.path.removeprefix(f"{path}/"), tuple(weight.shape))


def _without_weights(layer: facts.Layer) -> WithoutWeights:
    if layer.is_operation:
        return WithoutWeights("kind", weightless.OPERATION)
    name = today(layer.class_name)
    if not layer.built and name not in weightless.PHRASES:
        return WithoutWeights("not_built")
    # What a subclass does besides is not known here.
    if phrase := weightless.PHRASES.get(name) or weightless.WITHOUT.get(name):
        return WithoutWeights("kind", phrase)
    return WithoutWeights("layers" if layer.children else "creates_none")
