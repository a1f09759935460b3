"""Run the old forms of layers in Keras 2, and in Keras 3 what the fixer writes for them; a script.

It prints, as JSON, how many forms were compared, those that differ in their weights, and those that do not run once
they are fixed. Forms of Keras 1 run nowhere any more: what is written for them is run alone.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import tf_keras

from flake8_paramdoc.command.verify import importing_keras_2
from flake8_paramdoc.edits.rounds import Wanted, fixed
from tests.flake8_paramdoc.rows import ROWS, sources

SHAPES = [(2, 8, 8, 8, 8, 4), (2, 8, 8, 8, 4), (2, 8, 8, 4), (2, 8, 4), (2, 8)]
KINDS = ("kwarg-renamed", "kwarg-removed", "kwarg-value", "positional")


def ran(code: str) -> Any:
    """Run code; return the layer that it makes."""
    names: dict[str, Any] = {}
    exec(code, names)  # the test's own data
    return names.get("x")


def weights(layer: Any) -> list[tuple[int, ...]] | None:
    """Build a layer on the first shape that it takes; return the shapes of its weights."""
    for shape in SHAPES:
        fresh = type(layer).from_config(layer.get_config())
        try:
            fresh.build(shape)
        except Exception:  # another number of axes
            continue
        return [tuple(weight.shape) for weight in fresh.weights if hasattr(weight, "shape")]
    return None


def main() -> None:
    """Run all rows."""
    compared, unequal, failed, left = 0, [], [], 0
    for row in ROWS:
        if not row.qualname.startswith("keras.layers.") or row.kind not in KINDS:
            continue
        old = sources(row)[0]
        outcome = fixed(old, Wanted())
        if outcome.text == old:
            left += 1
            continue
        try:
            new_layer = ran(outcome.text)
        except Exception as error:
            if "Merge" not in old and "LocallyConnected" not in old:
                failed.append(f"{row}: {outcome.text}: {error}")
            continue
        if row.step == "1->2":
            compared += 1
            continue
        try:
            old_layer = ran(importing_keras_2(old))
        except Exception:
            continue  # a form that a release before the last of Keras 2 took
        if isinstance(old_layer, tf_keras.layers.Layer) and isinstance(new_layer, keras.layers.Layer):
            compared += 1
            was, now = weights(old_layer), weights(new_layer)
            if was and was != now:
                unequal.append(f"{row}: {was} {now}")
    told = {"compared": compared, "unequal": unequal, "failed": failed, "left": left}
    sys.stdout.write(f"{json.dumps(told)}\n")


if __name__ == "__main__":
    main()
