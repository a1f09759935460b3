"""A whole number at a few settings, each with one argument changed → what it may be in the arguments.

Two values of an argument do not tell a sum from a product, nor a square from a line: all that fits is returned, what
people write most often first, and a setting in which all arguments differ decides.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import NamedTuple

from sphinx_paramdoc.law.polynomial import Polynomial
from sphinx_paramdoc.law.polynomial import product as multiplied
from sphinx_paramdoc.law.polynomial import total as added

_POWERS = (1, -1, 2, -2, 3)
"""What powers of an argument are looked for, the likeliest first."""

_FEW_POWERS = (1, -1)
"""The same where many arguments change one number."""

_MOST_TERMS = 3
"""A dimension is a sum of so many products at most, and a number."""

_MOST = 24
"""So many candidates are kept."""

_MOST_TRIED = 1000
"""So many sums are tried, the shortest first: six arguments that change one number have millions."""

_TRIED_DIVIDED = 2000
"""So many with quotients, for all that may be divided together."""

_LEAST_TRIED = 20
"""So many with quotients, for each choice of what is divided."""

_LARGEST_DENOMINATOR = 4096
"""No size that people write is a fraction of an argument with a larger one."""


class Change(NamedTuple):
    """What a number is where one argument is changed."""

    name: str
    before: int
    """The argument as it was."""
    after: int
    value: int
    """The number."""


def candidates(value: int, changes: Iterable[Change]) -> list[Polynomial]:
    """Return what a number may be, the likeliest first; nothing where nothing fits.

    :param value: the number where no argument is changed.
    """
    return list(_candidates(value, tuple(changes)))


@functools.lru_cache(maxsize=4096)
def _candidates(value: int, changes: tuple[Change, ...]) -> Sequence[Polynomial]:
    """Return them; many sizes of a model are the same."""
    moved = [change for change in changes if change.value != value]
    if not moved:
        return [Polynomial.number(value)]
    found: dict[Polynomial, int] = {}
    choices = [[power for power in _powers(len(moved)) if _is_possible(change, power)] for change in moved]
    fewer = max(_TRIED_DIVIDED // max(math.prod(map(len, choices)), 1), _LEAST_TRIED)
    for powers in product(*choices):
        for made in [
            *_sums(value, moved, powers, _MOST_TRIED if set(powers) == {1} else fewer),
            *_products(value, moved, powers),
        ]:
            if all(
                made.evaluate({each.name: each.before for each in moved} | {c.name: c.after}) == c.value for c in moved
            ):
                found.setdefault(made, _oddness(made))
    return sorted(found, key=lambda made: found[made])[:_MOST]


def _powers(arguments: int) -> Sequence[int]:
    return _POWERS if arguments <= 2 else _FEW_POWERS


def _is_possible(change: Change, power: int) -> bool:
    if power == 1:
        return True
    return change.before > 0 and change.after > 0


def _slope(change: Change, power: int, value: int) -> Fraction:
    """Return what a power of an argument would be multiplied with."""
    return Fraction(change.value - value) / (Fraction(change.after) ** power - Fraction(change.before) ** power)


def _sums(value: int, moved: Sequence[Change], powers: Sequence[int], most: int) -> Iterator[Polynomial]:
    """Yield sums of a few products of arguments, and a number.

    :param most: so many are tried.
    """
    slopes = [_slope(change, power, value) for change, power in zip(moved, powers, strict=True)]
    sets = [part for size in range(1, len(moved) + 1) for part in combinations(range(len(moved)), size)]
    for count in range(1, min(_MOST_TERMS, len(sets)) + 1):
        for chosen in combinations(sets, count):
            if set().union(*chosen) != set(range(len(moved))):
                continue
            most -= 1
            if most < 0:
                return
            solved = _solved(chosen, moved, powers, slopes)
            if solved is None or not all(map(_is_written, solved)):
                continue
            terms = [
                Polynomial.monomial(coefficient, {moved[i].name: powers[i] for i in part})
                for part, coefficient in zip(chosen, solved, strict=True)
            ]
            made = added(terms)
            rest = value - made.evaluate({change.name: change.before for change in moved})
            if rest.denominator == 1:
                yield made + Polynomial.number(rest)


def _solved(
    chosen: Sequence[tuple[int, ...]], moved: Sequence[Change], powers: Sequence[int], slopes: Sequence[Fraction]
) -> list[Fraction] | None:
    """Return the coefficient of each product, from how steeply the number grows with each argument.

    ``None`` where that does not decide, or cannot be.
    """
    rows = []
    for i in range(len(moved)):
        row = []
        for part in chosen:
            others = [Fraction(moved[j].before) ** powers[j] for j in part if j != i]
            row.append(_product(others) if i in part else Fraction())
        rows.append([*row, slopes[i]])
    return _eliminated(rows, len(chosen))


def _eliminated(rows: list[list[Fraction]], unknown: int) -> list[Fraction] | None:
    done = 0
    for column in range(unknown):
        pivot = next((number for number in range(done, len(rows)) if rows[number][column]), None)
        if pivot is None:
            return None
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [each / rows[done][column] for each in rows[done]]
        for number, row in enumerate(rows):
            if number != done and row[column]:
                rows[number] = [a - row[column] * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    if any(row[-1] for row in rows[done:]):
        return None
    return [rows[number][-1] for number in range(unknown)]


def _products(value: int, moved: Sequence[Change], powers: Sequence[int]) -> Iterator[Polynomial]:
    """Yield products of what is proportional and of sums of an argument and a number: ``heads × (width + 1)``."""
    if len(moved) < 2 or not value:
        return
    factors, rest = [], Fraction(value)
    for change, power in zip(moved, powers, strict=True):
        slope = _slope(change, power, value)
        before = Fraction(change.before) ** power
        beside = (value - slope * before) / slope
        if beside.denominator != 1 or (beside and power != 1) or not before + beside:
            return
        factors.append(Polynomial.monomial(1, {change.name: power}) + Polynomial.number(beside))
        rest /= before + beside
    if _is_written(rest):
        yield multiplied([Polynomial.number(rest), *factors])


def _is_written(coefficient: Fraction) -> bool:
    return bool(coefficient) and coefficient.denominator <= _LARGEST_DENOMINATOR


def _oddness(made: Polynomial) -> int:
    """Return how unlikely it is that somebody wrote this."""
    odd = 0
    for powers, coefficient in made.terms():
        odd += 2 * len(str(coefficient.denominator)) * (coefficient.denominator > 1) + 4 * (coefficient < 0)
        if powers:
            odd += 2 + sum({1: 0, -1: 1}.get(power, 2) for _, power in powers)
            odd += len(str(abs(coefficient.numerator))) // 3
        else:
            odd += 2
    return odd


def _product(factors: Sequence[Fraction]) -> Fraction:
    made = Fraction(1)
    for factor in factors:
        made *= factor
    return made


def at(arguments: Mapping[str, int], made: Polynomial) -> int | None:
    """Return the value of a number that counts; ``None`` where it would be no whole one."""
    try:
        value = made.evaluate(arguments)
    except ZeroDivisionError:
        return None
    return value.numerator if value.denominator == 1 else None
