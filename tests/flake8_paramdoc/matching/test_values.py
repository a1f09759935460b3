"""What the value of an argument tells, written there or bound to a name once."""

from __future__ import annotations

import pytest

from tests.flake8_paramdoc.linting import codes, findings


@pytest.mark.parametrize(
    "source",
    [
        "p = 'w.h5'\nm.save_weights(p)",
        "p = 'w.h5'\nm.save_weights(os.path.join(folder, p))",
        "p = os.path.join(folder, 'w.h5')\nm.save_weights(p)",
        "p = 'w.h5'\nm.save_weights(folder + p)",
        "p = 'w.h5'\nm.save_weights(f'{folder}/{p}')",
        "p = 'w.h5'\nm.save_weights('%s/%s' % (folder, p))",
        "p = 'w.h5'\nm.save_weights('{}/{}'.format(folder, p))",
        "p = '{:02d}.h5'\nm.save_weights(p.format(1))",
        "p = 'w.h5'\nm.save_weights(str(pathlib.Path(p)))",
        "p = q = 'w.h5'\ndef save():\n m.save_weights(q)",
        "def save(p='w.h5'):\n m.save_weights(p)",
        "def save(a, /, b=0, *, p='w.h5', q):\n m.save_weights(p)",
        "class A:\n def __init__(self): self.p = 'w.h5'\n def save(self): m.save_weights(self.p)",
        "class A:\n p = 'w.h5'\n def save(self): m.save_weights(self.p)",
        "only = True\np = 'w.h5'\nkeras.callbacks.ModelCheckpoint(p, save_weights_only=only)",
    ],
)
def test_a_name_that_is_bound_once_is_followed(source: str) -> None:
    [finding] = findings(f"import keras\nm = keras.Model()\n{source}")
    assert finding.code == "KER203"
    assert finding.line == 2 + len(source.split("\n"))


@pytest.mark.parametrize(
    "source",
    [
        "p = 'w.weights.h5'\nm.save_weights(p)",
        "p = 'w.h5'\np = other()\nm.save_weights(p)",
        "p = 'w.h5'\np += '.weights.h5'\nm.save_weights(p)",
        "def save(p):\n m.save_weights(p)",
        "def save(a='w.h5', *, p): m.save_weights(p)",
        "def load(p='imagenet'):\n if p == 'imagenet': p_ = fetch()\n else: m.load_weights(p)",
        "p = p\nm.save_weights(p)",
        "class A:\n p = 'w.h5'\n def __init__(self, p): self.p = p\n def save(self): m.save_weights(self.p)",
        "m.save_weights(other.p)",
        "p = 'w.h5'\nm.save_weights(f'{p:>8}')",
        "p = 'w.h5'\nm.save_weights(name(p))",
        "m.save_weights('{}/{p}'.format(folder, p='w.h5'))",
    ],
)
def test_a_name_that_may_be_something_else_is_not_followed(source: str) -> None:
    assert codes(f"import keras\nm = keras.Model()\n{source}") == []


