"""Why a layer has as many parameters as it has: a formula that reproduces the count, or its weights one by one.

The proof is one mechanism for every family of layers: a family only offers an expression, `explain` alone
decides whether it is shown.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation import (
    attention,
    convolution,
    core,
    features,
    normalization,
    recurrent,
    weightless,
    wrappers,
)
from sphinx_paramdoc.explanation.dimensions import Dimensions, Family, Formula, NoFormulaError
from sphinx_paramdoc.explanation.reasons import non_trainable, overwritten
from sphinx_paramdoc.expression import Dimension, Expression, Number, Quotient, from_plain

__all__ = [
    "FORMULAS",
    "NOT_BUILT",
    "Dimension",
    "Explanation",
    "Expression",
    "Number",
    "Part",
    "Proof",
    "Quotient",
    "by_parts",
    "by_weights",
    "class_names",
    "complaints",
    "explain",
    "is_known",
    "prove",
]

Proof: TypeAlias = Literal["formula", "weights", "none"]
"""What an explanation rests on: a formula, the weights one by one, or nothing, as there is no weight."""

Part: TypeAlias = tuple[str, int]
"""The name of a layer inside a composite one, and how many parameters it adds."""

FORMULAS: dict[str, Family] = {
    **core.FORMULAS,
    **convolution.FORMULAS,
    **normalization.FORMULAS,
    **recurrent.FORMULAS,
    **attention.FORMULAS,
    **features.FORMULAS,
    **wrappers.FORMULAS,
}
"""The public full name of a layer class → what its count is made of."""

_MOST_WEIGHTS = 4
"""A composite layer with more weights than this is explained by its layers."""

_MOST_PARTS = 8
"""Of more layers than this, the last are only counted."""

NOT_BUILT = "not built: it has no weights yet"
"""The explanation of a layer that Keras has not given its weights."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The explanation of one count."""

    proof: Proof
    text: str
    formula: Expression | None = None
    main: str = ""
    """The part of `text` that the count comes about by; remarks follow."""
    reason: str = ""
    """The part of `text` that says what is not trainable, and why."""


def explain(layer: facts.Layer, weights: Sequence[facts.Weight], parts: Sequence[Part] = ()) -> Explanation:
    """Explain a count.

    :param weights: the weights that the count adds up, of the layer itself and of those inside it.
    :param parts: the same count split among the layers inside it.
    """
    count = sum(weight.count for weight in weights)
    if not weights:
        return Explanation("none", _no_weights(layer))
    formula = prove(layer, weights)
    if formula is not None:
        main = "; ".join(_proven(formula, count))
    elif parts and len(weights) > _MOST_WEIGHTS:
        main = by_parts(parts)
    else:
        main = by_weights(layer.path, weights)
    reason = non_trainable(weights, layer.path) or ""
    text = "; ".join(filter(None, (main, reason, overwritten(weights))))
    return Explanation("formula" if formula else "weights", text, formula.count if formula else None, main, reason)


def prove(layer: facts.Layer, weights: Sequence[facts.Weight]) -> Formula | None:
    """Give the first formula that is true of `weights`: it gives their count, and is about weights of their names.

    That is a formula of the layer's own class, or of one that it inherits from. Where `weights` are not all that the
    layer holds, because others count some of them, there is none.
    """
    if len(weights) != len(set(layer.all_weights())):
        return None
    count = sum(weight.count for weight in weights)
    for formula in _formulas(layer):
        if formula.count.evaluate() == count and (_is_offered(layer) or _are_known(layer, weights)):
            return formula
    return None


def _is_offered(layer: facts.Layer) -> bool:
    """Tell whether somebody else explains a layer, or tried to."""
    return layer.offer is not None and bool(layer.offer.formula or layer.offer.trouble)


def _are_known(layer: facts.Layer, weights: Iterable[facts.Weight]) -> bool:
    """Tell whether every weight, of a layer or of one inside it, is one that the formulas of its family speak of."""
    names: dict[str, set[str]] = {}
    for weight in weights:
        names.setdefault(weight.path.rpartition("/")[0], set()).add(weight.name.partition("#")[0])
    layers = [layer]
    while layers and names:
        owner = layers.pop()
        layers.extend(owner.children)
        own = names.pop(owner.path, set())
        if own and not any(name in FORMULAS and own <= FORMULAS[name].weights for name in class_names(owner)):
            return False
    return not names


