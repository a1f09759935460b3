"""Why a layer has as many parameters as it has: a formula that reproduces the count, or its weights one by one.

The proof is one mechanism for every family of layers: a family only offers an expression, `explain` alone
decides whether it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation import convolution, core, normalization, weightless
from sphinx_paramdoc.explanation.dimensions import Dimensions, NoFormulaError
from sphinx_paramdoc.explanation.expression import Expression
from sphinx_paramdoc.explanation.reasons import non_trainable

Proof: TypeAlias = Literal["formula", "weights", "none"]
"""What an explanation rests on: a formula, the weights one by one, or nothing, as there is no weight."""

Part: TypeAlias = tuple[str, int]
"""The name of a layer inside a composite one, and how many parameters it adds."""

FORMULAS: dict[str, Callable[[Dimensions], Expression]] = {
    **core.FORMULAS,
    **convolution.FORMULAS,
    **normalization.FORMULAS,
}
"""The public full name of a layer class → what its count is made of."""

_MOST_PARTS = 8
"""A composite layer with more weights than this is explained by its layers, as many of them by name."""

NOT_BUILT = "not built: it has no weights yet"
"""The explanation of a layer that Keras has not given its weights."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The explanation of one count."""

    proof: Proof
    text: str
    formula: Expression | None = None


def explain(layer: facts.Layer, weights: Sequence[facts.Weight], parts: Sequence[Part] = ()) -> Explanation:
    """Explain a count.

    :param weights: the weights that the count adds up, of the layer itself and of those inside it.
    :param parts: the same count split among the layers inside it.
    """
    count = sum(weight.count for weight in weights)
    if not weights:
        return Explanation("none", _no_weights(layer))
    formula = prove(layer, count)
    if formula is not None:
        text = f"{formula.text()} = {count:,}"
    elif parts and len(weights) > _MOST_PARTS:
        text = by_parts(parts)
    else:
        text = by_weights(layer.path, weights)
    reason = non_trainable(weights, layer.path)
    return Explanation("formula" if formula else "weights", f"{text}; {reason}" if reason else text, formula)


def prove(layer: facts.Layer, count: int) -> Expression | None:
    """Give the first formula, of the layer's own class or of one that it inherits from, that is exactly `count`."""
    for name in (layer.class_name, *layer.bases):
        if name in FORMULAS:
            try:
                formula = FORMULAS[name](Dimensions(layer))
            except NoFormulaError:
                continue
            if formula.evaluate() == count:
                return formula
    return None


def by_weights(path: str, weights: Sequence[facts.Weight]) -> str:
    """Write weights one by one: ``kernel 3 × 3 × 8 × 16 = 1,152; bias 16``.

    :param path: the path of the layer that the text is about; weights further down are named from there.
    """
    return "; ".join(_weight(weight.path.removeprefix(f"{path}/"), weight) for weight in weights)


def by_parts(parts: Sequence[Part]) -> str:
    """Write a composite layer part by part: ``encoder 1,024 + decoder 2,048 = 3,072``."""
    named = parts if len(parts) <= _MOST_PARTS else parts[: _MOST_PARTS - 1]
    terms = [f"{name} {count:,}" for name, count in named]
    if rest := parts[len(named) :]:
        terms.append(f"{len(rest):,} more layers {sum(count for _, count in rest):,}")
    total = sum(count for _, count in parts)
    return terms[0] if len(terms) == 1 else f"{' + '.join(terms)} = {total:,}"


def _weight(name: str, weight: facts.Weight) -> str:
    if len(weight.shape) < 2:
        return f"{name} {weight.count:,}"
    return f"{name} {' × '.join(map(str, weight.shape))} = {weight.count:,}"


def _no_weights(layer: facts.Layer) -> str:
    # What a subclass does besides is not known here.
    if phrase := weightless.PHRASES.get(layer.class_name):
        return f"no weights: {phrase}"
    if not layer.built:
        return NOT_BUILT
    if layer.children:
        return "no weights: none of its layers has any"
    return "no weights: it creates none"
