"""What a number may be in arguments, and how many sums are tried for it."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest

from sphinx_paramdoc.law import fitting
from sphinx_paramdoc.law.fitting import Change
from sphinx_paramdoc.law.polynomial import Polynomial


@pytest.mark.slow
def test_a_number_that_many_arguments_change_ends() -> None:
    tried: list[Any] = []
    solved = fitting._solved

    def counting(chosen: Any, *given: Any) -> Any:
        tried.append(chosen)
        return solved(chosen, *given)

    sizes = dict(zip("abcdef", (3, 5, 7, 11, 13, 17), strict=True))
    whole = math.prod(sizes.values())
    changes = [Change(name, size, size + 1, whole // size * (size + 1)) for name, size in sizes.items()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "_solved", counting)
        found = fitting.candidates(whole, changes)
    assert found[0] == Polynomial.monomial(1, dict.fromkeys(sizes, 1))
    assert 64 < len(tried) <= 1000 + 63 * 31


def test_what_people_write_most_often_comes_first() -> None:
    assert fitting.candidates(64, [Change("width", 64, 65, 65)])[0] == Polynomial.monomial(1, {"width": 1})
    half = Polynomial.monomial(Fraction(1, 2), {"width": 1})
    assert fitting.candidates(32, [Change("width", 64, 66, 33)])[0] == half
    assert fitting.candidates(7, [Change("width", 64, 65, 7)]) == [Polynomial.number(7)]
