"""Methods and attributes: of which objects they are."""

from __future__ import annotations

import textwrap

import pytest

from tests.flake8_paramdoc.linting import codes, reported


def program(text: str) -> str:
    return "import keras\nfrom mine import build_elsewhere, Elsewhere\n" + textwrap.dedent(text)


@pytest.mark.parametrize(
    "text",
    [
        "model = keras.Sequential()\nmodel.fit_generator(x)",
        "keras.Model(x, y).fit_generator(x)",
        "model: keras.Model = build_elsewhere()\nmodel.fit_generator(x)",
        "def train(model: keras.Model): model.fit_generator(x)",
        "def train(model: keras.Model | None): model.fit_generator(x)",
        "def build():\n return keras.Sequential()\nmodel = build()\nmodel.fit_generator(x)",
        "def build(a):\n if a:\n  return keras.Model(x, y)\n return keras.Sequential()\nbuild(1).fit_generator(x)",
        "def build(): return keras.Sequential(), 1\nmodel, n = build()\nmodel.fit_generator(x)",
        "a, b = keras.Sequential(), keras.Sequential()\nb.fit_generator(x)",
        "model = None\nmodel = keras.Sequential()\nmodel.fit_generator(x)",
        "model = keras.Sequential() if deep else keras.Model(x, y)\nmodel.fit_generator(x)",
        "model = keras.applications.VGG16()\nmodel.fit_generator(x)",
        "model = keras.models.load_model('m.keras')\nmodel.fit_generator(x)",
        "class Net(keras.Model): pass\nNet().fit_generator(x)",
        "class Net(keras.Model):\n def train(self): self.fit_generator(x)",
        "class Net(object, keras.Model): pass\nNet().fit_generator(x)",
        "import abc, typing\nclass A(abc.ABC, typing.Generic[T], keras.Model): pass\nA().fit_generator(x)",
        "class Net(keras.Model, Elsewhere): pass\nNet().fit_generator(x)",
        "class Net(keras.Model): pass\nclass Deep(Net): pass\nDeep().fit_generator(x)",
        "class A:\n def __init__(self): self.model = keras.Sequential()\n def go(self): self.model.fit_generator(x)",
        "class Trainer:\n def make(self): return keras.Model(x, y)\n def go(self): self.make().fit_generator(x)",
        "class Log(keras.callbacks.Callback):\n def on_epoch_end(self, n): self.model.fit_generator(x)",
        "model = build_elsewhere()\nmodel.compile(loss='mse', optimizer='sgd')\nmodel.fit_generator(x)",
        "def f(model):\n model.compile(loss='mse', metrics=['mae'])\n model.fit_generator(x)",
        "model = keras.Sequential()\ndef f(): model.fit_generator(x)",
        "model = build_elsewhere()\nmodel.compile('adam', 'mse', metrics)\nmodel.fit_generator(x)",
    ],
)
def test_a_model(text: str) -> None:
    assert codes(program(text)) == ["KER206"]


