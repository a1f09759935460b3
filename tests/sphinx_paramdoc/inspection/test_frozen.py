"""What is trainable and what is not, and what is said of it: held against a fit, on two backends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.sphinx_paramdoc.inspection import frozen

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:.*:UserWarning")]

NOT_REACHED = "says trainable=False, but layers inside are trained"
SAID = {
    "batch_normalization": (
        "4 × 4 = 16; 16 non-trainable: 8 tracked, not learned (moving mean and moving variance); 8 "
        "frozen with the layer"
    ),
    "time_distributed": f"4 × 3 + 3 = 15; every time step uses the same weights; {NOT_REACHED}",
    "bidirectional": f"2 × 4 × ((4 + 3) × 3 + 3) = 192; {NOT_REACHED}",
    "recurrent": f"4 × ((4 + 3) × 3 + 3) = 96; {NOT_REACHED}",
    "lstm": "4 × ((4 + 3) × 3 + 3) = 96; 96 non-trainable: the layer is frozen",
    "attention": f"3 × (4 × 2 × 3 + 2 × 3) + 2 × 3 × 4 + 4 = 118; {NOT_REACHED}",
    "nested": f"a 15 (4 × 3 + 3) + b 12 (3 × 3 + 3) = 27; {NOT_REACHED}",
    "own_before_its_build": (
        "own scale 4 + dense 10 (4 × 2 + 2) = 14; 4 non-trainable: the layer is frozen, though not all that is in it; "
        f"{NOT_REACHED}"
    ),
    "own_after_its_build": "own scale 4 + dense 10 (4 × 2 + 2) = 14; 14 non-trainable: the layer is frozen",
    "frozen_base": (
        "a 15 + norm 12 = 27; 27 non-trainable: 6 tracked, not learned (moving mean and moving "
        "variance); 21 frozen with the layer"
    ),
    "thawed_last_layer": (
        "a 15 (4 × 3 + 3) + b 12 (3 × 3 + 3) = 27; 15 non-trainable: the layer is frozen, though not all that is in it"
    ),
    "a_weight": "4 × 3 + 3 = 15; 12 non-trainable: kernel is frozen by itself",
    "a_weight_of_a_frozen_layer": (
        "4 × 3 + 3 = 15; 3 non-trainable: the layer is frozen, though not all that is in it; kernel is trained "
        "although the layer says trainable=False"
    ),
    "thawed_by_loading": (
        "mha 118 + dense 15 = 133; 15 non-trainable: the layer is frozen, though not all that is in it; "
        "trainable=False of mha does not hold for the layers inside it: 118 are trained"
    ),
    "lora": "4 × 6 + 6 + 2 × (4 + 6) = 50; 24 non-trainable: kernel is the base that LoRA freezes",
    "lora_thawed": "4 × 6 + 6 + 2 × (4 + 6) = 50; kernel, the base of LoRA, is trained as well",
    "power_iteration": (
        "4 × 3 + 3 + 3 = 18; 18 non-trainable: 3 estimated by power iteration (vector_u); 15 frozen with the layer"
    ),
}
FROZEN_BY = {
    "batch_normalization": ["norm"],
    "lstm": ["lstm"],
    "own_before_its_build": ["own"],
    "own_after_its_build": ["own"],
    "frozen_base": ["base"],
    "thawed_last_layer": ["base"],
    "a_weight_of_a_frozen_layer": ["dense"],
    "thawed_by_loading": ["base"],
    "power_iteration": ["spectral"],
}
LASTING = {
    "batch_normalization": {f"norm/moving_{name}": "moving_statistics" for name in ("mean", "variance")},
    "frozen_base": {f"base/norm/moving_{name}": "moving_statistics" for name in ("mean", "variance")},
    "a_weight": {"dense/kernel": "frozen_variable"},
    "lora": {"dense/kernel": "lora_base_frozen"},
    "power_iteration": {"spectral/vector_u": "power_iteration"},
}
KEY_BIASES = dict.fromkeys(("attention", "thawed_by_loading"), 6)
"""A bias of the keys adds the same to all scores of a query, so its gradient is zero."""


def check(name: str, told: dict[str, Any]) -> None:
    assert told["explanation"] == SAID[name]
    assert told["frozen_by"] == FROZEN_BY.get(name, [])
    lasting = {path: reason for path, reason in told["reasons"].items() if reason != "frozen_layer"}
    assert lasting == LASTING.get(name, {})
    assert told["trained"] == told["trainable"] - KEY_BIASES.get(name, 0)


def test_every_model_has_words() -> None:
    assert SAID.keys() == frozen.MODELS.keys()


@pytest.mark.parametrize("name", frozen.MODELS)
def test_what_is_called_trainable_is_what_training_changes(keras: Any, name: str) -> None:
    check(name, frozen.told(name))


@pytest.mark.thorough
def test_what_is_called_trainable_is_what_training_changes_on_jax() -> None:
    pytest.importorskip("jax")
    environment = {**os.environ, "KERAS_BACKEND": "jax"}
    done = subprocess.run(
        [sys.executable, str(Path(frozen.__file__))], env=environment, capture_output=True, check=True
    )
    for name, told in json.loads(done.stdout.splitlines()[-1]).items():
        check(name, told)
