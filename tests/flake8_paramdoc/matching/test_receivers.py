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
        "model.to_yaml()",
        "def train(model): model.to_yaml()",
        "build_elsewhere().to_yaml()",
        "from mine import tf_keras\nm = tf_keras.Model(x)\nm.compile(loss='mse', optimizer='sgd')\nm.to_yaml()",
        "from .compat import keras as k\nm = k.Model(x)\nm.compile(loss='mse', optimizer='sgd')\nm.to_yaml()",
        "from mine import tf_keras as k\nm = k.Model(x)\nm.compile('adam', 'mse', metrics)\nm.to_yaml()",
        """
        from mine import tf_keras
        class A:
            def f(self):
                self.m = tf_keras.Model(x)
                self.m.compile(loss='mse', optimizer='sgd')
                self.m.to_yaml()
        """,
        "Elsewhere().to_yaml()",
        "model = keras.Sequential()\nmodel = build_elsewhere()\nmodel.to_yaml()",
        "class Net(keras.Model):\n def to_yaml(self): pass\nNet().to_yaml()",
        "class Net:\n def to_yaml(self): pass\nNet().to_yaml()",
        "def build(): return build_elsewhere()\nbuild().to_yaml()",
        "def build(): return build()\nbuild().to_yaml()",
        "class A(A): pass\nA().to_yaml()",
        "class Net(Elsewhere, keras.Model): pass\nNet().to_yaml()",
        "x = x.y\nx.to_yaml()",
        "model = keras.Sequential()\nmodel.fit(x, y)",
        "model = build_elsewhere()\nmodel.compile(optimizer='sgd')\nmodel.to_yaml()",
        "model = build_elsewhere()\nmodel.compile('adam')\nmodel.to_yaml()",
        "agent = build_elsewhere()\nagent.compile(optimizer='sgd', metrics=['mae'])\nagent.to_yaml()",
        "for model in keras.Sequential(): model.to_yaml()",
    ],
)
def test_no_model(text: str) -> None:
    assert codes(program(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "model.fit_generator(x)",
        "def train(model): model.predict_classes(x)",
        "from mine import build\nmodel = build()\nmodel.evaluate_generator(x)",
        "from mine import Unet\nUnet().predict_generator(x)",
        # The file's own class has a method of that name, and what it trains has not.
        "class Net:\n def fit_generator(self, x): self.model.fit_generator(x)\nNet().fit_generator(x)",
    ],
)
def test_a_method_that_no_other_library_has(text: str) -> None:
    assert codes(program(text)) == ["KER206"]


@pytest.mark.parametrize(
    "text",
    [
        "import mine\nmine.fit_generator(x)",
        "from mine import trainer\ntrainer.fit_generator(x)",
        "from mine import Base\nclass Net(Base): pass\nNet().fit_generator(x)",
        "from mine import tf_keras\nm = tf_keras.Model(x)\nm.fit_generator(x)",
        "fit_generator(x)",
    ],
)
def test_a_method_of_something_else(text: str) -> None:
    assert codes(program(text)) == []
    assert codes(f"import torch\n{text}") == []
    assert codes(program(text).replace("import keras", "import tf_keras as keras")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x._keras_shape", ["KER205"]),
        ("anything._keras_shape", ["KER205"]),
        ("x.get_shape()", ["KER206"]),
        ("keras.layers.Dense(3)(x).get_shape().as_list()", ["KER206"]),
        ("x.shape.as_list()", ["KER206"]),
        ("x.shape[1].value", ["KER206"]),
        ("x.set_shape((None, 3))", ["KER206"]),
        ("anything.get_shape()", []),
        ("anything.shape.as_list()", []),
        ("x.shape[1]", []),
        ("x._keras_shape = (None, 3)", []),
        ("keras.layers.Lambda(lambda y: y.get_shape()[1])(x)", []),
        ("class A(keras.layers.Layer):\n def call(self, inputs): return inputs.get_shape()", []),
        ("for layer in [keras.layers.Dense(3), keras.layers.Dropout(0.5)]: layer.output_shape", ["KER205"]),
        ("for layer in [keras.layers.Dense(3), other()]: layer.output_shape", []),
    ],
)
def test_a_keras_tensor_and_its_shape(text: str, expected: list[str]) -> None:
    assert codes(program(f"x = keras.Input((3,))\n{text}")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("K.dtype = dtype\nK.dtype(x)", []),
        ("if not hasattr(K, 'dtype'):\n K.dtype = dtype\nK.dtype(x)", []),
        ("K.mean(x)\nK.mean = mean", ["KER205"]),
        ("def f(): K.mean(x)\nK.mean = mean", []),
        ("keras.backend.mean = mean\nK.mean(x)", []),
        ("K.mean = mean\nK.sum(x)", ["KER205"]),
        ("keras.Model.to_yaml = write\nkeras.Sequential().to_yaml()", []),
        ("model = keras.Sequential()\nmodel.to_yaml = write\nmodel.to_yaml()", []),
        ("model = keras.Sequential()\nother.to_yaml = write\nmodel.to_yaml()", ["KER206"]),
    ],
)
def test_what_the_file_stores_itself_is_there(text: str, expected: list[str]) -> None:
    assert codes(program(f"from keras import backend as K\n{text}")) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("self._trainable_weights.append(w)", ["KER206"]),
        ("self._trainable_weights.extend([w])", ["KER206"]),
        ("self._trainable_weights = [w]", []),
        ("self._compute_dtype", ["KER206"]),
        ("self.kernel = self.add_weight(shape=s)", ["KER206"]),
        ("self.other = self.add_weight(shape=s)", []),
    ],
)
def test_what_old_layers_use_of_their_base(body: str, expected: list[str]) -> None:
    assert codes(program(f"class A(keras.layers.Dense):\n def build(self, s): {body}")) == expected


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
        ("model = keras.Sequential()\nmodel.get_layer('a').output_shape", ["KER205"]),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("model.input", ["KER206"]),
        ("model.fit(x)\nkeras.Model(model.input, model.output)", ["KER206", "KER206"]),
        ("model.inputs", []),
        ("model.layers[0].output", []),
        # Called on a Keras tensor, or inside another model, it has them.
        ("y = model(x)\nmodel.output", []),
        ("other.add(model)\nmodel.output", []),
        ("other = keras.Sequential([model, keras.layers.Dense(3)])\nmodel.output", []),
        ("model = keras.Model(x, y)\nmodel.output", []),
        ("class A(keras.Sequential):\n def f(self): return self.input", []),
    ],
)
def test_what_a_sequential_has_once_it_was_called(text: str, expected: list[str]) -> None:
    assert codes(program(f"model = keras.Sequential()\n{text}")) == expected


