"""Run the functions of TensorFlow that Keras 3 refuses on its tensors, and what the tables write instead; a script.

Each is called on a Keras tensor, which must be refused, and on numbers, which what is written instead must take with
the same result, and take Keras tensors besides. It prints, as JSON, what is otherwise.
"""

from __future__ import annotations

import ast
import json
import os
import sys
from collections.abc import Iterator
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy
import tensorflow

from flake8_paramdoc.changes import TENSOR_FUNCTIONS
from flake8_paramdoc.changes.shapes import Template
from tests.flake8_paramdoc.changes.equality import plain, same

_LISTS = {"values", "inputs"}
_OTHERS = {
    "axis": ("1", "-1"),
    "axes": ("[0, 1]",),
    "keepdims": ("True",),
    "perm": ("[0, 2, 1]",),
    "shape": ("(-1, 3, 2)",),
    "paddings": ("[[0, 0], [1, 1], [2, 0]]",),
    "constant_values": ("2.0",),
    "multiples": ("[1, 2, 1]",),
    "dtype": ("'float64'", "tensorflow.float16"),
    "clip_value_min": ("-0.5",),
    "clip_value_max": ("0.5",),
    "depth": ("4",),
    "k": ("2",),
    "sorted": ("True",),
    "alpha": ("0.1",),
    "approximate": ("True",),
    "begin": ("[0, 1, 0]",),
    "size": ("[2, 1, 2]",),
    "repeats": ("2",),
    "shift": ("1",),
    "num_or_size_splits": ("2",),
    "method": ("'nearest'",),
    "name": ("'named'",),
    "condition": ("x > 0",),
    "indices": ("[1, 0]",),
}
"""What parameters are given that are no tensors."""

_OF_FUNCTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "broadcast_to": {"shape": ("(2, 6, 4, 6)",), "input": ("x",)},
    "squeeze": {"input": ("x[:, :, None]",), "axis": ("2",)},
    "tensordot": {"b": ("y",), "axes": ("[[1, 2], [1, 2]]",)},
    "one_hot": {"indices": ("whole",)},
    "image.resize": {"size": ("(6, 8)",), "images": ("images",)},
    "image.rgb_to_grayscale": {"images": ("images",)},
    "matmul": {"b": ("z",)},
    "linalg.matmul": {"b": ("z",)},
    "where": {"condition": ("x > 0",)},
    "reverse": {"axis": ("[1]",)},
    "norm": {"axis": ("1",)},
    "linalg.norm": {"axis": ("1",)},
    "expand_dims": {"axis": ("1", "-1")},
    "logical_not": {"x": ("x > 0",)},
    "logical_and": {"x": ("x > 0",), "y": ("y > 0",)},
    "logical_or": {"x": ("x > 0",), "y": ("y > 0",)},
    "reduce_any": {"input_tensor": ("x > 0",)},
    "reduce_all": {"input_tensor": ("x > 0",)},
    "acos": {"x": ("x / 9",)},
    "asin": {"x": ("x / 9",)},
}
_OF_FUNCTIONS |= {f"math.{name}": values for name, values in _OF_FUNCTIONS.items()}


def calls(name: str, template: Template) -> Iterator[dict[str, str]]:
    """Yield what a function is given, as code by the names of its parameters: what it needs, and one more each."""
    special = _OF_FUNCTIONS.get(name, {})
    pools: dict[str, tuple[str, ...]] = {}
    for position, parameter in enumerate(template.parameters):
        if parameter.values is not None:
            values = tuple(map(repr, parameter.values[1:3] if len(parameter.values) > 4 else parameter.values))
        elif parameter.name in special:
            values = special[parameter.name]
        elif position and parameter.name in _OTHERS:
            values = _OTHERS[parameter.name]
        else:
            values = ("[x, y]",) if parameter.name in _LISTS else ("y",) if position else ("x",)
        pools[parameter.name] = values
    if any(parameter.name == "transpose_b" for parameter in template.parameters):
        pools["b"] = ("y",)
    needed = {parameter.name: pools[parameter.name][0] for parameter in template.parameters if not parameter.default}
    yield needed
    for parameter in template.parameters:
        if parameter.name not in ("validate_indices", "num", "out_type", "beta"):
            for value in pools[parameter.name]:
                yield needed | {parameter.name: value}


def named(template: Template, given: dict[str, str]) -> str:
    """Return the arguments of a call by their names."""
    return ", ".join(f"{name}={given[name]}" for name in (p.name for p in template.parameters) if name in given)


def main() -> None:
    random = numpy.random.default_rng(0)
    numbers = {
        "x": tensorflow.constant(random.normal(size=(6, 4, 6)), "float32"),
        "y": tensorflow.constant(random.normal(size=(6, 4, 6)), "float32"),
        "z": tensorflow.constant(random.normal(size=(6, 6, 4)), "float32"),
        "whole": tensorflow.constant([[1, 0, 3]], "int32"),
        "images": tensorflow.constant(random.normal(size=(2, 4, 5, 3)), "float32"),
    }
    symbols = {name: keras.KerasTensor(value.shape, dtype=value.dtype.name) for name, value in numbers.items()}
    bad: dict[str, list[str]] = {"taken": [], "unequal": [], "failed": []}
    ran = 0
    change = TENSOR_FUNCTIONS["tensorflow"]
    for name in change.functions.names:
        for fix in change.fixes(name):
            template = fix.template
            if template is None or not template.old:
                continue
            for given in calls(name, template):
                form = f"tensorflow.{name}({named(template, given)})"
                call: Any = ast.parse(form, mode="eval").body
                if template.bind(call) is None:
                    bad["failed"].append(f"{form}: no template")
                    continue
                new = template.write(given)
                scope = {"tensorflow": tensorflow, "keras": keras}
                try:
                    old_result = plain(eval(form, scope | numbers))
                    new_result = plain(eval(new, scope | numbers))
                    eval(new, scope | symbols)
                except Exception as error:
                    bad["failed"].append(f"{form} -> {new}: {type(error).__name__}: {str(error)[:200]}")
                    continue
                ran += 1
                if not same(old_result, new_result):
                    bad["unequal"].append(f"{form} -> {new}: {old_result} {new_result}"[:300])
                try:
                    eval(form, scope | symbols)
                except Exception:
                    continue
                bad["taken"].append(form)
    json.dump(bad | {"ran": ran}, sys.stdout)


if __name__ == "__main__":
    main()
