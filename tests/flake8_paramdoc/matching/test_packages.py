"""Packages and modules beside Keras that are gone: where they are imported, and as attributes."""

from __future__ import annotations

import pytest

from tests.flake8_paramdoc.linting import findings, reported


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import keras_applications", [(1, 7)]),
        ("import os, keras_applications.vgg16 as v", [(1, 11)]),
        ("from keras_preprocessing import image", [(1, 5)]),
        ("import keras\nfrom tensorflow_addons.layers import GELU", [(2, 5)]),
        ("from keras.api.layers import Dense", [(1, 5)]),
        ("import keras.api._v2.keras as keras", [(1, 7)]),
        ("from keras.src.engine.base_layer import Layer", [(1, 5)]),
        ("import keras.src.engine", [(1, 7)]),
        ("import keras\nfrom keras.src.utils import np_utils", [(2, 28)]),
        ("from tensorflow.python.keras.layers import Dense, LSTM", [(1, 50)]),
        ("from tensorflow.python.keras.preprocessing import sequence", [(1, 5)]),
        ("import tensorflow as tf\ntf.contrib.keras.layers.Dense(3)", [(2, 11)]),
        ("from tensorflow.contrib import keras", [(1, 31)]),
        ("from tensorflow.contrib.keras import layers", [(1, 5)]),
        ("import tensorflow.compat.v1 as tf\ntf.keras\ntf.layers.dense(x, 3)", [(3, 10)]),
        ("from tensorflow.compat.v1.keras.layers import Dense", [(1, 5)]),
        ("import tensorflow.compat.v1.keras", [(1, 7)]),
    ],
)
def test_what_is_gone_is_found_once(source: str, expected: list[tuple[int, int]]) -> None:
    assert reported(source) == [(*place, "KER206") for place in expected]
    assert reported(source, target=2) == []


@pytest.mark.parametrize(
    "source",
    [
        # As an attribute it is there, and so is what TensorFlow has kept.
        "from tensorflow.compat.v1 import keras",
        "import tensorflow as tf\ntf.compat.v1.keras.layers.Dense(3)",
        "from tensorflow.python.keras.layers import Dense",
        "from tensorflow.python.keras.utils import np_utils",
        "import keras\nfrom keras.src.layers import Dense",
        # TensorFlow 1 is another matter.
        "import tensorflow as tf\ntf.keras\ntf.contrib.layers.flatten(x)",
        "import keras\nfrom .keras_applications import x",
        "import keras\nself.contrib.keras",
        "import keras\ntry:\n import keras_applications\nexcept ImportError:\n keras_applications = None",
        "import tensorflow as tf\nfrom tensorflow import keras\nif tf.__version__ < '2':\n import keras_applications",
    ],
)
def test_what_is_there_is_none(source: str) -> None:
    assert reported(source) == []


def test_what_to_do_is_said() -> None:
    [finding] = findings("from tensorflow.python.keras.layers import BatchNormalization")
    assert finding.message == (
        "tensorflow.python.keras.layers.BatchNormalization was removed in Keras 3:"
        " use tensorflow.keras.layers.BatchNormalization"
    )
