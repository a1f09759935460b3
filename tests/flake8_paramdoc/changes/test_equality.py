"""What the tables write instead of an old function does what that did: both were run, and what comes out compared."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from flake8_paramdoc.changes import CHANGES, NAMES
from flake8_paramdoc.changes.shapes import NameChange, Place

pytestmark = [
    pytest.mark.slow,
    pytest.mark.thorough,
    # Looked for and not imported, which takes seconds: every run that only collects this file would pay for it.
    pytest.mark.skipif(
        not all(map(find_spec, ("keras", "tensorflow", "tf_keras"))),
        reason="one of the packages of Keras is not installed",
    ),
]


@pytest.fixture(scope="module")
def found(repository: Path) -> Any:
    """Return what the script prints that runs both; it imports TensorFlow, once for all tests."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.flake8_paramdoc.changes.equality"],
        cwd=repository,
        env={**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_what_is_unequal_is_what_the_row_leaves_out(found: Any) -> None:
    unexpected = []
    for name, calls in found["unequal"].items():
        change = NAMES[name]
        condition = change.holds.get(name.rpartition(".")[2]) or change.unsafe.get(name.rpartition(".")[2])
        left_out = found["left out"].get(name)
        unexpected += [call for call in calls if not (condition and left_out and re.search(left_out, call))]
    assert unexpected == []


def test_no_exception_is_left_over(found: Any) -> None:
    assert set(found["left out"]) == set(found["unequal"])
    for name, pattern in found["left out"].items():
        assert any(re.search(pattern, call) for call in found["unequal"][name])


def test_each_call_that_worked_is_written_anew(found: Any) -> None:
    assert found["no fix"] == {}
    assert found["missing"] == []


def test_nearly_all_was_run(found: Any) -> None:
    ran, not_run = len(found["run"]), len(found["not run"])
    assert ran > 190
    assert sum(found["run"].values()) > 3000
    assert not_run <= (ran + not_run) / 10
    assert all(found["not run"].values())


def test_every_function_of_the_old_backend_was_run_or_is_told_in_words(found: Any) -> None:
    backend = [change for change in CHANGES if isinstance(change, NameChange) and change.module == "keras.backend"]
    for change in backend:
        for name in change.names if change.major == 3 and not change.is_module else ():
            in_words = all(fix.place is Place.NOTHING for fix in change.fixes(name))
            assert in_words != (f"keras.backend.{name}" in {*found["run"], *found["not run"]}), name
    known = {name for change in backend for name in change.names}
    assert [name for name in found["old backend"] if name not in known] == []
