from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_paramdoc import facts, table
from tests.sphinx_paramdoc.makers import Maker

ROWS = [
    # The table of the manual's first page, word for word.
    ("input_layer", "keras.layers.InputLayer", [None, 4096], 0, "no weights: it only declares the input's shape"),
    ("dense", "keras.layers.Dense", [None, 512], 2_097_664, "4096 × 512 + 512 = 2,097,664"),
    (
        "batch_normalization",
        "keras.layers.BatchNormalization",
        [None, 512],
        2_048,
        "4 × 512 = 2,048; 1,024 non-trainable: moving mean and moving variance are tracked, not learned",
    ),
    ("dropout", "keras.layers.Dropout", [None, 512], 0, "no weights: it only masks activations"),
    ("dense_1", "keras.layers.Dense", [None, 80], 41_040, "512 × 80 + 80 = 41,040"),
]


def layer(path: str, *children: facts.Layer, weights: list[int] | None = None) -> facts.Layer:
    return facts.Layer(path, path.rpartition("/")[2], "mine.Block", weights=weights or [], children=list(children))


def model(layers: list[facts.Layer], *owners: tuple[str, int]) -> facts.Model:
    weights = [facts.Weight(f"{owner}/kernel", "kernel", [count], "float32", trainable=True) for owner, count in owners]
    return of(layers, weights)


def of(layers: list[facts.Layer], weights: list[facts.Weight]) -> facts.Model:
    return facts.Model(
        name="m", class_name="mine.Net", layers=layers, weights=weights, variables="abstract", frameworks={}
    )


def test_the_seed(seed: facts.Model) -> None:
    built = table.build(seed)
    assert [(r.path, r.class_name, r.output_shape, r.params, r.explanation) for r in built.rows] == ROWS
    assert (built.total, built.trainable, built.non_trainable) == (2_140_752, 2_139_728, 1_024)
    assert built.explanation == "2,139,728 trainable + 1,024 non-trainable"
    assert built.size_bytes == 4 * 2_140_752


def test_what_a_row_knows(seed: facts.Model) -> None:
    norm = table.build(seed).rows[2]
    assert (norm.name, norm.short_class, norm.depth) == ("batch_normalization", "BatchNormalization", 0)
    assert (norm.formula, norm.symbolic, norm.proof) == ("4 × 512", "4 × channels", "formula")
    assert norm.terms == [table.Term(4, "gamma, beta, moving mean, moving variance"), table.Term(512, "channels")]
    assert (norm.trainable, norm.non_trainable, norm.size_bytes) == (1_024, 1_024, 8_192)
    assert norm.connected_to == ["dense"]
    assert norm.input_shape == [None, 512]
    assert [(w.path, w.count, w.reason) for w in norm.weights] == [
        ("batch_normalization/gamma", 512, None),
        ("batch_normalization/beta", 512, None),
        ("batch_normalization/moving_mean", 512, "moving_statistics"),
        ("batch_normalization/moving_variance", 512, "moving_statistics"),
    ]


def test_a_shared_weight_counts_in_the_first_row_that_has_it() -> None:
    layers = [
        layer("encoder", layer("encoder/embedding", weights=[0])),
        layer("head", layer("head/tied", weights=[0])),
    ]
    built = table.build(model(layers, ("encoder/embedding", 800)))
    assert [(row.path, row.depth, row.params, row.shared_with) for row in built.rows] == [
        ("encoder", 0, 800, None),
        ("encoder/embedding", 1, 800, None),
        ("head", 0, 0, "encoder/embedding"),
        ("head/tied", 1, 0, "encoder/embedding"),
    ]
    assert built.rows[2].explanation == "shared with encoder/embedding"
    assert built.total == 800


def test_a_layer_that_shares_a_part_says_which() -> None:
    built = table.build(model([layer("a", weights=[0]), layer("b", weights=[0, 1])], ("a", 800), ("b", 8)))
    assert built.rows[1].params == 8
    assert built.rows[1].explanation == "kernel 8; 800 shared with a"
    assert [weight.path for weight in built.rows[1].weights] == ["b/kernel"]


def test_weights_shared_with_several_layers_name_what_holds_them_all() -> None:
    layers = [layer("e", layer("e/a", weights=[0]), layer("e/b", weights=[1])), layer("h", weights=[0, 1])]
    row = table.build(model(layers, ("e/a", 3), ("e/b", 4))).rows[-1]
    assert (row.shared_with, row.explanation) == ("e", "shared with e")


def test_weights_shared_with_layers_that_have_nothing_in_common_say_how_much_of_each() -> None:
    layers = [layer("a", weights=[0]), layer("b", layer("b/x", weights=[1])), layer("c", weights=[0, 1])]
    row = table.build(model(layers, ("a", 3), ("b/x", 4))).rows[-1]
    assert (row.shared_with, row.explanation) == ("a", "3 shared with a, 4 shared with b/x")


def test_of_many_owners_the_last_are_counted() -> None:
    layers = [layer(f"l{n}", weights=[n]) for n in range(9)] + [layer("all", weights=list(range(9)))]
    row = table.build(model(layers, *((f"l{n}", 5) for n in range(9)))).rows[-1]
    assert row.explanation == "5 shared with l0, 5 shared with l1, 5 shared with l2, 30 shared with 6 more layers"


def test_nothing_is_shared_with_what_it_is_a_part_of() -> None:
    inside = [layer("p/a", weights=[0]), layer("p/c", weights=[1]), layer("p/d", weights=[0, 1])]
    row = table.build(model([layer("p", *inside)], ("p/a", 20), ("p/c", 4))).rows[-1]
    assert (row.path, row.shared_with) == ("p/d", "p/a")
    assert row.explanation == "20 shared with p/a, 4 shared with p/c"


