"""Counts of parameters that change without a word, and how a message tells them."""

from __future__ import annotations

import pytest

from tests.flake8_paramdoc.linting import codes, findings

OLD = "from keras.layers import *\nDense(output_dim=3)\n"
"""A file for Keras 1."""


def told(source: str, word: str) -> list[str]:
    return [finding.message for finding in findings(source) if finding.code == "KER207" and word in finding.message]


@pytest.mark.parametrize(
    "before",
    [
        "from keras.layers import *\nDense(output_dim=3)\n",
        "from keras.layers import GRU\nimport tensorflow as tf\ntf.Session()\n",
        "from keras.layers import GRU\nm = keras.Model()\nm.compile(metrics=['accuracy'])\nm.fit().history['acc']\n",
    ],
)
def test_a_gru_of_an_old_file(before: str) -> None:
    [message] = told("import keras\n" + before + "GRU(3)", "GRU")
    assert "GRU(3) of 4 inputs 81 parameters and not 72" in message
    assert message.endswith("write reset_after=False")


@pytest.mark.parametrize(
    "source",
    [
        "from keras.layers import GRU\nGRU(3)",
        "from tensorflow.keras.layers import *\nimport tensorflow as tf\ntf.Session()\nGRU(3)",
        "from tf_keras.layers import *\nimport tensorflow as tf\ntf.Session()\nGRU(3)",
        OLD + "GRU(3, reset_after=True)",
        OLD + "GRU(3, **options)",
        OLD + "LSTM(3)",
        "from keras.layers import GRU\nimport tensorflow.compat.v1 as tf\ntf.Session()\nGRU(3)",
    ],
)
def test_no_gru_of_an_old_file(source: str) -> None:
    assert told(source, "GRU") == []


BEFORE = "import keras, tensorflow as tf\n"


@pytest.mark.parametrize(
    ("made", "size"),
    [
        ("tf.Variable(tf.zeros((4, 4)))", "its 16"),
        ("tf.Variable(initial_value=tf.ones(shape=[3]))", "its 3"),
        ("tf.Variable(0.5, trainable=False)", "its 1"),
        ("tf.Variable(tf.random.normal((n, 4)))", "its"),
        ("[tf.Variable(x) for x in y]", "its"),
        ("tf.keras.backend.variable(tf.ones((16,)))", "its 16"),
    ],
)
def test_a_variable_in_a_layer(made: str, size: str) -> None:
    source = f"{BEFORE}class A(keras.layers.Layer):\n    def __init__(self):\n        self.a = {made}"
    [message] = told(source, "tf.Variable")
    assert f", {size} parameters became 0, since Keras 3" in message


@pytest.mark.parametrize(
    "source",
    [
        "class A:\n    def __init__(self):\n        self.a = tf.Variable(1)",
        "class A(keras.layers.Layer):\n    def call(self, x):\n        a = tf.Variable(1)",
        "class A(keras.layers.Layer):\n    def __init__(self):\n        self.a = self.add_weight(tf.Variable)",
        "import tf_keras\nclass A(tf_keras.layers.Layer):\n    def __init__(self):\n        self.a = tf.Variable(1)",
    ],
)
def test_no_variable_in_a_layer(source: str) -> None:
    assert told(BEFORE + source, "tf.Variable") == []


def test_a_module_in_a_layer() -> None:
    inner = "class Inner(tf.Module):\n    def __init__(self):\n        self.a = {}\n"
    outer = "class Outer(keras.layers.Layer):\n    def __init__(self):\n        self.inner = Inner()"
    assert len(told(BEFORE + inner.format("tf.Variable(1)") + outer, "tf.Module")) == 1
    assert told(BEFORE + inner.format("3") + outer + "\ntf.Variable(1)", "tf.Module") == []


