"""Which values of an argument a formula speaks of: in which steps they are, as something divides them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from sphinx_paramdoc.law.formula import Law
from sphinx_paramdoc.law.polynomial import Polynomial
from sphinx_paramdoc.law.settings import Setting

REACH = 4
"""An argument is looked at up to so many times its value in the table."""


def step(law: Law, name: str) -> int:
    """Return in which steps an argument may be changed while the others stay: 12 for a width that 12 heads divide.

    It divides what the argument is in the table, whatever the square of it is divided by.
    """
    found = 1
    for condition in law.conditions():
        for powers, coefficient in condition.terms():
            if dict(powers).get(name, 0) > 0:
                others = [Fraction(law.arguments[other]) ** power for other, power in powers if other != name]
                found = math.lcm(found, (coefficient * math.prod(others)).denominator)
    return math.gcd(found, law.arguments[name])


def values(law: Law, name: str) -> range:
    """Return the values of an argument from its first step, or from 0, up to four times what it is in the table."""
    value, by = law.arguments[name], step(law, name)
    return range(min(value, by), (REACH * value if value > 0 else REACH * by) + 1, by)


def least(law: Law, name: str) -> int:
    """Return the smallest value of an argument that is executed, or asked for by a reader.

    That is 1; or 0 for what repeats, and even more where a formula takes some of what repeats away: ``layers - 2``.
    """
    smallest = min(1, *(setting.arguments[name] for setting in law.executed))
    if name not in law.repeating:
        return smallest
    smallest = min(smallest, 0)
    while smallest < law.arguments[name] and any(
        part.number.evaluate({**law.arguments, name: smallest}) < 0
        for part in law.parts
        if all(dict(powers).get(name, 0) >= 0 for powers, _ in part.number.terms())
    ):
        smallest += 1
    return smallest


def divided(
    arguments: Setting, fixed: Setting, wrong: Sequence[Setting], right: Sequence[Setting]
) -> Polynomial | None:
    """Return a quotient that is whole in the table and in no setting that is wrong; ``None`` without such.

    :param fixed: the whole numbers that the builder gets besides.
    :param wrong: the settings that a formula has other weights for; the fewer of those that are right it leaves out,
        the better.
    """
    found: list[tuple[int, str, str]] = []
    for name, value in arguments.items():
        for other, by in {**fixed, **arguments}.items():
            if other != name and by > 1 and value % by == 0:
                broken = [setting[name] % setting.get(other, by) != 0 for setting in wrong]
                if all(broken):
                    found.append((sum(setting[name] % setting.get(other, by) != 0 for setting in right), name, other))
    if not found:
        return None
    _, name, other = min(found)
    if other in arguments:
        return Polynomial.monomial(1, {name: 1, other: -1})
    return Polynomial.monomial(Fraction(1, fixed[other]), {name: 1})
