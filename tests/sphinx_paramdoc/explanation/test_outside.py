"""What is said of that with which a layer computes and which it does not count."""

from __future__ import annotations

import pytest

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation import outside, wording
from sphinx_paramdoc.explanation.explaining import explain
from sphinx_paramdoc.explanation.sentence import ByWeights, Explanation, WithoutWeights

USED = facts.Outside("dense", "keras.layers.Dense", 15, "untracked")
HELD = facts.Outside("teacher", "keras.layers.Dense", 1, "untracked", only_held=True)
OPERATION = Explanation("none", WithoutWeights("kind", "it is an operation, no layer"))
MASKS = Explanation("none", WithoutWeights("kind", "it only masks activations"))


LOST = "they are not trained, saved or counted here"
BOTH = "; ".join(
    f"{verb} numbers that Keras does not track ({name}): {LOST}"
    for verb, name in (("uses 15", "dense"), ("holds 2", "teacher"))
)


@pytest.mark.parametrize(
    ("uses", "number", "said"),
    [
        ([USED], 1, f"a uses 15 numbers that Keras does not track (dense): {LOST}"),
        ([HELD], 1, "a holds 1 number that Keras does not track (teacher): it is not trained, saved or counted here"),
        ([USED], 3, f"a and 2 like it: each uses 15 numbers that Keras does not track (dense): {LOST}"),
        ([HELD, USED, HELD], 1, f"a {BOTH}"),
    ],
)
def test_what_is_not_tracked(uses: list[facts.Outside], number: int, said: str) -> None:
    assert outside.uses_text("a", uses, number) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"borrows": ("a",)}, "uses the weights of a, which count there"),
        ({"borrows": ("a", "b")}, "uses the weights of a and b, which count there"),
        ({"copied": ("a/w",)}, "takes a copy of a/w as a plain value: training does not change that"),
        ({"unbuilt": ("a",)}, "a is not built: it has no weights yet"),
        ({"unbuilt": ("a", "b")}, "a and b are not built: they have no weights yet"),
    ],
)
def test_remarks_stand_behind_the_explanation(changes: dict[str, tuple[str, ...]], said: str) -> None:
    explained = Explanation("none", WithoutWeights("uncertain"), **changes)  # type: ignore[arg-type]
    assert wording.text(explained) == f"no weights; {said}"


def test_a_layer_that_holds_one_which_is_not_built_has_no_reason_for_having_none() -> None:
    inside = facts.Layer("a/p", "p", "keras.layers.PReLU", built=False)
    layer = facts.Layer("a", "a", "keras.layers.Activation", children=[inside])
    assert wording.text(explain(layer, [])) == "no weights; p is not built: it has no weights yet"
    layer = facts.Layer("a", "a", "keras.layers.Activation", children=[facts.Layer("a/e", "e", "keras.layers.ELU")])
    assert wording.text(explain(layer, [])) == "no weights: it only applies a fixed function"


@pytest.mark.parametrize(
    ("explained", "said"),
    [
        ([OPERATION, OPERATION], "2 operations without weights"),
        ([OPERATION, MASKS], "1 layer and 1 operation without weights: it only masks activations"),
        ([MASKS, MASKS], "2 layers without weights: it only masks activations"),
    ],
)
def test_operations_are_counted_apart(explained: list[Explanation], said: str) -> None:
    assert "".join(f"{piece.lead}{piece.text}" for piece in wording.pieces_of_quiet(explained)) == said
    assert wording.layers_text([Explanation("weights", ByWeights(()), repeat=3)]) == "3 layers"
