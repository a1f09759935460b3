"""Each behaviour of the tables is another one in Keras 3, and what is written instead does what the old form did."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from flake8_paramdoc.changes import BEHAVIOURS
from flake8_paramdoc.changes.shapes import Fate

pytestmark = [
    pytest.mark.slow,
    pytest.mark.thorough,
    pytest.mark.skipif(
        not all(map(find_spec, ("keras", "tensorflow", "tf_keras"))),
        reason="one of the packages of Keras is not installed",
    ),
]

NOT_RUN = {
    "gru": "the default of Keras 2.3 or older",
    "channels_first": "the order of Keras 1",
    "channel_axis": "the order of Keras 1",
    "layers_changed": "the list of Keras 2.3 or older",
    "default_number": "the numbers of Keras 2.3 or older",
    "application_name": "the names of Keras 2.3 or older",
}
"""What no copy of Keras that can be installed here does any more."""

OTHERWISE = {
    "layer_on_list": "tf_keras refuses it too: Keras 2.3 or older took it",
    "layer_number": "what is written instead looks for a layer by its name",
    "monitor_direction": "what is written instead is what was meant, in both",
}
"""Of which what is written instead is not what ``tf_keras`` did."""


def results(repository: Path, package: str) -> dict[str, list[Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.flake8_paramdoc.changes.behaviours", package],
        cwd=repository,
        env={**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[Any]] = json.loads(done.stdout)
    return found


def test_each_behaviour_is_another_one(repository: Path) -> None:
    before, after = (results(repository, package) for package in ("tf_keras", "keras"))
    assert {*before, *NOT_RUN} == set(BEHAVIOURS)
    for key, (old, _) in before.items():
        old_today, new_today = after[key]
        assert old_today != old, key
        raises = isinstance(old_today, str) and old_today.endswith("Error")
        if key != "rate_key":  # the key is missing, which is an error where it is read
            assert raises == (BEHAVIOURS[key].outcome is Fate.RAISES or key == "list_of_one"), key
        if key in OTHERWISE:
            assert before[key][1] == new_today, key
        else:
            assert new_today == old, key
