"""The words that explain a count: a formula that is proven, the weights one by one, or why there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation import weightless
from sphinx_paramdoc.explanation.dimensions import Formula
from sphinx_paramdoc.explanation.proof import prove, today
from sphinx_paramdoc.explanation.reasons import non_trainable, overwritten
from sphinx_paramdoc.expression import Expression, Number

Proof: TypeAlias = Literal["formula", "weights", "none"]
"""What an explanation rests on: a formula, the weights one by one, or nothing, as there is no weight."""

Part: TypeAlias = tuple[str, int]
"""The name of a layer inside a composite one, and how many parameters it adds."""

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
    if not layer.built and today(layer.class_name) not in weightless.PHRASES:
        return NOT_BUILT
    # What a subclass does besides is not known here.
    if phrase := weightless.PHRASES.get(today(layer.class_name)) or weightless.WITHOUT.get(today(layer.class_name)):
        return f"no weights: {phrase}"
    if layer.children:
        return "no weights: none of its layers has any"
    return "no weights: it creates none"
