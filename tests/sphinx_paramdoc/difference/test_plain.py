"""What a proof reads of the JSON form of facts is what it reads of facts."""

from __future__ import annotations

import pytest
from msgspec import json, to_builtins

from sphinx_paramdoc import facts
from sphinx_paramdoc.difference.plain import PlainLayer, PlainWeight
from sphinx_paramdoc.explanation import dimensions
from sphinx_paramdoc.explanation.proof import prove
from sphinx_paramdoc.expression import Dimension, to_plain
from tests.sphinx_paramdoc.makers import Maker, layer

BIDIRECTIONAL = {"class_name": "keras.layers.Bidirectional", "bases": ["keras.layers.Wrapper"], "frozen_by": "b"}


def all_kinds() -> list[tuple[facts.Layer, list[facts.Weight]]]:
    make = Maker()
    offered = facts.Offer("mine:explain", to_plain(Dimension(40, "things")))
    layers = [
        make.dense("fc"),
        layer("bare"),
        layer("b", make.dense("b/forward"), make.dense("b/backward"), input_shape={"x": [None, 4]}, **BIDIRECTIONAL),
        layer("mine", weights=[make.weight("mine", "w", 40)], offer=offered),
        layer("odd", weights=[make.weight("odd", "w", 40)], offer=facts.Offer("mine:explain", trouble="no")),
    ]
    return [(it, [make.weights[number] for number in it.all_weights()]) for it in layers]


def plain(it: facts.Layer) -> PlainLayer:
    return PlainLayer(json.decode(json.encode(it)))


def same(one: dimensions.Layer, other: dimensions.Layer) -> None:
    names = {name for name in vars(dimensions.Layer) if not name.startswith("_")}
    for name in names - {"all_weights", "bases", "children", "offer"}:
        assert getattr(one, name) == getattr(other, name)
    assert list(one.bases) == list(other.bases)
    assert list(one.all_weights()) == list(other.all_weights())
    assert (one.offer is None) == (other.offer is None)
    if one.offer and other.offer:
        fields = ("explainer", "formula", "trouble")
        assert [getattr(one.offer, name) for name in fields] == [getattr(other.offer, name) for name in fields]
    for child, its in zip(one.children, other.children, strict=True):
        same(child, its)


@pytest.mark.parametrize(("it", "held"), all_kinds(), ids=lambda it: getattr(it, "path", ""))
def test_a_layer_and_its_weights_are_read_alike(it: facts.Layer, held: list[facts.Weight]) -> None:
    same(plain(it), it)
    read = [PlainWeight(to_builtins(each)) for each in held]
    assert [(w.path, w.name, w.shape, w.count) for w in read] == [(w.path, w.name, w.shape, w.count) for w in held]
    assert prove(plain(it), read) == prove(it, held)


def test_some_of_these_have_a_formula() -> None:
    proven = [prove(it, held) for it, held in all_kinds()]
    assert [formula and formula.expression.text() for formula in proven] == [
        "4 × 8 + 8",
        None,
        "2 × (4 × 8 + 8)",
        "40",
        None,
    ]
