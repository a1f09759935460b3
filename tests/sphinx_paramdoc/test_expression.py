from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_paramdoc.expression import Dimension, Expression, Number, Product, Quotient, Sum

inputs, units = Dimension(4096, "inputs"), Dimension(512, "units")

numbers = st.builds(Dimension, st.integers(0, 10**6), st.sampled_from(["inputs", "units"])) | st.builds(
    Number, st.integers(1, 9), st.just("gates")
)
expressions = st.recursive(
    numbers,
    lambda parts: st.builds(lambda a, b: a + b, parts, parts) | st.builds(lambda a, b: a * b, parts, parts),
    max_leaves=12,
)


def test_text_and_symbols() -> None:
    formula = inputs * units + units
    assert formula.text() == "4096 × 512 + 512"
    assert formula.symbolic() == "inputs × units + units"
    assert formula.evaluate() == 2_097_664
    assert [(number.value, number.label) for number in formula.terms()] == [
        (4096, "inputs"),
        (512, "units"),
        (512, "units"),
    ]


def test_a_plain_number_keeps_its_digits_in_the_symbolic_form() -> None:
    assert (Number(4, "gates") * units).symbolic() == "4 × units"


def test_a_sum_in_a_product_stands_in_parentheses() -> None:
    formula = Number(4, "gates") * ((inputs + units) * units + units)
    assert formula.text() == "4 × ((4096 + 512) × 512 + 512)"
    assert formula.symbolic() == "4 × ((inputs + units) × units + units)"


@given(expressions)
def test_what_is_written_is_what_is_evaluated(expression: Expression) -> None:
    # Python's own arithmetic is the judge.
    assert eval(expression.text().replace("×", "*")) == expression.evaluate()


@given(expressions)
def test_every_number_has_its_term_in_order(expression: Expression) -> None:
    written = [int(digits) for digits in re.findall(r"\d+", expression.text())]
    assert written == [number.value for number in expression.terms()]


def test_expressions_are_values() -> None:
    formula = inputs * units + units
    assert formula == Dimension(4096, "inputs") * Dimension(512, "units") + Dimension(512, "units")
    assert len({formula, inputs * units + units, units, Dimension(512, "units")}) == 2
    assert Sum((inputs, units)) != Product((inputs, units))
    assert Number(512, "units") != units
    assert units != Dimension(512, "units", "u")
    with pytest.raises(AttributeError, match=r"^Dimension cannot be changed$"):
        units.value = 3
    for each in (formula, Number(4, "gates") * units, Quotient(inputs, units)):
        assert eval(repr(each)) == each
        assert pickle.loads(pickle.dumps(each)) == each
