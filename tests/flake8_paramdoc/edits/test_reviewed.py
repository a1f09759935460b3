"""What a maintainer refused who read the fixes of whole repositories: it is written otherwise now, or not at all."""

from __future__ import annotations

import inspect
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest

from flake8_paramdoc.edits.parameters import PARAMETERS
from tests.flake8_paramdoc.edits.rewriting import SAFE, UNSAFE, rewritten, transformed, unchanged

BACKEND = "from keras import backend as K, ops\n"


@pytest.mark.parametrize(
    "code",
    [
        "m = Ctc()\nm.fit_generator(g, 3)\n",
        "def build():\n    m = Ctc()\n    return m\nbuild().fit_generator(g, epochs=3)\n",
        "def build():\n    return Ctc()\nm = build()\nm.fit_generator(g, nb_epoch=3)\n",
        "class A:\n    def f(self):\n        self.m = Ctc()\n    def go(self):\n        self.m.fit_generator(g)\n",
        "class A:\n    def make(self):\n        return Ctc()\n    def go(self):\n        self.make().fit_generator()\n",
    ],
)
def test_a_class_of_another_module_has_methods_of_its_own(code: str) -> None:
    unchanged(f"import keras\nfrom models.ctc import Ctc\n{code}")


def test_what_is_given_or_made_by_a_function_from_elsewhere_is_a_model() -> None:
    head = "import keras\nfrom models import build\n"
    for old in ("m = build()\nm.fit_generator(g, epochs=3)\n", "def f(m):\n    m.fit_generator(g, epochs=3)\n"):
        transformed(head + old, head + old.replace("fit_generator", "fit"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("K.expand_dims(x, axis=1)", "ops.expand_dims(x, axis=1)"),
        ("K.expand_dims(x, 1)", "ops.expand_dims(x, 1)"),
        ("K.expand_dims(x)", "ops.expand_dims(x, -1)"),
        ("K.reverse(x, axes=1)", "ops.flip(x, axis=1)"),
        ("K.clip(x, 0, max_value=1)", "ops.clip(x, 0, x_max=1)"),
        ("K.clip(x, min_value=0, max_value=1)", "ops.clip(x, x_min=0, x_max=1)"),
        ("K.one_hot(indices=x, num_classes=3)", "ops.one_hot(x, num_classes=3)"),
        ("K.gather(x, indices=y)", "ops.take(x, indices=y, axis=0)"),
        (
            "K.batch_normalization(x, mean=a, var=b, beta=c, gamma=d)",
            "ops.batch_normalization(x, mean=a, variance=b, offset=c, scale=d, axis=-1)",
        ),
        (
            "K.batch_normalization(x, a, b, c, d, epsilon=e)",
            "ops.batch_normalization(x, a, b, -1, offset=c, scale=d, epsilon=e)",
        ),
        ("K.maximum(x, y)", "ops.maximum(x, y)"),
    ],
)
def test_what_was_passed_by_name_is_passed_by_name(old: str, new: str) -> None:
    assert rewritten(f"{BACKEND}a = {old}\n").splitlines()[-1] == f"a = {new}"


def test_sizes_are_passed_by_name_to_what_took_the_place_of_a_function_of_tensorflow() -> None:
    transformed(
        """
        import keras
        import tensorflow as tf
        x = keras.Input((8, 8, 3))
        y = tf.image.resize(x, size=(4, 4))
        z = tf.image.resize(x, (4, 4), )
        """,
        """
        import keras
        x = keras.Input((8, 8, 3))
        y = keras.ops.image.resize(x, size=(4, 4))
        z = keras.ops.image.resize(x, (4, 4), )
        """,
    )


@pytest.mark.slow
@pytest.mark.skipif(find_spec("keras") is None, reason="Keras is not installed")
def test_parameters_are_those_of_keras() -> None:
    keras = import_module("keras")
    for name, known in PARAMETERS.items():
        function: Any = keras
        for part in name.split(".")[1:]:
            function = getattr(function, part)
        assert tuple(inspect.signature(function).parameters)[: len(known)] == known, name


