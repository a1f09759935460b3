"""How weights are told apart that have no name, or the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from sphinx_paramdoc.inspection.naming import distinct, weight_names


@pytest.fixture(autouse=True)
def _fresh_names() -> None:
    """Leave Keras' session alone: no layer of Keras is named here, and Keras need not be imported."""


@dataclass(eq=False)
class Variable:
    name: str


@dataclass
class Holder:
    kernel: Variable
    _bias: Variable
    params: dict[str, Any] = field(default_factory=dict)
    _trainable_variables: list[Variable] = field(default_factory=list)


def test_a_weight_without_a_name_is_called_by_what_holds_it() -> None:
    kernel, bias, scale, deep = (Variable(name) for name in ("variable", "variable_1", "scale", "variable_22"))
    layer = Holder(kernel, bias, {"Dense_0": [scale, {"kernel": deep}], "again": {"far": {"off": kernel}}})
    layer._trainable_variables += [deep, kernel]
    assert weight_names(layer, [kernel, bias, scale, deep]) == ["kernel", "bias", "scale", "params.Dense_0.1.kernel"]


def test_a_weight_that_nothing_holds_keeps_its_number() -> None:
    layer = Holder(Variable("kernel"), Variable("bias"))
    assert weight_names(layer, [Variable("variable_7")]) == ["variable_7"]


@pytest.mark.parametrize(
    ("names", "told_apart"),
    [
        (["kernel", "bias", "kernel"], ["kernel", "bias", "kernel#2"]),
        (["a/b", "dense_kernel:0"], ["a.b", "dense_kernel"]),
    ],
)
def test_names_hold_no_separator_and_differ(names: list[str], told_apart: list[str]) -> None:
    assert weight_names(object(), map(Variable, names)) == told_apart


def test_layers_of_the_same_name() -> None:
    assert list(distinct(["d", "e", "d", "d"])) == ["d", "e", "d#2", "d#3"]
