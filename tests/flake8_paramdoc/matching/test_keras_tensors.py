"""Functions of TensorFlow on Keras tensors: what is one, and what is none."""

from __future__ import annotations

import ast
import textwrap

import pytest

from flake8_paramdoc.matching import keras_tensors
from flake8_paramdoc.matching.target import Target
from flake8_paramdoc.matching.tensor_flow import Tensors
from flake8_paramdoc.reading.object_types import Values
from flake8_paramdoc.reading.scopes import Names
from flake8_paramdoc.reading.walk import read
from tests.flake8_paramdoc.linting import codes, findings, reported

BEFORE = "import tensorflow as tf\nfrom tensorflow.keras.layers import *\nfrom tensorflow.keras import Input, Model\n"


def found(source: str) -> int:
    """Return how many calls in a source are found, behind usual imports."""
    return codes(BEFORE + textwrap.dedent(source)).count("KER208")


@pytest.mark.parametrize(
    "source",
    [
        "tf.shape(Input((3,)))",
        "x = Input((3,))\ntf.math.square(x)",
        "x = Dense(3)(Input((3,)))\ntf.nn.relu(features=x)",
        "x = Input((3,))\nx = x + 1\nx = -x\ntf.square(x)",
        "x = Input((3,))\nx += 1\ntf.square(x)",
        "x = Input((3,))\ntf.concat([x, 1], -1)",
        "a = Input((3,))\nb = Input((3,))\nboth = [a, b]\ntf.concat(both, -1)",
        "a = Input((3,))\nall = []\nfor i in range(3):\n    all.append(Dense(i)(a))\ntf.stack(all)",
        "x = Input((3,))\nfor i in range(3):\n    x = Dense(i)(x)\ntf.square(x)",
        "x = Input((3,))\ntf.square(x[:, 0])",
        "x = Input((3,))\ntf.square(x if flag else 2)",
        "x = Input((3,))\ntf.where(x > 0, 1, 2)",
        "a, b = Input((3,)), Input((3,))\ntf.square(b)",
        "a, h = GRU(3, return_state=True)(Input((3, 2)))\ntf.square(h)",
        "tf.stack([Dense(3)(x) for x in [Input((3,)), Input((3,))]])",
        "for x in [Input((3,)), Input((3,))]:\n    tf.square(x)",
        "model = Model(a, b)\ntf.square(model.output)",
        "model = Model(a, b)\ntf.square(model.get_layer('a').output)",
        "model = Model(a, b)\ntf.square(model.layers[3].input)",
        "model = Model(a, b)\ntf.square(model(Input((3,))))",
        "x = tf.keras.applications.ResNet50()(Input((3, 3, 3)))\ntf.square(x)",
        "x = add([Input((3,)), Input((3,))])\ntf.square(x)",
        "x = tf.keras.activations.relu(Input((3,)))\ntf.square(x)",
        "import mine\nx = Input((3,))\nx = mine.block(x)\ntf.square(x)",
        "class Mine(Layer):\n    pass\nx = Mine()(Input((3,)))\ntf.square(x)",
        # What functions of the file give and are given.
        "def block(x):\n    return Dense(3)(x)\ntf.square(block(Input((3,))))",
        "def block(x):\n    return 2 * x\ntf.square(block(Input((3,))))",
        "def two(x):\n    return x, Dense(3)(x)\na, b = two(Input((3,)))\ntf.square(b)",
        "def block(x):\n    return tf.square(x)\nblock(Input((3,)))",
        "def block(n, x):\n    return tf.square(x)\nblock(3, x=Input((3,)))",
        # A function of which nothing is known made it of one, and a layer with weights takes it.
        "def f(block):\n    x = block(Input((3,)))\n    tf.square(Dense(3)(x))",
        "import mine\nx = mine.block(Input((3,)))\ny = Activation('relu')(x)\ntf.square(Dense(3)(y))",
        "def f(i, block):\n    x = block(i)\n    return x\ntf.square(Dense(3)(f(Input((3,)), g)))",
        "x = Input((3,))\nif a:\n    y = Dense(3)(x)\nelse:\n    y = Dense(4)(x)\ntf.square(y)",
        # Nobody makes layers with weights for each batch.
        "def block(x):\n    x = Conv2D(3, 3)(x)\n    return tf.square(x)",
        "def block(x):\n    x = ZeroPadding2D()(x)\n    x = Conv2D(3, 3)(x)\n    return tf.square(x)",
        "def block(x):\n    y = tf.reduce_mean(x)\n    return Dense(3)(y)",
        "class Maker:\n    def block(self, x):\n        return tf.square(Dense(3)(x))",
        # What a class that derives from none keeps.
        "class N:\n    def __init__(s):\n        s.x = Input((3,))\n    def f(self):\n        tf.square(self.x)",
        "class N:\n    def f(self):\n        return tf.square(self.x)\n    def g(self):\n        self.x = Input((3,))",
        "class N:\n    @staticmethod\n    def f(x):\n        return tf.square(x)\nN.f(Input((3,)))",
        "class N:\n    @classmethod\n    def f(cls, x):\n        return tf.square(Dense(3)(x))",
        "class N:\n    def __call__(self, x):\n        return tf.square(x)\nN()(Input((3,)))",
        "class N:\n    def __call__(self, x):\n        return tf.square(x)\nn = N()\nn(Input((3,)))",
        # Functions that call each other.
        (
            "def se(x):\n    y = tf.square(x)\n    return x * Dense(3)(y)\n"
            "def block(x):\n    x = Dense(3)(x)\n    return se(x)\ndef all(x):\n    for i in y:\n        x = block(x)"
        ),
        # It may stand before the loop that comes to it again.
        "def f():\n    x = Input((3,))\n    def inner():\n        return tf.square(x)\n    return inner",
    ],
)
def test_a_keras_tensor(source: str) -> None:
    assert found(source) == 1