OF_KERAS_1 = "from keras.models import Sequential\nm = Sequential()\nm.fit(x, nb_epoch=2)\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "fit_generator(data(batch_size=8), 9, nb_epoch=3)",
            "fit(data(batch_size=8), steps_per_epoch=9 // 8, epochs=3)",
        ),
        ("evaluate_generator(data(batch_size=8), a + b)", "evaluate(data(batch_size=8), steps=(a + b) // 8)"),
        ("fit_generator(g, 9, epochs=3)", "fit(g, steps_per_epoch=9, epochs=3)"),
        ("fit_generator(g, n // size)", "fit(g, steps_per_epoch=n // size)"),
        ("fit_generator(g, self.steps, 3)", "fit(g, steps_per_epoch=self.steps, epochs=3)"),
        ("predict_generator(g.x, len(g.x))", "predict(g.x, steps=len(g.x))"),
    ],
)
def test_a_second_argument_that_says_what_it_counts(old: str, new: str) -> None:
    assert rewritten(f"{OF_KERAS_1}m.{old}\n", UNSAFE).splitlines()[-1] == f"m.{new}"


@pytest.mark.parametrize(
    "call",
    [
        "fit_generator(g, 9, nb_epoch=3)",
        "fit_generator(data(batch_size=8), 9, 3)",
        "fit_generator(data(batch_size=8), 9, 3, nb_worker=3)",
        "predict_generator(g, 3)",
        "predict_generator(g, n)",
        "predict_generator(batches, batches.nb_sample)",
    ],
)
def test_a_second_argument_that_may_count_samples_stays_with_what_is_beside_it(call: str) -> None:
    source = f"{OF_KERAS_1}m.{call}\n"
    for wanted in (SAFE, UNSAFE):
        assert rewritten(source, wanted) == source.replace("fit(x, nb_epoch", "fit(x, epochs")


def test_an_optimizer_of_keras_2_must_be_made_anew_as_a_whole() -> None:
    source = """
        from keras import backend as K
        from keras.optimizers import Optimizer


        class Mine(Optimizer):
            def __init__(self, lr):
                self.lr = K.variable(lr)

            def get_updates(self, loss, params):
                ms = [K.zeros(K.int_shape(p)) for p in params]
                self.updates.append(K.update(ms[0], K.square(loss)))
        """
    unchanged(source)


def test_functions_that_refuse_keras_tensors_are_written_anew_with_those_beside_them() -> None:
    transformed(
        """
        import tensorflow as tf
        from keras.layers import Input

        def of_tensorflow_1():
            i = Input((3,))
            y = tf.maximum(i, 0)
            return tf.reduce_sum(tf.to_float(i > 0))

        def one_is_left():
            i = Input((3,))
            y = tf.maximum(i, 0)
            return tf.reduce_sum(tf.nn.conv_transpose(i, y))
        """,
        """
        import tensorflow as tf
        from keras import ops
        from keras.layers import Input

        def of_tensorflow_1():
            i = Input((3,))
            y = tf.maximum(i, 0)
            return tf.reduce_sum(tf.to_float(i > 0))

        def one_is_left():
            i = Input((3,))
            y = ops.maximum(i, 0)
            return tf.reduce_sum(tf.nn.conv_transpose(i, y))
        """,
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a = K.zeros(3)\nK.set_value(a, b)\n", "a = K.zeros(3)\na.assign(b)\n"),
        ("a.x = K.zeros(3)\nc = K.update(a.x, b)\n", "a.x = K.zeros(3)\nc = a.x.assign(b)\n"),
        ("a = K.zeros(3)\n", "a = ops.zeros(3)\n"),
        ("s = K.shape(x)\nd = (s - t) / 2\n", "s = K.shape(x)\nd = (s - t) / 2\n"),
        ("s = K.shape(x)\nd = s[1:3] * 2\n", "s = K.shape(x)\nd = s[1:3] * 2\n"),
        ("s = K.shape(x)[1:] * 2\n", "s = K.shape(x)[1:] * 2\n"),
        ("s = K.shape(x)[1] * 2\n", "s = ops.shape(x)[1] * 2\n"),
        ("s = K.shape(x)\nd = s[1] * 2\n", "s = ops.shape(x)\nd = s[1] * 2\n"),
    ],
)
def test_what_is_another_kind_of_thing_today_is_used_as_that(old: str, new: str) -> None:
    assert rewritten(f"{BACKEND}{old}", UNSAFE).partition("\n")[2] == new


