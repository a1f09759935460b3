from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_paramdoc import facts, table
from tests.sphinx_paramdoc.makers import Maker, layer, of


def folds(built: table.Table) -> list[tuple[str, int]]:
    return [(row.path, row.repeat) for row in built.rows]


def test_equal_blocks_are_one_row_whatever_their_layers_are_called(make: Maker) -> None:
    built = make.table(*(make.block(f"block_{n}", first=2 * n) for n in range(3)), make.dense("head", 4, 2))
    assert folds(built) == [("block_0", 3), ("block_0/dense", 1), ("block_0/dense_1", 1), ("head", 1)]
    block = built.rows[0]
    assert block.copies == ["block_1", "block_2"]
    assert block.names == ["block_0", "block_1", "block_2"]
    assert (block.params, block.trainable, block.size_bytes, block.all_params) == (40, 40, 160, 120)
    assert block.explanation == ("3 × 40 = 120; each dense 20 (4 × 4 + 4) + dense_1 20 (4 × 4 + 4) = 40")
    assert built.total == 120 + 10


def test_unfolded_every_layer_has_its_row(make: Maker) -> None:
    built = make.table(*(make.block(f"block_{n}") for n in range(2)), unfold=True)
    assert [path for path, _ in folds(built)] == [
        f"block_{n}{inner}" for n in range(2) for inner in ("", "/dense", "/dense_1")
    ]
    assert {(row.repeat, *row.copies) for row in built.rows} == {(1,)}


@pytest.mark.parametrize(("number", "rows"), [(4, 4), (5, 1), (48, 1)])
def test_plain_layers_fold_from_five_on(make: Maker, number: int, rows: int) -> None:
    built = make.table(*(make.dense(f"dense_{n}", 4, 4) for n in range(number)))
    assert len(built.rows) == rows
    if rows == 1:
        assert built.rows[0].explanation == f"{number} × 20 = {20 * number}; each 4 × 4 + 4 = 20"


def test_layers_without_weights_fold_with_their_reason(make: Maker) -> None:
    dropouts = [layer(f"dropout_{n}", class_name="keras.layers.Dropout") for n in range(6)]
    built = make.table(*dropouts)
    assert folds(built) == [("dropout_0", 6)]
    assert built.rows[0].explanation == "6 layers, each with no weights: it only masks activations"


def test_what_folds_inside_a_fold_is_counted_once_for_each(make: Maker) -> None:
    stages = [
        layer(f"stage_{n}", *(make.block(f"stage_{n}/block_{k}") for k in range(3)), make.dense(f"stage_{n}/out", 4, 4))
        for n in range(2)
    ]
    built = make.table(*stages)
    assert folds(built)[:2] == [("stage_0", 2), ("stage_0/block_0", 3)]
    assert built.rows[0].explanation == "2 × 140 = 280; each block_0 to block_2 120 + out 20 = 140"


def test_a_layer_that_is_made_of_one_fold_says_how_its_count_comes_about(make: Maker) -> None:
    built = make.table(layer("encoder", *(make.block(f"encoder/block_{n}") for n in range(12))))
    assert built.rows[0].explanation == "block_0 to block_11: 12 × 40 = 480"


