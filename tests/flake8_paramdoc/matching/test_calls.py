"""The ways in which arguments reach a call, and a call what it calls."""

from __future__ import annotations

import pytest

from flake8_paramdoc.changes import OLD_ARGUMENTS
from flake8_paramdoc.changes.keras_names import ALIASES
from flake8_paramdoc.matching import calls
from tests.flake8_paramdoc.linting import codes, findings, reported


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # Spread from a dictionary: at the key.
        ("import keras\nkeras.layers.Dense(**{'output_dim': 3})", [(2, 22, "KER101")]),
        (
            """
            import keras
            options = {
                "output_dim": 3,
            }
            keras.layers.Dense(**options)
            """,
            [(4, 4, "KER101")],
        ),
        ("import keras\noptions = dict(output_dim=3)\nkeras.layers.Dense(**options)", [(2, 15, "KER101")]),
        ("import keras\nmodel = keras.Sequential()\nmodel.fit(x, **{'nb_epoch': 3})", [(3, 16, "KER101")]),
        # One key for two calls is one place to mend.
        (
            "import keras\no = {'bias': True}\nkeras.layers.Dense(3, **o)\nkeras.layers.Dense(4, **o)",
            [(2, 5, "KER101")],
        ),
        # Nobody knows what such a dictionary holds.
        ("import keras\ndef f(o): keras.layers.Dense(**o)", []),
        ("import keras\no = {'bias': 1}\ndef f(): keras.layers.Dense(3, **o)", []),
        ("import keras\no = {'bias': 1}\no = g()\nkeras.layers.Dense(3, **o)", []),
        ("import keras\nkeras.layers.Dense(3, **{**o, key: 1})", []),
        # Partials.
        ("import keras\nfrom functools import partial\npartial(keras.layers.Dense, init='zero')", [(3, 28, "KER101")]),
        ("import functools, keras\nD = functools.partial(keras.layers.Dense, 3)\nD(bias=0)", [(3, 2, "KER101")]),
        (
            "from functools import partial\nimport keras\npartial(keras.layers.Convolution2D, 64, 3, 3)",
            [(3, 43, "KER104")],
        ),
        ("from functools import partial\nimport keras\nC = partial(keras.layers.Convolution2D, 64)\nC(3, 3, 1)", []),
        ("from mine import partial\nimport keras\npartial(keras.layers.Dense, init='zero')", []),
        # Aliases.
        ("import keras\nL = keras.layers\nConv = L.Convolution2D\nConv(64, 3, 3)", [(4, 12, "KER104")]),
        ("from keras.layers import Dense as D\nE = D\nE(output_dim=3)", [(3, 2, "KER101")]),
        ("import keras\n(D := keras.layers.Dense)\nD(output_dim=3)", [(3, 2, "KER101")]),
        # What a subclass leaves to its base.
        ("import keras\nclass D(keras.layers.Dense): pass\nD(output_dim=3)", [(3, 2, "KER101")]),
        ("import keras\nclass D(keras.layers.Dense):\n def __init__(self, output_dim): pass\nD(output_dim=3)", []),
        (
            "import keras\nclass D(keras.layers.Dense):\n def __init__(self):\n  super().__init__(output_dim=3)",
            [(4, 19, "KER101")],
        ),
        (
            "import keras\nclass D(keras.layers.Dense):\n def __init__(self):\n  super(D, self).__init__(init='zero')",
            [(4, 26, "KER101")],
        ),
        (
            "from keras.layers import Dense as B\nclass D(B):\n def __init__(self):\n  B.__init__(self, 3, 'normal')",
            [(4, 22, "KER104")],
        ),
        ("import keras, mine\nclass D(mine.M, keras.layers.Dense): pass\nD(output_dim=3)", []),
        (
            "import keras, mine\nclass D(mine.M, keras.layers.Dense):\n def f(self): super().__init__(bias=0)",
            [],
        ),
        # By place.
        ("from keras.layers import Convolution2D\nConvolution2D(64, *kernel)", []),
        ("from keras.layers import Convolution2D\nConvolution2D(*args)", []),
        ("from keras.layers import Convolution2D\nConvolution2D(64, 3, 3)", [(2, 21, "KER104")]),
        ("from keras.layers import SeparableConvolution2D as S\nS(64, 3, 3)", [(2, 9, "KER104")]),
        ("from keras.optimizers import SGD\nSGD(.01, .9, 1e-6, True)", [(2, 13, "KER204")]),
        ("from keras.optimizers import SGD\nSGD(.01, .9, True)", []),
        ("from keras.optimizers import Adam\nAdam(1e-3, .9, .999, 1e-8, True)", []),
        ("from keras.metrics import Mean\nMean('loss')", []),
        (
            "from keras.metrics import Metric\nclass M(Metric):\n def __init__(self):\n  super().__init__('m')",
            [(4, 19, "KER204")],
        ),
        ("from keras import Input\nInput((3,), 8, 'float32')", []),
        ("from keras.layers import Dense\nDense(3, 'hard_sigmoid')", [(2, 9, "KER207")]),
        (
            "from keras.layers import LSTM\nLSTM(8, 'hard_sigmoid', 'hard_sigmoid')",
            [(2, 8, "KER207"), (2, 24, "KER207")],
        ),
        ("from keras.layers import LSTM\nLSTM(8, 'tanh', 'sigmoid', 'hard_sigmoid')", []),
        ("from keras.utils import to_categorical\nto_categorical(y, 10)", []),
        (
            "import keras\nclass L(keras.layers.Layer):\n def build(self, shape):\n  self.add_weight('kernel', shape)",
            [(4, 18, "KER204")],
        ),
        # A call of a layer.
        ("import keras\nlayer = keras.layers.RNN(cell)\nlayer(x, constants=c)", [(3, 9, "KER202")]),
        ("import keras\nkeras.layers.RNN(cell)(x, constants=c)", [(2, 26, "KER202")]),
    ],
)
def test_arguments(source: str, expected: list[tuple[int, int, str]]) -> None:
    assert reported(source) == expected


