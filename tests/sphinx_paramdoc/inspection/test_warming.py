"""What is done once for all blocks starts no thread, and no block notices."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

CODE = """
import json, os, sys
import psutil
from sphinx_paramdoc.execution import framework
from sphinx_paramdoc.machine import FirstParty

loaded = framework.load()
threads = psutil.Process().num_threads()
framework.warm(FirstParty(os.getcwd()), [])
after = psutil.Process().num_threads()
import keras

names = [keras.layers.Dense(1).name, keras.layers.BatchNormalization().name, keras.layers.Dropout(0.5).name]
print(json.dumps({"threads": after - threads, "names": names, "loaded": "tensorflow" in sys.modules}))
"""


@pytest.mark.parametrize("backend", ["tensorflow", pytest.param("numpy", marks=pytest.mark.thorough), "jax"])
def test_it_starts_no_thread_and_leaves_no_trace(backend: str) -> None:
    if backend != "tensorflow":
        pytest.importorskip("jax")
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        env={**os.environ, "KERAS_BACKEND": backend, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == {
        "threads": 0,
        "names": ["dense", "batch_normalization", "dropout"],
        "loaded": backend == "tensorflow",
    }
