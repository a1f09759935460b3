"""The count of a builder that is alive in this process, in its own arguments."""

from __future__ import annotations

import functools
import json
from typing import Any

import pytest

from sphinx_paramdoc import explain

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy]


def build(layers: int = 3, width: int = 12, name: str = "chain") -> Any:
    import keras

    sizes = [width] * layers
    return keras.Sequential([keras.Input((5,)), *map(keras.layers.Dense, sizes)], name=name)


FORMULA = "layers × (width² + width) − width² + 5 × width"


def test_a_builder_is_told_in_its_arguments() -> None:
    table = explain(build, vary="layers width")
    assert table.total == 6 * 12 + 2 * (12 * 12 + 12)
    assert f"In arguments (layers = 3, width = 12): {FORMULA}" in " ".join(str(table).split())
    assert json.loads(table.to_json())["law"]["arguments"] == {"layers": 3, "width": 12}


def test_a_partial_builder_has_other_values() -> None:
    plain = json.loads(explain(functools.partial(build, layers=5), vary=[]).to_json())["law"]
    assert (plain["formula"], plain["arguments"]) == (FORMULA, {"layers": 5, "width": 12})


def test_what_cannot_be_varied_says_so() -> None:
    with pytest.raises(ValueError, match="name is no argument that is a whole number here; there are layers, width"):
        explain(build, vary="name")
    with pytest.raises(TypeError, match="with vary it takes what builds a model"):
        explain(build(), vary="layers")
