"""The table of a live model."""

from __future__ import annotations

from typing import Any

import pytest

import sphinx_paramdoc

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("fresh_names")]


def test_explain_gives_the_table_of_a_live_model(seed_code: str) -> None:
    names: dict[str, Any] = {"keras": pytest.importorskip("keras")}
    exec(seed_code, names)
    explained = sphinx_paramdoc.explain(names["mlp_model"])
    assert (explained.total, explained.trainable, explained.non_trainable) == (2_140_752, 2_139_728, 1_024)
    assert [row.params for row in explained.rows] == [0, 2_097_664, 2_048, 0, 41_040]
    says = "4 × 512 = 2,048 (4 (gamma, beta, moving mean, moving variance) × channels); 1,024 non-trainable"
    assert says in explained.to_text(width=0)
    assert repr(explained) == str(explained) == explained.to_text()
    assert max(map(len, explained.to_text(width=60).splitlines())) <= 60
    assert '"variables": "real"' in explained.to_json()
    assert "| dense_1 (Dense) | (None, 80) | 41,040 |" in explained.to_markdown()
    assert "   * - ``dense_1`` (Dense)" in explained.to_rst()
    assert "<b>dense_1</b> <small>(Dense)</small>" in explained.to_html()
    assert explained._repr_html_() == explained.to_html()
    assert explained._repr_markdown_() == explained.to_markdown()


def test_what_explain_is_asked_for_holds_in_every_form() -> None:
    keras = pytest.importorskip("keras")
    inner = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, name="deep")], name="inner")
    model = keras.Sequential([keras.Input((4,)), inner])
    explained = sphinx_paramdoc.explain(model, depth=1, columns="layer, params", width=30)
    for written in (str(explained), explained.to_markdown(), explained.to_rst(), explained.to_html()):
        assert "deep" in written
        assert "Output shape" not in written
    assert "<details open>" in explained.to_html()
    assert "deep" not in str(sphinx_paramdoc.explain(model, columns=["layer", "params"]))
    assert max(map(len, str(explained).splitlines())) <= 30
    with pytest.raises(ValueError, match=r"explain\(\): columns: 'shape' is none of layer, class, "):
        sphinx_paramdoc.explain(model, columns=["shape"])
    with pytest.raises(ValueError, match=r"explain\(\): depth is -1, which is no number from 0 on"):
        sphinx_paramdoc.explain(model, depth=-1)
    with pytest.raises(ValueError, match=r"explain\(\): width is 1.5, which is no number from 0 on"):
        sphinx_paramdoc.explain(model, width=1.5)  # type: ignore[arg-type]


def test_explain_refuses_what_is_no_model() -> None:
    with pytest.raises(TypeError, match=r"explain\(\) takes a Keras model or layer or a tf.Module, not a dict"):
        sphinx_paramdoc.explain({})
    with pytest.raises(TypeError, match=r"not the class dict: call it first"):
        sphinx_paramdoc.explain(dict)