@pytest.mark.parametrize(
    ("layer", "before", "after"),
    [
        ("Conv2D(32, (3, 3), input_shape=(3, 32, 32))", "896", "9,248"),
        ("Convolution2D(32, 3, 3, input_shape=(3, 32, 32))", "896", "9,248"),
        ("Convolution2D(nb_filter=32, nb_row=3, nb_col=3, input_shape=(3, 32, 32))", "896", "9,248"),
        ("ZeroPadding2D((1, 1), input_shape=(3, 224, 224))\nConvolution2D(64, 3, 3)", "1,792", "129,088"),
        ("Input(shape=(1, 28, 28))\nConv2D(6, 5)", "156", "4,206"),
        ("side = 28\nInput((1, side, side))\nConv2D(6, 5)", "156", "4,206"),
        ("Convolution2D(32, 3, 3, batch_input_shape=(None, 3, 32, 32))", "896", "9,248"),
        ("size = (1, 28, 28)\nInput(size)\nConv2D(6, 5)", "156", "4,206"),
        ("def build(size):\n    Conv2D(6, 5)(Input(size))\nbuild((1, 28, 28))", "156", "4,206"),
        ("def build(size=(1, 28, 28)):\n    Conv2D(6, 5)(Input(size))", "156", "4,206"),
    ],
)
def test_channels_first(layer: str, before: str, after: str) -> None:
    [message] = told(OLD + layer, "channels")
    assert f"have {after} parameters and not {before}," in message


@pytest.mark.parametrize(
    "source",
    [
        "Convolution2D(32, 3, 3, input_shape=(3, None, None))",
        "Convolution3D(32, 3, 3, 3, input_shape=(3, 16, 112, 112))",
        "Convolution2D(32, 3, 3, input_shape=(3, 32, 32))\nload('weights_th_dim_ordering.h5')",
        "os.environ['KERAS_BACKEND'] = 'theano'\nConvolution2D(32, 3, 3, input_shape=(3, 32, 32))",
    ],
)
def test_channels_first_of_other_images(source: str) -> None:
    assert len(told(OLD + source, "a shape that begins with the channels")) == 1


def test_channels_first_are_told_once() -> None:
    layer = "Convolution2D(32, 3, 3, input_shape=(3, 32, 32))\n"
    assert len(told(OLD + 3 * layer, "channels")) == 1


@pytest.mark.parametrize(
    "source",
    [
        "from keras.layers import *\nConv2D(32, 3, input_shape=(3, 32, 32))",
        OLD + "Convolution2D(32, 3, 3, input_shape=(32, 32, 3))",
        OLD + "Convolution2D(32, 3, 3, input_shape=(3, 5, 5))",
        OLD + "Convolution2D(32, 3, 3, input_shape=(3, rows, columns))",
        OLD + "Convolution2D(32, 3, 3, input_shape=(3, 32, 32), dim_ordering='th')",
        OLD + "keras.backend.set_image_data_format('channels_first')\nConvolution2D(32, 3, 3, input_shape=(3, 32, 32))",
        OLD + "Dense(3, input_shape=(3, 32, 32))",
        OLD + "Convolution2D(32, 3, 3, input_shape=(3, 32, 32) if K.backend() == 'theano' else (32, 32, 3))",
        OLD + "K.backend() == 'theano'\nConvolution2D(32, 3, 3, input_shape=(3, 32, 32))",
    ],
)
def test_no_channels_first(source: str) -> None:
    assert told(source, "channels") == []


@pytest.mark.parametrize(
    "layer",
    [
        "BatchNormalization(axis=1)",
        "merge([a, b], mode='concat', concat_axis=1)",
        "Concatenate(axis=1)",
        "rows = 1\nBatchNormalization(axis=rows)",
    ],
)
def test_an_axis_of_channels_is_told(layer: str) -> None:
    source = OLD.replace("Dense(output_dim=3)", "Convolution2D(4, 3, border_mode='same')")
    [message] = told(f"{source}Convolution2D(8, 3, 3)\n{layer}", "beside convolutions")
    assert message.endswith('write axis=-1, or call set_image_data_format("channels_first") if they are first')


@pytest.mark.parametrize(
    "source",
    [
        "Convolution2D(8, 3, 3)\nBatchNormalization(axis=-1)",
        "Dense(8)\nBatchNormalization(axis=1)",
        "Convolution2D(8, 3, 3)\nFlatten()\nConcatenate(axis=1)",
        "Convolution2D(8, 3, 3, dim_ordering='tf')\nBatchNormalization(axis=1)",
    ],
)
def test_no_axis_of_channels(source: str) -> None:
    assert told(OLD + source, "beside convolutions") == []


def test_a_file_for_keras_3_means_what_it_says() -> None:
    source = "import keras\nkeras.layers.ConvLSTM2D(3, 3)\nkeras.regularizers.l1_l2()\n"
    assert codes(source) == ["KER207"] * 3
    assert codes(f"{source}keras.ops.add(1, 2)") == []