@pytest.mark.parametrize(
    "source",
    [
        "getattr(layers, 'Dense')(4, init='zero')",
        "Made = getattr(layers, 'Dense')\nMade(4, init='zero')",
        "kind = 'Dense'\ngetattr(layers, kind)(4, init='zero')",
        "import keras\ngetattr(keras, 'layers').Dense(4, init='zero')",
        "getattr(layers, 'Convolution2D')(4, 3, 3)",
        "getattr(layers, 'CuDNNLSTM')(4)",
        "Made = getattr(layers, 'CuDNNLSTM')\nMade(4)",
    ],
)
def test_what_getattr_is_asked_for_in_words(source: str) -> None:
    assert len(codes(f"from keras import layers\n{source}")) == 1


@pytest.mark.parametrize(
    "source",
    [
        "getattr(layers, 'CuDNNLSTM', None)",
        "getattr(layers, kind)(4, init='zero')",
        "def make(kind):\n    return getattr(layers, kind)(4, init='zero')",
        "getattr(object, 'CuDNNLSTM')(4)",
    ],
)
def test_what_getattr_may_not_find_is_unknown(source: str) -> None:
    assert codes(f"from keras import layers\n{source}") == []


@pytest.mark.parametrize(
    ("put", "expected"),
    [
        ("options['input_dtype'] = 'int32'", ["KER202"]),
        ("options['trainable'] = True", []),
        ("other['input_dtype'] = 'int32'", []),
        ("options[key] = 'int32'", []),
    ],
)
def test_what_a_function_puts_into_its_spread_arguments(put: str, expected: list[str]) -> None:
    source = (
        f"class Own(Layer):\n    def __init__(self, **options):\n        {put}\n        super().__init__(**options)"
    )
    assert codes(f"from keras.layers import Layer\n{source}") == expected


@pytest.mark.parametrize(
    "source",
    [
        # Another library's models have them too.
        "import keras\nimport deepchem as dc\ndef f(m):\n    m.fit_generator([x])\n    m.fit(x, nb_epoch=3)",
        "import keras\nfrom deepchem.models import KerasModel\nm = make()\nm.evaluate_generator(x)",
        # What is passed on is no compiled model, whose compile() gives nothing.
        "import keras\nother = make()\nm.compile(**other.compile(loss='a', metrics=['b']))\nother.save('a.json')",
        # Keras 3 reads a folder that its own callback wrote.
        "import keras\nkeras.callbacks.OrbaxCheckpoint('a')\nkeras.models.load_model('a')",
        "try:\n    from keras.engine import Layer\nexcept:\n    Layer = None",
    ],
)
def test_what_is_right_for_another_reason(source: str) -> None:
    assert codes(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "import keras\ndef f(m):\n    m.fit_generator([x])",
        "import keras\nother = make()\nother.compile(loss='a', metrics=['b'])\nother.save('a')",
        "import keras\nkeras.models.load_model('a')",
        "try:\n    from keras.engine import Layer\nexcept:\n    raise",
        "try:\n    from keras.engine import Layer\n    train()\nexcept:\n    pass",
    ],
)
def test_what_is_not_right_for_another_reason(source: str) -> None:
    assert len(codes(source)) == 1
