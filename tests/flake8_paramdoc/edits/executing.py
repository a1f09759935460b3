"""Run old forms in Keras 2, and in Keras 3 what the fixer writes for them; a script.

It prints, as JSON, how many forms were compared and by what, those that differ, and those that do not run once they are
fixed. Forms that the last release of Keras 2 does not take run nowhere here: what is written for layers of Keras 1 is
compared with what Keras 2.0.0 made of them, which still took their forms (`tools.keras_2_0_0`), and the rest run alone.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import io
import json
import logging
import os
import pathlib
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
import tf_keras

from flake8_paramdoc.command.verify import importing_keras_2
from flake8_paramdoc.edits.rounds import Wanted, fixed
from flake8_paramdoc.matching import find
from tests.flake8_paramdoc.edits.comparing import NOT_COMPARED, arguments_of, compare, of_keras_1
from tests.flake8_paramdoc.rows import ROWS, sources

RESULTS = ("x", "layer", "loss", "model", "first", "y")
"""What a source may call what it makes."""

_PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGPkOiHHgA0wYRUdtBIAwJQBAJoPke8AAAAASUVORK5CYII="
"""A small one, as PNG."""

_BACKEND = "keras.backend."


def _model(of: Any) -> Any:
    model = of.Sequential([of.layers.Input((4,)), of.layers.Dense(4)])
    model.compile("sgd", "mse")
    return model


def _pairs(_: Any) -> Any:
    return tf.data.Dataset.from_tensors((np.ones((8, 4), "float32"), np.ones((8, 4), "float32")))


def _as_given(value: Any, _: Any) -> Any:
    return value


STAND_INS: dict[str, Callable[[Any], Any]] = {
    "x": lambda _: np.ones((8, 4), "float32"),
    "y": lambda _: np.ones((8, 4), "float32"),
    "pairs": lambda of: [(tf.ones(3), of.backend.variable(np.ones(3)) if of is tf_keras else of.Variable(np.ones(3)))],
    "objects": lambda _: None,
    "labels": lambda _: np.array([0, 1, 2]),
    "scale": lambda _: lambda value, factor=1: value * factor,
    "model": _model,
    "tensor": lambda of: of.layers.Input(batch_shape=(8, 4)),
    "layer": lambda of: of.layers.Dense(4),
    "loss": lambda of: of.losses.MeanSquaredError(),
    "metric": lambda of: of.metrics.MeanSquaredError(),
    "optimizer": lambda of: of.optimizers.SGD(),
    "schedule": lambda of: of.optimizers.schedules.ExponentialDecay(0.1, 10, 0.5),
    "callbacks": lambda _: [],
    "image": lambda _: np.ones((3, 8, 3), "float32"),
    "cell": lambda of: of.layers.LSTMCell(4),
    "config": lambda of: of.layers.serialize(of.layers.Dense(4)),
    "generator": _pairs,
}
"""What examples use and do not show → what makes it of a Keras."""

_OF_IMAGES: dict[str, Callable[[Any], Any]] = {
    "x": lambda _: np.ones((8, 8, 8, 3), "float32"),
    "y": lambda _: np.ones(8, "float32"),
    "generator": lambda _: tf.keras.preprocessing.image.ImageDataGenerator(),
}
"""What they are in examples of images."""


def ran(code: str, of: Any) -> Any:
    """Run code; return what it makes.

    :param of: the Keras that it runs in.
    """
    makers = {**STAND_INS, **_OF_IMAGES} if "preprocessing.image" in code else STAND_INS
    if "array_to_img" in code:
        makers = {**STAND_INS, "x": STAND_INS["image"]}
    used = {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
    given = {name: make(of) for name, make in makers.items() if name in used}
    names = dict(given)
    for each in (keras.config, tf_keras.backend):  # an earlier example may have set another
        each.set_image_data_format("channels_last")
        each.set_floatx("float32")
        each.set_epsilon(1e-7)
    with contextlib.redirect_stdout(io.StringIO()):  # bars of progress
        exec(code, names)  # the test's own data
    return next((names[name] for name in RESULTS if name in names and names[name] is not given.get(name)), None)


def forms() -> Iterator[tuple[str, bool, str]]:
    """Yield old forms: what they are of, whether they are of Keras 1 alone, and their source."""
    for row in ROWS:
        yield str(row), row.step == "1->2", sources(row)[0]
        if row.old.startswith(_BACKEND) and row.kind.startswith("symbol"):
            name = row.old.removeprefix(_BACKEND)
            function = getattr(tf_keras.backend, name, None)
            given = next((given for given in arguments_of(name) if _takes(function, given)), None)
            if given is not None:
                names = [f"given_{n}" for n in range(len(given))]
                STAND_INS.update((each, partial(_as_given, value)) for each, value in zip(names, given, strict=True))
                yield f"{row} called", False, f"from keras import backend as K\nx = K.{name}({', '.join(names)})\n"


def _takes(function: Any, arguments: tuple[Any, ...]) -> bool:
    try:
        return callable(function) and function(*arguments) is not None
    except Exception:
        return False


def main() -> None:
    """Run all rows."""
    warnings.simplefilter("ignore")
    logging.disable()
    made_by_2_0_0 = json.loads((pathlib.Path(__file__).parents[2] / "data" / "keras-2.0.0-layers.json").read_text())
    os.chdir(tempfile.mkdtemp())
    compared: Counter[str] = Counter()
    unequal, failed, not_compared = [], [], []
    left = 0
    for file in ("cat.png", "images/cats/cat.png"):
        pathlib.Path(file).parent.mkdir(parents=True, exist_ok=True)
        pathlib.Path(file).write_bytes(base64.b64decode(_PICTURE))
    _model(keras).save_weights("model.weights.h5")
    for about, is_of_keras_1, old in forms():
        new = fixed(old, Wanted()).text
        if new == old or find(ast.parse(new), new.split("\n")):
            left += 1  # nothing is written, or a person must do the rest
            continue
        try:
            is_now = ran(new, keras)
        except Exception as error:
            failed.append(f"{about}: {new}: {type(error).__name__}: {error}")
            continue
        try:
            was = None if is_of_keras_1 else ran(importing_keras_2(old), tf_keras)
        except Exception:
            was = None
            is_of_keras_1 = True
        if about in made_by_2_0_0:
            compared["layers of Keras 1"] += 1
            if difference := of_keras_1(made_by_2_0_0[about], is_now):
                unequal.append(f"{about}: {new}: {difference}")
            continue
        if is_of_keras_1:
            compared["run alone"] += 1
            continue
        try:
            how, difference = compare(was, is_now, about)
        except Exception as error:
            how, difference = "nothing", f"{type(error).__name__}: {error}"
        compared[how] += 1
        if how == NOT_COMPARED:
            not_compared.append(about)
        if difference:
            unequal.append(f"{about}: {new}: {difference}")
    told = {"compared": compared, "unequal": unequal, "failed": failed, "not compared": not_compared, "left": left}
    sys.stdout.write(f"{json.dumps(told)}\n")


if __name__ == "__main__":
    main()