CHANGES: dict[str, dict[str, Any]] = {
    "another output shape": {"output_shape": [None, 2]},
    "another input shape": {"input_shape": [None, 2]},
    "another class": {"class_name": "mine.Other"},
    "frozen by itself": {"frozen_by": "b"},
    "not built": {"built": False},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_a_row_shows_keeps_layers_apart(make: Maker, change: dict[str, Any]) -> None:
    built = make.table(make.block("a"), msgspec.structs.replace(make.block("b"), **change), make.block("c"))
    assert [row.path for row in built.outermost()] == ["a", "b", "c"]


WEIGHTS: dict[str, dict[str, Any]] = {
    "another shape": {"shape": [4, 4, 1]},
    "another type": {"dtype": "bfloat16"},
    "a name of another kind": {"path": "b/dense/matrix", "name": "matrix"},
    "not trainable": {"trainable": False, "reason": "declared"},
}


@pytest.mark.parametrize("change", WEIGHTS.values(), ids=WEIGHTS)
def test_what_is_said_of_a_weight_keeps_layers_apart(make: Maker, change: dict[str, Any]) -> None:
    blocks = [make.block("a"), make.block("b")]
    make.weights[4] = msgspec.structs.replace(make.weights[4], **change)
    assert len(make.table(*blocks).outermost()) == 2


def test_what_does_not_show_keeps_nothing_apart(make: Maker) -> None:
    blocks = [
        msgspec.structs.replace(make.block(f"b{n}"), arguments={"index": n}, connected_to=[f"b{n - 1}"])
        for n in range(3)
    ]
    blocks = [
        msgspec.structs.replace(block, weights=[make.weight(block.path, f"scale_{n}", 3)])
        for n, block in enumerate(blocks)
    ]
    assert make.table(*blocks).rows[0].repeat == 3


def test_blocks_that_are_frozen_each_by_itself_are_equal_and_so_are_those_that_one_layer_freezes(make: Maker) -> None:
    def frozen(path: str, by: str) -> facts.Layer:
        weight = make.weight(path, "w", 3, trainable=False, reason="frozen_layer", frozen_by=by)
        return layer(path, layer(f"{path}/in"), weights=[weight], frozen_by=by)

    assert folds(make.table(frozen("a", "a"), frozen("b", "b")))[0] == ("a", 2)
    inside = layer("p", frozen("p/a", "p"), frozen("p/b", "p"), frozen_by="p")
    assert folds(make.table(inside))[1] == ("p/a", 2)
    assert folds(make.table(frozen("c", "c"), frozen("d", "elsewhere")))[0] == ("c", 1)


def test_the_block_that_counts_what_the_others_share_stands_alone(make: Maker) -> None:
    bias = make.weight("a/in", "bias", 7)
    blocks = [layer(path, layer(f"{path}/in", weights=[bias]), weights=[make.weight(path, "w", 2)]) for path in "abc"]
    built = make.table(*blocks)
    assert [(row.path, row.repeat, row.all_params) for row in built.outermost()] == [("a", 1, 9), ("b", 2, 4)]
    assert built.rows[2].explanation == "2 × 2 = 4; each w 2; 7 shared with a/in"


def test_blocks_that_share_with_different_layers_are_not_equal(make: Maker) -> None:
    heads = [make.dense("x"), make.dense("y")]
    blocks = [layer(path, layer(f"{path}/in", weights=heads[n].weights)) for n, path in enumerate("ab")]
    assert [row.shared_with for row in make.table(*heads, *blocks).outermost()] == [None, None, "x", "y"]


def test_blocks_that_share_inside_alike_are_equal(make: Maker) -> None:
    def tied(path: str) -> facts.Layer:
        weight = make.weight(f"{path}/one", "w", 3)
        return layer(path, layer(f"{path}/one", weights=[weight]), layer(f"{path}/two", weights=[weight]))

    built = make.table(tied("a"), tied("b"))
    assert [(row.path, row.repeat, row.explanation) for row in built.rows] == [
        ("a", 2, "2 × 3 = 6; each one/w 3"),
        ("a/one", 1, "w 3"),
        ("a/two", 1, "shared with a/one"),
    ]


def test_layers_that_are_not_built_are_counted_in_every_copy(make: Maker) -> None:
    blocks = [layer(f"b{n}", make.dense(f"b{n}/in"), layer(f"b{n}/unused", built=False)) for n in range(3)]
    built = make.table(*blocks)
    assert built.rows[0].repeat == 3
    assert built.not_built == ["b0/unused and 2 like it"]
    assert built.explanation == "all trainable; without 3 layers that are not built"
    assert make.table(*(layer(f"u{n}", built=False) for n in range(5))).not_built == ["u0 and 4 like it"]


def test_weights_of_a_layers_own_have_their_names_among_its_parts(make: Maker) -> None:
    def parent(number: int) -> facts.Layer:
        own = [make.weight(f"p{number}", f"scale{n}", 3) for n in range(number)]
        return layer(f"p{number}", *(make.dense(f"p{number}/d{n}") for n in range(4)), weights=own)

    built = make.table(parent(1), layer("between"), parent(4)).outermost()
    texts = [row.explanation for row in built if row.params]
    parts = "d0 40 + d1 40 + d2 40 + d3 40"
    assert texts == [f"own scale0 3 + {parts} = 163", f"own weights 12 (4 × scale 3) + {parts} = 172"]


def test_a_deep_language_model_is_a_row_and_those_of_one_block(make: Maker) -> None:
    blocks = [
        layer(f"block_{n}", *(make.dense(f"block_{n}/dense_{k}", 4, k + 1) for k in range(20))) for n in range(130)
    ]
    model = of(blocks, make.weights)
    assert len(table.build(model).rows) == 21


@st.composite
def models(draw: st.DrawFn) -> facts.Model:
    """Any nesting of layers in which blocks repeat, and which may hold weights that others hold."""
    make = Maker()
    kinds = st.sampled_from(["mine.Block", "keras.layers.Dropout"])
    numbers = st.lists(st.integers(0, 3), max_size=2)
    shared = draw(st.integers(0, 2))
    leaf = st.tuples(kinds, numbers, st.just(()), st.integers(1, 6))
    trees = st.recursive(
        leaf,
        lambda inner: st.tuples(kinds, numbers, st.lists(inner, min_size=1, max_size=3).map(tuple), st.integers(1, 3)),
        max_leaves=6,
    )

    def layers(trees: Any, prefix: str) -> Iterator[facts.Layer]:
        for number, (kind, shapes, inner, repeat) in enumerate(trees):
            for copy in range(repeat):
                path = f"{prefix}l{number}_{copy}"
                own = [
                    # A zero stands for a weight that many layers hold.
                    number % shared if not shape and shared else make.weight(path, "w", shape, trainable=shape != 3)
                    for number, shape in enumerate(shapes)
                ]
                children = list(layers(inner, f"{path}/"))
                yield layer(path, *children, class_name=kind, weights=list(dict.fromkeys(own)))

    for number in range(shared):
        make.weight("first", f"w{number}", 5 + number)
    outermost = list(layers(draw(st.lists(trees, max_size=3)), ""))
    return of([layer("first", weights=list(range(shared))), *outermost], make.weights)


def inside(built: table.Table, position: int) -> Iterator[table.Row]:
    """Yield the rows that open below one."""
    row = built.rows[position]
    for other in built.rows[position + 1 :]:
        if other.depth <= row.depth:
            return
        if other.depth == row.depth + 1:
            yield other


def paths(layers: list[facts.Layer]) -> Iterator[str]:
    for each in layers:
        yield each.path
        yield from paths(each.children)


@given(models(), st.booleans())
def test_rows_add_up_at_every_depth(model: facts.Model, unfold: bool) -> None:
    built = table.build(model, unfold=unfold)
    assert sum(row.params * row.repeat for row in built.outermost()) == built.total
    assert sum(row.trainable * row.repeat for row in built.outermost()) == built.trainable
    assert sum(row.size_bytes * row.repeat for row in built.outermost()) == built.size_bytes
    for position, row in enumerate(built.rows):
        assert row.repeat == 1 + len(row.copies)
        parts = list(inside(built, position))
        if parts:
            own = sum(weight.count for weight in row.weights)
            assert own + sum(part.all_params for part in parts) == row.params


@given(models())
def test_folding_hides_nothing_but_copies(model: facts.Model) -> None:
    folded, unfolded = table.build(model), table.build(model, unfold=True)
    every = {row.path: row for row in unfolded.rows}
    assert [row.path for row in unfolded.rows] == list(paths(model.layers))
    assert all(row.repeat == 1 for row in unfolded.rows)
    assert msgspec.structs.replace(folded, rows=[]) == msgspec.structs.replace(unfolded, rows=[])
    outermost = [path for row in folded.outermost() for path in (row.path, *row.copies)]
    assert outermost == [row.path for row in unfolded.outermost()]
    for row in folded.rows:
        for path in (row.path, *row.copies):
            copy = every[path]
            assert (copy.class_name, copy.params, copy.non_trainable) == (row.class_name, row.params, row.non_trainable)
            assert (copy.output_shape, copy.proof, copy.formula) == (row.output_shape, row.proof, row.formula)


def test_layers_that_are_wired_otherwise_inside_are_no_copies(make: Maker) -> None:
    def block(path: str, *reads: str) -> facts.Layer:
        names = [f"{path}/{name}" for name in ("a", "b", "c")]
        wires = [[], names[:1], [f"{path}/{name}" for name in reads]]
        return layer(path, *(make.dense(name, 4, 4, connected_to=it) for name, it in zip(names, wires, strict=True)))

    blocks = [block("block_0", "b"), block("block_1", "b"), block("block_2", "a")]
    assert [row.copies for row in make.table(*blocks).rows if row.depth == 0] == [["block_1"], []]
