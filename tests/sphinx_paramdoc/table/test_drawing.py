"""The graph of a model: which boxes there are, what they say, and what reads what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sphinx_paramdoc import facts
from sphinx_paramdoc.table.arranging import arrange
from sphinx_paramdoc.table.diagram import Arrow, Box, Diagram
from sphinx_paramdoc.table.drawing import graph_of
from tests.sphinx_paramdoc.makers import Maker, layer


def quiet(path: str, *reads: str, kind: str = "Activation", **values: Any) -> facts.Layer:
    return layer(path, class_name=f"keras.layers.{kind}", connected_to=list(reads), **values)


def taking(path: str) -> facts.Layer:
    return quiet(path, kind="InputLayer")


def drawn(make: Maker, *layers: facts.Layer, depth: int = 0, wanted: Sequence[str] = ()) -> Diagram:
    return graph_of(arrange(make.table(*layers), depth=depth, layers=wanted))


def named(shown: Diagram) -> list[tuple[str, ...]]:
    return [box.titles for box in shown.walk()]


def arrows(shown: Diagram) -> list[tuple[str, str]]:
    names = {box.number: box.name for box in shown.walk()}
    return [(names[arrow.source], names[arrow.target]) for arrow in shown.arrows]


def box(shown: Diagram, name: str) -> Box:
    return next(each for each in shown.walk() if each.name == name)


def residual(make: Maker, number: int, before: str) -> list[facts.Layer]:
    """Make a block that adds what a layer of it gives to what it reads itself."""
    return [
        make.dense(f"up_{number}", 4, 8, connected_to=[before]),
        make.dense(f"down_{number}", 8, 4, connected_to=[f"up_{number}"]),
        quiet(f"add_{number}", before, f"down_{number}", kind="Add"),
    ]


def test_a_box_for_each_layer_with_its_count_and_share(make: Maker) -> None:
    shown = drawn(
        make, taking("x"), make.dense("a", 4, 8, connected_to=["x"]), make.dense("b", 8, 4, connected_to=["a"])
    )
    assert named(shown) == [("x (InputLayer)",), ("a (Dense)",), ("b (Dense)",)]
    assert [each.says for each in shown.boxes] == [(), ("40", "52.6 %"), ("36", "47.4 %")]
    assert shown.arrows == (Arrow(0, 1), Arrow(1, 2))
    assert shown.is_wired


def test_layers_without_weights_are_one_box_where_one_reads_the_other_alone(make: Maker) -> None:
    shown = drawn(
        make,
        make.dense("a"),
        quiet("relu", "a"),
        quiet("drop", "relu", kind="Dropout"),
        make.dense("b", 8, 8, connected_to=["drop"]),
    )
    assert named(shown) == [("a (Dense)",), ("relu (Activation)", "drop (Dropout)"), ("b (Dense)",)]
    assert arrows(shown) == [("a", "drop"), ("drop", "b")]


def test_layers_without_weights_that_stand_side_by_side_stay_apart(make: Maker) -> None:
    shown = drawn(
        make,
        make.dense("one"),
        make.dense("two", 4, 9),
        quiet("flat", "one"),
        quiet("long", "two"),
        quiet("both", "flat", "long", kind="Concatenate"),
    )
    assert ("flat (Activation)",) in named(shown)
    assert arrows(shown) == [("one", "flat"), ("two", "long"), ("flat", "both"), ("long", "both")]


def test_a_block_that_repeats_is_open_once_where_there_is_a_way_around_it(make: Maker) -> None:
    blocks = [part for number in range(4) for part in residual(make, number, f"add_{number - 1}" if number else "x")]
    shown = drawn(make, taking("x"), *blocks, quiet("out", "add_3"))
    assert [each.titles for each in shown.boxes] == [
        ("x (InputLayer)",),
        ("× 4 (3 layers each)",),
        ("out (Activation)",),
    ]
    group = shown.boxes[1]
    assert group.says == ("4 × 76 = 304", "100 %")
    assert [(each.name, each.says) for each in group.boxes] == [("up_0", ("40",)), ("down_0", ("36",)), ("add_0", ())]
    assert arrows(shown) == [("x", "up_0"), ("x", "add_0"), ("up_0", "down_0"), ("down_0", "add_0"), ("add_0", "out")]


def test_blocks_that_are_built_alike_are_open_once(make: Maker) -> None:
    layers = [taking("x"), *residual(make, 0, "x")]
    for first, before in ((10, "add_0"), (20, "wide_1")):
        width = first // 10 * 8
        layers.append(make.dense(f"wide_{first // 10}", 4, width, connected_to=[before]))
        before = f"wide_{first // 10}"
        for number in range(first, first + 4):
            layers += [
                make.dense(f"p_{number}", width, width, connected_to=[before]),
                make.dense(f"q_{number}", width, 2 * width, connected_to=[f"p_{number}"]),
                quiet(f"r_{number}", before, f"q_{number}", kind="Add"),
            ]
            before = f"r_{number}"
    shown = drawn(make, *layers)
    groups = [each for each in shown.boxes if each.is_group]
    assert [bool(each.boxes) for each in groups] == [True, False]
    assert groups[1].titles == ("[p_20, q_20, r_20] × 4 (3 layers each)",)


def test_what_is_frozen_says_so(make: Maker) -> None:
    held = [make.weight("a", "kernel", 4, trainable=False, reason="frozen_layer", frozen_by="a")]
    part = [
        make.weight("b", "kernel", 4),
        make.weight("b", "base", 2, trainable=False, reason="frozen_variable"),
        make.weight("b", "moving_mean", 2, trainable=False, reason="moving_statistics"),
    ]
    shown = drawn(make, layer("a", weights=held, frozen_by="a"), layer("b", weights=part))
    assert [(each.says[-1], each.is_frozen) for each in shown.boxes] == [("frozen", True), ("2 frozen", False)]


def test_a_layer_that_is_called_twice_says_so(make: Maker) -> None:
    shown = drawn(make, taking("p"), taking("q"), make.dense("shared", connected_to=["p", "q"], calls=2))
    assert box(shown, "shared").says == ("40", "100 %", "called 2 times")
    assert arrows(shown) == [("p", "shared"), ("q", "shared")]


def test_a_layer_that_reads_what_it_gives_points_at_itself(make: Maker) -> None:
    shown = drawn(make, taking("x"), make.dense("again", 4, 4, connected_to=["x", "again"], calls=2))
    assert ("again", "again") in arrows(shown)


def test_what_the_others_of_a_folded_row_read_is_there(make: Maker) -> None:
    inputs = [taking(f"x_{number}") for number in range(2)]
    equal = [make.dense(f"d_{number}", 4, 4, connected_to=[f"x_{number % 2}"]) for number in range(5)]
    shown = drawn(make, *inputs, *equal)
    assert arrows(shown) == [("x_0", "d_0 to d_4"), ("x_1", "d_0 to d_4")]
    assert box(shown, "d_0 to d_4").says == ("5 × 20 = 100", "100 %")


def test_depth_opens_a_nested_model(make: Maker) -> None:
    inner = layer(
        "encoder",
        taking("encoder/x"),
        make.dense("encoder/a", connected_to=["encoder/x"]),
        class_name="keras.Model",
        connected_to=["x"],
    )
    outer = [taking("x"), inner, make.dense("head", 8, 2, connected_to=["encoder"])]
    assert [len(each.boxes) for each in drawn(make, *outer).boxes] == [0, 0, 0]
    opened = drawn(make, *outer, depth=1)
    assert arrows(opened) == [("x", "encoder"), ("encoder", "head"), ("x", "a")]
    assert [each.name for each in opened.boxes[1].boxes] == ["x", "a"]
    assert opened.boxes[1].is_wired


def test_a_model_that_is_no_graph_has_no_arrows(make: Maker) -> None:
    shown = drawn(make, make.dense("a"), make.block("b"), depth=1)
    assert (shown.arrows, shown.is_wired) == ((), False)
    assert [each.is_wired for each in shown.boxes] == [True, False]


def test_where_only_some_layers_are_wanted_arrows_go_past_the_others(make: Maker) -> None:
    layers = [
        make.dense("a"),
        make.dense("b", 8, 9, connected_to=["a"]),
        quiet("relu", "b"),
        make.dense("c", 9, 3, connected_to=["relu"]),
    ]
    assert arrows(drawn(make, *layers, wanted=["a", "c"])) == [("a", "c")]


def chain(make: Maker, prefix: str, before: str, count: int) -> list[facts.Layer]:
    found = []
    for number in range(count):
        found.append(make.dense(f"{prefix}_{number}", 4, 4 + number, connected_to=[before]))
        before = f"{prefix}_{number}"
    return found


def test_a_huge_graph_has_several_layers_in_a_box(make: Maker) -> None:
    shown = drawn(make, taking("x"), *chain(make, "layer", "x", 70))
    assert len(shown.boxes) == 9
    second = shown.boxes[1]
    assert second.titles[:2] == ("layer_0 (Dense): 20", "layer_1 (Dense): 25")
    assert second.says[0] == "together 360"
    assert second.params == sum(5 * (4 + number) for number in range(9))
    assert second.path == "layer_0"
    assert not shown.trouble


def test_a_graph_that_is_too_large_says_what_to_do(make: Maker) -> None:
    layers = [taking("x"), *(make.dense(f"a{number}", 4, 4 + number, connected_to=["x"]) for number in range(401))]
    assert drawn(make, *layers).trouble == (
        "the diagram would have 402 boxes, more than 400: open or unfold fewer layers"
    )


def test_the_shares_of_the_outermost_boxes_are_those_of_the_table(seed: facts.Model) -> None:
    from sphinx_paramdoc import table

    shown = graph_of(arrange(table.build(seed)))
    assert sum(each.params for each in shown.boxes) == shown.total == 2_140_752
    assert [each.says for each in shown.boxes] == [
        (),
        ("2,097,664", "98.0 %"),
        ("2,048", "0.1 %"),
        (),
        ("41,040", "1.9 %"),
    ]


def test_how_dark_a_box_is_in_a_block_counts_all_equal_blocks(make: Maker) -> None:
    shown = drawn(make, *(make.block(f"b{n}") for n in range(3)), depth=1)
    assert [(each.name, each.part, each.share) for each in shown.walk()] == [
        ("b0 to b2", 1.0, "100 %"),
        ("dense", 0.5, None),
        ("dense_1", 0.5, None),
    ]
