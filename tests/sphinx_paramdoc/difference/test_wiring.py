"""Layers that read others than before, stand elsewhere inside another, or are used in place of one: told, and once."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from sphinx_paramdoc import facts
from sphinx_paramdoc.difference.telling import lines
from tests.sphinx_paramdoc.difference.comparing import difference, model, of_texts, record, table, told
from tests.sphinx_paramdoc.makers import Maker, layer


def net(*parts: str, units: int = 4) -> facts.Model:
    """Make a model of lines ``name: a b``: a layer and what it reads; ``name!`` has weights, and ``name!8`` others."""

    def build(make: Maker) -> list[facts.Layer]:
        layers = []
        for part in parts:
            name, _, reads = part.partition(": ")
            path, mark, wide = name.partition("!")
            made = make.dense(path, 4, int(wide or units)) if mark else layer(path, class_name="keras.layers.Add")
            layers.append(replace(made, connected_to=reads.split()))
        return layers

    return model(build)


PLAIN = ("in", "a!: in", "b!: a", "c!: b", "sum: a c", "out!: sum")


def with_line(*lines: str) -> facts.Model:
    """Make the plain model with other lines for the layers of their names."""
    others = {line.partition(":")[0]: line for line in lines}
    return net(*(others.get(line.partition(":")[0], line) for line in PLAIN))


def test_another_input_is_a_change_of_no_count() -> None:
    found = difference(net(*PLAIN), with_line("sum: b c"))
    assert told(net(*PLAIN), with_line("sum: b c")) == ["sum: inputs: a, c → b, c"]
    assert [layer.name for layer in found.equal] == ["in", "a", "b", "c", "out"]
    assert [change.kind for change in found.changes] == ["changed"]
    assert not found.is_material
    assert [line.is_quiet for line in lines(found.changes)] == [False]
    assert told(net(*PLAIN), with_line("sum: c a")) == ["sum: inputs: a, c → c, a"]
    assert told(net(*PLAIN), with_line("sum: c")) == ["sum: inputs: a, c → c"]


def test_each_of_several_has_its_own_inputs() -> None:
    assert told(net(*PLAIN), with_line("sum: b c", "out!: c", "c!: a")) == [
        "c, sum, out: inputs: b → a; 2 more have other inputs"
    ]


def test_of_many_inputs_those_are_named_that_are_others() -> None:
    before = net("a", "b", "c", "d", "e", "f", "all: a b c d e")
    assert told(before, net("a", "b", "c", "d", "e", "f", "all: a b c d f")) == ["all: inputs: e → f"]
    many = net("a", "b", "c", "d", "e", "f", "all: a b c d e f")
    assert told(before, many) == ["all: inputs: a, b, c, 2 more → a, b, c, 3 more"]


def test_what_has_come_is_told_by_itself_and_so_is_what_is_gone() -> None:
    dropped = net("in", "a!: in", "drop: a", "b!: drop", "c!: b", "sum: drop c", "out!: sum")
    assert told(net(*PLAIN), dropped) == ["drop: added (Add), no weights"]
    assert told(dropped, net(*PLAIN)) == ["drop: removed (Add), no weights"]
    joined = net(*PLAIN[:-1], "more: sum a", "out!: more")
    assert told(net(*PLAIN), joined) == ["more: added (Add), no weights"]
    assert told(joined, net(*PLAIN)) == ["more: removed (Add), no weights"]
    elsewhere = net("in", "a!: in", "drop: in", "b!: drop", "c!: b", "sum: a c", "out!: sum")
    assert told(net(*PLAIN), elsewhere) == ["drop: added (Add), no weights", "b: inputs: a → in"]


def test_another_name_is_no_other_input() -> None:
    renamed = net("in", "a!: in", "second!: a", "c!: second", "sum: a c", "out!: sum")
    assert told(net(*PLAIN), renamed) == ["second: renamed, was b"]
    both = net("in", "a!: in", "second!: a", "c!: second", "sum: second c", "out!: sum")
    assert told(net(*PLAIN), both) == ["second: renamed, was b", "sum: inputs: a, c → second, c"]
    assert told(both, net(*PLAIN)) == ["b: renamed, was second", "sum: inputs: second, c → a, c"]


def test_where_it_is_not_known_what_a_layer_reads_nothing_is_said() -> None:
    unknown = net(*(line.partition(":")[0] for line in PLAIN))
    assert difference(net(*PLAIN), unknown).changes == difference(unknown, net(*PLAIN)).changes == ()


def test_an_edited_file_may_have_layers_read_each_other() -> None:
    circle = net("in", "a!: in", "x: y", "y: x", "b!: x", "c!: b", "sum: a c", "out!: sum")
    assert told(net(*PLAIN), circle) == ["x, y: added (Add), no weights"]


def test_a_layer_with_other_weights_and_inputs_says_both() -> None:
    before, after = net("in", "a: in", "b!: in"), net("in", "a: in", "b!: a", units=8)
    assert told(before, after) == ["b +20: units 4 → 8", "b: inputs: in → a"]


# Inside


def inside(*parts: str, around: str = "block") -> facts.Model:
    whole = net(*parts)
    moved = [
        replace(it, path=f"{around}/{it.path}", connected_to=[f"{around}/{path}" for path in it.connected_to])
        for it in whole.layers
    ]
    weights = [replace(weight, path=f"{around}/{weight.path}") for weight in whole.weights]
    return replace(whole, layers=[layer(around, *moved)], weights=weights)


def test_another_input_inside_is_told() -> None:
    before, after = inside(*PLAIN), inside(*PLAIN[:-2], "sum: b c", PLAIN[-1])
    assert told(before, after, depth=1) == ["block: inputs: a, c → b, c", "  sum: inputs: a, c → b, c"]
    assert told(before, inside(*PLAIN, around="renamed")) == ["renamed: renamed, was block"]


def test_another_order_inside_is_told() -> None:
    before, after = inside("a!", "b!", "c!"), inside("b!", "c!", "a!")
    assert told(before, after) == ["block: 1 layer stands elsewhere: a"]
    assert difference(before, after).equal == ()
    assert not difference(before, after).is_material
    assert told(before, inside("b!", "c!", "a!", "d!")) == ["block +20: layers 3 → 4, 1 layer stands elsewhere: a"]


# Used in place of another


def shared(is_shared: bool, *more: str) -> facts.Model:
    if is_shared:
        return net("i", "j", "embedding!: i j", "join: embedding", "out!: join", *more)
    return net("i", "j", "embedding!: i", "embedding_1!: j", "join: embedding embedding_1", "out!: join", *more)


def test_a_layer_used_twice_that_becomes_two_is_untied() -> None:
    assert told(shared(True), shared(False)) == ["embedding_1 +20: no longer shares the weights of embedding"]
    assert told(shared(False), shared(True)) == ["embedding_1 −20: shares the weights of embedding"]
    assert [each.kind for each in difference(shared(True), shared(False)).changes] == ["untied"]
    assert [each.kind for each in difference(shared(False), shared(True)).changes] == ["tied"]


def test_beside_such_a_layer_others_come_and_go() -> None:
    before, after = shared(True), shared(False, "late!: out")
    assert told(before, after) == [
        "embedding_1 +20: no longer shares the weights of embedding",
        "late +20: added (Dense), 4 × 4 + 4",
    ]


def test_a_layer_of_other_weights_or_inputs_has_come() -> None:
    wider = net("i", "j", "embedding!: i", "embedding_1!8: j", "join: embedding embedding_1", "out!: join")
    assert "embedding_1 +40: added (Dense), 4 × 8 + 8" in told(shared(True), wider)
    deeper = net("i", "j", "embedding!: i j", "embedding_1!: embedding", "join: embedding_1", "out!: join")
    assert told(shared(True), deeper) == ["embedding_1 +20: added (Dense), 4 × 4 + 4"]


def towers(number: int) -> facts.Model:
    """Make a model of a layer of two others that is used twice, or of two such that are equal and fold."""

    def build(make: Maker) -> list[facts.Layer]:
        names = ["tower", "tower_1"][:number]
        reads = [["i"], ["j"]] if number == 2 else [["i", "j"]]
        made = [
            layer(name, make.dense(f"{name}/up", 4, 4), make.dense(f"{name}/down", 4, 4), connected_to=its)
            for name, its in zip(names, reads, strict=True)
        ]
        ends = [layer(name, class_name="keras.layers.InputLayer") for name in ("i", "j")]
        return [*ends, *made, layer("join", class_name="keras.layers.Concatenate", connected_to=names)]

    return model(build)


@pytest.mark.parametrize("write", [table, record])
def test_two_that_fold_are_known_from_a_file_as_well(write: Callable[[facts.Model], str]) -> None:
    for one, other, kind in ((1, 2, "untied"), (2, 1, "tied")):
        found = of_texts(write(towers(one)), write(towers(other)))
        assert [(each.kind, each.layers[0].name) for each in found.changes] == [(kind, "tower_1")]


def test_a_kept_file_may_not_say_what_copies_read() -> None:
    plain = json.loads(table(towers(2)))
    for row in plain["rows"]:
        row.pop("copies_connected_to", None)
    found = of_texts(json.dumps(plain), table(towers(2)))
    assert found.changes == ()


def embedding(is_tied: bool, size: int = 4) -> facts.Model:
    def build(make: Maker) -> list[facts.Layer]:
        names = ["embeddings"] if is_tied else ["embeddings", "reverse_embeddings"]
        shapes = {"embeddings": (10, size), "reverse_embeddings": (size, 10)}
        held = [make.weight("emb", name, *shapes[name]) for name in names]
        arguments = {"input_dim": 10, "output_dim": size, "tie_weights": is_tied}
        return [layer("emb", class_name="keras.layers.ReversibleEmbedding", weights=held, arguments=arguments)]

    return model(build)


def test_an_embedding_that_leads_both_ways_is_tied_to_itself_or_not() -> None:
    own = "the way back to the vocabulary has a matrix of its own"
    same = "the way back to the vocabulary uses the same matrix"
    assert told(embedding(True), embedding(False)) == [f"emb +40: {own}, reverse_embeddings 4 × 10 added"]
    assert told(embedding(False), embedding(True)) == [f"emb −40: {same}, reverse_embeddings 4 × 10 removed"]
    assert [each.kind for each in difference(embedding(True), embedding(False)).changes] == ["untied"]
    assert [each.kind for each in difference(embedding(False), embedding(True)).changes] == ["tied"]
    assert told(embedding(True), embedding(True, 5)) == ["emb +10: embedding dimensions 4 → 5"]


# What one line says


def test_layers_with_different_reasons_have_a_line_each() -> None:
    def three(*shapes: tuple[int, ...]) -> facts.Model:
        return model(
            lambda make: [
                layer(name, weights=[make.weight(name, "w", *it)]) for name, it in zip("abc", shapes, strict=True)
            ]
        )

    assert told(three((2, 6), (2, 8), (2, 6)), three((3, 4), (4, 4), (3, 4))) == [
        "a, c: w 2 × 6 → 3 × 4",
        "b: w 2 × 8 → 4 × 4",
    ]


def test_other_outputs_are_one_line_that_says_so() -> None:
    def pools(size: int) -> facts.Model:
        return model(lambda make: [layer(f"pool_{i}", output_shape=[None, size * (i + 1)]) for i in range(3)])

    assert told(pools(2), pools(3)) == [
        "pool_0, pool_1, pool_2: output (None, 2) → (None, 3); 2 more have another output"
    ]
