"""A layer that is almost another: its count, told from that of the other and what little sets it apart.

The first block of a T5 also holds the relative positions that all blocks read; the last block of Stable Diffusion 3
lacks what nothing reads any more. What sets such a block apart is what a reader wants to know of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.explaining import sized
from sphinx_paramdoc.explanation.sentence import ByAnother, Difference, Part, Sized
from sphinx_paramdoc.sameness import without_ending
from sphinx_paramdoc.table.folding import Group

_MOST_DIFFERENCES = 4
"""A layer that differs in more things is told by itself."""

_Places: TypeAlias = dict[tuple[str, ...], facts.Weight]
"""The weights that a layer counts, by their place in it: the names of the layers around them, then their own."""


class _Difference(msgspec.Struct, frozen=True):
    """What sets two layers apart: a weight of another shape, or a weight or a whole layer that only one of them has."""

    here: list[facts.Weight]
    there: list[facts.Weight]
    depth: int
    """How many names below the two layers it lies."""

    @property
    def value(self) -> int:
        """By how much it makes the count larger."""
        return _count(self.here) - _count(self.there)


def told_from(group: Group, other: Group, weights: Sequence[facts.Weight]) -> ByAnother | None:
    """Return the count of a layer as that of another and what sets the two apart.

    ``None`` where they have too little in common, or all.

    :param weights: those of the model.
    """
    count, base = (_count(weights[i] for i in each.counted) for each in (group, other))
    if group.layer.class_name != other.layer.class_name or count == base:
        return None
    if any(len(each.counted) < len(each.held) for each in (group, other)) or not _are_alike(group, other, weights):
        return None  # what others count of one is not what it lacks
    differences = min((list(_differences(group, other, weights, exact)) for exact in (True, False)), key=len)
    different = sum(max(len(difference.here), len(difference.there)) for difference in differences)
    equal = len(group.counted) - sum(len(difference.here) for difference in differences)
    if len(differences) > _MOST_DIFFERENCES or different >= equal:
        return None
    if base + sum(difference.value for difference in differences) != count:
        return None
    here, there = group.layer.path, other.layer.path
    apart = (
        Difference(_one(found.here, here, found.depth), _one(found.there, there, found.depth)) for found in differences
    )
    return ByAnother(other.layer.name, base, tuple(apart), count)


def _are_alike(group: Group, other: Group, weights: Sequence[facts.Weight]) -> bool:
    """Tell whether the weights that both have are trained, or not, in both."""
    here, there = (_by_place(each, weights, exact=False) for each in (group, other))
    return all(
        (weight.trainable, weight.reason, weight.dtype)
        == (there[place].trainable, there[place].reason, there[place].dtype)
        for place, weight in here.items()
        if place in there
    )


def _differences(group: Group, other: Group, weights: Sequence[facts.Weight], exact: bool) -> Iterator[_Difference]:
    """Yield the differences between the weights that two layers count.

    :param exact: whether the layers inside both are called alike, or may be numbered on by Keras.
    """
    here, there = (_by_place(each, weights, exact) for each in (group, other))
    for place, weight in here.items():
        if place in there and there[place].shape != weight.shape:
            yield _Difference([weight], [there[place]], len(place))
    for depth, part in _alone(here, there):
        yield _Difference(part, [], depth)
    for depth, part in _alone(there, here):
        yield _Difference([], part, depth)


def _alone(one: _Places, other: _Places) -> Iterator[tuple[int, list[facts.Weight]]]:
    """Yield the weights that `other` lacks, those of a layer that it lacks as a whole together."""
    known = {place[:depth] for place in other for depth in range(len(place))}
    parts: dict[tuple[str, ...], list[facts.Weight]] = {}
    for place, weight in one.items():
        if place not in other:
            depth = next((depth for depth in range(1, len(place)) if place[:depth] not in known), len(place))
            parts.setdefault(place[:depth], []).append(weight)
    for place, part in parts.items():
        yield len(place), part


def _by_place(group: Group, weights: Sequence[facts.Weight], exact: bool) -> _Places:
    found: _Places = {}
    left = set(group.counted)
    stack: list[tuple[tuple[str, ...], facts.Layer]] = [((), group.layer)]
    while stack:
        place, layer = stack.pop()
        own = [i for i in layer.weights if i in left]
        left.difference_update(own)
        names = _numbered([weights[i].name for i in own], exact)
        found |= {(*place, name): weights[i] for name, i in zip(names, own, strict=True)}
        names = _numbered([child.name for child in layer.children], exact)
        stack += [((*place, name), child) for name, child in zip(names, layer.children, strict=True)][::-1]
    return found


def _numbered(names: Sequence[str], exact: bool) -> Iterator[str]:
    """Yield names, each with how many of the same came before; those that Keras numbers are the same."""
    seen: Counter[str] = Counter()
    for name in names:
        stem = name if exact else without_ending(name)
        yield f"{stem} {seen[stem]}"
        seen[stem] += 1


def _one(weights: Sequence[facts.Weight], path: str, depth: int) -> Sized | Part | None:
    """Return one weight with its shape, or a layer with its count; ``None`` of none.

    :param depth: how many names below the layer at `path` it lies.
    """
    if len(weights) < 2:
        return sized(weights[0], path) if weights else None
    names = weights[0].path.removeprefix(f"{path}/").split("/")
    return Part(("/".join(names[:depth]),), _count(weights))


def _count(weights: Iterable[facts.Weight]) -> int:
    return sum(weight.count for weight in weights)
