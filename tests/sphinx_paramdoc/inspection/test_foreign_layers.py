"""Layers that bring the weights of another framework: explained by their weights, by names that say something."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sphinx_paramdoc import table
from tests.versions import is_older

pytestmark = pytest.mark.slow


def explained(code: str, backend: str) -> list[str]:
    """Give the explanations of the layer that `code` makes, on another backend and so in another process."""
    program = (
        f"{code}\nimport json\nfrom sphinx_paramdoc import explain\n"
        "print(json.dumps([row.explanation for row in explain(layer).rows]))"
    )
    environment = {**os.environ, "KERAS_BACKEND": backend}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def test_a_jax_layer() -> None:
    pytest.importorskip("jax")
    code = (
        "import keras, numpy as np\n"
        "def apply(params, state, inputs):\n"
        "    return inputs @ params['head']['w'] + params['head']['b'], state\n"
        "params = {'head': {'w': np.zeros((8, 3), 'float32'), 'b': np.zeros(3, 'float32')}}\n"
        "layer = keras.layers.JaxLayer(apply, params=params, state={'seen': np.zeros(2, 'float32')})\n"
        "layer(keras.Input((8,)))\n"
    )
    [explanation] = explained(code, "jax")
    assert explanation == (
        "params.head.b 3; params.head.w 8 × 3 = 24; state.seen 2; 2 non-trainable: state.seen is tracked, not learned"
    )


def test_statistics_of_flax() -> None:
    """Keras takes any object with ``init`` and ``apply`` for a module of Flax, of which it imports one class."""
    pytest.importorskip("jax")
    # Where Keras takes the class from.
    home = "flax.core.scope" if is_older("keras", "3.14") else "flax.linen"
    code = (
        "import sys, types, keras, numpy as np\n"
        f"parts = '{home}'.split('.')\n"
        "made = [types.ModuleType('.'.join(parts[:number + 1])) for number in range(len(parts))]\n"
        "for outer, inner in zip(made, made[1:]): setattr(outer, inner.__name__.rpartition('.')[2], inner)\n"
        "made[-1].DenyList = list; sys.modules |= {module.__name__: module for module in made}\n"
        "class Module:\n"
        "    def __call__(self, inputs): ...\n"
        "    def init(self, rng, inputs, method=None):\n"
        "        mean = {'BatchNorm_0': {'mean': np.zeros(3, 'float32')}}\n"
        "        return {'params': {'scale': np.ones(3, 'float32')}, 'batch_stats': mean}\n"
        "    def apply(self, variables, inputs, rngs=None, method=None, mutable=None):\n"
        "        mean = variables['batch_stats']['BatchNorm_0']['mean'] + inputs.mean(axis=0)\n"
        "        state = {'batch_stats': {'BatchNorm_0': {'mean': mean}}}\n"
        "        return inputs * variables['params']['scale'] + mean, state\n"
        "layer = keras.layers.FlaxLayer(Module())\n"
        "layer(keras.Input((3,)))\n"
        "before = [np.array(weight) for weight in layer.weights]\n"
        "layer(np.ones((2, 3), 'float32'), training=True)\n"
        "assert [bool((np.array(w) != b).any()) for w, b in zip(layer.weights, before)] == [False, True]\n"
    )
    assert explained(code, "jax") == [
        (
            "params.params.scale 3; state.batch_stats.BatchNorm_0.mean 3; 3 non-trainable: "
            "state.batch_stats.BatchNorm_0.mean is tracked, not learned"
        )
    ]


def test_a_torch_module() -> None:
    pytest.importorskip("torch")
    code = "import keras, torch\nlayer = keras.layers.TorchModuleWrapper(torch.nn.Linear(8, 3))\n"
    assert explained(code, "torch") == ["weight 3 × 8 = 24; bias 3"]


def test_a_saved_model(keras: Any, inspection: Any, tmp_path: Path) -> None:
    model = keras.Sequential(
        [keras.Input((8,)), keras.layers.Dense(4, name="d"), keras.layers.BatchNormalization(name="n")]
    )
    model.export(tmp_path / "saved")
    layer = keras.layers.TFSMLayer(tmp_path / "saved", call_endpoint="serve")
    [row] = table.build(inspection.inspect(layer)).rows
    assert (row.proof, row.params, row.trainable) == ("weights", 52, 44)
    vectors = "sequential/d/bias, sequential/n/gamma, sequential/n/beta and 2 more: 5 × 4 = 20"
    text = f"sequential/d/kernel 8 × 4 = 32; {vectors}"
    assert row.explanation.startswith(text.replace("/", "." if is_older("keras", "3.10") else "_"))
    assert row.explanation.endswith("are declared non-trainable by their layer")
