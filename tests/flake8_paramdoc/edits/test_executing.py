"""The fixes, executed: what was and what is written have the same weights, outputs, steps and values."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

OTHERWISE_IN_THE_LAST = (
    "kwarg-renamed keras.optimizers.SGD lr",  # it warns, and takes its default
    "positional keras.optimizers.SGD (lr, momentum, decay, nesterov)",  # the third is nesterov there
    "positional keras.callbacks.TensorBoard positional #3 = batch_size",  # the third is write_graph there
    "positional keras.callbacks.ModelCheckpoint positional #8",
    "serialize positional #2 = use_legacy_format",  # each writes a form of its own
)
"""Forms that the last release of Keras 2 takes for something else than those before it did, or writes otherwise."""


@pytest.mark.slow
@pytest.mark.thorough
@pytest.mark.skipif(not all(map(find_spec, ("keras", "tensorflow", "tf_keras"))), reason="a Keras is not installed")
def test_old_forms_and_what_is_written_for_them_do_the_same(repository: Path) -> None:
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
    compared = told["compared"]
    assert {kind for kind, number in compared.items() if number >= 2} >= {
        *("functions", "values", "layers", "models", "optimizers", "losses", "metrics", "callbacks")
    }
    assert sum(compared.values()) > 750
    assert told["failed"] == []
    assert [line for line in told["unequal"] if not any(form in line for form in OTHERWISE_IN_THE_LAST)] == []