def test_a_place_whose_argument_is_a_name_that_is_bound_once() -> None:
    assert codes("from keras.layers import BatchNormalization\ne = 1e-5\nBatchNormalization(e)") == ["KER104"]
    assert codes("from keras.layers import BatchNormalization\ne = least()\nBatchNormalization(e)") == []


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("L.Dense(8, name='a/b')", ["KER203"]),
        ("L.Dense(8, name=f'{p}/b')", ["KER203"]),
        ("L.Dense(8, name=p + '/b')", ["KER203"]),
        ("L.Dense(8, name='%s/b' % p)", ["KER203"]),
        ("L.Dense(8, name='{}/b'.format(p))", ["KER203"]),
        ("L.Dense(8, name='/'.join([p, q]))", ["KER203"]),
        ("L.Dense(8, name='/'.join((p, q)) if p else None)", ["KER203"]),
        ("n = p + '/b'\nL.Dense(8, name=n)", ["KER203"]),
        ("n = 'a/b'\ndef build():\n L.Dense(8, name=n)", ["KER203"]),
        ("keras.Input((8,), name='a/b')", ["KER203"]),
        ("keras.Sequential(name='a/b')", ["KER203"]),
        ("keras.Model(i, o, name='a/b')", ["KER203"]),
        ("L.add([a, b], name='a/b')", ["KER203"]),
        ("keras.optimizers.Adam(name='a/b')", ["KER203"]),
        ("class A(L.Layer):\n def build(self, s): self.add_weight(name='a/b', shape=s)", ["KER203"]),
        ("class A(L.Layer):\n def __init__(self): super().__init__(name='a/b')", ["KER203"]),
        # These take any name.
        ("keras.metrics.Mean(name='a/b')", []),
        ("keras.losses.Huber(name='a/b')", []),
        ("L.Dense(8, name='a-b')", []),
        ("L.Dense(8, name='a' % '/')", []),
        ("L.Dense(8, name=p)", []),
        ("L.Dense(8, name=names['a/b'])", []),
        ("other(8, name='a/b')", []),
    ],
)
def test_a_name_with_a_slash(call: str, expected: list[str]) -> None:
    assert codes(f"import keras\nfrom keras import layers as L\n{call}") == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("L.Dense(n / 2)", ["KER203"]),
        ("L.Dense(units=n / 2 + 1)", ["KER203"]),
        ("h = n * 0.5\nL.Dense(h)", ["KER203"]),
        ("L.Conv2D(64 / 2, 3)", ["KER203"]),
        ("L.Dense(n // 2)", []),
        ("L.Dense(int(n / 2))", []),
        ("L.Dense(f(n / 2))", []),
        ("L.Dense(np.prod(shape))", ["KER203"]),
        ("L.Dense(np.prod(shape) * 2)", ["KER203"]),
        ("L.Embedding(1 + x.max(), 8)", ["KER203"]),
        ("L.Embedding(8, np.max(sizes))", ["KER203"]),
        ("L.LSTM(np.int64(3))", ["KER203"]),
        ("L.Conv2D(np.prod(shape), 3)", []),
        ("L.Dense(max(sizes))", []),
        ("L.Dense(sizes.max(axis))", []),
        ("L.Dense(int(np.prod(shape)))", []),
        ("keras.Input(10)", ["KER203"]),
        ("keras.Input(shape=28 * 28)", ["KER203"]),
        ("keras.Input(shape=len(words))", ["KER203"]),
        ("keras.Input(shape=x.shape[1])", ["KER203"]),
        ("keras.Input(shape=x.shape[1:])", []),
        ("keras.Input(shape=(10,))", []),
        ("keras.Input(shape=size)", []),
        ("L.BatchNormalization(axis=[-1])", ["KER203"]),
        ("L.BatchNormalization(axis=-1)", []),
        ("L.LayerNormalization(axis=[-1])", []),
        ("keras.optimizers.SGD(clipnorm=1., clipvalue=.5)", ["KER203"]),
        ("keras.optimizers.SGD(clipnorm=None, clipvalue=.5)", []),
        ("keras.optimizers.SGD(clipvalue=.5)", []),
        ("keras.optimizers.Adadelta(1)", ["KER203"]),
        ("keras.optimizers.Adadelta(learning_rate=1.0)", []),
        ("model.compile('adam', 'mse', metrics='mae')", ["KER203"]),
        ("model.compile('adam', 'mse', metrics=keras.metrics.AUC())", ["KER203"]),
        ("model.compile('adam', 'mse', metrics=metrics())", []),
        ("model.compile(tf.train.AdamOptimizer(0.1), 'mse')", ["KER203"]),
        ("L.SeparableConv2D(8, 3, kernel_regularizer='l2')", ["KER202"]),
        ("L.Attention(causal=True)", ["KER202"]),
        ("L.CategoryEncoding(max_tokens=4)", ["KER201"]),
    ],
)
def test_what_keras_2_made_something_of(call: str, expected: list[str]) -> None:
    source = (
        f"import keras, numpy as np, tensorflow as tf\nfrom keras import layers as L\nmodel = keras.Model()\n{call}"
    )
    assert codes(source) == expected
