"""Models that are frozen or thawed when Keras 3 heeds it, and Keras 2 did not, or the other way round."""

from __future__ import annotations

import pytest

from tests.flake8_paramdoc.linting import findings

BEFORE = "import keras\nfrom keras.layers import *\nmodel = keras.Sequential([Dense(2), Dense(3)])\n"
NESTED = "keras.Model(i, model(keras.Input((3,))))\n"


def told(source: str) -> list[tuple[int, str]]:
    """Return the line and the middle of each message, behind usual statements."""
    return [
        (finding.line - BEFORE.count("\n"), finding.message.partition(" since ")[0])
        for finding in findings(BEFORE + source)
        if finding.code == "KER207"
    ]


@pytest.mark.parametrize(
    ("source", "line", "word"),
    [
        ("model.compile()\nmodel.trainable = False\nmodel.fit(x)", 2, "freezes model"),
        ("model.compile()\nfor l in model.layers:\n    l.trainable = False\nmodel.fit(x)", 3, "freezes model"),
        ("model.compile()\nmodel.layers[0].trainable = False\nmodel.fit(x)", 2, "freezes model"),
        ("model.compile()\nmodel.get_layer('a').trainable = False\nmodel.fit(x)", 2, "freezes model"),
        ("model.trainable = False\nmodel.compile()\nmodel.trainable = True\nmodel.fit(x)", 3, "thaws model"),
        # Inside another model.
        (
            "i = keras.Input((3,))\nbig = keras.Model(i, model(i))\nbig.compile()\nmodel.trainable = False\nbig.fit(x)",
            4,
            "freezes model",
        ),
        (
            (
                "model.trainable = False\ni = keras.Input((3,))\nbig = keras.Model(i, model(i))\nbig.compile()\n"
                "model.trainable = True\nbig.fit(x)"
            ),
            5,
            "thaws model",
        ),
        ("model.compile()\nmodel.trainable = False\n" + NESTED + "model.train_on_batch(x)", 2, "stops the training"),
        (
            (
                "class Gan:\n def __init__(self):\n  self.d = keras.Sequential()\n  self.d.compile()\n"
                "  self.d.trainable = False\n  both = keras.Model(i, self.d(i))\n"
                " def train(self):\n  self.d.train_on_batch(x)"
            ),
            5,
            "stops the training of self.d",
        ),
        (
            (
                "def make():\n m = keras.Sequential()\n m.compile()\n return m\n"
                "def both(d):\n d.trainable = False\n return keras.Sequential([d])\n"
                "def train(d):\n d.train_on_batch(x)\nd = make()\nboth(d)\ntrain(d)"
            ),
            6,
            "stops the training of d",
        ),
        # Inside.
        ("model.trainable = False\nmodel.layers[-1].trainable = True\n" + NESTED, 2, "trains that layer"),
        ("model.trainable = False\nfor l in model.layers[-2:]:\n    l.trainable = True\n" + NESTED, 3, "trains that"),
        ("model.layers[0].trainable = False\nmodel.trainable = True", 2, "thaws nothing"),
        ("model.trainable = False\nmodel.layers[0].trainable = True\nmodel.trainable = False", 3, "freezes nothing"),
        ("model.trainable = False\nmodel.add(Dense(3))\n" + NESTED, 2, "adds a layer that is trained"),
        ("a = MultiHeadAttention(2, 3)\na.trainable = False\no = a(x, x)", 2, "freezes nothing of what the call"),
        (
            (
                "class B(Layer):\n def __init__(self, **k):\n  super().__init__(**k)\n  self.d = Dense(3)\n"
                "B(trainable=False)"
            ),
            5,
            "freezes nothing of what is inside B",
        ),
    ],
)
def test_what_has_another_effect(source: str, line: int, word: str) -> None:
    [(found, message)] = told(source)
    assert found == line
    assert word in message


@pytest.mark.parametrize(
    "source",
    [
        "model.trainable = False\nmodel.compile()\nmodel.fit(x)",
        "model.compile()\nmodel.trainable = False\nmodel.compile()\nmodel.fit(x)",
        # What was trained once keeps what it took, in both.
        "model.compile()\nmodel.fit(x)\nmodel.trainable = False\nmodel.fit(x)",
        "model.compile()\nmodel.trainable = False",
        "model.compile()\nmodel.trainable = frozen\nmodel.fit(x)",
        # Set anew for each training.
        "model.compile()\nmodel.trainable = False\nmodel.trainable = True\nmodel.train_on_batch(x)",
        "model.compile()\nmodel.trainable = True\nmodel.fit(x)",
        "other.compile()\nother.trainable = False\nother.fit(x)",
        # Alone, it is the same in both.
        "model.trainable = False\nmodel.layers[-1].trainable = True",
        "model.trainable = False\nmodel.layers[-1].trainable = True\nmodel.trainable = True\n" + NESTED,
        "model.trainable = True\nfor l in model.layers[:-1]:\n    l.trainable = False\n" + NESTED,
        "model.trainable = False\nmodel.trainable = True",
        "model.add(Dense(3))\nmodel.trainable = False\n" + NESTED,
        "a = MultiHeadAttention(2, 3)\no = a(x, x)\na.trainable = False",
        "a = LSTM(3)\na.trainable = False\no = a(x)",
        "class B(Layer):\n def __init__(self, **k):\n  self.d = 3\nB(trainable=False)",
        "class B(Layer):\n def __init__(self, trainable):\n  self.d = Dense(3)\nB(trainable=False)",
        "for l in model.layers:\n    l.trainable = False\nfor l in other.layers:\n    l.trainable = True\nother.fit(x)",
    ],
)
def test_what_is_the_same(source: str) -> None:
    assert told(source) == []


def test_keras_2_for_good() -> None:
    source = "import tf_keras\nmodel = tf_keras.Sequential()\nmodel.compile()\nmodel.trainable = False\nmodel.fit(x)"
    assert findings(source) == []
