"""What the packages of Keras offer, compared by program: what differs is in the tables, or has a reason not to be."""

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

from flake8_paramdoc.changes import MODULES, NAMES
from flake8_paramdoc.changes.shapes import NameChange
from tools.keras_changes import Difference, differences, is_told, reason
from tools.keras_exceptions import EXCEPTIONS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.thorough,
    # Looked for and not imported, which takes seconds: every run that only collects this file would pay for it.
    pytest.mark.skipif(
        not all(map(find_spec, ("keras", "tensorflow", "tf_keras"))), reason="a copy of Keras is not installed"
    ),
]

LATE = re.compile(r"keras\.saving(\..*)?")
"""A module of ``tensorflow.keras`` that is there once it has been imported, and no attribute before."""


@pytest.fixture(scope="module")
def surfaces(repository: Path) -> dict[str, Any]:
    """Return what each copy offers, asked in a process of its own."""

    def asked(package: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "tools.keras_surface", package],
            cwd=repository,
            env={**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return {package: asked(package) for package in ("tf_keras", "keras", "tensorflow.keras")}


@pytest.fixture(scope="module")
def found(surfaces: dict[str, Any]) -> list[Difference]:
    """Return all differences between Keras 2 and the Keras that is installed."""
    return list(differences(surfaces["tf_keras"], surfaces["keras"]))


def test_each_difference_is_told_or_has_a_reason(found: list[Difference]) -> None:
    assert len(found) > 500
    assert [str(one) for one in found if not is_told(one) and reason(one) is None] == []


def test_no_exception_is_left_over(found: list[Difference]) -> None:
    untold = [str(one) for one in found if not is_told(one)]
    assert [pattern for pattern in EXCEPTIONS if not any(re.fullmatch(pattern, text) for text in untold)] == []
    assert all(EXCEPTIONS.values())


def told(name: str) -> NameChange | None:
    """Return the change of a name, or of a module that it is in."""
    while name:
        if name in NAMES or name in MODULES:
            return NAMES.get(name) or MODULES[name]
        name = name.rpartition(".")[0]
    return None


def test_what_tensorflow_lacks_of_keras_is_told_there_alone(surfaces: dict[str, Any]) -> None:
    lacking = {name for name in set(surfaces["keras"]) - set(surfaces["tensorflow.keras"]) if not LATE.fullmatch(name)}
    assert lacking == {name for name, change in NAMES.items() if change.only_in_tensorflow}


def test_what_keras_lacks_of_tensorflow_is_kept_there(surfaces: dict[str, Any]) -> None:
    kept = set(surfaces["tensorflow.keras"]) - set(surfaces["keras"])
    assert len(kept) > 150
    changes = {name: told(name) for name in kept}
    assert [name for name, change in changes.items() if change is None or not change.kept_in_tensorflow] == []


def test_what_both_lack_of_keras_2_is_kept_nowhere(surfaces: dict[str, Any]) -> None:
    gone = set(surfaces["tf_keras"]) - set(surfaces["keras"]) - set(surfaces["tensorflow.keras"])
    changes = {name: told(name) for name in gone}
    assert [name for name, change in changes.items() if change is None or change.kept_in_tensorflow] == []