def test_what_a_layer_around_owns_itself_is_shared_with_it() -> None:
    row = table.build(model([layer("p", layer("p/d", weights=[0]), weights=[0])], ("p", 20))).rows[-1]
    assert (row.path, row.params, row.explanation) == ("p/d", 0, "shared with p")


def test_totals_without_and_with_frozen_weights() -> None:
    assert table.build(model([layer("dropout")])).explanation == "no weights"
    assert table.build(model([layer("d", weights=[0])], ("d", 3))).explanation == "all trainable"
    frozen = facts.Weight("d/kernel", "kernel", [3], "float32", trainable=False, reason="frozen_layer", frozen_by="d")
    assert table.build(of([layer("d", weights=[0])], [frozen])).explanation == "all non-trainable"


def test_a_total_says_what_it_lacks() -> None:
    unbuilt = facts.Layer("b/inner", "inner", "keras.layers.Dense", built=False)
    built = table.build(model([layer("a", weights=[0]), layer("b", unbuilt)], ("a", 3)))
    assert built.not_built == ["b/inner"]
    assert built.explanation == "all trainable; without 1 layer that is not built"


@st.composite
def models(draw: st.DrawFn) -> facts.Model:
    """Any nesting of layers, in which any layer may hold any weight, also one that another holds."""
    counts = draw(st.lists(st.integers(0, 1000), max_size=8))
    numbers = itertools.count()
    positions = st.lists(st.integers(0, max(len(counts) - 1, 0)), max_size=3, unique=True)
    held = positions if counts else st.just([])

    def named(parts: tuple[list[int], list[facts.Layer]]) -> facts.Layer:
        weights, children = parts
        return facts.Layer(f"l{next(numbers)}", "l", "mine.Block", weights=weights, children=children)

    leaves = st.tuples(held, st.just([])).map(named)
    nested = st.recursive(leaves, lambda inner: st.tuples(held, st.lists(inner, max_size=4)).map(named), max_leaves=12)
    layers = draw(st.lists(nested, max_size=4))
    owned = sorted({i for top in layers for i in top.all_weights()})
    weights = [
        facts.Weight(f"l{i}/{i}", str(i), [count], "float32", trainable=bool(count % 2))
        for i, count in enumerate(counts)
    ]
    renumbered = {old: new for new, old in enumerate(owned)}
    return of([_renumber(top, renumbered) for top in layers], [weights[i] for i in owned])


def _inside(row: table.Row, following: list[table.Row]) -> Iterator[table.Row]:
    for other in following:
        if other.depth <= row.depth:
            return
        if other.depth == row.depth + 1:
            yield other


def _renumber(root: facts.Layer, numbers: dict[int, int]) -> facts.Layer:
    return facts.Layer(
        root.path,
        root.name,
        root.class_name,
        weights=[numbers[i] for i in root.weights],
        children=[_renumber(child, numbers) for child in root.children],
    )


@given(models())
def test_rows_add_up_at_every_depth(given_model: facts.Model) -> None:
    built = table.build(given_model)
    assert built.total == sum(weight.count for weight in given_model.weights)
    assert sum(row.params for row in built.outermost()) == built.total
    assert sum(row.trainable for row in built.outermost()) == built.trainable
    for i, row in enumerate(built.rows):
        assert row.trainable + row.non_trainable == row.params
        inside = list(_inside(row, built.rows[i + 1 :]))
        if inside:
            assert sum(w.count for w in row.weights) + sum(other.params for other in inside) == row.params


def test_layers_that_differ_in_names_alone_are_explained_once(make: Maker) -> None:
    layers = [make.dense("a"), make.dense("b", 4, 9), make.dense("c")]
    first, other, third = make.table(*layers).rows
    assert third.explained is first.explained
    assert other.explained.count == 45


CHANGED: dict[str, dict[str, Any]] = {
    "arguments": {"arguments": {"units": 8, "use_bias": True, "lora_rank": 2}},
    "called twice": {"calls": 2},
    "uses something untracked": {"outside": [facts.Outside("c", "keras.Variable", 3, "untracked")]},
    "a class that inherits": {"class_name": "mine.Dense", "bases": ["keras.layers.Dense"]},
}


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED)
def test_a_layer_that_differs_in_more_is_explained_by_itself(make: Maker, change: dict[str, Any]) -> None:
    changed = msgspec.structs.replace(make.dense("b"), **change)
    alone = Maker()
    [expected] = alone.table(msgspec.structs.replace(alone.dense("b"), **change)).rows
    given = make.table(make.dense("a"), changed).rows[1]
    assert given.explanation == expected.explanation


WEIGHT: dict[str, dict[str, Any]] = {
    "declared": {"trainable": False, "reason": "declared"},
    "frozen": {"trainable": False, "reason": "frozen_layer", "frozen_by": "b"},
    "frozen from around": {"trainable": False, "reason": "frozen_layer", "frozen_by": "around"},
    "overwritten": {"overwritten": True},
    "another name": {"name": "matrix", "path": "b/matrix"},
}


@pytest.mark.parametrize("change", WEIGHT.values(), ids=WEIGHT)
def test_a_layer_with_another_weight_is_explained_by_itself(change: dict[str, Any]) -> None:
    def row(*names: str) -> table.Row:
        make = Maker()
        layers = [make.dense(name) for name in names]
        make.weights[-2] = msgspec.structs.replace(make.weights[-2], **change)
        return make.table(*layers).rows[-1]

    assert row("a", "b").explanation == row("b").explanation
