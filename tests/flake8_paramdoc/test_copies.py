from __future__ import annotations

import pytest

from flake8_paramdoc.copies import Copy, Origin, is_about_keras, is_keras, origin

COPIES = {
    "keras": Copy.KERAS,
    "keras.api._v2.keras": Copy.KERAS,
    "keras_core": Copy.KERAS,
    "tensorflow.keras": Copy.TENSORFLOW,
    "tensorflow.compat.v1.keras": Copy.TENSORFLOW,
    "keras._tf_keras.keras": Copy.TENSORFLOW,
    "tf_keras": Copy.FROZEN,
    "tensorflow.python.keras": Copy.FROZEN,
    "keras.src": Copy.SOURCE,
}


@pytest.mark.parametrize(("root", "copy"), COPIES.items())
def test_each_copy_of_keras(root: str, copy: Copy) -> None:
    assert origin(root) == Origin("keras", copy)
    assert origin(f"{root}.layers.Dense") == Origin("keras.layers.Dense", copy)
    assert is_keras(f"{root}.layers")
    other = origin(f"{root}s.layers")
    assert other is None or other.name != "keras.layers"


@pytest.mark.parametrize(
    "name",
    [
        "tensorflow.nn.relu",
        "keras_tuner.Tuner",
        "tf_keras_vis.Saliency",
        ".keras.layers",
        "mypackage.keras.layers",
        "tensorflow.losses.mse",
    ],
)
def test_what_is_not_keras(name: str) -> None:
    assert origin(name) is None
    assert not is_keras(name)


def test_optimizers_of_tensorflow() -> None:
    assert origin("tensorflow.optimizers.Adam") == Origin("keras.optimizers.Adam", Copy.TENSORFLOW)


def test_a_package_that_leads_to_keras() -> None:
    assert is_keras("tensorflow")
    assert not is_keras("torch")


def test_a_source_that_may_be_about_keras() -> None:
    assert is_about_keras("import keras")
    assert is_about_keras("import tensorflow as tf\ntf.optimizers.Adam()")
    assert is_about_keras("import os, \\\n  keras")
    assert is_about_keras("from tensorflow import (\n    keras,\n)")
    assert is_about_keras("import keras.src\nfrom keras.src import ops\nfrom tf_keras import layers")
    assert is_about_keras('"""\n>>> keras.Model()\n"""')
    assert not is_about_keras("# like keras\nimport os")
    assert not is_about_keras("from keras.src import ops\nfrom keras.src.layers import Dense")
    assert not is_about_keras("import torch")
