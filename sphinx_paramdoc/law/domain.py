"""Which values of an argument a formula speaks of: in which steps they are, as something divides them."""

from __future__ import annotations

import math
from fractions import Fraction

from sphinx_paramdoc.law.formula import Law

REACH = 4
"""An argument is looked at up to so many times its value in the table."""


def step(law: Law, name: str) -> int:
    """Return in which steps an argument may be changed while the others stay: 12 for a width that 12 heads divide."""
    found = 1
    for condition in law.conditions():
        for powers, coefficient in condition.terms():
            if dict(powers).get(name, 0) > 0:
                others = [Fraction(law.arguments[other]) ** power for other, power in powers if other != name]
                found = math.lcm(found, (coefficient * math.prod(others)).denominator)
    return found


def values(law: Law, name: str) -> range:
    """Return the values of an argument from its first step up to four times what it is in the table."""
    by = step(law, name)
    return range(by, max(REACH * law.arguments[name], by) + 1, by)