@pytest.mark.parametrize(
    "source",
    [
        "tf.square(3)",
        "class N:\n    def __init__(self):\n        self.x = 3\n    def f(self):\n        return tf.square(self.x)",
        (
            "class N:\n    def __init__(self, x):\n        self.x = Input((3,))\n        self.x = x\n"
            "    def f(self):\n        return tf.square(self.x)"
        ),
        "class N(other):\n    def f(self):\n        self.x = Input((3,))\n        return tf.square(self.x)",
        "@decorated\ndef f(x):\n    return tf.square(Dense(3)(x))",
        "tf.square(x)",
        "x = Input((3,))\nx = [1, 2]\ntf.square(x)",
        "x = tf.ones((3,))\ntf.square(Dense(3)(x))",
        "x = Input((3,))\ntf.ones(x.shape[1])",
        "x = Input((3,))\ntf.is_tensor(x)",
        "x = Input((3,))\ntf.ones(tf.keras.backend.int_shape(x))",
        "x = Input((3,))\ntf.range(len([x]))",
        "x = Input((3,))\ntf.keras.losses.MeanSquaredError(x)",
        "x = Input((3,))\ny = Lambda(lambda x: tf.square(x))(x)",
        "def square(x):\n    return tf.square(x)\ny = Lambda(square)(Input((3,)))",
        "class Mine(Layer):\n    def call(self, x):\n        return tf.square(Dense(3)(x))",
        "class Mine(other.Base):\n    def block(self, x):\n        return tf.square(Dense(3)(x))",
        "@tf.function\ndef step(x):\n    return tf.square(Dense(3)(x))",
        "def loss(a, b):\n    return tf.square(a - b)\nmodel = Model(x, y)\nmodel.compile(loss=loss)",
        "def prepare(image):\n    return tf.square(Resizing(3, 3)(image))",
        "def numbers(x):\n    return tf.square(x)\nnumbers(3)",
        # A method of a layer calls it, on numbers.
        "def f(x):\n    return tf.square(Dense(3)(x))\nclass Mine(Layer):\n    def call(self, x):\n        return f(x)",
        "def block(x):\n    return tf.square(Dense(3)(x))\ndata.map(block)",
        # Nobody knows what made it gives.
        "def f(block):\n    x = block(Input((3,)))\n    tf.square(x)",
        "import mine\ny = mine.block(Input((3,)))\ntf.square(Activation('relu')(y))",
        "def f(i, block):\n    x = block(i)\n    return x\ntf.square(f(Input((3,)), g))",
        "def f(block, x):\n    tf.square(Dense(3)(block(x)))",
        "x = Input((3,))\nif a:\n    y = Dense(3)(x)\nelse:\n    y = 3\ntf.square(y)",
        "x = Input((3,))\nif x is None:\n    tf.square(x is None)",
        "x = Input((3,))\nif tf.keras.__version__ < '3':\n    tf.square(x)",
    ],
)
def test_no_keras_tensor(source: str) -> None:
    assert found(source) == 0


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import tensorflow as tf, keras\ntf.nn.relu(keras.Input((3,)))", [(2, 6, "KER208")]),
        ("from tensorflow import square\nimport keras\nsquare(keras.Input((3,)))", [(3, 0, "KER208")]),
        ("import tensorflow.compat.v1 as tf\nimport keras\ntf.square(keras.Input((3,)))", [(3, 3, "KER208")]),
        (
            "from tensorflow.keras import backend as K\nfrom tensorflow import keras\nK.mean(keras.Input((3,)))",
            [(3, 2, "KER208")],
        ),
        ("import keras\nkeras.backend.mean(keras.Input((3,)))", [(2, 14, "KER205")]),
        # Keras 2 for good.
        ("import tensorflow as tf, tf_keras\ntf.nn.relu(tf_keras.Input((3,)))", []),
        (
            "import os, tensorflow as tf\nos.environ['TF_USE_LEGACY_KERAS'] = '1'\ntf.nn.relu(tf.keras.Input((3,)))",
            [],
        ),
        ("import mine as tf, keras\ntf.nn.relu(keras.Input((3,)))", []),
    ],
)
def test_packages(source: str, expected: list[tuple[int, int, str]]) -> None:
    assert reported(source) == expected


