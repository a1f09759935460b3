"""Formulas whose terms are held to the shapes of weights, without any layer."""

from __future__ import annotations

import pytest

from sphinx_paramdoc.explanation.terms import are_weights
from sphinx_paramdoc.expression import Dimension, Expression, Number, Quotient


def d(value: int) -> Dimension:
    return Dimension(value, "size")


def n(value: int) -> Number:
    return Number(value, "number")


DENSE = d(6) * d(4) + d(4)
LSTM = n(4) * ((d(5) + d(3)) * d(3) + d(3))
GRU = n(3) * ((d(5) + d(3)) * d(3) + n(2) * d(3))


@pytest.mark.parametrize(
    ("formula", "shapes"),
    [
        (DENSE, [[6, 4], [4]]),
        (DENSE, [[4], [1, 6, 1, 4]]),
        (n(4) * d(7), [[7]] * 4),
        (n(2) * d(1), [[1]] * 2),
        (n(2) * d(5) * d(6), [[5, 6]] * 2),
        (n(2) * d(5) + n(1), [[5], [5], []]),
        (LSTM, [[5, 12], [3, 12], [12]]),
        (n(2) * LSTM, [[5, 12], [3, 12], [12]] * 2),
        (GRU, [[5, 9], [3, 9], [2, 9]]),
        (
            n(3) * (d(6) * d(2) * d(4) + d(2) * d(4)) + d(2) * d(4) * d(6) + d(6),
            [[6, 2, 4], [2, 4]] * 3 + [[8, 6], [6]],
        ),
        (d(32) * Quotient(d(17), n(2)) + n(2) * d(17) + d(32), [[32, 9], [1, 17], [17], [32]]),
        (n(3) * (n(1) + d(8)), [[], [], [], [8], [8], [8]]),
        (n(1) + n(1), [[], []]),
        (d(0) * d(3), [[0, 3]]),
    ],
)
def test_terms_that_are_weights(formula: Expression, shapes: list[list[int]]) -> None:
    assert are_weights(formula, shapes)
    assert are_weights(formula, shapes[::-1])


@pytest.mark.parametrize(
    ("formula", "shapes"),
    [
        (DENSE, [[3, 8], [4]]),  # the count is right
        (DENSE, [[6, 4], [2, 2]]),
        (DENSE, [[28]]),
        (DENSE, [[6, 4]]),
        (DENSE, [[6, 4], [4], [4]]),
        (n(4) * d(6), [[6], [6], [12]]),
        (n(4) * d(6), [[8], [8], [8]]),
        (n(2) * d(6) + n(1), [[6], [7]]),
        (LSTM, [[8, 12], [12]]),
        (LSTM, [[5, 12], [18, 2], [12]]),
        (GRU, [[5, 9], [3, 9], [18, 1], [0]]),
    ],
)
def test_terms_that_are_other_weights(formula: Expression, shapes: list[list[int]]) -> None:
    assert not are_weights(formula, shapes)


def test_a_formula_that_multiplies_out_without_end_is_none() -> None:
    formula: Expression = d(2) + d(3)
    for _ in range(12):
        formula = formula * (d(2) + d(3))
    assert not are_weights(formula, [[5] * 13])