def test_a_value_is_set_safely_where_nothing_takes_what_that_gives() -> None:
    transformed(f"{BACKEND}K.set_value(v, 3)\n", "from keras import ops\nv.assign(3)\n")
    assert rewritten(f"{BACKEND}x = K.set_value(v, 3)\n") == f"{BACKEND}x = K.set_value(v, 3)\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("K.sqrt(v)", "ops.sqrt(ops.maximum(v, 0))"),
        ("K.sqrt(K.mean(K.square(g))) + 1e-5", "ops.sqrt(ops.mean(ops.square(g))) + 1e-5"),
        ("K.sqrt(K.sum(v ** 2, axis=-1) + K.epsilon())", "ops.sqrt(ops.sum(v ** 2, axis=-1) + K.epsilon())"),
        ("K.sqrt(K.max(v) * 2)", "ops.sqrt(ops.maximum(ops.max(v) * 2, 0))"),
        ("K.sqrt(K.relu(v) + K.exp(v))", "ops.sqrt(ops.relu(v) + ops.exp(v))"),
        ("K.sqrt(mine.relu(v, 0.1))", "ops.sqrt(ops.maximum(mine.relu(v, 0.1), 0))"),
        ("K.sqrt(v ** 3)", "ops.sqrt(ops.maximum(v ** 3, 0))"),
        ("K.sqrt(K.abs(v) - 1)", "ops.sqrt(ops.maximum(ops.absolute(v) - 1, 0))"),
        ("K.sqrt(K.maximum(v, 0.))", "ops.sqrt(ops.maximum(v, 0.))"),
        ("K.batch_flatten(v)", "ops.reshape(v, (ops.shape(v)[0], -1))"),
        ("K.batch_flatten(v * 2)", "K.batch_flatten(v * 2)"),
    ],
)
def test_nothing_is_written_that_does_nothing_or_does_it_twice(old: str, new: str) -> None:
    assert rewritten(f"{BACKEND}a = {old}\n").splitlines()[-1] == f"a = {new}"


def test_what_a_name_stands_for_is_never_negative() -> None:
    transformed(
        f"""{BACKEND}
def squash(x, v):
    n = K.sum(K.square(x), -1, keepdims=True)
    return K.sqrt(n + K.epsilon()) + K.sqrt(v)

def other(x):
    n = K.sum(K.square(x))
    n = n - 1
    return K.sqrt(n)
""",
        f"""{BACKEND}
def squash(x, v):
    n = ops.sum(ops.square(x), -1, keepdims=True)
    return ops.sqrt(n + K.epsilon()) + ops.sqrt(ops.maximum(v, 0))

def other(x):
    n = ops.sum(ops.square(x))
    n = n - 1
    return ops.sqrt(ops.maximum(n, 0))
""",
    )


def test_a_rate_is_written_with_a_point() -> None:
    head = "from keras.optimizers import SGD\n"
    transformed(f"{head}a = SGD(lr=1)\nb = SGD(rate)\n", f"{head}a = SGD(learning_rate=1.0)\nb = SGD(rate)\n")


def test_what_keras_applications_took_goes_and_the_namespace_stays() -> None:
    transformed(
        """
        from keras_applications.imagenet_utils import preprocess_input as p, decode_predictions
        from tensorflow.keras import backend as K
        def f(x):
            return p(x, mode='tf', backend=K, utils=u), p(x)
        """,
        """
        from tensorflow.keras.applications.imagenet_utils import preprocess_input as p, decode_predictions
        def f(x):
            return p(x, mode='tf'), p(x)
        """,
        UNSAFE,
    )
    unchanged("from keras_applications.vgg16 import VGG16\nmodel = VGG16(**given)\n")


