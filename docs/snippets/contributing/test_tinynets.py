"""Live models of tinynets → facts."""

from __future__ import annotations

import pytest
import tinynets

import sphinx_paramdoc
from sphinx_paramdoc.inspection import BuiltError, NotBuiltError, build


@pytest.fixture(autouse=True)
def _fresh_names() -> None:
    """Leave Keras alone, which these models know nothing of."""


def test_a_chain_is_shown_layer_by_layer() -> None:
    shared = tinynets.Linear(3, 3, "again")
    explained = sphinx_paramdoc.explain(tinynets.Chain(tinynets.Linear(4, 3), shared, shared))
    assert [(row.path, row.params) for row in explained.rows] == [("linear", 15), ("again", 12), ("again#2", 0)]
    assert explained.total == 27


def test_what_has_no_weights_and_what_is_built_is_told() -> None:
    with pytest.raises(NotBuiltError, match=r"chain \(Chain\) has no weights yet"):
        sphinx_paramdoc.explain(tinynets.Chain())
    with pytest.raises(BuiltError, match="linear knows the shape of its input"):
        build(tinynets.Linear(4, 3), [None, 4])
