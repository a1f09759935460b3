"""The table of a live model."""

from __future__ import annotations

from typing import Any

import pytest

import sphinx_paramdoc

pytestmark = pytest.mark.slow


def test_explain_gives_the_table_of_a_live_model(seed_code: str) -> None:
    names: dict[str, Any] = {"keras": pytest.importorskip("keras")}
    exec(seed_code, names)
    explained = sphinx_paramdoc.explain(names["mlp_model"])
    assert (explained.total, explained.trainable, explained.non_trainable) == (2_140_752, 2_139_728, 1_024)
    assert [row.params for row in explained.rows] == [0, 2_097_664, 2_048, 0, 41_040]
    assert "4 × 512 = 2,048; 1,024 non-trainable: moving mean and moving variance" in str(explained)
    assert repr(explained) == str(explained)
    assert '"variables": "real"' in explained.to_json()


def test_explain_refuses_what_is_no_model() -> None:
    with pytest.raises(TypeError, match=r"explain\(\) takes a Keras model or layer or a tf.Module, not a dict"):
        sphinx_paramdoc.explain({})
    with pytest.raises(TypeError, match=r"not the class dict: call it first"):
        sphinx_paramdoc.explain(dict)
