"""A file that takes its Keras from TensorFlow, or from tf_keras, is told names that are there."""

from __future__ import annotations

import pytest

from tests.flake8_paramdoc.linting import findings


def said(source: str) -> list[str]:
    return [finding.message for finding in findings(source)]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "import tensorflow as tf\ntf.keras.losses.mean_squared_error(a, b)",
            "tensorflow.keras.losses.mean_squared_error was renamed in Keras 3: write tensorflow.keras.losses.mse",
        ),
        (
            "from tensorflow.keras.metrics import kl_divergence",
            "tensorflow.keras.metrics.kl_divergence was renamed in Keras 3: write tensorflow.keras.metrics.kld",
        ),
        (
            "from tensorflow.keras.layers.core import Dense",
            "tensorflow.keras.layers.core was removed in Keras 3: use tensorflow.keras.layers",
        ),
        (
            "from keras.layers.core import Dense",
            "keras.layers.core was removed in Keras 3: use keras.layers",
        ),
        (
            "from tensorflow.keras.objectives import mse",
            "tensorflow.keras.objectives.mse was renamed in Keras 2: write tensorflow.keras.losses.mse",
        ),
        (
            "from keras.objectives import mse",
            "keras.objectives.mse was renamed in Keras 2: write keras.losses.mean_squared_error",
        ),
        (
            "from tensorflow.keras.optimizers import SGD\nSGD(0.1, decay=1e-6, lr=0.1)",
            "SGD(lr=...) was renamed in Keras 3: write learning_rate=...",
        ),
    ],
)
def test_the_namespace_of_the_file_is_kept(source: str, message: str) -> None:
    assert said(source) == [message]


@pytest.mark.parametrize(
    "source",
    [
        "from keras.losses import mean_squared_error\nmean_squared_error(a, b)",
        "import keras\nkeras.metrics.mean_absolute_error(a, b)",
        "from tensorflow.keras.losses import mse\nmse(a, b)",
        "from tensorflow.keras import losses\nlosses.KLD(a, b)",
        "from tf_keras.losses import mean_squared_error",
        "from keras.losses import *\nmean_squared_error(a, b)",
    ],
)
def test_what_is_there_is_no_finding(source: str) -> None:
    assert said(source) == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "from keras.engine.topology import Layer, InputSpec",
            "keras.engine was removed in Keras 3: use keras.layers.Layer and keras.layers.InputSpec",
        ),
        (
            "from keras.engine.topology import Network, get_source_inputs",
            "keras.engine was removed in Keras 3: use keras.models.Model and keras.utils.get_source_inputs",
        ),
        (
            "from keras.engine import Layer, training",
            "keras.engine was removed in Keras 3: use keras.layers, keras.models and keras.Input",
        ),
        (
            "from keras.layers import merge",
            "keras.layers.merge was removed in Keras 2: write add, multiply, concatenate, average, maximum or dot",
        ),
        (
            "from keras.utils.conv_utils import normalize_tuple",
            "keras.utils.conv_utils.normalize_tuple was removed in Keras 3: write the tuple",
        ),
        (
            "from keras.preprocessing.text import Tokenizer",
            (
                "Tokenizer was replaced in Keras 3: use tensorflow.keras.preprocessing.text, which still has it,"
                " or keras.layers.TextVectorization, which is a layer"
            ),
        ),
    ],
)
def test_what_moved_to_several_places_is_told_by_name(source: str, message: str) -> None:
    assert said(source) == [message]
