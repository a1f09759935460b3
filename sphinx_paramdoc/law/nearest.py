"""The settings whose count is nearest to a number: looked for in the formula, where nothing is executed."""

from __future__ import annotations

import functools
import heapq
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, pairwise, product
from typing import TypeAlias

from sphinx_paramdoc.law import domain, fitting
from sphinx_paramdoc.law.conditions import Condition, completed
from sphinx_paramdoc.law.formula import Law
from sphinx_paramdoc.law.settings import Setting

_MOST_COMBINATIONS = 4000
"""So many combinations of all arguments but one are looked at."""

_SAMPLES = 16
"""At so many places the last argument is looked at first, as a count may fall where an argument grows."""

_LOOKED_ON = 8
"""Where there is no model, so many steps further on are looked at."""

_AROUND = 2
"""On either side of where the last argument comes nearest, so many of its steps are looked at."""

_Counted: TypeAlias = tuple[Setting, int]


def nearest(law: Law, wanted: int, conditions: tuple[Condition, ...] = (), *, most: int = 40) -> list[Setting]:
    """Return settings with about as many parameters as are wanted, the nearest first.

    :param conditions: what some arguments are, each behind those that it needs.
    """
    made = law.polynomial
    assert made is not None
    whole = law.conditions()
    given = {condition.name for condition in conditions}
    depends = made.names() | {name for condition in conditions for name in condition.names}
    ranges = {name: _values(law, name) for name in law.arguments if name not in given and name in depends}
    still = {name: value for name, value in law.arguments.items() if name not in given and name not in ranges}

    def count_at(changed: Setting) -> _Counted | None:
        """Count at a setting; ``None`` where there is no such model."""
        setting = completed(conditions, {**still, **changed})
        if setting is None or any(fitting.at(setting, each) is None for each in whole):
            return None
        total = fitting.at(setting, made)
        return None if total is None else ({name: setting[name] for name in law.arguments}, total)

    found: dict[tuple[tuple[str, int], ...], int] = {}
    for setting, total in _candidates(ranges, count_at, wanted):
        found[tuple(setting.items())] = abs(total - wanted)
    return [dict(key) for key in heapq.nsmallest(most, found, key=lambda key: (found[key], key))]


def _values(law: Law, name: str) -> range:
    """Return the values of an argument between a quarter and four times what it is, in steps of what divides it."""
    values, by = domain.values(law, name), domain.step(law, name)
    smallest = -(-law.arguments[name] // domain.REACH // by) * by
    return range(max(smallest, values.start), values.stop, by) if smallest > 0 else values


def _candidates(
    ranges: Mapping[str, range], count_at: Callable[[Setting], _Counted | None], wanted: int
) -> Iterator[_Counted]:
    """Yield settings near to what is wanted: for each combination of all arguments but one, where that one fits."""
    if not ranges:
        one = count_at({})
        yield from [one] if one else []
        return
    *others, last = sorted(ranges, key=lambda name: len(ranges[name]))
    values = ranges[last]
    for combination in product(*_coarse([ranges[name] for name in others])):
        setting = dict(zip(others, combination, strict=True))

        def at(place: int, setting: Setting = setting) -> _Counted | None:
            return count_at({**setting, last: values[place]})

        yield from _fitting(functools.cache(at), len(values), wanted)


def _fitting(at: Callable[[int], _Counted | None], number: int, wanted: int) -> Iterator[_Counted]:
    """Yield what comes near along one argument, wherever the count passes what is wanted.

    :param at: counts at a place of it; ``None`` where there is no such model.
    :param number: how many places there are.
    """

    def first(places: Iterable[int]) -> int | None:
        return next((place for place in islice(places, _LOOKED_ON) if at(place)), None)

    def total(place: int) -> int:
        there = at(place)
        assert there is not None
        return there[1]

    by = -(-number // _SAMPLES)
    sampled = [first(range(start, min(start + by, number))) for start in range(0, number, by)]
    sampled.append(first(range(number - 1, number - by, -1)))
    samples = sorted({place for place in sampled if place is not None})
    if not samples:
        return
    best = min(samples, key=lambda place: abs(total(place) - wanted))
    near = [(best, best)]
    for low, high in pairwise(samples):
        is_below = total(low) < wanted
        if (total(high) < wanted) == is_below:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            place = first(chain(range(middle, high), range(middle - 1, low, -1)))
            if place is None:
                break
            low, high = (place, high) if (total(place) < wanted) == is_below else (low, place)
        near.append((low, high))
    for low, high in near:
        for place in {*range(low - _AROUND, low + _AROUND + 1), *range(high - _AROUND, high + _AROUND + 1)}:
            if 0 <= place < number and (there := at(place)):
                yield there


def _coarse(ranges: Sequence[range]) -> list[Sequence[int]]:
    """Return fewer values of each range, where all combinations would be too many."""
    by = 1
    while math.prod(-(-len(values) // by) for values in ranges) > _MOST_COMBINATIONS:
        by += 1
    return [values[::by] for values in ranges]