@pytest.mark.parametrize(
    "text",
    [
        "model.fit_generator(x)",
        "def train(model): model.fit_generator(x)",
        "build_elsewhere().fit_generator(x)",
        "from mine import tf_keras\nm = tf_keras.Model(x)\nm.compile(loss='mse', optimizer='sgd')\nm.fit_generator(x)",
        "from .compat import keras as k\nm = k.Model(x)\nm.compile(loss='mse', optimizer='sgd')\nm.fit_generator(x)",
        "from mine import tf_keras as k\nm = k.Model(x)\nm.compile('adam', 'mse', metrics)\nm.fit_generator(x)",
        """
        from mine import tf_keras
        class A:
            def f(self):
                self.m = tf_keras.Model(x)
                self.m.compile(loss='mse', optimizer='sgd')
                self.m.fit_generator(x)
        """,
        "Elsewhere().fit_generator(x)",
        "model = keras.Sequential()\nmodel = build_elsewhere()\nmodel.fit_generator(x)",
        "class Net(keras.Model):\n def fit_generator(self, x): pass\nNet().fit_generator(x)",
        "class Net:\n def fit_generator(self, x): pass\nNet().fit_generator(x)",
        "def build(): return build_elsewhere()\nbuild().fit_generator(x)",
        "def build(): return build()\nbuild().fit_generator(x)",
        "class A(A): pass\nA().fit_generator(x)",
        "class Net(Elsewhere, keras.Model): pass\nNet().fit_generator(x)",
        "x = x.y\nx.fit_generator(x)",
        "model = keras.Sequential()\nmodel.fit(x, y)",
        "model = build_elsewhere()\nmodel.compile(optimizer='sgd')\nmodel.fit_generator(x)",
        "model = build_elsewhere()\nmodel.compile('adam')\nmodel.fit_generator(x)",
        "agent = build_elsewhere()\nagent.compile(optimizer='sgd', metrics=['mae'])\nagent.fit_generator(x)",
        "for model in keras.Sequential(): model.fit_generator(x)",
    ],
)
def test_no_model(text: str) -> None:
    assert codes(program(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("keras.optimizers.SGD().lr", ["KER205"]),
        ("model = keras.Sequential()\nmodel.optimizer.lr = 3", ["KER207"]),
        ("model = keras.Sequential()\nprint(model.optimizer.lr)", ["KER205"]),
        ("class Mine(keras.optimizers.Optimizer):\n def __init__(self): self.lr = 3", []),
        ("class Mine(keras.optimizers.Optimizer):\n def get_updates(self): pass", ["KER206"]),
        ("keras.layers.Dense(3).output_shape", ["KER205"]),
        ("model = keras.Sequential()\nmodel.layers[-1].output_shape", ["KER205"]),
        ("model = keras.Sequential()\nmodel.layers[:3].output_shape", []),
        ("model = keras.Sequential()\nfor layer in model.layers: layer.output_shape", ["KER205"]),
        ("model = keras.Sequential()\nfor i, layer in enumerate(model.layers): layer.output_shape", ["KER205"]),
        ("model = keras.Sequential()\n[layer.output_shape for layer in reversed(model.layers)]", ["KER205"]),
        ("model = keras.Sequential()\nmodel.get_layer('a').output_shape", []),
        ("model = keras.Sequential()\nfor layer in model.layers: layer.stateful", []),
        (
            "m = keras.Sequential()\nfor la in m.layers:\n if isinstance(la, keras.Model): la.output_shape",
            [],
        ),
        ("model = keras.Sequential()\nif hasattr(model, 'updates'): model.updates", []),
        ("opt = keras.optimizers.SGD()\nlr = opt.lr if hasattr(opt, 'lr') else opt.learning_rate", []),
        (
            "class A(keras.callbacks.Callback):\n def f(s): s.validation_data = None\n def g(s): s.validation_data",
            [],
        ),
        ("model = keras.Sequential()\nmodel.output_shape", []),
        ("class Mine(keras.layers.Layer):\n def call(self, x): return self.output_shape", ["KER205"]),
        (
            "class A(keras.layers.Layer):\n def build(self, s): self.output_shape = s\n def f(self): self.output_shape",
            [],
        ),
        ("class Mine(keras.layers.Layer):\n def get_output_shape_for(self, s): pass", ["KER105"]),
        (
            "class A(keras.Layer):\n def get_output_shape_for(self, s): 3\n def compute_output_shape(self, s): 3",
            [],
        ),
        ("class Mine(Elsewhere):\n def get_output_shape_for(self, s): pass", []),
        ("class Mine(keras.layers.Layer):\n def build(self, s): self.trainable_weights = []", ["KER206"]),
        ("keras.layers.LSTM(3).stateful", []),
        ("keras.layers.Dense(3).stateful", ["KER206"]),
        ("keras.metrics.Mean().reset_states()", ["KER205"]),
        ("class Net(keras.Model):\n def call(self, x): self.add_loss(x)", []),
        ("model = keras.Model(x, y)\nmodel.add_loss(z)", ["KER206"]),
        ("import tf_keras\ntf_keras.Sequential().fit_generator(x)", []),
        ("import tf_keras\nmodel = keras.Sequential() if new else tf_keras.Sequential()\nmodel.fit_generator(x)", []),
    ],
)
def test_other_objects(text: str, found: list[str]) -> None:
    assert codes(program(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("unknown.fit(x, y, nb_epoch=3)", True),
        ("def train(model): model.fit_generator(x, samples_per_epoch=3)", True),
        ("self.model.fit_generator(x, nb_val_samples=3)", True),
        ("build_elsewhere().fit(x, nb_epoch=3)", True),
        ("unknown.compile(loss='kullback_leibler_divergence')", True),
        ("unknown.run(nb_epoch=3)", False),
        ("unknown.fit(x, workers=3)", False),
        ("net = Elsewhere()\nnet.fit(x, nb_epoch=3)", False),
        ("import mine\nmine.fit(x, nb_epoch=3)", False),
        ("class Net:\n def fit(self, x, nb_epoch): pass\nunknown.fit(x, nb_epoch=3)", False),
        ("class Net: pass\nNet().fit(x, nb_epoch=3)", False),
    ],
)
def test_arguments_that_exist_nowhere_else_need_no_known_receiver(text: str, found: bool) -> None:
    assert bool(codes(program(text))) is found


def test_the_copy_of_such_a_receiver_is_the_one_where_most_still_works() -> None:
    source = "import {}\nunknown.compile(loss='kullback_leibler_divergence')\nunknown.fit(x, nb_epoch=3)"
    assert codes(source.format("keras")) == ["KER203", "KER101"]
    assert codes(source.format("keras, tf_keras")) == ["KER101"]


def test_a_file_without_keras_has_no_such_argument() -> None:
    assert codes("# not keras\nunknown.fit(x, nb_epoch=3)") == []


def test_a_method_is_reported_where_it_is_spelled() -> None:
    source = """
    import keras
    model = keras.Sequential()
    (
        model
        .fit_generator(
            batches,
            samples_per_epoch=3,
        )
    )
    """
    assert reported(source) == [(6, 5, "KER206"), (8, 8, "KER101")]
