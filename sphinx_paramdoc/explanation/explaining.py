"""Facts of a layer → why it has as many parameters as it has, as a sentence that is no text yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation import weightless
from sphinx_paramdoc.explanation.formulas import FORMULAS
from sphinx_paramdoc.explanation.pieces import clauses
from sphinx_paramdoc.explanation.proof import class_names, prove
from sphinx_paramdoc.explanation.reasons import non_trainable, overwritten, trained_bases, unheeded
from sphinx_paramdoc.explanation.sentence import (
    Alike,
    ByClass,
    ByFormula,
    ByParts,
    ByWeights,
    Explanation,
    Main,
    OfClass,
    Part,
    Sized,
    Split,
    WithoutWeights,
)
from sphinx_paramdoc.successors import today

MOST_ONE_BY_ONE = 4
"""Of more weights than this, those of one shape are told together, and layers inside by their counts alone."""

_MOST_PARTS = 5
"""Of more layers inside than this, those of one class are told together."""


def explain(layer: facts.Layer, weights: Sequence[facts.Weight], split: Callable[[], Split] = Split) -> Explanation:
    """Explain a count.

    :param weights: the weights that the count adds up, of the layer itself and of those inside it.
    :param split: gives the same count split among the layers inside; it is asked only where no formula is true.
    """
    beside: dict[str, Any] = {
        "uses": tuple(each for each in layer.outside if each.why == "untracked"),
        "borrows": tuple(layer.borrows),
        "copied": tuple(layer.copied),
        "unbuilt": tuple(each.path.removeprefix(f"{layer.path}/") for each in _unbuilt(layer)),
    }
    if not weights:
        return Explanation("none", _without_weights(layer), path=layer.path, **beside)
    count = sum(weight.count for weight in weights)
    formula = prove(layer, weights)
    parts, within = ((), ()) if formula else split()
    main: Main
    if formula is not None:
        main = ByFormula(formula, count)
    elif parts:
        main = ByParts(parts) if len(parts) <= _MOST_PARTS else ByClass(tuple(by_class(parts)))
    else:
        main = ByWeights(listed(weights, layer.path))
    # To look for what few layers have once for all is quicker than three times.
    is_odd = any(w.unheeded is not None or w.holds is not None or w.name.startswith("lora_") for w in weights)
    return Explanation(
        "formula" if formula else "weights",
        main,
        count,
        note="" if formula else clauses(dict.fromkeys(_notes(layer, *within))),
        non_trainable=non_trainable(weights, layer.path),
        unheeded=tuple(unheeded(weights, layer.path)) if is_odd else (),
        trained_bases=tuple(trained_bases(weights, layer.path)) if is_odd else (),
        uncounted=tuple(_held(w, layer.path) for w in weights if w.holds is not None) if is_odd else (),
        overwritten=overwritten(weights),
        calls=layer.calls,
        path=layer.path,
        **beside,
    )


def _notes(*layers: facts.Layer) -> Iterator[str]:
    """Yield what is true of layers by their kind, whatever they hold."""
    for layer in layers:
        for name in class_names(layer):
            if name in FORMULAS and FORMULAS[name].note:
                yield FORMULAS[name].note
                break


def listed(weights: Sequence[facts.Weight], path: str, most: int = MOST_ONE_BY_ONE) -> tuple[Sized | Alike, ...]:
    """Return weights by their paths from the layer at `path`, those of one shape together where there are many.

    :param most: so many are not.
    """
    if len(weights) <= most:
        return tuple(sized(weight, path) for weight in weights)
    groups: dict[tuple[int, ...], list[Sized]] = {}
    for weight in weights:
        groups.setdefault(tuple(weight.shape), []).append(sized(weight, path))
    return tuple(
        group[0] if len(group) == 1 else Alike(tuple(one.name for one in group), shape)
        for shape, group in groups.items()
    )


def sized(weight: facts.Weight, path: str) -> Sized:
    """Return a weight with its shape, by its path from the layer at `path`."""
    return Sized(weight.path.removeprefix(f"{path}/"), tuple(weight.shape))


def _held(weight: facts.Weight, path: str) -> Sized:
    return Sized(weight.path.removeprefix(f"{path}/"), tuple(weight.holds or ()))


def by_class(parts: Iterable[Part]) -> Iterator[OfClass]:
    """Yield what parts add, those of one class together, in the order in which they are met."""
    groups: dict[str, list[Part]] = {}
    for part in parts:
        groups.setdefault("" if part.is_own else part.kind, []).append(part)
    for kind, group in groups.items():
        number = sum(len(part.names) for part in group)
        each = [part.each for part in group]
        name = group[0].names[0] if kind and number == 1 else kind
        yield OfClass(name, number, sum(part.count for part in group), min(each), max(each))


def is_unbuilt(layer: facts.Layer) -> bool:
    """Tell whether a layer has no weights yet and may be given some."""
    may_be_given = not layer.built and today(layer.class_name) not in weightless.PHRASES
    return may_be_given and next(layer.all_weights(), None) is None


def _unbuilt(layer: facts.Layer) -> Iterator[facts.Layer]:
    """Yield the outermost of the layers inside a layer that have no weights yet, if it has all of its own."""
    if not is_unbuilt(layer):
        for child in layer.children:
            if is_unbuilt(child):
                yield child
            else:
                yield from _unbuilt(child)


def _without_weights(layer: facts.Layer) -> WithoutWeights:
    if layer.is_operation:
        return WithoutWeights("kind", weightless.OPERATION)
    if is_unbuilt(layer):
        return WithoutWeights("not_built")
    if next(_unbuilt(layer), None) is not None:
        return WithoutWeights("uncertain")
    name = today(layer.class_name)
    # What a subclass does besides is not known here.
    if phrase := weightless.PHRASES.get(name) or weightless.WITHOUT.get(name):
        return WithoutWeights("kind", phrase)
    if layer.children:
        return WithoutWeights("layers")
    # That it creates none is said where all was looked for, and nothing found.
    return WithoutWeights("creates_none" if layer.is_searched and not layer.outside else "uncertain")
