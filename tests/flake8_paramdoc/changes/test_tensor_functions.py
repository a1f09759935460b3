"""What the tables write instead of a function of TensorFlow does the same, and takes the Keras tensors it refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.thorough,
    pytest.mark.skipif(
        not all(map(find_spec, ("keras", "tensorflow", "tf_keras"))),
        reason="one of the packages of Keras is not installed",
    ),
]


def test_each_function_is_refused_and_replaced(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.flake8_paramdoc.changes.tensor_functions"],
        cwd=repository,
        env={**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.pop("ran") > 300
    assert found == {"taken": [], "unequal": [], "failed": []}