CONV = "from keras.layers import Conv2D, Dense\n"


def test_a_third_integer_of_conv2d_is_an_old_form_only_in_an_old_file() -> None:
    assert codes(f"{CONV}Conv2D(64, 3, 3)") == []
    assert codes(f"{CONV}Conv2D(64, 3, 3)\nDense(output_dim=3)") == ["KER104", "KER101"]
    assert codes(f"{CONV}Conv2D(64, 3, 3, border_mode='same')") == ["KER104", "KER101"]
    assert codes(f"{CONV}Conv2D(64, 3, 3)\nfrom keras.layers.core import Flatten") == ["KER205"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("merge([x, y], mode='sum')", 'merge(mode="sum") was removed in Keras 2: write add([...])'),
        ("merge([x, y], 'concat')", 'merge(mode="concat") was removed in Keras 2: write concatenate([...])'),
        (
            "merge([x, y], mode=mode)",
            "keras.layers.merge was removed in Keras 2: write add, multiply, concatenate, average, maximum or dot",
        ),
        (
            "merge([x, y], mode='cos', dot_axes=1)",
            'merge(mode="cos") was removed in Keras 2: write dot([...], axes=..., normalize=True)',
        ),
    ],
)
def test_each_merge_is_told_what_to_write(call: str, message: str) -> None:
    imported, called = findings(f"from keras.layers import merge\n{call}")
    assert (imported.code, imported.line, imported.column) == ("KER106", 1, 25)
    assert (called.line, called.message) == (2, message)
    [used] = findings(f"import keras\nkeras.layers.{call}")
    assert used.message == message


def test_a_module_called_merge_is_no_function() -> None:
    source = "from keras.layers import merge\nmerge.concatenate([x, y])"
    assert reported(source) == [(1, 25, "KER205")]
    assert reported(source, target=2) == []
    assert reported("import keras\nkeras.layers.merge.concatenate([x])") == [(2, 13, "KER205")]


