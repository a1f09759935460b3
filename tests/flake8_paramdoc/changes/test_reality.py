"""The tables against the Keras that is installed: each old form is asked for there, and so is what is to be written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.versions import since

pytestmark = [
    pytest.mark.slow,
    pytest.mark.thorough,
    # Looked for and not imported, which takes seconds: every run that only collects this file would pay for it.
    pytest.mark.skipif(not all(map(find_spec, ("keras", "tensorflow"))), reason="Keras or TensorFlow is not installed"),
]

KNOWN = {
    # The names are there, and each raises when it is called: "Keras 3 does not support it".
    "is there, and cannot be called": [
        f"keras.optimizers.legacy.{name}" for name in ("Adagrad", "Adam", "Ftrl", "Optimizer", "RMSprop", "SGD")
    ],
    # The one layer that never looks at this argument.
    "values": ["keras.layers.SimpleRNN(activity_regularizer='l1_l2'): WORKS, and not RAISES"],
}
"""What is not as the tables say, on purpose."""

NOT_ASKED = {
    *(f"keras.layers.{name}{n}D" for name in ("AtrousConvolution", "LocallyConnected") for n in (1, 2)),
    *(f"keras.layers.{name}" for name in ("FlaxLayer", "JaxLayer", "TorchModuleWrapper")),
    *(f"keras.models.Model.{name}_generator" for name in ("fit", "evaluate", "predict")),
    *(f"keras.utils.{name}" for name in ("model_to_dot", "plot_model", "np_utils.normalize", "print_summary")),
    *(f"keras.wrappers.scikit_learn.{name}" for name in ("KerasClassifier", "KerasRegressor")),
}
"""Arguments of what is gone itself, and of what a signature tells nothing of and nothing here can make or call."""

VALUES_NOT_ASKED = {
    *(f"keras.layers.{name}{n}D" for name in ("AtrousConvolution", "LocallyConnected") for n in (1, 2)),
    *(f"keras.backend.{name}" for name in ("image_dim_ordering()", "resize_images", "set_image_dim_ordering")),
    "keras.backend.temporal_padding(padding=(1, 1))",
    *(
        f"keras.preprocessing.image.{name}"
        for name in ("DirectoryIterator", "ImageDataGenerator", "NumpyArrayIterator")
    ),
}
"""Values that only what is gone from Keras 3 took."""


@pytest.fixture(scope="module")
def found(repository: Path) -> dict[str, list[str]]:
    """Run the script that asks; it imports Keras with TensorFlow, once for all tests."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.flake8_paramdoc.changes.reality"],
        cwd=repository,
        env={**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    "part",
    [
        "names",
        "is there, and cannot be called",
        pytest.param("mentions", marks=since("keras", "3.8", "keras.wrappers")),
        "arguments",
        "new arguments",
        "values",
        "new values",
        "members",
        "new members",
    ],
)
def test_keras_does_what_the_tables_say(found: dict[str, list[str]], part: str) -> None:
    assert found.get(part, []) == KNOWN.get(part, [])


def test_nearly_all_was_asked(found: dict[str, list[str]]) -> None:
    assert set(found.get("not asked", [])) <= NOT_ASKED
    assert set(found.get("values not asked", [])) <= VALUES_NOT_ASKED
    assert found.get("members not asked", []) == []
