"""What functions refer to whichever layer they are of: what leads to nothing is left out, and nothing else."""

from __future__ import annotations

import json
import logging
import math
from types import FunctionType
from typing import Any

import pytest

from sphinx_paramdoc.inspection.surroundings import Surroundings
from sphinx_paramdoc.inspection.values import MISSING, attribute_of

CODE = """
def idle(self, x):
    return self.tower(math.sqrt(json.loads(x)), helper(x), Settings)

def helper(x):
    return LIMIT * logging.getLogger(x).level

def scaled(x):
    return x * scales[0]

def through(x):
    return scaled(x)

def even(x):
    return odd(x - 1)

def odd(x):
    return even(x - 1) + scales[0]

def again(x):
    return odd(x)

def defaulting(x, given=scales):
    return x

def around(x):
    return defaulting(x)
"""


@pytest.fixture
def names() -> dict[str, Any]:
    module: dict[str, Any] = {
        "__name__": "towers",
        "math": math,
        "json": json,
        "logging": logging,
        "LIMIT": 4.0,
        "scales": [1.0],
        "Settings": FunctionType,
    }
    exec(CODE, module)
    return module


def names_of(names: dict[str, Any], function: str) -> list[str]:
    return [reference.name for reference in Surroundings().references(names[function])]


def test_only_the_layer_is_left_where_all_else_leads_to_nothing(names: dict[str, Any]) -> None:
    assert names_of(names, "idle") == ["self"]
    assert names_of(names, "helper") == []


@pytest.mark.parametrize(
    ("function", "leading"),
    [
        ("scaled", ["scales"]),
        ("through", ["scaled"]),
        ("even", ["odd"]),
        ("odd", ["even", "scales"]),
        ("again", ["odd"]),
        ("around", ["defaulting"]),
    ],
)
def test_a_value_is_followed_through_functions_and_their_defaults(
    names: dict[str, Any], function: str, leading: list[str]
) -> None:
    assert names_of(names, function) == leading


def test_what_calls_itself_is_known_in_whichever_order_it_is_met(names: dict[str, Any]) -> None:
    surroundings = Surroundings()
    for function in ("odd", "even", "again"):
        found = [reference.name for reference in surroundings.references(names[function])]
        assert found == names_of(names, function)


def test_a_global_that_changes_is_seen_by_the_next_inspection(names: dict[str, Any]) -> None:
    assert names_of(names, "helper") == []
    names["LIMIT"] = [4.0]
    assert names_of(names, "helper") == ["LIMIT"]


def test_one_attribute_is_read_from_slots_and_from_the_dictionary() -> None:
    class Slotted:
        __slots__ = ("__dict__", "empty", "scale")

    value = Slotted()
    value.scale, value.other = 2.0, 3.0  # type: ignore[attr-defined]
    assert [attribute_of(value, name) for name in ("scale", "other")] == [2.0, 3.0]
    assert attribute_of(value, "empty") is MISSING
