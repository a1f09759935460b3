"""Formulas held against live layers, of every class that owns weights, on two backends."""

from __future__ import annotations

import collections
import inspect
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sphinx_paramdoc import table
from sphinx_paramdoc.explanation import weightless
from sphinx_paramdoc.explanation.formulas import FORMULAS
from tests.sphinx_paramdoc.inspection import variants
from tests.versions import since

pytestmark = pytest.mark.slow

NOT_BY_FORMULA = {
    # What they own is whatever a function, a module or a file brings.
    *("FlaxLayer", "JaxLayer", "TFSMLayer", "TorchModuleWrapper"),
    "Layer",
}


@pytest.fixture(autouse=True)
def _fresh_names() -> None:
    """Leave Keras' session alone: no explanation here names a layer, and to clear it takes longer than the test."""


@pytest.mark.parametrize(
    "variant",
    [
        pytest.param(variant, marks=since("keras", variant.since, variant.kind), id=variant.name)
        for variant in variants.VARIANTS
    ],
)
def test_formulas_reproduce_the_count_of_the_live_layer(keras: Any, variant: Any) -> None:
    assert variants.explain(variant) == (variant.explanation, variant.symbolic, True)


@pytest.mark.thorough
def test_formulas_reproduce_the_count_on_jax() -> None:
    pytest.importorskip("jax")
    environment = {**os.environ, "KERAS_BACKEND": "jax"}
    done = subprocess.run(
        [sys.executable, str(Path(variants.__file__))], env=environment, capture_output=True, check=True
    )
    explained = json.loads(done.stdout)
    assert explained == {variant.name: [variant.explanation, variant.symbolic, True] for variant in variants.there()}


def test_every_layer_of_keras_has_a_formula_or_a_phrase(keras: Any) -> None:
    known = {name.rpartition(".")[2] for name in (*FORMULAS, *weightless.PHRASES)}
    classes = {
        next(name for name in sorted(names, key=lambda name: (name != kind.__name__, name)))
        for kind, names in _names_of_classes(keras.layers).items()
    }
    assert classes - known == NOT_BY_FORMULA


def test_every_formula_has_three_variants() -> None:
    counted = collections.Counter(variant.kind for variant in variants.VARIANTS)
    public = {name.removeprefix("keras.layers.") for name in FORMULAS if name.startswith("keras.layers.")}
    assert {name for name in public if counted[name] < 3} == set()


def _names_of_classes(namespace: Any) -> dict[type, list[str]]:
    found: dict[type, list[str]] = {}
    for name, value in vars(namespace).items():
        if inspect.isclass(value) and issubclass(value, namespace.Layer):
            found.setdefault(value, []).append(name)
    return found


def test_a_subclass_of_a_known_layer_keeps_its_formula(keras: Any, inspection: Any) -> None:
    class Scaled(keras.layers.Dense):  # type: ignore[misc]
        pass

    layer = Scaled(4)
    layer.build((None, 3))
    [row] = table.build(inspection.inspect(layer)).rows
    assert (row.proof, row.short_class) == ("formula", "Scaled")
