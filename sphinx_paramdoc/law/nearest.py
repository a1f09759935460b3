"""The settings whose count is nearest to a number: looked for in the formula, where nothing is executed."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from sphinx_paramdoc.law import domain
from sphinx_paramdoc.law.conditions import Condition, completed
from sphinx_paramdoc.law.formula import Law
from sphinx_paramdoc.law.settings import Setting

_MOST_COMBINATIONS = 4000
"""So many combinations of all arguments but one are looked at."""

_AROUND = 2
"""On either side of where the last argument comes nearest, so many of its steps are looked at."""


def nearest(law: Law, wanted: int, conditions: tuple[Condition, ...] = (), *, most: int = 40) -> list[Setting]:
    """Return settings with about as many parameters as are wanted, the nearest first.

    :param conditions: what some arguments are, each behind those that it needs.
    """
    made = law.polynomial
    assert made is not None
    count = made.evaluate
    given = {condition.name for condition in conditions}
    depends = made.names() | {name for condition in conditions for name in condition.names}
    ranges = {name: _values(law, name) for name in law.arguments if name not in given and name in depends}
    still = {name: value for name, value in law.arguments.items() if name not in given and name not in ranges}
    found: dict[tuple[tuple[str, int], ...], int] = {}
    for setting in _candidates(law, ranges, still, conditions, wanted):
        key = tuple(setting.items())
        if key not in found and _is_whole(law, setting):
            total = count(setting)
            if total.denominator == 1:
                found[key] = abs(int(total) - wanted)
    return [dict(key) for key in heapq.nsmallest(most, found, key=lambda key: (found[key], key))]


def _values(law: Law, name: str) -> range:
    """Return the values of an argument between a quarter and four times what it is, in steps of what divides it."""
    value, by = law.arguments[name], domain.step(law, name)
    smallest = max(-(-value // domain.REACH // by) * by, by)
    return range(smallest, max(domain.REACH * value, smallest) + 1, by)


def _candidates(
    law: Law, ranges: Mapping[str, range], still: Setting, conditions: tuple[Condition, ...], wanted: int
) -> Iterator[Setting]:
    """Yield settings near to what is wanted: for each combination of all arguments but one, where that one fits."""
    made = law.polynomial
    assert made is not None
    if not ranges:
        setting = completed(conditions, still)
        yield from [setting] if setting else []
        return
    *others, last = sorted(ranges, key=lambda name: len(ranges[name]))
    coarse = _coarse([ranges[name] for name in others])

    def at(combination: Sequence[int], value: int) -> Setting | None:
        return completed(conditions, {**still, **dict(zip(others, combination, strict=True)), last: value})

    def is_below(combination: Sequence[int], value: int) -> bool:
        setting = at(combination, value)
        try:
            return setting is not None and made.evaluate(setting) < wanted
        except ZeroDivisionError:
            return False

    for combination in product(*coarse):
        values = ranges[last]
        low, high = 0, len(values)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if is_below(combination, values[middle]) else (low, middle)
        for place in range(max(low - _AROUND, 0), min(low + _AROUND, len(values))):
            setting = at(combination, values[place])
            if setting:
                yield {name: setting[name] for name in law.arguments}


def _coarse(ranges: Sequence[range]) -> list[Sequence[int]]:
    """Return fewer values of each range, where all combinations would be too many."""
    by = 1
    while math.prod(-(-len(values) // by) for values in ranges) > _MOST_COMBINATIONS:
        by += 1
    return [values[::by] for values in ranges]


def _is_whole(law: Law, setting: Setting) -> bool:
    try:
        return all(condition.evaluate(setting).denominator == 1 for condition in law.conditions())
    except ZeroDivisionError:
        return False
