"""Neighbours whose names begin alike: ``conv2_block1_1_conv`` and ``conv2_block1_1_bn`` belong to ``conv2_block1``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sphinx_paramdoc.sameness import automatic_name, without_numbers

_LEAST = 3
"""So many neighbours make a stem."""

_MOST_BETWEEN = 3
"""So many layers that the framework has named, between two of a stem, belong to it."""

_BLOCK = 12
"""A stem of more rows than this gives way to the stems inside it, where those hold nearly all of them."""

_WORD = re.compile(r"[^_.\-:/ ]+")


class Stem(NamedTuple):
    """Neighbours whose names begin alike."""

    start: int
    end: int
    """The position behind the last."""
    text: str
    """What their names begin with."""


def words(name: str, short_class: str) -> tuple[str, ...]:
    """Return the words of a name; none of one that the framework has given, which says nothing of its neighbours."""
    return () if without_numbers(name) == automatic_name(short_class) else tuple(_WORD.findall(name))


def stems(names: Sequence[str], named: Sequence[tuple[str, ...] | None], *, whole: bool = False) -> list[Stem]:
    """Return the stems of neighbours, none of which overlap, in their order.

    :param names: the names of all.
    :param named: their words; none of one that the framework has named; ``None`` of one that belongs to no stem.
    :param whole: whether a stem stays as it is, however many rows it has; else the stems inside it count.
    """
    found = list(_inside(names, _bridged(named), 0, len(names), 0, whole))
    texts = Counter(stem.text for stem in found)
    counts = [sum(map(bool, named[stem.start : stem.end])) for stem in found]
    # What begins alike here and there is no part of a model.
    return [stem for stem, count in zip(found, counts, strict=True) if texts[stem.text] == 1 and count >= _LEAST]


def _bridged(named: Sequence[tuple[str, ...] | None]) -> list[tuple[str, ...]]:
    """Give a few layers that the framework has named what those before and behind them share."""
    found = [own or () for own in named]
    last = None
    for place, own in enumerate(named):
        if own is None:
            last = None
        elif own:
            if last is not None and 1 < place - last <= _MOST_BETWEEN + 1:
                shared = own[: _common((own, found[last]))]
                found[last + 1 : place] = [(*shared, "") if shared else ()] * (place - last - 1)
            last = place
    return found


def _inside(
    names: Sequence[str], named: Sequence[tuple[str, ...]], start: int, end: int, shared: int, whole: bool
) -> Iterator[Stem]:
    """Yield the stems between two places, where all names share so many words."""
    while start < end:
        if len(named[start]) <= shared:
            start += 1
            continue
        first = named[start][shared]
        behind = next((i for i in range(start, end) if named[i][shared : shared + 1] != (first,)), end)
        if behind - start >= _LEAST:
            yield from _stem(names, named, start, behind, whole)
        start = behind


def _stem(names: Sequence[str], named: Sequence[tuple[str, ...]], start: int, end: int, whole: bool) -> Iterator[Stem]:
    """Yield the stem of neighbours that share a word or more, or those inside it."""
    common = _common(named[start:end])
    inside = list(_inside(names, named, start, end, common, whole))
    covered = sum(each.end - each.start for each in inside)
    rest = {without_numbers("_".join(each[common:])) for each in named[start:end]}
    is_stem = len(rest - {""}) > 1  # and no family that only counts on, as encoder_layer_1, encoder_layer_2
    is_all = 4 * (end - start) > 3 * len(names)  # it would say nothing of the others
    is_crowd = end - start > _BLOCK and 4 * covered >= 3 * (end - start)
    if is_stem and not is_all and not (is_crowd and not whole):
        first = next(i for i in range(start, end) if names[i] and named[i][-1])
        yield Stem(start, end, _prefix(names[first], common))
    else:
        yield from inside


def _common(named: Sequence[tuple[str, ...]]) -> int:
    """Return how many words all share at the beginning."""
    low, high = min(named), max(named)
    return next((n for n, (one, other) in enumerate(zip(low, high, strict=False)) if one != other), len(low))


def _prefix(name: str, count: int) -> str:
    """Return the first words of a name, as they are written in it."""
    return name[: list(_WORD.finditer(name))[count - 1].end()]
