"""What only files of Keras 1 have: names with a slash, lists of weights, numbers of samples, orders of axes."""

from __future__ import annotations

import pytest

from tests.flake8_paramdoc.edits.rewriting import SAFE, UNSAFE, rewritten, transformed

LAYERS = "from keras.layers import Conv2D\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Conv2D(4, 3, name='conv1/7x7')", "Conv2D(4, 3, name='conv1_7x7')"),
        ("Conv2D(4, 3, name='conv_%s/1' % n)", "Conv2D(4, 3, name='conv_%s_1' % n)"),
        ("Conv2D(4, 3, name=n + '/1')", "Conv2D(4, 3, name=n + '_1')"),
        ("Conv2D(4, 3, name='{}/1'.format(n))", "Conv2D(4, 3, name='{}_1'.format(n))"),
        (
            "Conv2D(4, 3, name='a/1')\nm.get_layer('a/1')\nm.get_layer(name='b/1')",
            "Conv2D(4, 3, name='a_1')\nm.get_layer('a_1')\nm.get_layer(name='b/1')",
        ),
        ("Conv2D(4, 3, name='a/1')\nopen('a/1')", "Conv2D(4, 3, name='a_1')\nopen('a/1')"),
        ("Conv2D(4, 3, name='a/1')\nload(name='a/1')", "Conv2D(4, 3, name='a_1')\nload(name='a/1')"),
        (
            "def conv(base):\n    name = base + '/1'\n    return Conv2D(4, 3, name=name)\nconv(base='a/b')",
            "def conv(base):\n    name = base + '_1'\n    return Conv2D(4, 3, name=name)\nconv(base='a_b')",
        ),
        (
            "n = 'a/1'\nConv2D(4, 3, name=n)\nload(filename='a/b', dirname='a/c')",
            "n = 'a_1'\nConv2D(4, 3, name=n)\nload(filename='a/b', dirname='a/c')",
        ),
    ],
)
def test_a_slash_in_a_name(old: str, new: str) -> None:
    assert rewritten(LAYERS + old, SAFE) == LAYERS + old
    transformed(LAYERS + old, LAYERS + new, UNSAFE)


LAYER = """import keras
class Scale(keras.layers.Layer):
    def build(self, shape):
        self.a = keras.Variable(1.0)
        self.b = self.add_weight(shape=(3,){})
        self.trainable_weights = [self.a, self.b]
        self.built = True
"""


def test_weights_that_a_layer_lists_are_found() -> None:
    source = LAYER.format("")
    transformed(source, source.replace("        self.trainable_weights = [self.a, self.b]\n", ""))


def test_weights_that_are_not_trained_are_no_part_of_the_list() -> None:
    source = LAYER.format("").replace("self.built = True", "self.n = self.add_weight(shape=(), trainable=False)")
    transformed(source, source.replace("        self.trainable_weights = [self.a, self.b]\n", ""))


@pytest.mark.parametrize(
    "source",
    [
        LAYER.format(", trainable=False"),
        LAYER.format("").replace("[self.a, self.b]", "[self.a, self.b, self.c]"),
        LAYER.format("").replace("[self.a, self.b]", "self.all"),
        LAYER.format("").replace("[self.a, self.b]", "[self.a]"),
        LAYER.format("").replace("self.b = self", "if self.bias:\n            self.b = self").replace(", self.b]", "]"),
        LAYER.format("").replace("self.built = True", "self.scale = self.add_weight(shape=(3,))"),
        LAYER.format("").replace("self.built = True", "self.scales = [keras.Variable(1.0)]"),
        LAYER.format("") + "    def __init__(self):\n        self.inner = keras.layers.Dense(3)\n",
        LAYER.format("") + "    def call(self, x):\n        self.seen = keras.Variable(0.0, trainable=False)\n",
    ],
)
def test_weights_that_are_not_found_are_left(source: str) -> None:
    assert rewritten(source, UNSAFE) == source


