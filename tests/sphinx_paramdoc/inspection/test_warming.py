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

kinds = keras.layers.Dense(1), keras.layers.BatchNormalization(), keras.layers.Dropout(0.5), keras.Sequential()
names = [kind.name for kind in kinds]
print(json.dumps({"threads": after - threads, "names": names, "loaded": "tensorflow" in sys.modules}))
"""

AFTER_LAYERS = """
import os
from sphinx_paramdoc.execution import framework
from sphinx_paramdoc.machine import FirstParty

loaded = framework.load()
import keras

keras.layers.Dense(2)  # as a module may that the preamble imports
framework.warm(FirstParty(os.getcwd()), [])
print(keras.layers.Conv2D(3, 3).name, keras.layers.Dense(2).name)
"""

STRATEGY = """
import os
import psutil
from sphinx_paramdoc import inspection
from sphinx_paramdoc.execution import framework
from sphinx_paramdoc.machine import FirstParty

loaded = framework.load()
framework.warm(FirstParty(os.getcwd()), [])
threads = psutil.Process().num_threads()
import keras
import tensorflow as tf

with inspection.watched(lambda: None), inspection.abstract():
    inspection.inspect(keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)]))
assert psutil.Process().num_threads() == threads
assert not tf.distribute.has_strategy()
made = []
with inspection.watched(lambda: made.append(1)):
    tf.Variable(1.0)
assert made
made.clear()
tf.Variable(1.0)
assert not made
with tf.distribute.OneDeviceStrategy("/cpu:0").scope():
    assert tf.distribute.has_strategy()
assert not tf.distribute.has_strategy()
with tf.Graph().as_default():
    assert not tf.distribute.has_strategy()
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
        "names": ["dense", "batch_normalization", "dropout", "sequential"],
        "loaded": backend == "tensorflow",
    }


def test_blocks_make_no_graph_to_be_told_of_a_strategy_and_are_told_of_one() -> None:
    settings = {**os.environ, "KERAS_BACKEND": "tensorflow", "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-c", STRATEGY], env=settings, check=True)


@pytest.mark.thorough
def test_names_of_layers_that_were_made_before_are_counted_on() -> None:
    settings = {**os.environ, "KERAS_BACKEND": "tensorflow", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", AFTER_LAYERS], env=settings, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["conv2d", "dense_1"]