@pytest.mark.parametrize(
    ("metrics", "found"),
    [
        ("metrics=['accuracy']", True),
        ("metrics=('accuracy',)", True),
        ("metrics={'out': ['accuracy']}", True),
        ("metrics=chosen", True),
        ("metrics=['acc']", False),
        ("metrics=['accuracy', 'acc']", False),
        ("metrics=['accuracy', acc]", False),
        ("metrics=['accuracy', keras.metrics.BinaryAccuracy(name='acc')]", False),
        ("metrics=['accuracy', keras.metrics.AUC()]", True),
        ("metrics=elsewhere", False),
        ("metrics=['mae']", False),
        ("", False),
    ],
)
def test_val_acc_counts_where_the_metric_is_accuracy(metrics: str, found: bool) -> None:
    source = f"""
    import keras
    chosen = ['accuracy']
    model = keras.Sequential()
    model.compile('sgd', 'mse', {metrics})
    keras.callbacks.ModelCheckpoint('m.keras', monitor='val_acc')
    history = model.fit(x, y)
    print(history.history['acc'], history.history['loss'])
    """
    expected = [(6, 51, "KER207"), (8, 22, "KER203")] if found else []
    assert reported(source) == expected
    assert reported(source.replace("loss']", "accuracy']")) == expected[:1]
    assert reported(source.replace("monitor=", "")) == [(6, 43, "KER207"), *expected[1:]][: len(expected)]


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ("model.save('m')", ["KER203"]),
        ("model.save(f'{name}/m')", ["KER203"]),
        ("model.save('m.keras')", []),
        ("model.save('hf://user/model')", []),
        ("model.save('m', zipped=False)", []),
        ("model.save(path)", []),
        ("model.save('m.h5')", []),
        ("model.save('m', save_format='tf')", ["KER203"]),
        ("model.save_weights('w.h5')", ["KER203"]),
        ("model.save_weights('w.weights.h5')", []),
        ("model.save_weights('w.weights.json', max_shard_size=1)", []),
        ("model.load_weights('w')", ["KER203"]),
        ("model.load_weights('w.h5')", []),
        ("keras.models.load_model('saved')", ["KER203"]),
        ("keras.models.load_model('saved.keras')", []),
        ("keras.models.load_model('hf://user/model')", []),
        ("keras.callbacks.ModelCheckpoint('w.{epoch:02d}.hdf5')", ["KER203"]),
        ("keras.callbacks.ModelCheckpoint('w.h5')", []),
        ("keras.callbacks.ModelCheckpoint('w.h5', save_weights_only=True)", ["KER203"]),
        ("keras.callbacks.ModelCheckpoint('w.weights.h5', save_weights_only=True)", []),
        ("keras.callbacks.ModelCheckpoint('w', save_weights_only=flag)", []),
    ],
)
def test_paths(call: str, found: list[str]) -> None:
    assert codes(f"import keras\nmodel = keras.Sequential()\n{call}") == found


def test_each_copy_of_keras_has_its_own_changes() -> None:
    source = "from {}.layers import Dense, LeakyReLU\nDense(3, init='zero', weights=w)"
    assert codes(source.format("keras")) == ["KER101", "KER202"]
    assert codes(source.format("tensorflow.keras")) == ["KER101", "KER202"]
    assert codes(source.format("tf_keras")) == ["KER101"]
    assert codes(source.format("tensorflow.python.keras")) == ["KER101"]
    assert codes(source.format("keras.src")) == []
    backend = "from {} import backend as K\nK.mean(x)"
    assert codes(backend.format("keras")) == ["KER205"]
    assert codes(backend.format("tensorflow.keras")) == []
    assert codes(backend.format("tf_keras")) == []


def test_tensorflow_can_be_told_to_take_keras_2() -> None:
    source = "os.environ['TF_USE_LEGACY_KERAS'] = '1'\nfrom {}.layers import Dense\nDense(3, init='zero', weights=w)"
    assert codes(source.format("tensorflow.keras")) == ["KER101"]
    assert codes(source.format("keras")) == ["KER101", "KER202"]


def test_a_target() -> None:
    source = "import keras\nkeras.layers.Dense(3, init='zero', weights=w)\nkeras.layers.core.Dense(3)"
    assert codes(source, target=2) == ["KER101"]
    assert codes(source, target=3) == ["KER101", "KER202", "KER205"]