FIT = "from keras.models import Model\nmodel = Model(x, y)\n"


@pytest.mark.parametrize(
    ("before", "old", "new"),
    [
        ("", "flow.flow(x, y), samples_per_epoch=2000", "flow.flow(x, y), steps_per_epoch=2000 // 32"),
        ("", "data(batch_size=8), samples_per_epoch=len(x)", "data(batch_size=8), steps_per_epoch=len(x) // 8"),
        ("g = data(batch_size=n)\n", "g, samples_per_epoch=a + b", "g, steps_per_epoch=(a + b) // n"),
        ("batch_size = 8\n", "g, samples_per_epoch=a", "g, steps_per_epoch=a // batch_size"),
        ("", "g, samples_per_epoch=a", "g, samples_per_epoch=a"),
        *(
            ("batch_size = 8\n", f"{generator}, samples_per_epoch=a", f"{generator}, samples_per_epoch=a")
            for generator in (
                *("flow.flow(x, y, batch_size=2 * batch_size)", "flow.flow(x, y, 2 * batch_size)", "flow.flow(x, **o)"),
                *("data(x, 16)", "data(*o)"),
            )
        ),
        (
            "batch_size = 8\n",
            "data(x, batch_size), samples_per_epoch=a",
            "data(x, batch_size), steps_per_epoch=a // batch_size",
        ),
    ],
)
def test_numbers_of_samples(before: str, old: str, new: str) -> None:
    written = rewritten(f"{FIT}{before}model.fit_generator({old})\n", UNSAFE)
    assert written.partition("(")[0].endswith("Model")
    assert written.rstrip().endswith(f"({new})")


def test_an_order_that_is_set() -> None:
    head = "from keras import backend as K\n"
    for quote in ("'", '"'):
        old, new = (
            f"K.set_image_dim_ordering({quote}th{quote})\n",
            f"K.set_image_data_format({quote}channels_first{quote})\n",
        )
        transformed(head + old, head + new)


def test_an_order_that_is_compared_with_what_it_never_was() -> None:
    head = "from keras import backend as K\n"
    old = f'{head}axis = 1 if K.image_dim_ordering() == "channels_first" else 3\n'
    assert rewritten(old, SAFE) == old
    transformed(old, old.replace("image_dim_ordering", "image_data_format"), UNSAFE)


def test_what_keras_applications_held() -> None:
    transformed(
        "from keras_applications.vgg16 import VGG16, preprocess_input as p\n",
        "from keras.applications.vgg16 import VGG16, preprocess_input as p\n",
        UNSAFE,
    )


@pytest.mark.parametrize(
    ("flag", "shape"),
    [("True", "(224, 224, 3)"), ("False", "(None, None, 3)"), ("top", "((224, 224, 3) if top else (None, None, 3))")],
)
def test_the_shape_of_an_application(flag: str, shape: str) -> None:
    transformed(
        "from keras.applications.imagenet_utils import _obtain_input_shape\n"
        f"s = _obtain_input_shape(s, 224, 32, None, require_flatten={flag})\n",
        f"s = s or {shape}\n",
        UNSAFE,
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "from keras.utils import conv_utils\nf = conv_utils.normalize_data_format(f)\n",
            "import keras\nf = f or keras.config.image_data_format()\n",
        ),
        ("from keras.utils import conv_utils\np = conv_utils.normalize_padding(p)\n", "p = p.lower()\n"),
        (
            "from keras.applications.mobilenet import DepthwiseConv2D, relu6\nDepthwiseConv2D((3, 3))\nrelu6(x)\n",
            (
                "from keras.layers import DepthwiseConv2D\nfrom keras.activations import relu6\n"
                "DepthwiseConv2D((3, 3))\nrelu6(x)\n"
            ),
        ),
    ],
)
def test_helpers_that_are_gone(old: str, new: str) -> None:
    transformed(old, new, UNSAFE)
