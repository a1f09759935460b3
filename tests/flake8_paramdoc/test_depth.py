"""Code that is deep, long or goes round in circles: read to its end, in time that grows with its length."""

from __future__ import annotations

import pytest

from tests.flake8_paramdoc.linting import codes

MODEL = "import keras\nfrom keras.layers import *\nmodel = keras.Sequential()\n"
LONG = 900  # a tree about as deep as Python's parser makes

# Two attributes that are made of each other: to follow each assignment from each would take 2 to the power of 60 steps.
CIRCLE = "".join(
    f"  self.x = self.x[{i}].g(self.y)\n  self.y = self.y.h(self.x)[{i}]\n  self.model = self.model.add(self.x)\n"
    for i in range(10)
)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (f"x = model{'.add(1)' * LONG}\nx.lr", []),
        (f"x = build{'.add(1)' * LONG}\nx.lr", []),
        (f"model{'.layers' * LONG}.lr", []),
        (f"x = model{'[0]' * LONG}\nx.lr", []),
        (f"class A:\n def f(self):\n{CIRCLE}  self.x.fit(nb_epoch=3)", ["KER101"]),
        ("x = y\ny = x\nx.lr", []),
        (f"BatchNormalization({'+'.join('1' * LONG)})", []),
        (f"LeakyReLU({'+'.join('1' * LONG)})", []),
        (f"model.save('a'{' % x' * LONG})", ["KER203"]),
        (f"model.save('a'{'.format(1)' * LONG})", ["KER203"]),
        (f"model.save({'a + ' * LONG}'x')", ["KER203"]),
        (f"model.save(f'{{a}}{'{b}' * LONG}')", []),
        (f"def f(x: keras.Model{' | None' * LONG}):\n x.fit_generator(1)", ["KER206"]),
        (f"if {' and '.join(['hasattr(keras, 1)'] * LONG)}:\n model.fit_generator(1)", []),
        (f"x = {'a if b else ' * LONG}model\nx.fit(nb_epoch=3)", ["KER101"]),
    ],
)  # fmt: skip
def test_deep_code(source: str, found: list[str]) -> None:
    assert codes(f"{MODEL}{source}\n") == found


def test_a_method_whose_result_is_asked_of_a_chain() -> None:
    source = "import keras\nclass A:\n def on(self):\n  return self\n def build(self):\n  return keras.Sequential()\n"
    assert codes(f"{source}A(){'.on()' * 10}.build().fit_generator(1)\n") == ["KER206"]
