"""What a page and its build say of numbers that Keras does not track."""

from __future__ import annotations

import re

import pytest

from tests.sphinx_paramdoc.projects import Project

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy, pytest.mark.shares_server]

BLOCK = """
.. paramsummary::
   :caption: A model

   dense = keras.layers.Dense(3, name="outer")
   dense.build((None, 4))
   inputs = keras.Input((4,))
   places = keras.layers.Embedding(1, 4, name="places")(keras.ops.zeros((1,), dtype="int32"))
   hidden = keras.layers.Lambda(lambda x: dense(x), output_shape=(3,), name="project")(inputs + places)
   m = keras.Model(inputs, keras.layers.Dense(2, name="head")(hidden))
"""

SAID = "uses 15 numbers that Keras does not track (outer): they are not trained, saved or counted here"


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_warning_at_the_block_and_a_sentence_in_the_row(project: Project) -> None:
    project.page("mynets", BLOCK)
    built = project.build()
    [warning] = [warning for warning in built.warnings if "untracked" in warning]
    assert re.search(r"mynets\.rst:\d+: WARNING: project uses 15 numbers that Keras does not track \(outer\)", warning)
    assert warning.endswith("[paramdoc.untracked]")
    page = text_of((built.out / "mynets.html").read_text(encoding="utf-8"))
    assert f"no weights: it only calls a function; {SAID}" in page
    assert "places (Embedding) is in no model: add takes its result as a plain value, so its 4 numbers are not" in page
    # The record tells it, too, and the next build warns again.
    again = project.build("-W", may_run=False)
    assert again.status != 0
    assert [warning for warning in again.warnings if "untracked" in warning]


def test_who_knows_it_can_suppress_the_warning_alone(project: Project) -> None:
    project.conf += "suppress_warnings = ['paramdoc.untracked']\n"
    project.page("mynets", BLOCK)
    built = project.build("-W")
    assert (built.status, built.warnings) == (0, [])
    assert SAID in text_of((built.out / "mynets.html").read_text(encoding="utf-8"))