def test_the_length_of_an_input_becomes_one_in_whichever_round_its_call_is_free() -> None:
    transformed(
        """
        from keras.models import Sequential
        from keras.layers import Embedding
        model = Sequential()
        model.add(Embedding(9, 8, input_length=4, dropout=0.5))
        """,
        """
        from keras.models import Sequential
        from keras.layers import Embedding, Input
        model = Sequential()
        model.add(Input(shape=(4,)))
        model.add(Embedding(9, 8))
        """,
        UNSAFE,
    )


def test_what_is_joined_with_itself_is_one_input() -> None:
    written = rewritten(
        "from keras.models import Sequential\nfrom keras.layers import Dense, Merge\n"
        "m = Sequential()\nm.add(Merge([a, a, b], mode='sum'))\nm.add(Dense(3))\n",
        UNSAFE,
    )
    assert "m = Model(a.inputs + b.inputs, m(Add()([a.outputs[0], a.outputs[0], b.outputs[0]])))" in written


def test_the_rate_of_an_optimizer_that_is_read_as_a_variable() -> None:
    transformed(
        f"{BACKEND}K.set_value(it.lr, K.get_value(it.lr) * 0.1)\n",
        "from keras import ops\nit.learning_rate.assign(ops.convert_to_numpy(it.learning_rate) * 0.1)\n",
    )
    own = "class Mine:\n    def f(self):\n        self.lr = 3\n"
    assert rewritten(f"{BACKEND}{own}K.set_value(it.lr, 3)\n").endswith("\nit.lr.assign(3)\n")
    assert rewritten(f"{BACKEND}x = K.get_value(self.lr)\n").endswith("(self.lr)\n")


def test_a_session_of_tensorflow_1_stays_with_what_it_is_for() -> None:
    head = "import tensorflow as tf\nfrom keras import backend as K\n"
    unchanged(f"{head}K.set_session(tf.Session(config=c))\n")
    transformed(f"{head}K.set_session(tf.compat.v1.Session())\nf()\n", "f()\n", UNSAFE)


@pytest.mark.parametrize("path", ["export/1", "a/saved_model", "serving_model"])
def test_what_is_written_for_other_programs_stays_what_they_read(path: str) -> None:
    unchanged(f'import keras\n\nm = keras.Sequential()\nm.save("{path}")\n')


def test_an_order_that_a_caller_may_give_as_of_old_keeps_its_name() -> None:
    source = """
        from keras import backend as K
        from keras.layers import MaxPooling2D

        order = K.image_dim_ordering()
        x = MaxPooling2D((2, 2), dim_ordering=order)
        y = MaxPooling2D((2, 2), dim_ordering='th')

        def pool(x, dim_ordering):
            return MaxPooling2D((2, 2), dim_ordering=dim_ordering)(x)

        class A:
            def pool(self):
                return MaxPooling2D((2, 2), dim_ordering=self.order)
        """
    new = source.replace("image_dim_ordering()", "image_data_format()").replace(
        "dim_ordering=order", "data_format=order"
    )
    new = new.replace("dim_ordering=order", "data_format=order").replace(
        "dim_ordering='th'", "data_format='channels_first'"
    )
    transformed(source, new)


def test_names_of_layers_of_other_modules_are_written_as_those_beside_them() -> None:
    transformed(
        """
        from keras.layers import ReLU
        from mine import MyConv2D, load

        def block(x, prefix):
            load(name='a/b')
            return ReLU(name=prefix + 'a/relu')(MyConv2D(3, name=prefix + 'a/conv')(x))
        """,
        """
        from keras.layers import ReLU
        from mine import MyConv2D, load

        def block(x, prefix):
            load(name='a/b')
            return ReLU(name=prefix + 'a_relu')(MyConv2D(3, name=prefix + 'a_conv')(x))
        """,
        UNSAFE,
    )
    unchanged("import keras\nfrom mine import MyConv2D\nx = MyConv2D(3, name='a/conv')(x)\n")
