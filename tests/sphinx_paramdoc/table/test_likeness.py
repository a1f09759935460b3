from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sphinx_paramdoc import facts, table
from tests.sphinx_paramdoc.makers import Maker, layer, of


def block(make: Maker, path: str, **changes: int) -> facts.Layer:
    """Make a block of four layers; of those among `changes` the units are others, and none where they are 0."""
    units = {"query": 4, "key": 4, "value": 4, "output": 4, **changes}
    return layer(path, *(make.dense(f"{path}/{name}", 4, count) for name, count in units.items() if count))


def texts(built: table.Table) -> list[str]:
    return [row.explanation for row in built.outermost()]


def test_the_first_block_is_told_from_those_behind_it(make: Maker) -> None:
    first = block(make, "b0")
    first.children[3].weights.append(make.weight("b0/output", "rel_bias", 32, 8))
    built = make.table(first, *(block(make, f"b{n}") for n in range(1, 4)))
    assert texts(built)[0] == "as b1 plus output/rel_bias 32 × 8 = 256: 80 + 256 = 336"
    assert texts(built)[1].startswith("3 × 80 = 240; each query 20 + ")
    assert (built.rows[0].proof, built.rows[0].formula) == ("weights", None)


def test_the_last_block_is_told_from_those_before_it(make: Maker) -> None:
    built = make.table(*(block(make, f"b{n}") for n in range(3)), block(make, "b3", output=0))
    assert texts(built)[1] == "as b0 without output 20: 80 − 20 = 60"


def test_what_is_lacking_is_named_as_a_whole_or_weight_by_weight(make: Maker) -> None:
    whole, last = (block(make, path) for path in "ab")
    whole.children.append(layer("a/mlp", make.dense("a/mlp/up"), make.dense("a/mlp/down")))
    del last.children[1].weights[1]
    assert texts(make.table(whole, last))[1] == "as a without key/bias 4, without mlp 80: 160 − 4 − 80 = 76"


def test_of_two_blocks_the_later_is_told_from_the_first(make: Maker) -> None:
    built = make.table(block(make, "a"), block(make, "b", key=3))
    assert texts(built)[1] == (
        "as a with key/kernel 4 × 3 = 12 instead of 4 × 4 = 16, with key/bias 3 instead of 4: 80 − 16 + 12 − 4 + 3 = 75"
    )
    assert texts(built)[0].startswith("query 20 + key 20 + ")


def test_layers_that_keras_numbers_on_are_the_same_place(make: Maker) -> None:
    other = make.block("b", first=2)
    other.children[1].weights.append(make.weight("b/dense_3", "scale", 7))
    assert texts(make.table(make.block("a"), other))[1] == "as a plus dense_3/scale 7: 40 + 7 = 47"


def test_a_fold_may_be_told_from_another(make: Maker) -> None:
    layers = [block(make, f"b{n}") for n in range(3)] + [block(make, f"c{n}", key=0) for n in range(2)]
    assert texts(make.table(*layers))[1] == "2 × 60 = 120; each as b0 without key 20: 80 − 20 = 60"


def test_what_is_shared_and_what_is_frozen_is_said_as_ever(make: Maker) -> None:
    first = block(make, "b0")
    bias = make.weight("b0/output", "rel_bias", 7)
    first.children[3].weights.append(bias)
    second = block(make, "b1")
    scale = make.weight("b1/output", "scale", 2, trainable=False, reason="declared")
    second.children[3].weights.extend([bias, scale])
    third, fourth = block(make, "b2"), block(make, "b3")
    fourth.children[3].weights.append(make.weight("b3/output", "offset", 3, trainable=False, reason="declared"))
    told = texts(make.table(first, second, third, fourth))
    # What b0 counts of the second is not what the second lacks.
    assert told[1] == (
        "query 20 + key 20 + value 20 + output 22 = 82; "
        "2 non-trainable: scale is declared non-trainable by its layer; 7 shared with b0/output"
    )
    assert told[3] == (
        "as b2 plus output/offset 3: 80 + 3 = 83; 3 non-trainable: offset is declared non-trainable by its layer"
    )


def test_blocks_that_have_too_little_in_common_are_told_by_themselves(make: Maker) -> None:
    for other in (
        block(make, "b", query=3, key=3, value=3),  # six differences
        block(make, "b", query=0, key=0),  # as many differences as what is equal
        layer("b", *block(make, "b", key=3).children, class_name="mine.Other"),
    ):
        assert not texts(make.table(block(make, "a"), other))[1].startswith("as ")
    between = make.table(block(make, "a"), layer("pause"), block(make, "b", key=3))
    assert not texts(between)[2].startswith("as ")


def test_layers_without_others_inside_are_told_by_themselves(make: Maker) -> None:
    plain = [
        layer(path, weights=[make.weight(path, f"w{n}", 3 + (path == "b" and n == 0)) for n in range(4)])
        for path in "ab"
    ]
    assert texts(make.table(*plain))[1] == "w0 4; w1 3; w2 3; w3 3"


@given(st.lists(st.dictionaries(st.sampled_from(["query", "key", "value", "output", "more"]), st.integers(0, 5))))
def test_every_such_explanation_is_exact_and_none_leads_in_a_circle(changes: list[dict[str, int]]) -> None:
    make = Maker()
    built = table.build(of([block(make, f"b{n}", **change) for n, change in enumerate(changes)], make.weights))
    rows = {row.path: row for row in built.rows}
    for row in built.outermost():
        text = row.explanation.rpartition("each ")[2]
        seen: list[str] = []
        while text.startswith("as "):
            other = rows[text.split()[1]]
            sum_, count = text.rpartition(": ")[2].split(" = ")
            assert int(count.replace(",", "")) == rows[row.path if not seen else seen[-1]].params
            terms = sum_.replace(" − ", " -").replace(" + ", " ").replace(",", "").split()
            assert sum(map(int, terms)) == int(count.replace(",", ""))
            assert int(terms[0]) == other.params
            assert other.path not in seen
            seen.append(other.path)
            text = other.explanation.rpartition("each ")[2]
