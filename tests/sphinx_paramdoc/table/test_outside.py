"""What stands in a table, and below it, of numbers that are no weights of the model."""

from __future__ import annotations

import msgspec

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.table.arranging import arrange
from tests.sphinx_paramdoc.makers import Maker, layer, of

SAID = "that Keras does not track"


def uses(name: str, params: int, why: str = "untracked") -> facts.Outside:
    return msgspec.convert({"name": name, "class": "keras.layers.Dense", "params": params, "why": why}, facts.Outside)


def test_a_closed_row_is_spoken_for_below(make: Maker) -> None:
    inner = msgspec.structs.replace(make.dense("block/dense"), outside=[uses("outer", 15)])
    built = make.table(layer("block", inner))
    [closed] = arrange(built).beyond()
    assert closed == f"block/dense uses 15 numbers {SAID} (outer): they are not trained, saved or counted here"
    assert arrange(built, depth=1).beyond() == []
    assert built.untracked == [closed]


def test_what_the_model_itself_uses_and_plain_values_of_several(make: Maker) -> None:
    places = uses("places", 1, "not_in_model")
    layers = [
        msgspec.structs.replace(make.dense("first"), outside=[places]),
        msgspec.structs.replace(make.dense("last", 8, 2), outside=[places]),
    ]
    model = msgspec.structs.replace(of(layers, make.weights), outside=[uses("gain", 1)])
    built = table.build(model)
    itself = f"m uses 1 number {SAID} (gain): it is not trained, saved or counted here"
    assert arrange(built).beyond() == [
        itself,
        (
            "places (Dense) is in no model: first and last take its result as a plain value, so its 1 number is not "
            "trained, saved or counted here"
        ),
    ]
    assert built.untracked == [itself]  # a plain value is no warning
    assert [(each.name, each.why, each.used_by) for each in built.outside] == [
        ("gain", "untracked", None),
        ("places", "not_in_model", "first"),
        ("places", "not_in_model", "last"),
    ]
    assert built.total == 40 + 18
