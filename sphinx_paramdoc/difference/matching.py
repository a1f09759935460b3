"""Which layer of one model is which of the other, among those that stand side by side.

A name that somebody gave means the same layer in both. One that a framework gave says little: with another layer before
it, ``dense_1`` is ``dense_2``. Such layers, and those whose names are gone, are matched by what they are and by where
they stand: the two rows are aligned so that the least has to have happened.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

from sphinx_paramdoc.difference.parts import Layer
from sphinx_paramdoc.sameness import automatic_name, without_numbers

_GAP = 6
"""What it costs that a layer is in one model alone."""

_RENAMED = 2
"""What it costs that a layer which has the same weights has another name."""

_CHANGED = 6
"""What it costs that a layer of the same name has other weights: where two were swapped, they have changed, and not
their names."""

_BOTH = 11
"""What it costs that name and weights are others, and the class alone is the same: a little less than two gaps."""

_MOST_CELLS = 250_000
"""About so many pairs are looked at."""

_NARROWEST = 50
"""So far from where it stood a layer is looked for, however many there are."""


class Pair(NamedTuple):
    """A layer of one model and that of the other; ``None`` where there is none."""

    before: Layer | None
    after: Layer | None


def matched(before: Sequence[Layer], after: Sequence[Layer]) -> Iterator[Pair]:
    """Yield the layers of both in the order of the second; one that is gone stands behind what it stood behind."""
    partners = _by_name(before, after)
    start_before = start_after = 0
    for one, other in [*_in_order(partners), (len(before), len(after))]:
        free = [i for i in range(start_before, one) if i not in partners]
        taken = set(partners.values())
        found = [j for j in range(start_after, other) if j not in taken]
        partners |= {free[i]: found[j] for i, j in _aligned([before[i] for i in free], [after[j] for j in found])}
        start_before, start_after = one + 1, other + 1
    partners |= _elsewhere(before, after, partners)
    yield from _merged(before, after, partners)


def moved(pairs: Sequence[Pair], before: Sequence[Layer]) -> list[Layer]:
    """Return the fewest layers whose other places account for the order of the second model."""
    places = {layer.name: place for place, layer in enumerate(before)}
    both = {places[pair.before.name]: (number, pair.after) for number, pair in enumerate(pairs) if pair.before}
    partners = {place: number for place, (number, layer) in both.items() if layer}
    kept = {place for place, _ in _in_order(partners)}
    return [layer for place, (_, layer) in both.items() if layer and place not in kept]


def _elsewhere(before: Sequence[Layer], after: Sequence[Layer], partners: dict[int, int]) -> dict[int, int]:
    """Return the places of layers without a partner that have the name and the weights of one elsewhere."""
    taken = set(partners.values())
    free = {layer.name: place for place, layer in enumerate(after) if place not in taken}
    found = {place: free[it.name] for place, it in enumerate(before) if place not in partners and it.name in free}
    return {one: other for one, other in found.items() if _cost(before[one], after[other]) == 0}


def _by_name(before: Sequence[Layer], after: Sequence[Layer]) -> dict[int, int]:
    """Return the places of the layers that have the same name, which is not one that a framework gives."""
    places = {layer.name: place for place, layer in enumerate(after)}
    return {
        place: places[layer.name]
        for place, layer in enumerate(before)
        if layer.name in places and not (_is_automatic(layer) and _is_automatic(after[places[layer.name]]))
    }


def _is_automatic(layer: Layer) -> bool:
    return without_numbers(layer.name.rpartition("/")[2]) == automatic_name(layer.part.short_class)


def _in_order(partners: dict[int, int]) -> list[tuple[int, int]]:
    """Return the largest part of the partners that stand in the same order in both; the others were moved."""
    ends: list[int] = []
    """For each length, the least place that so many in order can end with."""
    last: list[int] = []
    links: dict[int, int | None] = {}
    for one in sorted(partners):
        other = partners[one]
        place = bisect_left(ends, other)
        links[one] = last[place - 1] if place else None
        if place == len(ends):
            ends.append(other)
            last.append(one)
        else:
            ends[place], last[place] = other, one
    found: list[tuple[int, int]] = []
    here = last[-1] if last else None
    while here is not None:
        found.append((here, partners[here]))
        here = links[here]
    return found[::-1]


def _aligned(before: Sequence[Layer], after: Sequence[Layer]) -> Iterator[tuple[int, int]]:
    """Yield the places of layers that are taken for the same, by what costs least."""
    begin = 0
    while begin < min(len(before), len(after)) and _cost(before[begin], after[begin]) == 0:
        yield begin, begin
        begin += 1
    before, after = before[begin:], after[begin:]
    if not (before and after):
        return
    for one, other in _with_names(_cheapest(before, after), before, after):
        yield begin + one, begin + other


def _with_names(
    pairs: Sequence[tuple[int, int]], before: Sequence[Layer], after: Sequence[Layer]
) -> Iterator[tuple[int, int]]:
    """Yield pairs so that of equal layers, which may be exchanged, as many as can keep their names."""
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for one, other in pairs:
        groups.setdefault((before[one].part.form, after[other].part.form), []).append((one, other))
    for group in groups.values():
        places = {after[other].name: other for _, other in group}
        kept = {one: places[before[one].name] for one, _ in group if before[one].name in places}
        taken = set(kept.values())
        free = (other for _, other in group if other not in taken)
        yield from ((one, kept[one] if one in kept else next(free)) for one, _ in group)


def _cost(before: Layer, after: Layer) -> int | None:
    """Return what it costs to take two layers for the same; ``None`` where they cannot be."""
    if before.part.class_name != after.part.class_name:
        return None
    if before.part.form == after.part.form:
        return 0 if before.name == after.name else _RENAMED
    return _CHANGED if before.name == after.name else _BOTH


def _cheapest(before: Sequence[Layer], after: Sequence[Layer]) -> list[tuple[int, int]]:
    """Return the pairs of the alignment that costs least: Needleman and Wunsch 1970, J. Mol. Biol. 48:443.

    Of very many layers those are looked at that stand about as far along in both.
    """
    half = max(_MOST_CELLS // (2 * len(before)), _NARROWEST)
    starts = [0]
    rows: list[list[float]] = [[_GAP * place for place in range(min(half, len(after)) + 1)]]
    for number, one in enumerate(before, 1):
        middle = number * len(after) // len(before)
        start, end = max(middle - half, 0), min(middle + half, len(after))
        offset, above = starts[-1], rows[-1]
        row: list[float] = []
        for place in range(start, end + 1):
            up = place - offset
            least = above[up] + _GAP if 0 <= up < len(above) else inf
            if row:
                least = min(least, row[-1] + _GAP)
            if 0 < up <= len(above) and (cost := _cost(one, after[place - 1])) is not None:
                least = min(least, above[up - 1] + cost)
            row.append(least)
        starts.append(start)
        rows.append(row)

    def cell(i: int, j: int) -> float:
        place = j - starts[i]
        return rows[i][place] if 0 <= place < len(rows[i]) else inf

    found = []
    i, j = len(before), len(after)
    while i and j:
        cost = _cost(before[i - 1], after[j - 1])
        if cost is not None and cell(i, j) == cell(i - 1, j - 1) + cost:
            i, j = i - 1, j - 1
            found.append((i, j))
        elif cell(i, j) == cell(i, j - 1) + _GAP:
            j -= 1
        else:
            i -= 1
    return found[::-1]


def _merged(before: Sequence[Layer], after: Sequence[Layer], partners: dict[int, int]) -> Iterator[Pair]:
    """Yield pairs and single layers in one order."""
    origins = {other: one for one, other in partners.items()}
    gone: dict[int, list[Layer]] = {}
    behind = -1  # the place, in the second, of what a layer that is gone stood behind
    for place, layer in enumerate(before):
        if place in partners:
            behind = partners[place]
        else:
            gone.setdefault(behind, []).append(layer)
    yield from (Pair(layer, None) for layer in gone.get(-1, ()))
    for place, layer in enumerate(after):
        yield Pair(before[origins[place]] if place in origins else None, layer)
        yield from (Pair(each, None) for each in gone.get(place, ()))
