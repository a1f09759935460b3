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

NOT_COMPARED = {
    "2->3 symbol-renamed keras.backend.name_scope": "it names the operations of a graph, and gives nothing",
    "2->3 symbol-renamed keras.backend.name_scope called": "it names the operations of a graph, and gives nothing",
    "2->3 symbol-renamed keras.optimizers.experimental.Optimizer": "it is abstract, and takes no step",
    "2->3 positional keras.callbacks.CallbackList positional #2 = queue_length": (
        "the last release of Keras 2 takes another argument at the second place"
    ),
}
"""Forms of which what is made cannot be compared, and why not; all others are."""


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
        *("functions", "values", "layers", "models", "optimizers", "old optimizers", "losses", "metrics", "callbacks")
    }
    assert sum(compared.values()) > 750
    assert told["failed"] == []
    assert sorted(told["not compared"]) == sorted(NOT_COMPARED)
    assert [line for line in told["unequal"] if not any(form in line for form in OTHERWISE_IN_THE_LAST)] == []
