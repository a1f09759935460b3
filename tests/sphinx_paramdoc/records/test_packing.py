"""What is packed is the same when it is unpacked, and small where layers repeat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_paramdoc import facts
from sphinx_paramdoc.records.packing import pack, unpack


def model_of(layers: list[facts.Layer], weights: list[facts.Weight]) -> facts.Model:
    return facts.Model(
        name="m", class_name="M", layers=layers, weights=weights, variables="abstract", frameworks={"keras": "3.15.1"}
    )


def blocks(count: int, width: Callable[[int], int] = lambda number: 8) -> facts.Model:
    """Make a model of equal blocks, each with an attention that holds a layer of its own and one that all share."""
    weights = [facts.Weight("embedding/table", "table", [100, 8], "float32", True)]
    layers = [facts.Layer("embedding", "embedding", "Embedding", weights=[0])]
    for number in range(count):
        path = f"block_{number}"
        first = len(weights)
        weights += [
            facts.Weight(f"{path}/attention/query/kernel", "kernel", [width(number), 8], "float32", True),
            facts.Weight(
                f"{path}/attention/query/bias", "bias", [8], "float32", False, "frozen_layer", f"{path}/attention"
            ),
        ]
        query = facts.Layer(f"{path}/attention/query", "query", "Dense", weights=[first, first + 1])
        tied = facts.Layer(
            f"{path}/attention/tied", "tied", "Tied", weights=[0], connected_to=[f"{path}/attention/query"]
        )
        attention = facts.Layer(
            f"{path}/attention", "attention", "Attention", children=[query, tied], frozen_by=f"{path}/attention"
        )
        before = f"block_{number - 1}" if number else "embedding"
        layers.append(facts.Layer(path, path, "Block", children=[attention], connected_to=[before]))
    return model_of(layers, weights)


def test_a_plain_model_is_packed_as_it_is(seed: facts.Model) -> None:
    assert pack(seed) == msgspec.to_builtins(seed)
    assert unpack(pack(seed)) == seed


def test_copies_say_only_of_what(seed: facts.Model) -> None:
    model = blocks(126)
    packed = pack(model)
    assert unpack(packed) == model
    assert len(packed["weights"]) == 3
    assert packed["layers"][2] == {
        "path": "block_1",
        "copy_of": "block_0",
        "weights_at": [3, 2],
        "name": "block_1",
        "connected_to": ["block_0"],
    }


def test_names_that_keras_gave_are_told_with_the_copy() -> None:
    weights, layers = [], []
    for number in range(3):
        path, name = f"block_{number}", f"dense_{number}" if number else "dense"
        weights.append(facts.Weight(f"{path}/mlp/{name}/kernel", "kernel", [8], "float32", True))
        dense = facts.Layer(f"{path}/mlp/{name}", name, "Dense", weights=[number])
        after = facts.Layer(f"{path}/mlp/after", "after", "ReLU", connected_to=[dense.path])
        layers.append(
            facts.Layer(path, path, "Block", children=[facts.Layer(f"{path}/mlp", "mlp", "M", children=[dense, after])])
        )
    packed = pack(model_of(layers, weights))
    assert [layer.get("renamed") for layer in packed["layers"]] == [
        None,
        {"mlp/dense": "dense_1"},
        {"mlp/dense": "dense_2"},
    ]
    assert unpack(packed) == model_of(layers, weights)


def test_what_differs_in_anything_is_no_copy() -> None:
    model = blocks(6, lambda number: 8 if number % 2 else 9)
    packed = pack(model)
    assert unpack(packed) == model
    assert [layer.get("copy_of") for layer in packed["layers"]] == [
        None,
        None,
        None,
        "block_0",
        "block_1",
        "block_0",
        "block_1",
    ]
    assert unpack(pack(blocks(20, lambda number: number + 1))) == blocks(20, lambda number: number + 1)


@pytest.mark.parametrize(
    "odd",
    [
        {"calls": 2},
        {"is_operation": True},
        {"outside": [facts.Outside("dense", "keras.layers.Dense", 15, "untracked")]},
        {"is_searched": False},
    ],
)
def test_how_a_layer_is_used_is_a_difference(odd: dict[str, Any]) -> None:
    model = blocks(4)
    [attention] = model.layers[2].children
    children = [attention.children[0], msgspec.structs.replace(attention.children[1], **odd)]
    block = msgspec.structs.replace(model.layers[2], children=[msgspec.structs.replace(attention, children=children)])
    model.layers[2] = block
    packed = pack(model)
    assert unpack(packed) == model
    assert [layer.get("copy_of") for layer in packed["layers"]] == [None, None, None, "block_0", "block_0"]


shapes = st.lists(st.integers(1, 2), max_size=2)


@st.composite
def models(draw: st.DrawFn) -> facts.Model:
    weights: list[facts.Weight] = []

    def layer(path: str, depth: int) -> facts.Layer:
        own: list[int] = []
        for name in draw(st.lists(st.sampled_from("ab"), max_size=2, unique=True)):
            if draw(st.booleans()) and draw(st.booleans()) and weights:
                own.append(draw(st.integers(0, len(weights) - 1)))
            else:
                own.append(len(weights))
                weights.append(facts.Weight(f"{path}/{name}", name, draw(shapes), "float32", True))
        names = draw(st.lists(st.sampled_from(["x", "y", "x_1"]), max_size=3, unique=True)) if depth < 2 else []
        children = [layer(f"{path}/{name}", depth + 1) for name in names]
        return facts.Layer(path, path.rpartition("/")[2], draw(st.sampled_from("AB")), weights=own, children=children)

    return model_of([layer(f"layer{number}", 0) for number in range(draw(st.integers(0, 5)))], weights)


@given(models())
def test_nothing_is_lost(model: facts.Model) -> None:
    assert unpack(pack(model)) == model


@pytest.mark.parametrize(
    "damage",
    [
        lambda packed: packed["layers"][2].update(copy_of="block_7"),
        lambda packed: packed["layers"][2].update(weights_at=[3, 1]),
        lambda packed: packed["layers"][2].update(weights_at=[900, 2]),
        lambda packed: packed["layers"][2].update(weights_at=[-3, 2]),
        lambda packed: packed["layers"][2].update(weights_at=["x", 2]),
        lambda packed: packed["layers"][2].update(weights_at=[3, 10**12]),
        lambda packed: packed["layers"][2].update(path="block_0"),
        lambda packed: packed["layers"][2].pop("weights_at"),
        lambda packed: packed["weights"].pop(),
        lambda packed: packed["weights"].append(packed["weights"][0]),
        lambda packed: packed.pop("weights"),
        lambda packed: packed.update(layers=3),
        lambda packed: packed.update(variables="imaginary"),
    ],
)
def test_what_is_damaged_is_refused(damage: Callable[[dict[str, Any]], object]) -> None:
    packed = pack(blocks(3))
    damage(packed)
    with pytest.raises(msgspec.ValidationError):
        unpack(packed)
