from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flake8_paramdoc.matching import Finding
from sphinx_paramdoc import execution
from sphinx_paramdoc.execution.request import Frame
from sphinx_paramdoc.notation.lint import cause, outdated


def found(**parts: Any) -> list[tuple[str, int]]:
    listing = execution.Listing(**parts)
    return [(finding.code, finding.line) for finding in outdated(listing)]


def source(text: str, line: int = 1) -> execution.Source:
    return execution.Source(text, "index.rst", line)


def test_code_is_looked_at_with_the_preambles_names_at_its_own_line() -> None:
    code = source("x = keras.Input((3,))\nm = keras.Model(input=x,\n                output=x)", 40)
    assert found(code=code) == [("KER101", 41), ("KER101", 42)]


def test_an_argument_knows_the_names_of_the_code() -> None:
    code = source("from keras.models import Model as M\nx = keras.Input((3,))", 12)
    assert found(code=code, expression=source("M(input=x, outputs=x)", 9)) == [("KER101", 9)]


def test_a_comment_silences_a_line_as_for_flake8() -> None:
    code = "x = keras.Input((3,))\nm = keras.Model(input=x,{}\n                output=x)"
    for comment, expected in (
        ("  # noqa", [("KER101", 42)]),
        ("  # noqa: KER101", [("KER101", 42)]),
        ("  # noqa: KER2", [("KER101", 41), ("KER101", 42)]),
    ):
        assert found(code=source(code.format(comment), 40)) == expected


def test_the_model_option_is_looked_at() -> None:
    assert found(code=source("x = 3"), model=source("keras.layers.BatchNormalization(mode=0)", 3)) == [("KER102", 3)]


def test_a_name_that_the_code_takes_for_something_else_is_silent() -> None:
    assert found(code=source("def Model(**given): ...\nm = Model(input=3)")) == []
    assert found(code=source("import django as keras\nm = keras.Model(input=3)")) == []


def test_what_keras_3_changed_is_found_and_what_still_works_is_not() -> None:
    code = source("from keras.layers.core import Dense\nm = keras.Sequential([Dense(3, input_shape=(4,))])\nm.lr = 3")
    assert found(code=code, expression=source("m.fit_generator()", 9)) == [("KER205", 1), ("KER206", 9)]


def test_another_preamble() -> None:
    assert found(preamble="import tensorflow as tf", code=source("tf.keras.Model(input=3)")) == [("KER101", 1)]
    assert found(preamble="", code=source("keras.Model(input=3)")) == []


def test_what_does_not_parse_is_left_to_the_run() -> None:
    assert found(preamble="import", code=source("x = = 3"), expression=source("(")) == []
    assert found(code=source("x = " + "-" * 20_000 + "1")) == []
    assert found(preamble="\0", code=source("keras.Model(input=3)")) == []


def test_in_a_docstring_the_modules_names_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lintnet.py").write_text("from keras import Model as M\nimport other as keras\n")
    monkeypatch.syspath_prepend(tmp_path)
    code = source("m = M(input=3)\nn = keras.Model(input=3)", 5)
    assert found(code=code, module="lintnet") == [("KER101", 5)]
    assert found(code=code) == [("KER101", 6)]
    assert found(code=code, module="no.such_module") == [("KER101", 6)]
    assert found(code=source("def M(**given): ...\nm = M(input=3)"), module="lintnet") == []


def caused(
    failing: int, code: execution.Source, expression: execution.Source | None = None, kind: str = "code"
) -> int | None:
    """Return the line of the finding that tells why a line failed."""
    listing = execution.Listing(code=code, expression=expression)
    frames = [Frame(f"<{kind}>", failing)]
    found = cause(execution.Failure(message="no", frames=frames), listing, list(outdated(listing)))
    return found.line if found else None


OLD = "x = keras.Input((3,))\nif x is not None:\n    y = keras.layers.Dense(\n        output_dim=3)(x)\nz = 3"


def test_what_is_outdated_in_the_statement_that_failed_is_its_cause() -> None:
    assert caused(3, source(OLD, 40)) == 43
    assert caused(1, source(OLD, 40)) is None
    assert caused(5, source(OLD, 40)) is None


def test_an_argument_is_one_statement() -> None:
    expression = source("keras.layers.Dense(\n  output_dim=3)", 7)
    assert caused(1, source("x = 3", 9), expression, kind="expression") == 8


def test_what_still_runs_is_no_cause() -> None:
    listing = execution.Listing(code=source("f(3)"))
    frames = [Frame("<code>", 1)]
    for code, is_cause in (("KER101", True), ("KER203", True), ("KER208", True), ("KER207", False), ("KER901", False)):
        finding = Finding(code, "", 1, 0)
        found = cause(execution.Failure(message="no", frames=frames), listing, [finding])
        assert (found is finding) is is_cause


def test_a_block_that_was_ended_has_no_cause_in_its_code() -> None:
    listing = execution.Listing(code=source(OLD))
    frames = [Frame("<code>", 3)]
    failure = execution.Failure(kind="timeout", message="no", frames=frames)
    assert cause(failure, listing, list(outdated(listing))) is None