def test_not_for_keras_2() -> None:
    assert codes("import tensorflow as tf, keras\ntf.nn.relu(keras.Input((3,)))", target=2) == []


def test_a_function_without_a_counterpart() -> None:
    [finding] = findings("import tensorflow as tf, keras\ntf.nn.space_to_batch(keras.Input((3,)))")
    assert finding.message == (
        "tensorflow.nn.space_to_batch of a Keras tensor is refused since Keras 3: use the call() of a Layer of your"
        " own, or keras.layers.Lambda"
    )


def test_what_is_written_instead_is_at_hand() -> None:
    tree = ast.parse("import tensorflow as tf, keras\ntf.concat([keras.Input((3,)), y], 1)")
    reading = read(tree, Names())
    target = Target(3, deprecated=False, legacy=False)
    values = Values(reading)
    [match] = keras_tensors.match_tensors(reading, values, Tensors(reading, values), target)
    [fix] = match.fixes
    assert fix.template is not None
    assert fix.template.write({"values": "[a, b]", "axis": "1"}) == "keras.ops.concatenate([a, b], axis=1)"


def test_a_long_way_is_followed() -> None:
    lines = ["x0 = Input((3,))", *(f"x{n + 1} = Dense(3)(x{n})" for n in range(3000)), "tf.square(x3000)"]
    assert found("\n".join(lines)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "x = Input((3,), batch_size=2)\nfor t in x: pass",
        "x = Input((3,), batch_size=2)\na, b = x",
        "a, b = Dense(3)(Input((3,)))",
        "x = Input((3,), batch_size=2)\n[t for t in x * 2]",
        "x = Input((3,), batch_size=2)\nlist(x)",
        "x = Input((3,), batch_size=2)\nfor i, t in enumerate(x): pass",
        "x = [1]\nwith y:\n    x = Input((3,))\nlist(x)",
        "x = [1]\nif y:\n    x = Input((3,))\n    list(x)",
        "if y:\n    x = Input((3,))\nelse:\n    x = Dense(3)(Input((3,)))\nlist(x)",
        "def f(x, y):\n    if y:\n        x = [1]\n    x = Input((3,))\n    list(x)",
    ],
)
def test_a_keras_tensor_is_not_iterated_over(source: str) -> None:
    assert codes(BEFORE + source) == ["KER203"]


@pytest.mark.parametrize(
    "source",
    [
        "for t in [Input((3,))]: pass",
        "a, b = Input((3,)), Input((3,))",
        "a, b = GRU(3, return_state=True)(Input((3, 2)))",
        "def f(x):\n    a, b = x",
        "class L(Layer):\n    def call(self, x):\n        a, b = Dense(3)(x)",
        "x = [Input((3,))]\nfor t in x: pass",
        *(
            f"{start}if n > 1:\n    x = [1]\nelse:\n    x = Dense(3)(Input((3,)))\n{use}"
            for start in ("", "x = 3\n")
            for use in ("if n > 1:\n    for t in x: pass", "list(x)")
        ),
        "x = [1]\nif y:\n    x = Input((3,))\nlist(x)",
        "x = Input((3,))\n" + "if y:\n    x = Dense(3)(x)\n" * 13 + "list(x)",  # more than are asked
        "x = [1]\nfor i in y:\n    x = Input((3,))\nlist(x)",
        "try:\n    x = [1]\nexcept E:\n    x = Input((3,))\nlist(x)",
        "def f(x, y):\n    if y:\n        x = Input((3,))\n    list(x)",
        "for n in Input((3,)).shape: pass",
        "model = Model(Input((3,)), x)\na, b = model(Input((3,)))",
    ],
)
def test_what_may_be_several_is_iterated_over(source: str) -> None:
    assert codes(BEFORE + source) == []


OWN = "class Own(Layer):\n    def {}(self, shape):\n        {}"


@pytest.mark.parametrize("method", ["build", "compute_output_shape"])
@pytest.mark.parametrize("read", ["shape.as_list()", "shape[0].as_list()", "shape.ndims", "int(shape[-1].value)"])
def test_a_layer_is_given_a_tuple(method: str, read: str) -> None:
    [finding] = findings(BEFORE + OWN.format(method, read))
    assert finding.code == "KER206"
    assert finding.message.startswith("shape.")


@pytest.mark.parametrize(
    "source",
    [
        OWN.format("call", "shape.as_list()"),
        OWN.format("build", "shape = tf.TensorShape(shape)\n        shape.as_list()"),
        OWN.format("build", "shape.rank = 3"),
        "class Own:\n    def build(self, shape):\n        shape.as_list()",
        "class Own(other):\n    def build(self, shape):\n        shape.as_list()",
        "class Own(Layer):\n    def build(self, name, shape):\n        shape.as_list()",
    ],
)
def test_what_is_no_shape_that_keras_gives(source: str) -> None:
    assert codes(BEFORE + source) == []
