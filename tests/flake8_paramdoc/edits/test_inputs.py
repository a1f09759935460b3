"""A model whose first layer was given the shape of a batch begins with an Input of it."""

from __future__ import annotations

import textwrap

import pytest

from tests.flake8_paramdoc.edits.rewriting import rewritten, transformed

HEAD = "from keras.models import Sequential\nfrom keras.layers import LSTM, Dense, Input\nmodel = Sequential()\n"


def added(old: str, new: str) -> None:
    transformed(HEAD + textwrap.dedent(old), HEAD + textwrap.dedent(new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "model.add(LSTM(4, stateful=True, batch_input_shape=(8, 10, 3)))\n",
            "model.add(Input(batch_shape=(8, 10, 3)))\nmodel.add(LSTM(4, stateful=True))\n",
        ),
        ("model.add(LSTM(4))\nmodel.add(LSTM(4, batch_input_shape=s))\n", "model.add(LSTM(4))\nmodel.add(LSTM(4))\n"),
        ("Sequential([Dense(3, batch_input_shape=s)])\n", "Sequential([Input(batch_shape=s), Dense(3)])\n"),
        (
            "Sequential([\n    Dense(3, batch_input_shape=s),\n])\n",
            "Sequential([\n    Input(batch_shape=s),\n    Dense(3),\n])\n",
        ),
        ("y = Dense(3, batch_input_shape=s)(x)\n", "y = Dense(3)(x)\n"),
        (
            "while x:\n    model = Sequential()\n    model.add(Dense(3, batch_input_shape=s))\n",
            "while x:\n    model = Sequential()\n    model.add(Input(batch_shape=s))\n    model.add(Dense(3))\n",
        ),
        (
            "Sequential(name='m', layers=[Dense(3, batch_input_shape=s)])\n",
            "Sequential(name='m', layers=[Input(batch_shape=s), Dense(3)])\n",
        ),
    ],
)
def test_the_shape_of_a_batch(old: str, new: str) -> None:
    added(old, new)


@pytest.mark.parametrize(
    "source",
    [
        "for i in range(3):\n    model.add(Dense(3, batch_input_shape=s))\n",
        "layer = Dense(3, batch_input_shape=s)\n",
        "blocks = [LSTM(3, batch_input_shape=s), Dense(3)]\nfor block in blocks:\n    y = block(y)\n",
        "head([LSTM(3, batch_input_shape=s), Dense(3)])\n",
        "Sequential(*[LSTM(3, batch_input_shape=s), Dense(3)])\n",
        "def head(model):\n    model.add(LSTM(3, batch_input_shape=s))\n",
        "model.add(Dense(2))\nif deep:\n    model.add(LSTM(3, batch_input_shape=s))\n",
        "if deep:\n    model.add(Dense(2))\nmodel.add(LSTM(3, batch_input_shape=s))\n",
        "head(model)\nmodel.add(LSTM(3, batch_input_shape=s))\n",
        "model = Sequential([Dense(2)])\nmodel.add(LSTM(3, batch_input_shape=s))\n",
        "model.add(Dense(2))\nif deep:\n    model = Sequential()\nmodel.add(LSTM(3, batch_input_shape=s))\n",
        "if model: model.add(Dense(3, batch_input_shape=s))\n",
    ],
)
def test_what_cannot_be_told_is_left(source: str) -> None:
    assert rewritten(HEAD + source) == HEAD + source