def test_what_is_deprecated_is_found_on_demand() -> None:
    source = "from keras.layers import Convolution2D\nConvolution2D(8, (3, 3), input_shape=(8, 8, 3))"
    assert codes(source) == []
    assert reported(source, deprecated=True) == [(1, 25, "KER902"), (2, 25, "KER901")]
    assert codes(source, deprecated=True, target=2) == ["KER902"]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("keras.layers.Dense(8, input_shape=(4,))", ["KER901"]),
        # These take no arguments but their own, so that what is deprecated elsewhere is an error here.
        ("keras.layers.SpatialDropout1D(0.5, input_shape=(4, 4))", ["KER202"]),
        ("keras.layers.StringLookup(input_shape=(1,))", ["KER202"]),
        # This takes anything, and these call something of their own so.
        ("keras.layers.HashedCrossing(8, batch_size=2)", []),
        ("keras.layers.ReversibleEmbedding(input_dim=4, output_dim=8)", []),
        ("keras.layers.Embedding(input_dim=4, output_dim=8)", []),
        # A recurrent layer without gates has one activation and one implementation.
        ("keras.layers.LSTM(8, consume_less='gpu', inner_activation='sigmoid')", ["KER101", "KER103", "KER101"]),
        ("keras.layers.SimpleRNN(8, consume_less='gpu')", ["KER102"]),
        ("keras.layers.SimpleRNN(8, inner_activation='sigmoid')", []),
        ("keras.preprocessing.text.Tokenizer(nb_words=9)", ["KER205", "KER101"]),
        ("tensorflow.keras.preprocessing.text.Tokenizer(nb_words=9)", []),
    ],
)
def test_what_a_class_takes_that_others_do_not(call: str, expected: list[str]) -> None:
    assert codes(f"import keras, tensorflow\n{call}", deprecated=True) == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("L.AveragePooling2D()", [(3, 2, "KER204")]),
        ("L.AvgPool1D(strides=2)(x)", [(3, 2, "KER204")]),
        ("P(padding='same')", [(3, 0, "KER204")]),
        ("P(2)", []),
        ("P(pool_size=2)", []),
        ("P(**options)", []),
        ("P(*sizes)", []),
        ("P(pool_length=2)", [(3, 2, "KER101")]),
        ("functools.partial(P)", []),
        ("Q = functools.partial(P, pool_size=2)\nQ()", []),
        ("L.MaxPooling2D()", []),
        ("L.GlobalAveragePooling2D()", []),
        ("class Mine(P):\n def __init__(self, **options): super().__init__(**options)\nMine()", []),
    ],
)
def test_an_argument_that_must_be_passed(call: str, expected: list[tuple[int, int, str]]) -> None:
    source = f"import functools; from keras import layers as L\nfrom keras.layers import AveragePooling1D as P\n{call}"
    assert reported(source) == expected
    assert reported(source, target=2) == [each for each in expected if each[2] == "KER101"]


def test_what_must_be_passed_is_said() -> None:
    [finding] = findings("import keras\nkeras.layers.AvgPool2D()")
    assert finding.message == "AvgPool2D(...) without pool_size is refused since Keras 3: write pool_size=(2, 2)"


def test_what_is_passed_over_by_its_name_has_nothing_of_an_old_form(monkeypatch: pytest.MonkeyPatch) -> None:
    given = ", ".join(f"{argument}=0" for argument in sorted(OLD_ARGUMENTS))
    names = sorted(name for name in ALIASES if all(part.isidentifier() for part in name.split(".")))
    source = "\n".join(["import keras", *(f"{name}({given})\n{name}({'0, ' * 14})" for name in names)])
    found = reported(source)
    assert (2 * names.index("keras.optimizers.rmsprop") + 2, "KER201") in {(line, code) for line, _, code in found}
    monkeypatch.setattr(calls, "_old", lambda _last: OLD_ARGUMENTS)
    monkeypatch.setattr(calls, "_counts", lambda _last, _given: True)
    assert reported(source) == found
