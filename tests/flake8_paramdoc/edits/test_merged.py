"""Joins of Keras 1 are written where no template can: at the beginning of a Sequential, and by a function."""

from __future__ import annotations

import pytest

from tests.flake8_paramdoc.edits.rewriting import SAFE, UNSAFE, rewritten, transformed

HEAD = "from keras.models import Model, Sequential\nfrom keras.layers import {}\n"


def test_a_sequential_that_begins_with_a_join() -> None:
    transformed(
        HEAD.format("Dense, Merge")
        + "model = Sequential()\nmodel.add(Merge([a, b], mode='concat', concat_axis=1))\n"
        + "for i in range(3):\n    model.add(Dense(4))\nmodel.compile('sgd')\n",
        HEAD.format("Dense, Concatenate")
        + "model = Sequential()\nfor i in range(3):\n    model.add(Dense(4))\n"
        + "model = Model(a.inputs + b.inputs, model(Concatenate(axis=1)([a.outputs[0], b.outputs[0]])))\n"
        + "model.compile('sgd')\n",
        UNSAFE,
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Merge(mode='sum')([x, y])", "Add()([x, y])"),
        ("Merge(mode='concat', concat_axis=1, name='both')([x, y])", "Concatenate(axis=1, name='both')([x, y])"),
    ],
)
def test_a_join_that_is_called_is_safe(old: str, new: str) -> None:
    layer = new.partition("(")[0]
    transformed(HEAD.format("Merge") + old + "\n", HEAD.format(layer) + new + "\n", SAFE)


def test_a_function_becomes_a_lambda_layer() -> None:
    transformed(
        HEAD.format("merge") + "merge([x, y], mode=lambda z: z[0] - z[1], output_shape=lambda s: s[0])\n",
        HEAD.format("Lambda") + "Lambda(lambda z: z[0] - z[1], output_shape=lambda s: s[0])([x, y])\n",
        UNSAFE,
    )


@pytest.mark.parametrize(
    "source",
    [
        "class Mine(Sequential):\n    def __init__(self):\n        self.add(Merge([a, b], mode='sum'))\n",
        "model = Sequential()\nmodel.add(Dense(3))\nmodel.add(Merge([a, b], mode='sum'))\nmodel.add(Dense(3))\n",
        "model.add(Merge([a, b], mode='sum'))\nmodel.add(Dense(3))\n",
        "model = Sequential()\nmodel.add(Merge([a, b], mode=how))\nmodel.add(Dense(3))\n",
        "m = Sequential()\nm.add(Merge([a, b], mode='sum'))\nfor i in r:\n    m.add(Dense(4))\n    print(m.output)\n",
        "m = Sequential()\nm.add(Merge([a, b], mode='sum'))\nm.summary()\nm.add(Dense(4))\n",
    ],
)
def test_what_a_person_must_write_is_left(source: str) -> None:
    whole = HEAD.format("Dense, Merge") + source
    assert rewritten(whole, UNSAFE) == whole


def test_the_length_of_what_is_embedded_goes_along() -> None:
    embedding = "model = Sequential()\nmodel.add(Embedding(10, 3, input_length=8))\n"
    rest = HEAD.format("Dense, Embedding, Input")
    assert rewritten(rest + embedding) == rest + embedding
    transformed(
        rest + embedding + "model.add(Dense(output_dim=3))\n",
        rest
        + "model = Sequential()\nmodel.add(Input(shape=(8,)))\nmodel.add(Embedding(10, 3))\n"
        + "model.add(Dense(units=3))\n",
    )
