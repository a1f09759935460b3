"""Why the count of a layer is another one: what its labelled numbers, its weights or the layers inside it say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sphinx_paramdoc.difference.changes import Change
from sphinx_paramdoc.difference.parts import Formula, Layer, Part, Weight
from sphinx_paramdoc.said import counted, joined, label, run_on, said

_MOST = 6
"""So many reasons are named; what is inside a layer has the others."""

_MOST_NAMES = 3
"""So many layers are named one by one: neighbours that are equal count on."""

_MOST_WEIGHTS = 4
"""So many weights are told one by one."""

FROZEN = said("the layer is frozen")

_PHRASES = {
    "frozen_layer": FROZEN,
    "frozen_variable": said("frozen variable"),
    "lora_base_frozen": said("LoRA freezes the base"),
    "quantised_storage": said("stored quantised"),
    "quantisation_bookkeeping": said("scales of the quantisation"),
    "moving_statistics": said("tracked statistics"),
    "adapted": said("adapted statistics"),
    "power_iteration": said("power iteration"),
    "declared": said("declared non-trainable by the layer"),
}
"""Why a weight is not trainable → how it is said."""


def of_count(before: Part, after: Part, inside: Sequence[Change]) -> list[str]:
    """Return why two parts have other weights.

    :param inside: what happened to the layers inside them.
    """
    found: dict[str, None] = {}
    if before.class_name != after.class_name:
        found[f"{before.short_class} → {after.short_class}"] = None
    one, other = before.formula(), after.formula()
    grown = dict.fromkeys(_grown(one, other)) if one and other else {}
    found |= grown
    if one and other:
        found |= dict.fromkeys(_come(one, other))
    if not (grown and one and other and one.symbolic == other.symbolic):
        found |= dict.fromkeys(_of_weights(before.own, after.own, is_explained=bool(grown)))
        found |= dict.fromkeys(_of_inside(inside, has_terms=bool(one and other)))
    return few(list(found))


def few(reasons: Sequence[str]) -> list[str]:
    """Return some of many reasons, and how many more there are."""
    if len(reasons) <= _MOST + 1:
        return list(reasons)
    more = len(reasons) - _MOST
    return [*reasons[:_MOST], said("{number:,} more", number=more)]


def _grown(before: Formula, after: Formula) -> Iterator[str]:
    """Yield the numbers of two formulas that differ, by what they are."""
    if before.symbolic == after.symbolic:
        pairs = list(zip(before.terms, after.terms, strict=True))
    else:  # what both speak of, if each says it once
        one, other = _single(before), _single(after)
        pairs = [((one[name], name), (other[name], name)) for name in one if name in other]
    for (old, name), (new, _) in pairs:
        if old != new:
            yield run_on(label(name), f" {old} → {new}")


def _come(before: Formula, after: Formula) -> Iterator[str]:
    """Yield the numbers of a formula that speaks of something else as well."""
    if before.symbolic != after.symbolic:
        named = {name for _, name in before.terms}
        for name, value in _single(after).items():
            if name not in named and name.replace(" ", "").isalpha():
                yield run_on(label(name), f" {value}")


def _single(formula: Formula) -> dict[str, int]:
    """Return what a formula calls numbers that have the same value wherever it calls one so."""
    values: dict[str, set[int]] = {}
    for value, name in formula.terms:
        values.setdefault(name, set()).add(value)
    return {name: next(iter(found)) for name, found in values.items() if len(found) == 1}


def _of_weights(before: Sequence[Weight], after: Sequence[Weight], *, is_explained: bool) -> Iterator[str]:
    """Yield the weights that are others.

    :param is_explained: whether it is known already why shapes are others.
    """
    one, other = by_name(before), by_name(after)
    for name, weight in one.items():
        if name not in other:
            yield said("{weight} removed", weight=weight.text)
        elif weight.shape != other[name].shape and not is_explained:
            yield f"{name} {weight.axes} → {other[name].axes}"
    for name, weight in other.items():
        if name not in one:
            yield said("{weight} added", weight=weight.text)


def by_name(weights: Iterable[Weight]) -> Mapping[str, Weight]:
    """Return weights by their names; of several that are called alike, the later ones by a number as well."""
    found: dict[str, Weight] = {}
    for weight in weights:
        name, number = weight.name, 1
        while name in found:
            number += 1
            name = f"{weight.name} {number}"
        found[name] = weight
    return found


def _of_inside(inside: Sequence[Change], *, has_terms: bool) -> Iterator[str]:
    """Yield what happened inside, each thing once: that units changed is the same in every layer."""
    for change in inside:
        if not change.delta:
            continue
        name = change.layers[0].name if len(change.layers) == 1 else f"{len(change.layers)} × {change.layers[0].name}"
        if change.kind == "added":
            yield said("{weight} added", weight=name)
        elif change.kind == "removed":
            yield said("{weight} removed", weight=name)
        elif not has_terms:
            yield from change.because


def shared(name: str) -> str:
    """Return that the weights of another layer are used."""
    return said("shares the weights of {name}", name=name)


def no_longer_shared(name: str) -> str:
    """Return that the weights of another layer were used."""
    return said("no longer shares the weights of {name}", name=name)


TIED_BACK = said("the way back to the vocabulary uses the same matrix")
UNTIED_BACK = said("the way back to the vocabulary has a matrix of its own")
"""What happened to an embedding that leads both ways, with or without a matrix of its own for the way back."""

_WAY_BACK = "reverse_embeddings"


def is_tied(part: Part) -> bool:
    """Tell whether an embedding leads back to its entries by the matrix that leads from them."""
    return part.short_class == "ReversibleEmbedding" and not any(weight.name == _WAY_BACK for weight in part.own)


def elsewhere(layers: Sequence[Layer]) -> str:
    """Return which layers stand elsewhere; '' where none does."""
    return (
        counted(
            len(layers),
            "{number:,} layer stands elsewhere: {names}",
            "{number:,} layers stand elsewhere: {names}",
            names=names(layers),
        )
        if layers
        else ""
    )


def names(layers: Sequence[Layer]) -> str:
    """Return the names of layers."""
    named, between = first_and_last(layers)
    return between.join(named)


def first_and_last(layers: Sequence[Layer]) -> tuple[tuple[str, ...], str]:
    """Return what layers are called, of many the first and the last, and what stands between these names."""
    called = tuple(layer.name for layer in layers)
    return (called, ", ") if len(called) <= _MOST_NAMES else ((called[0], called[-1]), " … ")


def of_single(part: Part) -> list[str]:
    """Return what the count of a part comes from that only one of the models has."""
    if not part.params:
        if part.shared_with:
            return [shared(part.shared_with)]
        return [said("no weights")]
    formula = part.formula()
    if formula:
        return [formula.text]
    if not part.inside and len(part.own) <= _MOST_WEIGHTS:
        return ["; ".join(weight.text for weight in part.own)]
    weights = sum(1 for _ in part.weights())
    return [counted(weights, "{number:,} weight", "{number:,} weights")]


AROUND = said("frozen with what is around it")


def of_training(weights: Sequence[Weight], part: Part) -> list[str]:
    """Return why weights are not trainable.

    :param part: the part whose own weights they are.
    """
    groups: dict[str | None, list[str]] = {}
    for weight in weights:
        groups.setdefault(weight.reason, []).append(weight.name)
    found: list[str] = []
    for reason, names in groups.items():
        phrase = _PHRASES.get(reason or "", said("not trainable"))
        if reason == "frozen_layer" and part.frozen == "around":
            phrase = AROUND
        is_told = reason == "frozen_variable" and len(names) < len(part.own)
        found.append(said("{names}: {phrase}", names=joined(names), phrase=phrase) if is_told else phrase)
    return found
