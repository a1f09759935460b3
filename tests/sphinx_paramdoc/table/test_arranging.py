"""What becomes of the rows of a table before a reader sees them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.table.arranging import arrange
from sphinx_paramdoc.table.runs import Mark, written
from sphinx_paramdoc.table.view import Kind, View, ViewRow
from tests.sphinx_paramdoc.makers import Maker, layer
from tests.sphinx_paramdoc.table.networks import Network, gpt, resnet50


def seen(model: facts.Model, depth: int = 0) -> View:
    return arrange(table.build(model), depth=depth)


def names(rows: Iterable[ViewRow]) -> list[str]:
    return [f"{written(row.names)} ({row.what})" for row in rows]


def said(row: ViewRow) -> str:
    return written(row.explanation)


# Groups that repeat


def test_the_blocks_of_a_functional_transformer_are_one_row() -> None:
    view = seen(gpt())
    assert names(view.rows) == [
        "tokens (InputLayer)",
        "embedding (Embedding)",
        "positions (Embedding)",
        "add (Add)",
        (
            "[layer_normalization, multi_head_attention, add_1, layer_normalization_1, dense, dense_1, add_2] × 12 "
            "(7 layers each)"
        ),
        "final_norm (LayerNormalization)",
        "head (Dense)",
    ]
    block = view.rows[4]
    assert (block.kind, block.repeat, len(block.copies), len(block.rows)) == (Kind.REPEAT, 12, 11, 7)
    assert block.params == 12 * sum(row.params for row in block.rows)
    assert block.copies[0][0] == "layer_normalization_2"
    assert block.connected_to == ("add",)
    assert [row.params for row in block.rows if row.is_quiet] == [0, 0]


def test_a_block_begins_behind_the_layer_that_alone_is_read_across() -> None:
    # The Add before the blocks and the normalisation behind them equal those inside, so that the blocks might as well
    # begin one layer earlier, or later.
    model = gpt(blocks=3)
    rows = [row.class_name for row in table.build(model).rows]
    assert rows[3] == rows[3 + 7] == "keras.layers.Add"
    assert rows[-2] == rows[4] == "keras.layers.LayerNormalization"
    assert seen(model).rows[4].layers[0].path == "layer_normalization"


def test_blocks_with_names_of_their_own_are_called_by_them() -> None:
    view = seen(gpt(names="block{block}_{layer}"))
    assert names(view.rows[4:5]) == ["block0 to block11 (7 layers each)"]
    assert view.rows[4].kind is Kind.STEM
    assert said(view.rows[4]).startswith(
        "12 × 49,984 = 599,808; each attention 16,640 + up 16,640 + down 16,448 + 2 more layers 256"
    )
    tail = seen(gpt(names="{layer}_{block}"))
    assert names(tail.rows[4:5]) == [
        "[norm1_0, attention_0, add1_0, norm2_0, up_0, down_0, add2_0] × 12 (7 layers each)"
    ]


def sequential(*classes: str, units: int = 8) -> facts.Model:
    network = Network()
    network.add("InputLayer", "input", (units,))
    for class_name in classes:
        if class_name == "Dense":
            network.dense(None, units)
        else:
            network.add(class_name, None, (units,))
    return network.model()


def test_a_group_folds_where_it_hides_as_much_as_five_equal_layers_do() -> None:
    assert names(seen(sequential(*["Dense", "ReLU"] * 6)).rows) == [
        "input (InputLayer)",
        "[dense, re_lu] × 6 (2 layers each)",
    ]
    assert len(seen(sequential(*["Dense", "ReLU"] * 3)).rows) == 2
    assert len(seen(sequential(*["Dense", "ReLU"] * 2)).rows) == 5
    assert len(seen(sequential(*["Dense", "ReLU", "Dropout", "Dropout"] * 2)).rows) == 2


def test_single_layers_fold_from_five_on_as_before() -> None:
    assert len(seen(sequential(*["Dense"] * 4)).rows) == 5
    assert names(seen(sequential(*["Dense"] * 5)).rows)[1:] == ["dense to dense_4 (Dense)"]


def test_a_group_of_which_one_layer_has_weights_is_explained_as_that_is() -> None:
    row = seen(sequential(*["Dense", "ReLU"] * 6)).rows[1]
    assert said(row) == "6 × 72 = 432; each 8 × 8 + 8 = 72"
    assert [run.text for run in row.explanation if run.mark is Mark.NAMES] == ["inputs × units + units"]


@pytest.mark.parametrize(
    ("place", "change"),
    [
        (8, {"output_shape": [None, 3]}),
        (8, {"class_name": "keras.layers.Activation"}),
        (8, {"class_name": "mine.Layer", "built": False}),
        (7, {"calls": 2}),
    ],
)
def test_a_layer_whose_row_says_something_else_ends_a_group(place: int, change: dict[str, object]) -> None:
    model = sequential(*["Dense", "ReLU"] * 7)
    layers = list(model.layers)
    layers[place] = msgspec.structs.replace(layers[place], **change)
    view = seen(msgspec.structs.replace(model, layers=layers))
    assert [(row.repeat, row.kind) for row in view.rows][1] == (3, Kind.REPEAT)
    assert sum(row.params for row in view.rows) == view.table.total


def test_blocks_that_differ_in_what_is_not_shown_are_equal() -> None:
    model = sequential(*["Dense", "ReLU"] * 4)
    layers = [msgspec.structs.replace(each, connected_to=[]) for each in model.layers]
    assert len(seen(msgspec.structs.replace(model, layers=layers)).rows) == 2


def test_groups_inside_of_groups_and_of_layers_that_are_made_of_others_open_one_after_the_other(make: Maker) -> None:
    inner = [
        layer(
            f"net/{kind}_{n}", *([make.dense(f"net/{kind}_{n}/d", n, 4)] if kind == "w" else []), class_name=f"m.{kind}"
        )
        for n in range(2)
        for kind in "wxyz"
    ]
    view = arrange(make.table(layer("net", *inner)), depth=1)
    assert names(view.rows) == ["net (Block)"]
    assert view.rows[0].is_open
    deep = [
        make.dense(f"{place}_{kind}_{n}", 4, 4) if kind == "a" else layer(f"{place}_{kind}_{n}", class_name=f"m.{kind}")
        for place in range(2)
        for n in (1, 2, 3)
        for kind in "ab"
    ]
    both = [*deep[:6], make.dense("between", 4, 7), *deep[6:], make.dense("end", 4, 7)]
    [outer] = arrange(make.table(*both)).rows
    assert (outer.kind, outer.repeat, outer.rows[0].kind, outer.rows[0].repeat) == (Kind.REPEAT, 2, Kind.REPEAT, 3)


# Stems


def test_resnet50_is_a_table_of_its_stages() -> None:
    view = seen(resnet50())
    assert view.table.total == view.params == 25_636_712
    assert names(view.rows) == [
        "input_layer (InputLayer)",
        "conv1 (4 layers)",
        "pool1_pad, pool1_pool (ZeroPadding2D, MaxPooling2D)",
        "conv2_block1 (12 layers)",
        "conv2_block2 and conv2_block3 (10 layers each)",
        "conv3_block1 (12 layers)",
        "conv3_block2 to conv3_block4 (10 layers each)",
        "conv4_block1 (12 layers)",
        "conv4_block2 to conv4_block6 (10 layers each)",
        "conv5_block1 (12 layers)",
        "conv5_block2 and conv5_block3 (10 layers each)",
        "avg_pool (GlobalAveragePooling2D)",
        "predictions (Dense)",
    ]
    assert said(view.rows[1]) == "conv 9,472 + bn 256 = 9,728; 128 non-trainable [1]"
    assert said(view.rows[9]) == (
        "1_conv 524,800 + 2_conv 2,359,808 + 0_conv 2,099,200 + 3_conv 1,050,624 + 4 more layers 20,480 = 6,054,912; "
        "10,240 non-trainable [1]"
    )
    assert said(view.rows[10]).endswith("= 4,471,808; 2 × 6,144 = 12,288 non-trainable [1]")
    assert [note.text for note in view.notes if note.is_shown] == [
        "moving mean and moving variance are tracked, not learned"
    ]


def test_what_opens_shows_its_layers_as_they_are_called() -> None:
    block = seen(resnet50()).rows[4]
    assert names(block.rows)[0] == "conv2_block2_1_conv (Conv2D)"
    assert names(block.rows)[-1] == "conv2_block2_add, conv2_block2_out (Add, Activation)"
    assert written(block.others) == "1 equal one: conv2_block3"


def test_layers_without_weights_have_no_stem() -> None:
    network = Network()
    network.add("InputLayer", "input", (4,))
    for name in ("flip", "crop", "zoom"):
        network.add(f"Random{name.title()}", f"augment_{name}", (4,))
    network.dense("head", 4)
    network.dense("tail", 3)
    assert names(seen(network.model()).rows)[1] == (
        "augment_flip, augment_crop, augment_zoom (RandomFlip, RandomCrop, RandomZoom)"
    )


def test_where_stems_inside_of_stems_are_too_many_rows_the_outer_ones_count() -> None:
    network = Network()
    network.add("InputLayer", "input", (4,))
    for stage, first in (("one", 4), ("two", 40)):
        for block in range(20):
            for part in ("a", "b", "c"):
                network.dense(f"{stage}_block{block}_{part}", first + block)
        network.dense(f"pool{stage}", 4)
    view = seen(network.model())
    assert names(view.rows) == [
        "input (InputLayer)",
        "one (60 layers)",
        "poolone (Dense)",
        "two (60 layers)",
        "pooltwo (Dense)",
    ]
    assert names(view.rows[1].rows)[:2] == ["one_block0 (3 layers)", "one_block1 (3 layers)"]


# Layers without weights


def test_neighbours_without_weights_are_one_row_with_each_reason_once() -> None:
    network = Network()
    for class_name in ("ReLU", "Dropout", "Dropout", "Flatten"):
        network.add(class_name, None, (7 if class_name == "Flatten" else 4,))
    network.dense("head", 3)
    quiet, head = seen(network.model()).rows
    assert (quiet.kind, quiet.is_quiet, quiet.opens, head.is_quiet) == (Kind.QUIET, True, False, False)
    assert names([quiet]) == ["re_lu, dropout, dropout_1, flatten (ReLU, Dropout, Flatten)"]
    assert [run.path for run in quiet.names if run.path] == ["re_lu", "dropout", "dropout_1", "flatten"]
    assert said(quiet) == (
        "4 layers without weights: it only applies a fixed function; it only masks activations; "
        "it only arranges values in another shape"
    )
    assert quiet.output_shape == [None, 7]


def test_merged_layers_of_many_classes_are_counted() -> None:
    network = Network()
    for class_name in ("ReLU", "Dropout", "Flatten", "Reshape"):
        network.add(class_name, None, (4,))
    assert names(seen(network.model()).rows) == ["re_lu, dropout, flatten, reshape (4 layers)"]


def test_what_has_more_to_say_than_that_it_has_no_weights_keeps_its_row(make: Maker) -> None:
    kept = [
        layer("input", class_name="keras.layers.InputLayer"),
        layer("unbuilt", built=False),
        layer("twice", class_name="keras.layers.ReLU", calls=2),
        layer("holder", layer("holder/inside")),
        layer("plain", class_name="keras.layers.ReLU"),
    ]
    dense = make.dense("dense")
    shared = layer("shared", weights=dense.weights)
    view = arrange(make.table(dense, shared, *kept))
    assert {row.kind for row in view.rows} == {Kind.LAYER}
    assert len(view.rows) == 7


# Unfolded


def test_unfolded_each_layer_has_its_row_in_its_place() -> None:
    model = resnet50()
    view = arrange(table.build(model, unfold=True), unfold=True)
    assert [row.layers[0].path for row in view.rows] == [each.path for each in model.layers]
    assert {row.kind for row in view.rows} == {Kind.LAYER}


# Frozen layers


def test_that_a_layer_is_frozen_is_not_said_again_of_those_inside_it(make: Maker) -> None:
    frozen = {"trainable": False, "reason": "frozen_layer", "frozen_by": "base"}
    inside = [
        layer(
            f"base/l{n}",
            weights=[make.weight(f"base/l{n}", "w", 10 + n, **frozen)],
            frozen_by="base",
            class_name=f"m.{n}",
        )
        for n in range(3)
    ]
    view = arrange(make.table(layer("base", *inside, frozen_by="base"), make.dense("head")), depth=1)
    parts = "l0 10 (w 10) + l1 11 (w 11) + l2 12 (w 12) = 33"
    assert said(view.rows[0]) == f"{parts}; 33 non-trainable: the layer is frozen"
    assert [said(row) for row in view.rows[0].rows] == ["w 10", "w 11", "w 12"]


def test_what_is_frozen_for_another_reason_says_so(make: Maker) -> None:
    weight = make.weight("base/l", "moving_mean", 10, trainable=False, reason="moving_statistics")
    view = arrange(make.table(layer("base", layer("base/l", weights=[weight]))), depth=1)
    assert "10 non-trainable: moving_mean is tracked, not learned" in said(view.rows[0].rows[0])


def test_a_group_names_those_of_its_layers_that_are_frozen(make: Maker) -> None:
    layers = [
        layer(
            f"b_{name}",
            weights=[make.weight(f"b_{name}", "w", 5, trainable=False, reason="frozen_layer", frozen_by=f"b_{name}")],
            frozen_by=f"b_{name}",
            class_name=f"m.{name}",
        )
        for name in "xy"
    ]
    view = arrange(make.table(*layers, make.dense("b_z"), make.dense("head"), make.dense("other", 3, 3)))
    assert said(view.rows[0]) == "x 5 + y 5 + z 40 = 50; 10 non-trainable: x and y are frozen"


def test_a_group_of_many_layers_that_are_all_frozen_says_so_at_once(make: Maker) -> None:
    def frozen(name: str) -> facts.Layer:
        weight = make.weight(name, "w", 5, trainable=False, reason="frozen_layer", frozen_by=name)
        return layer(name, weights=[weight], frozen_by=name, class_name=f"mine.Sort{name[-1]}")

    layers = [frozen(f"b_{name}") for name in "uvwxyz"]
    view = arrange(make.table(*layers, make.dense("head"), make.dense("other", 3, 3), make.dense("last", 2, 2)))
    assert said(view.rows[0]).endswith("= 30; 30 non-trainable: all layers inside are frozen")


def test_reasons_of_several_layers_of_a_group_are_told_together(make: Maker) -> None:
    def block(name: str) -> facts.Layer:
        moving = {"trainable": False, "reason": "moving_statistics"}
        chosen = {"trainable": False, "reason": "frozen_variable"}
        weights = [make.weight(name, "moving_mean", 3, **moving), make.weight(name, "w", 2, **chosen)]
        return layer(name, weights=[*weights, make.weight(name, "v", 4)], class_name=f"mine.Sort{name[-1]}")

    layers = [block(f"b_{name}") for name in "xyz"]
    view = arrange(make.table(*layers, make.dense("head"), make.dense("other", 3, 3)))
    assert said(view.rows[0]) == (
        "x 9 + y 9 + z 9 = 27; 15 non-trainable: 9 tracked, not learned (each moving mean); "
        "6 frozen by themselves (x/w, y/w and z/w)"
    )


def test_of_many_layers_that_add_little_each_those_of_a_class_are_told_together(make: Maker) -> None:
    layers = [make.dense(f"b_{chr(97 + n)}", 4, 8 + n) for n in range(12)]
    view = arrange(make.table(*layers, *(make.dense(name, 3, 3) for name in ("in", "to", "out", "end"))))
    assert (written(view.rows[0].names), said(view.rows[0])) == ("b", "12 Dense of 40 to 95 each = 810")
