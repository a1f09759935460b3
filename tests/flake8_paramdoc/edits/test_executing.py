"""The fixes of layers, executed: what was and what is written make the same weights."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

UNFINISHED = (
    "name '",  # an example that stands for more code than it shows
    "'output_shape': (None, 28, 28, 32)",  # it is passed by its name first, and then reported
)


@pytest.mark.slow
@pytest.mark.thorough
@pytest.mark.skipif(not all(map(find_spec, ("keras", "tensorflow", "tf_keras"))), reason="a Keras is not installed")
def test_old_and_new_forms_of_layers_make_the_same_weights(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.flake8_paramdoc.edits.executing"],
        cwd=repository,
        env={**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["compared"] > 200
    assert told["unequal"] == []
    assert [line for line in told["failed"] if not any(mark in line for mark in UNFINISHED)] == []
