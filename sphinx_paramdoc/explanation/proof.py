"""Which formula is true of a layer's weights.

The proof is one mechanism for every family of layers: a family only offers an expression, `prove` alone decides
whether it is shown.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sphinx_paramdoc.explanation.dimensions import Dimensions, Formula, Layer, NoFormulaError, Offer, Weight
from sphinx_paramdoc.explanation.formulas import FORMULAS
from sphinx_paramdoc.explanation.terms import are_weights
from sphinx_paramdoc.expression import from_plain
from sphinx_paramdoc.successors import today

if TYPE_CHECKING:
    from sphinx_paramdoc import facts


def prove(layer: Layer, weights: Sequence[Weight]) -> Formula | None:
    """Return the first formula that is true of `weights`: it gives their count, and speaks of their names and shapes.

    That is a formula of the layer's own class, or of one that it inherits from. Where `weights` are not all that the
    layer holds, because others count some of them, there is none.
    """
    if len(weights) != len(set(layer.all_weights())):
        return None
    count = sum(weight.count for weight in weights)
    for formula in _formulas(layer):
        if formula.expression.evaluate() != count:
            continue
        if _is_offered(layer):
            return formula
        if _are_known(layer, weights) and are_weights(formula.expression, [weight.shape for weight in weights]):
            return formula
    return None


def _is_offered(layer: Layer) -> bool:
    """Tell whether somebody else explains a layer, or tried to."""
    return layer.offer is not None and bool(layer.offer.formula or layer.offer.trouble)


def _are_known(layer: Layer, weights: Iterable[Weight]) -> bool:
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


def unproven_explainers(model: facts.Model) -> Iterator[str]:
    """Say which functions that were asked to explain layers did not, each with the first of its layers."""
    seen: set[str] = set()
    layers: list[facts.Layer] = list(reversed(model.layers))
    while layers:
        layer = layers.pop()
        layers.extend(reversed(layer.children))
        if layer.offer is not None and _is_offered(layer) and layer.offer.explainer not in seen:
            count = sum(model.weights[i].count for i in set(layer.all_weights()))  # also where others count some
            trouble = layer.offer.trouble or _disproof(layer.offer, count)
            if trouble:
                seen.add(layer.offer.explainer)
                yield f"{layer.offer.explainer} does not explain {layer.path} ({layer.class_name}): {trouble}"


def _disproof(offer: Offer, count: int) -> str:
    formula = _offered(offer)
    if formula is None or formula.expression.evaluate() == count:
        return "" if formula else "what it gave cannot be read"
    value, text = formula.expression.evaluate(), formula.expression.text()
    equation = text if text == str(value) else f"{text} = {value:,}"
    return f"it gives {equation}, but the layer has {count:,} parameters"


def _offered(offer: Offer) -> Formula | None:
    try:
        formula = Formula(from_plain(offer.formula))
        formula.expression.evaluate()
    except (ValueError, ArithmeticError):
        return None
    return formula


def _formulas(layer: Layer) -> Iterator[Formula]:
    """Yield the formulas that may explain a layer: that of its class, and those of the classes that it inherits from.

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
                formula.expression.evaluate()
                yield formula


_OF_ODD_FACTS = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What a formula may raise where a class that inherits from Keras' own keeps something else under a known name."""


def class_names(layer: Layer) -> Iterator[str]:
    """Yield the names of a layer's class and of those that it inherits from, the nearest first.

    One of Keras 2 is followed by its name in Keras 3: what is said of either is true, but that of Keras 2 comes first.
    """
    for name in (layer.class_name, *layer.bases):
        if (here := today(name)) != name:
            yield name
        yield here


def is_known(layer: Layer) -> bool:
    """Tell whether a layer is of a class that has a formula, or inherits from one; it may not fit this layer."""
    return any(name in FORMULAS for name in class_names(layer))


def _formula_of(layer: Layer) -> Formula:
    """Return the formula of a layer inside another one, whose count includes it: that count is what is proven."""
    for formula in _formulas(layer):
        return formula
    raise NoFormulaError(layer.class_name)