def complaints(model: facts.Model) -> Iterator[str]:
    """Say which functions that were asked to explain layers did not, each with the first of its layers."""
    seen: set[str] = set()
    layers = list(reversed(model.layers))
    while layers:
        layer = layers.pop()
        layers.extend(reversed(layer.children))
        if layer.offer is not None and _is_offered(layer) and layer.offer.explainer not in seen:
            count = sum(model.weights[i].count for i in set(layer.all_weights()))  # also where others count some
            trouble = layer.offer.trouble or _disproof(layer.offer, count)
            if trouble:
                seen.add(layer.offer.explainer)
                yield f"{layer.offer.explainer} does not explain {layer.path} ({layer.class_name}): {trouble}"


def _disproof(offer: facts.Offer, count: int) -> str:
    formula = _offered(offer)
    if formula is None or formula.count.evaluate() == count:
        return "" if formula else "what it gave cannot be read"
    value, text = formula.count.evaluate(), formula.count.text()
    equation = text if text == str(value) else f"{text} = {value:,}"
    return f"it gives {equation}, but the layer has {count:,} parameters"


def _offered(offer: facts.Offer) -> Formula | None:
    try:
        formula = Formula(from_plain(offer.formula))
        formula.count.evaluate()
    except (ValueError, ArithmeticError):
        return None
    return formula


def _formulas(layer: facts.Layer) -> Iterator[Formula]:
    """Yield what may explain a layer: the formula of its class, and those of the classes that it inherits from.

    Where a library explains its layers by itself, its formula is the only one.
    """
    if layer.offer is not None and _is_offered(layer):
        offered = _offered(layer.offer)
        if offered is not None:
            yield offered
        return
    for name in class_names(layer):
        if name in FORMULAS:
            with contextlib.suppress(NoFormulaError, *_OF_ODD_FACTS):
                formula = FORMULAS[name].formula(Dimensions(layer, _formula_of))
                formula.count.evaluate()
                yield formula


_OF_ODD_FACTS = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What a formula may raise where a class that inherits from Keras' own keeps something else under a known name."""


def class_names(layer: facts.Layer) -> Iterator[str]:
    """Yield what the class of a layer and those that it inherits from are called in Keras 3, the nearest first."""
    return map(_today, (layer.class_name, *layer.bases))


def is_known(layer: facts.Layer) -> bool:
    """Tell whether a layer is of a class that has a formula, or inherits from one; it may not fit this layer."""
    return any(name in FORMULAS for name in class_names(layer))


def _today(name: str) -> str:
    """Give the name of a class in Keras 3; Keras 2 lives on as ``tf_keras``, and its layers are the same."""
    return re.sub(r"^tf_keras\.", "keras.", name)


def _formula_of(layer: facts.Layer) -> Formula:
    """Give the formula of a layer inside another one, whose count includes it: that count is what is proven."""
    for formula in _formulas(layer):
        return formula
    raise NoFormulaError(layer.class_name)


def _proven(formula: Formula, count: int) -> Iterator[str]:
    """Write a formula that is proven, and what there is to say of it."""
    yield (
        f"{count}: {formula.count.label}"
        if isinstance(formula.count, Number)
        else f"{formula.count.text()} = {count:,}"
    )
    if formula.note:
        yield formula.note
    if formula.logical:
        yield f"without quantisation {formula.logical.text()} = {formula.logical.evaluate():,}"


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
    if not layer.built and _today(layer.class_name) not in weightless.PHRASES:
        return NOT_BUILT
    # What a subclass does besides is not known here.
    if phrase := weightless.PHRASES.get(_today(layer.class_name)) or weightless.WITHOUT.get(_today(layer.class_name)):
        return f"no weights: {phrase}"
    if layer.children:
        return "no weights: none of its layers has any"
    return "no weights: it creates none"
