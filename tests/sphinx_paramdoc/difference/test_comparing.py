"""What is said to have changed, and why."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec.structs import replace

from sphinx_paramdoc import facts
from sphinx_paramdoc.rendering.changes import json as as_json
from sphinx_paramdoc.rendering.changes import text
from tests.sphinx_paramdoc.difference.comparing import difference, model, told
from tests.sphinx_paramdoc.makers import Maker, layer


def dense(*sizes: tuple[str, int, int], **values: Any) -> facts.Model:
    return model(lambda make: [make.dense(name, inputs, units, **values) for name, inputs, units in sizes])


def test_labelled_numbers_say_why_a_count_is_another() -> None:
    before = dense(("fc0", 784, 512), ("fc1", 512, 512), ("out", 512, 10))
    after = dense(("fc0", 784, 640), ("fc1", 640, 640), ("out", 640, 10))
    assert told(before, after) == [
        "fc0 +100,480: units 512 → 640",
        "fc1 +147,584: inputs 512 → 640, units 512 → 640",
        "out +1,280: inputs 512 → 640",
    ]


def test_layers_that_come_and_go() -> None:
    before = dense(("fc0", 4, 8), ("old", 8, 8), ("out", 8, 2))
    after = dense(("fc0", 4, 8), ("out", 8, 2), ("new", 2, 3))
    assert told(before, after) == ["old −72: removed (Dense), 8 × 8 + 8", "new +9: added (Dense), 2 × 3 + 3"]


def test_a_layer_of_the_same_weights_in_the_same_place_has_another_name() -> None:
    changes = difference(dense(("a", 4, 8), ("b", 8, 2)), dense(("a", 4, 8), ("head", 8, 2))).changes
    assert [(each.kind, each.before[0].name, each.after[0].name, each.params) for each in changes] == [
        ("renamed", "b", "head", (18, 18))
    ]
    assert not difference(dense(("a", 4, 8)), dense(("b", 4, 8))).is_material


def test_two_that_were_swapped_have_changed_and_not_their_names() -> None:
    before, after = dense(("x", 4, 4), ("y", 4, 2)), dense(("x", 4, 2), ("y", 4, 4))
    assert told(before, after) == ["x −10: units 4 → 2", "y +10: units 2 → 4"]


def test_two_that_stand_in_another_order_are_as_they_were() -> None:
    found = difference(dense(("x", 4, 4), ("y", 4, 2)), dense(("y", 4, 2), ("x", 4, 4)))
    assert (found.changes, [each.name for each in found.moved], found.is_material) == ((), ["x"], False)
    lines = ["m: 30 parameters, as before", "no layer, weight, shape or type differs", "1 layer stands elsewhere: x"]
    assert text.render(found).split("\n\n")[:3] == lines
    assert json.loads(as_json.render(found))["moved"] == ["x"]
    assert "moved" not in json.loads(as_json.render(difference(dense(("x", 4, 4)), dense(("x", 4, 2)))))


def test_an_automatic_name_is_the_same_where_what_stood_around_it_was_exchanged() -> None:
    before = dense(("a", 4, 8), ("dense", 8, 8), ("b", 8, 4))
    found = difference(before, dense(("b", 4, 8), ("dense", 8, 8), ("a", 8, 4)))
    assert [(each.kind, each.layers[0].name) for each in found.changes] == [("changed", "b"), ("changed", "a")]
    assert [each.name for each in found.equal] == ["dense"]


def test_another_name_inside_is_a_mere_name() -> None:
    def build(*inside: str, **values: Any) -> facts.Model:
        return model(lambda make: [layer("block", *(make.dense(f"block/{name}", 4, 4) for name in inside), **values)])

    renamed = difference(build("up"), build("other"))
    assert [each.kind for each in renamed.changes] == ["changed"]
    assert not renamed.is_material
    assert difference(build("up"), build("up", "down")).is_material
    assert difference(build("up"), build("other", output_shape=[None, 4])).is_material


def test_names_that_keras_counts_on_are_no_names() -> None:
    before = dense(("dense", 4, 8), ("dense_1", 8, 3), ("dense_2", 3, 2))
    after = dense(("dense", 4, 4), ("dense_1", 4, 8), ("dense_2", 8, 3), ("dense_3", 3, 2))
    found = difference(before, after)
    assert [(each.kind, [it.name for it in each.layers]) for each in found.changes] == [
        ("added", ["dense"]),
        ("renamed", ["dense_1"]),
        ("renamed", ["dense_2"]),
        ("renamed", ["dense_3"]),
    ]


def test_two_automatic_names_whose_layers_were_swapped_have_changed() -> None:
    before = dense(("dense", 4, 8), ("dense_1", 4, 3))
    after = dense(("dense", 4, 3), ("dense_1", 4, 8))
    assert [each.kind for each in difference(before, after).changes] == ["changed", "changed"]


def blocks(number: int, width: int = 4, **values: Any) -> facts.Model:
    def build(make: Maker) -> list[facts.Layer]:
        stem = make.dense("stem", 4, width)
        return [stem, *(layer(f"block_{i}", make.dense(f"block_{i}/up", width, width)) for i in range(number))]

    return model(build)


def test_folded_blocks_are_compared_as_blocks() -> None:
    assert told(blocks(12), blocks(24)) == ["block_0 … block_23 +240: layers 12 → 24"]
    assert told(blocks(3), blocks(1)) == ["block_0, block_1, block_2 −40: layers 3 → 1"]
    assert told(blocks(12), blocks(24, 8)) == [
        "stem +20: units 4 → 8",
        "block_0 … block_23 +1,488: layers 12 → 24, inputs 4 → 8, units 4 → 8",
    ]


def test_blocks_that_changed_alike_are_one_line_and_open() -> None:
    assert told(blocks(3), blocks(3, 8), depth=1) == [
        "stem +20: units 4 → 8",
        "block_0, block_1, block_2 +156: inputs 4 → 8, units 4 → 8",
        "  up +52: inputs 4 → 8, units 4 → 8",
    ]


def flat(number: int) -> facts.Model:
    """Make a model of blocks that are no layers: each is two of other sizes."""
    return dense(*((f"b{i // 2}_{'up' if i % 2 else 'down'}", 4 + i % 2, 5 - i % 2) for i in range(2 * number)))


def test_blocks_that_are_no_layers_are_counted_as_well() -> None:
    assert told(flat(2), flat(5)) == [
        "b2_down … b4_up +147: added (Dense), equal blocks of 2 layers 2 → 5, 49 each",
    ]


def frozen(make: Maker, path: str, by: str | None, **values: Any) -> facts.Layer:
    made = make.dense(path, **values)
    for number in made.weights:
        reason: Any = "frozen_layer" if by else None
        make.weights[number] = replace(make.weights[number], trainable=not by, reason=reason, frozen_by=by)
    return replace(made, frozen_by=by)


def test_what_was_frozen_and_why() -> None:
    before = model(lambda make: [layer("base", frozen(make, "base/up", None)), frozen(make, "head", None)])
    after = model(
        lambda make: [
            replace(layer("base", frozen(make, "base/up", "base")), frozen_by="base"),
            frozen(make, "head", "head"),
        ]
    )
    assert told(before, after) == ["base, head: frozen, 80 no longer trained: the layer is frozen"]
    assert told(after, before) == ["base, head: unfrozen, 80 trained now; before: the layer is frozen"]
    assert difference(before, after).is_material


def test_what_lora_adds_is_trained_and_its_base_no_longer() -> None:
    def adapted(make: Maker) -> list[facts.Layer]:
        base = make.weight("mine", "kernel", 4, 4, trainable=False, reason="lora_base_frozen")
        added = [make.weight("mine", "lora_a", 4, 2), make.weight("mine", "lora_b", 2, 4)]
        return [facts.Layer("mine", "mine", "mine.Layer", weights=[base, *added])]

    before, after = custom(("kernel", (4, 4))), model(adapted)
    assert told(before, after) == [
        "mine +16: lora_a 4 × 2 added, lora_b 2 × 4 added",
        "mine: frozen, 16 no longer trained: LoRA freezes the base",
    ]
    assert [each.trainable for each in difference(before, after).changes] == [(16, 32), (32, 16)]


def test_types_of_weights() -> None:
    before = model(lambda make: [make.dense("a"), make.dense("b")])
    after = replace(before, weights=[replace(each, dtype="bfloat16") for each in before.weights])
    assert told(before, after) == ["a, b: type float32 → bfloat16"]
    found = difference(before, after)
    assert (found.before.size_bytes(), found.after.size_bytes()) == (320, 160)
    assert "size 320 B → 160 B" in text.render(found).splitlines()
    assert found.is_material


def tied(is_tied: bool) -> facts.Model:
    def build(make: Maker) -> list[facts.Layer]:
        first = make.dense("embedding", 4, 4)
        return [first, replace(first, path="head", name="head") if is_tied else make.dense("head", 4, 4)]

    return model(build)


def test_weights_that_are_tied_and_untied() -> None:
    assert told(tied(False), tied(True)) == ["head −20: shares the weights of embedding"]
    assert told(tied(True), tied(False)) == ["head +20: no longer shares the weights of embedding"]
    assert [each.kind for each in difference(tied(False), tied(True)).changes] == ["tied"]
    assert [each.kind for each in difference(tied(True), tied(False)).changes] == ["untied"]


def custom(*weights: tuple[str, tuple[int, ...]]) -> facts.Model:
    return model(
        lambda make: [
            facts.Layer("mine", "mine", "mine.Layer", weights=[make.weight("mine", name, *s) for name, s in weights])
        ]
    )


def test_weights_say_what_no_formula_does() -> None:
    before = custom(("kernel", (3, 3, 8)), ("scale", (8,)))
    after = custom(("kernel", (5, 5, 8)), ("shift", (8, 2)))
    assert told(before, after) == ["mine +136: kernel 3 × 3 × 8 → 5 × 5 × 8, scale 8 removed, shift 8 × 2 added"]


def test_a_weight_more_is_named_beside_the_numbers() -> None:
    before = dense(("fc", 4, 8))
    layers = [replace(before.layers[0], weights=[0], arguments={"units": 8, "use_bias": False})]
    without = replace(before, layers=layers, weights=before.weights[:1])
    assert told(without, before) == ["fc +8: bias 8 added"]
    assert told(without, dense(("fc", 4, 16))) == ["fc +48: units 8 → 16, bias 16 added"]


def test_shapes_are_told_where_no_number_of_the_formulas_differs() -> None:
    def conv(channels: int, groups: int) -> facts.Model:
        arguments = {"filters": 16, "kernel_size": [3, 3], "groups": groups, "use_bias": False}
        own = {"class_name": "keras.layers.Conv2D", "arguments": arguments, "input_shape": [None, 8, 8, 8]}
        return model(lambda make: [layer("c", weights=[make.weight("c", "kernel", 3, 3, channels, 16)], **own)])

    assert told(conv(8, 1), conv(2, 4)) == ["c −864: kernel 3 × 3 × 8 × 16 → 3 × 3 × 2 × 16"]


def test_classes_of_keras_2_are_those_of_keras_3() -> None:
    before = dense(("fc", 4, 8))
    older = replace(before, layers=[replace(before.layers[0], class_name="tf_keras.layers.Dense")])
    assert difference(older, before).changes == ()


def test_a_weight_with_another_name_is_the_same() -> None:
    assert difference(custom(("depthwise_kernel", (3, 3))), custom(("kernel", (3, 3)))).changes == ()


def test_another_shape_of_the_output_is_a_change_without_a_count() -> None:
    before = model(lambda make: [layer("pool", output_shape=[None, 4]), layer("flat", output_shape=[None, 4])])
    after = model(lambda make: [layer("pool", output_shape=[None, 6]), layer("flat", output_shape=[None, 6])])
    assert told(before, after) == ["pool, flat: output (None, 4) → (None, 6)"]
    assert difference(before, after).is_material


@pytest.mark.parametrize("number", [1, 4])
def test_nothing_changed(number: int) -> None:
    found = difference(blocks(number), blocks(number))
    assert (found.changes, len(found.equal)) == ((), number + 1)
