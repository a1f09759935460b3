"""Sums of products of arguments: how they add and multiply, and how they are written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_paramdoc.law import Polynomial
from sphinx_paramdoc.law.writing import Style, text

width, heads, layers = (Polynomial.monomial(1, {name: 1}) for name in ("width", "heads", "layers"))
NAMES = ("layers", "width", "heads")

polynomials = st.builds(
    Polynomial,
    st.dictionaries(
        st.dictionaries(st.sampled_from("abc"), st.integers(-2, 3).filter(bool)).map(
            lambda powers: tuple(sorted(powers.items()))
        ),
        st.fractions(-9, 9, max_denominator=9),
        max_size=4,
    ),
)
arguments = st.fixed_dictionaries({name: st.integers(1, 9) for name in "abc"})


@given(polynomials, polynomials, arguments)
def test_sums_and_products_are_those_of_their_values(
    one: Polynomial, other: Polynomial, values: dict[str, int]
) -> None:
    assert (one + other).evaluate(values) == one.evaluate(values) + other.evaluate(values)
    assert (one - other).evaluate(values) == one.evaluate(values) - other.evaluate(values)
    assert (one * other).evaluate(values) == one.evaluate(values) * other.evaluate(values)


def test_what_is_opposite_cancels() -> None:
    per_head = width * Polynomial.monomial(1, {"heads": -1})
    assert layers * width * heads * per_head == layers * width * width
    assert not width - width
    assert (width - width).is_constant


def test_integers_stay_exact_beyond_floats() -> None:
    assert width.evaluate({"width": 2**70 + 1}) == 2**70 + 1


@pytest.mark.parametrize(
    ("made", "written"),
    [
        (Polynomial(), "0"),
        (Polynomial.number(7), "7"),
        (width * width, "width²"),
        (layers * (width * width + width), "layers × (width² + width)"),
        (layers * (width * width + width) + width, "layers × (width² + width) + width"),
        (layers * layers * width, "layers² × width"),
        (Polynomial.monomial(Fraction(5, 8), {"width": 2}), "5 × width² / 8"),
        (Polynomial.monomial(Fraction(1, 2), {"width": 1, "heads": -1}), "width / (2 × heads)"),
        (Polynomial.monomial(Fraction(3), {"heads": -1}), "3 / heads"),
        (Polynomial.monomial(1, {"width": 12}), "width¹²"),
        (width - Polynomial.number(2), "width − 2"),
        (Polynomial.number(-2) + Polynomial.monomial(Fraction(1, 768), {"width": 1}), "width / 768 − 2"),
        (layers * width - width * width, "layers × width − width²"),
    ],
)
def test_it_is_written_as_people_do(made: Polynomial, written: str) -> None:
    assert text(made, Style(NAMES, ("layers",))) == written


def test_what_repeats_inside_of_what_repeats_is_written_once() -> None:
    experts = Polynomial.monomial(1, {"experts": 1})
    how = Style((*NAMES, "experts"), ("layers", "experts"))
    inner = experts * (width * width + width)
    assert text(layers * inner, how) == "layers × experts × (width² + width)"
    assert text(layers * (inner + heads) + width, how) == "layers × (experts × (width² + width) + heads) + width"
