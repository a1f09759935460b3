"""Texts that are passed for parameters of a file's own functions."""

from __future__ import annotations

import pytest

from tests.flake8_paramdoc.linting import codes, reported

IMPORTS = "import keras\nfrom keras.layers import Dense, Layer\n"


@pytest.mark.parametrize(
    "source",
    [
        "def block(name):\n    return Dense(3, name=name)\nblock('a/b')",
        "def block(name):\n    return Dense(3, name=name)\nblock(name='a/b')",
        "def block(name):\n    return Dense(3, name=name + '_conv')\nblock('a/b')",
        "def block(name):\n    return Dense(3, name=f'{name}_conv')\nblock('a/b')",
        "def block(name):\n    conv = '%s_conv' % name\n    return Dense(3, name=conv)\nblock('a/b')",
        "def block(name='conv'):\n    return Dense(3, name='{}_c'.format(name))\nblock('a/b')",
        "def block(name):\n    return Dense(3, name=name)\ndef stage(n):\n    return block(n + '/unit')\nstage('a')",
        "class N:\n    def block(self, n):\n        Dense(3, name=n)\n    def build(self):\n        self.block('a/b')",
        "def block(name='a/b'):\n    return Dense(3, name=name)",
        "import os\nDense(3, name=os.path.join('a', 'b'))",
        "class Own(Layer):\n    def __init__(self, **options):\n        super().__init__(**options)\nOwn(name='a/b')",
        "class Own(Layer):\n    def __init__(self, name=None):\n        super().__init__(name=name)\nOwn(name='a/b')",
    ],
)
def test_a_name_with_a_slash_is_followed(source: str) -> None:
    assert codes(IMPORTS + source) == ["KER203"]


@pytest.mark.parametrize(
    "source",
    [
        "def block(name):\n    return Dense(3, name=name)\nblock('ab')",
        "def block(name):\n    name = name.replace('/', '_')\n    return Dense(3, name=name)\nblock('a/b')",
        "def block(path, name):\n    return Dense(3, name=name)\nblock('a/b', 'ab')",
        "def block(path):\n    return Dense(3, name=f'{len(path)}')\nblock('a/b')",
        "def block(name):\n    if name == 'a/b':\n        return None\n    return Dense(3, name=name)\nblock('a/b')",
        "class Own(Layer):\n    def __init__(self, name):\n        super().__init__()\nOwn(name='a/b')",
        "class Own(Layer):\n    def __init__(self, name, **k):\n        super().__init__(**k)\nOwn(name='a/b')",
    ],
)
def test_what_becomes_no_name_with_a_slash_is_silent(source: str) -> None:
    assert codes(IMPORTS + source) == []


def test_it_is_reported_where_it_is_refused() -> None:
    source = IMPORTS + "def save(model: keras.Model, path):\n    model.save_weights(path)\nsave(model, 'w.h5')"
    assert [(line, code) for line, _, code in reported(source)] == [(4, "KER203")]


def test_functions_that_call_each_other_come_to_an_end() -> None:
    source = (
        "def one(name):\n    two(name + '/a')\n    return Dense(3, name=name)\n"
        "def two(name):\n    one(name + '/b')\n    return Dense(3, name=name)\n"
    )
    assert codes(IMPORTS + source) == ["KER203", "KER203"]
