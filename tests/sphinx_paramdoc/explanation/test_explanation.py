from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import msgspec
import pytest

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation import causes, proof, reasons, weightless, wording
from sphinx_paramdoc.explanation.explaining import explain
from sphinx_paramdoc.explanation.formulas import FORMULAS
from sphinx_paramdoc.explanation.sentence import Alike, Explanation, Part, Split
from sphinx_paramdoc.expression import Dimension, Expression


def layer(kind: str, input_shape: facts.Shape = None, **arguments: Any) -> facts.Layer:
    return facts.Layer(kind.lower(), kind.lower(), f"keras.layers.{kind}", input_shape=input_shape, arguments=arguments)


def weights(owner: facts.Layer, *, reason: facts.Reason | None = None, **shapes: list[int]) -> list[facts.Weight]:
    return [
        facts.Weight(f"{owner.path}/{name}", name, shape, "float32", reason is None, reason)
        for name, shape in shapes.items()
    ]


def explained(owner: facts.Layer, held: list[facts.Weight], parts: Sequence[Part] = ()) -> Explanation:
    return explain(msgspec.structs.replace(owner, weights=list(range(len(held)))), held, lambda: Split(tuple(parts)))


def why(held: Sequence[facts.Weight], path: str) -> str | None:
    found = reasons.non_trainable(held, path)
    return f"{found.count:,} non-trainable{wording.written(causes.reasons(found, path))}" if found else None


def proven(owner: facts.Layer, **shapes: list[int]) -> Expression:
    held = weights(owner, reason=None, **shapes)
    formula = proof.prove(msgspec.structs.replace(owner, weights=list(range(len(held)))), held)
    assert formula is not None
    return formula.expression


def by_formula(owner: facts.Layer, **shapes: list[int]) -> tuple[str, str]:
    given = explained(owner, weights(owner, reason=None, **shapes))
    assert given.proof == "formula"
    assert given.formula is not None
    return wording.text(given), given.formula.symbolic()


def test_dense() -> None:
    text, symbolic = by_formula(layer("Dense", [None, 3], units=4, use_bias=True), kernel=[3, 4], bias=[4])
    assert text == "3 × 4 + 4 = 16"
    assert symbolic == "inputs × units + units"


def test_dense_without_bias_on_a_sequence() -> None:
    text, symbolic = by_formula(layer("Dense", [None, 7, 3], units=4, use_bias=False), kernel=[3, 4])
    assert text == "3 × 4 = 12"
    assert symbolic == "inputs × units"


def test_embedding() -> None:
    text, symbolic = by_formula(layer("Embedding", [None], input_dim=1000, output_dim=64), embeddings=[1000, 64])
    assert text == "1000 × 64 = 64,000"
    assert symbolic == "vocabulary entries × embedding dimensions"


@pytest.mark.parametrize(
    ("input_shape", "arguments", "kernel", "bias", "text"),
    [
        ([None, 8, 8, 3], {}, [3, 5, 3, 16], [16], "3 × 5 × 3 × 16 + 16 = 736"),
        ([None, 3, 8, 8], {"data_format": "channels_first"}, [3, 5, 3, 16], [16], "3 × 5 × 3 × 16 + 16 = 736"),
        ([None, 8, 8, 4], {"groups": 2}, [3, 5, 2, 16], [16], "3 × 5 × 2 × 16 + 16 = 496"),
        ([None, 8, 8, 3], {"use_bias": False}, [3, 5, 3, 16], [], "3 × 5 × 3 × 16 = 720"),
    ],
)
def test_convolution(
    input_shape: list[int | None], arguments: dict[str, Any], kernel: list[int], bias: list[int], text: str
) -> None:
    given = {"kernel_size": [3, 5], "filters": 16, "groups": 1, "use_bias": True, "data_format": "channels_last"}
    shapes = {"kernel": kernel, "bias": bias} if bias else {"kernel": kernel}
    assert by_formula(layer("Conv2D", input_shape, **{**given, **arguments}), **shapes)[0] == text


def test_what_each_number_of_a_grouped_convolution_is() -> None:
    conv = layer(
        "Conv2D",
        [None, 8, 8, 4],
        kernel_size=[3, 5],
        filters=16,
        groups=2,
        use_bias=False,
        data_format="channels_last",
    )
    formula = proven(conv, kernel=[3, 5, 2, 16])
    assert [(number.value, number.label) for number in formula.terms()] == [
        (3, "kernel height"),
        (5, "kernel width"),
        (2, "input channels of a group, of which there are 2"),
        (16, "filters"),
    ]


@pytest.mark.parametrize(
    ("scale", "center", "vectors", "count"),
    [
        (True, True, "gamma, beta, moving mean, moving variance", 4),
        (False, True, "beta, moving mean, moving variance", 3),
        (True, False, "gamma, moving mean, moving variance", 3),
        (False, False, "moving mean, moving variance", 2),
    ],
)
def test_batch_normalization(scale: bool, center: bool, vectors: str, count: int) -> None:
    norm = layer("BatchNormalization", [None, 6, 512], axis=-1, scale=scale, center=center)
    formula = proven(norm, **{name.replace(" ", "_"): [512] for name in vectors.split(", ")})
    assert formula.text() == f"{count} × 512"
    assert [number.label for number in formula.terms()] == [vectors, "channels"]


def test_batch_normalization_of_another_axis() -> None:
    norm = layer("BatchNormalization", [None, 6, 512], axis=1, scale=True, center=True)
    assert proven(norm, gamma=[6], beta=[6], moving_mean=[6], moving_variance=[6]).text() == "4 × 6"


def test_a_formula_that_does_not_give_the_count_is_not_shown() -> None:
    odd = layer("Dense", [None, 3], units=4, use_bias=True)
    given = explained(odd, weights(odd, kernel=[3, 4], bias=[5]))
    assert (given.proof, given.formula) == ("weights", None)
    assert wording.text(given) == "kernel 3 × 4 = 12; bias 5"


@pytest.mark.parametrize(
    "broken",
    [
        layer("Dense"),
        layer("Dense", [None, None], units=4, use_bias=True),
        layer("Dense", [None, 3], units=True, use_bias=True),
        layer("Dense", [None, 3], units=4),
        layer("Dense", {"a": None}, units=4, use_bias=True),
        layer("Dense", [], units=4, use_bias=True),
        layer(
            "Conv2D", [None, 8, 8, 3], kernel_size=[3], filters=8, groups=1, use_bias=True, data_format="channels_last"
        ),
        layer("Conv2D", [None, 8, 8, 3], kernel_size=[3, 3], filters=8, groups=0, use_bias=True, data_format="x"),
        layer("Conv2D", [None, 8, 8, 3], kernel_size=[3, 3], filters=8, groups=2, use_bias=True, data_format="x"),
        layer("BatchNormalization", [None, 512], axis=5, scale=True, center=True),
    ],
)
def test_facts_that_lack_what_a_formula_needs_leave_the_weights(broken: facts.Layer) -> None:
    given = explained(broken, weights(broken, kernel=[3, 4], bias=[4]))
    assert (given.proof, wording.text(given)) == ("weights", "kernel 3 × 4 = 12; bias 4")


def test_a_subclass_keeps_the_formula_while_it_proves_right() -> None:
    own = facts.Layer(
        "gated",
        "gated",
        "mypackage.GatedDense",
        bases=["mypackage.Base", "keras.layers.Dense"],
        input_shape=[None, 3],
        arguments={"units": 4, "use_bias": True},
    )
    assert explained(own, weights(own, kernel=[3, 4], bias=[4])).proof == "formula"
    assert wording.text(explained(own, weights(own, kernel=[3, 4], bias=[4], gate=[4]))) == (
        "kernel 3 × 4 = 12; bias 4; gate 4"
    )


@pytest.mark.parametrize(
    ("base", "arguments", "shapes"),
    [
        ("Dense", {"units": 4, "use_bias": True}, {"kernel": [3, 4], "gate": [4]}),
        ("Embedding", {"input_dim": 10, "output_dim": 4}, {"u": [4, 5], "v": [4, 5]}),
        (
            "BatchNormalization",
            {"axis": -1, "scale": True, "center": True},
            {"alpha": [3], "beta2": [3], "gate": [6]},
        ),
    ],
)
def test_a_subclass_that_owns_something_else_has_no_formula_though_it_would_count_right(
    base: str, arguments: dict[str, Any], shapes: dict[str, list[int]]
) -> None:
    own = facts.Layer("own", "own", "mine.Own", [f"keras.layers.{base}"], input_shape=[None, 3], arguments=arguments)
    assert explained(own, weights(own, reason=None, **shapes)).proof == "weights"


@pytest.mark.parametrize("axis", [[1, 2], "last", [9], None, {}])
def test_a_formula_that_cannot_be_made_of_odd_facts_is_none(axis: Any) -> None:
    norm = layer("BatchNormalization", [None, 5, 6], axis=axis, scale=True, center=True)
    given = explained(norm, weights(norm, gamma=[7], beta=[7]))
    assert (given.proof, wording.text(given)) == ("weights", "gamma 7; beta 7")


def test_a_batch_normalization_of_keras_2_over_two_axes() -> None:
    norm = layer("BatchNormalization", [None, 5, 6], axis=[1, 2], scale=True, center=False)
    names = ("gamma", "moving_mean", "moving_variance")
    assert proven(norm, **{name: [5, 6] for name in names}).text() == "3 × 5 × 6"


def test_a_scalar_counts_one() -> None:
    own = layer("Own")
    assert wording.text(explained(own, weights(own, temperature=[]))) == "temperature 1"


def test_moving_statistics() -> None:
    norm = layer("BatchNormalization", [None, 5], axis=-1, scale=False, center=False)
    tracked = weights(norm, reason="moving_statistics", moving_mean=[5], moving_variance=[5])
    assert wording.text(explained(norm, tracked)) == (
        "2 × 5 = 10; 10 non-trainable: moving mean and moving variance are tracked, not learned"
    )


@pytest.mark.parametrize("reason", sorted(get_args(facts.Reason)))
def test_every_reason_has_words(reason: facts.Reason) -> None:
    own = layer("Own")
    text = why(weights(own, reason=reason, kernel=[3], bias=[2]), own.path)
    assert text is not None
    assert text.startswith("5 non-trainable: ")
    assert "_" not in text


def frozen(path: str, by: str, count: int) -> facts.Weight:
    return facts.Weight(path, "kernel", [count], "float32", trainable=False, reason="frozen_layer", frozen_by=by)


def test_a_frozen_layer_says_which_layer_freezes_it() -> None:
    held = [frozen("backbone/dense/kernel", "backbone", 12)]
    assert why(held, "backbone/dense") == "12 non-trainable: frozen by backbone"
    assert why(held, "backbone") == "12 non-trainable: the layer is frozen"


def test_a_trainable_layer_with_frozen_layers_inside_names_them() -> None:
    held = [frozen("inner/a/kernel", "inner/a", 12), frozen("inner/b/c/kernel", "inner/b/c", 3)]
    assert why(held[:1], "inner") == "12 non-trainable: a is frozen"
    assert why(held, "inner") == "15 non-trainable: a and b/c are frozen"


def test_of_many_frozen_layers_the_last_are_counted() -> None:
    held = [frozen(f"base/conv{n}/kernel", f"base/conv{n}", 1) for n in range(100)]
    held.append(facts.Weight("base/head/kernel", "kernel", [1], "float32", trainable=True))
    assert why(held, "base") == "100 non-trainable: conv0, conv1, conv2 and 97 more layers are frozen"
    assert why(held[:4], "base") == "4 non-trainable: conv0, conv1, conv2 and conv3 are frozen"


def test_where_all_layers_inside_are_frozen_they_are_not_named() -> None:
    held = [frozen(f"base/conv{n}/kernel", f"base/conv{n}", 1) for n in range(100)]
    assert why(held, "base") == "100 non-trainable: all layers inside are frozen"


def test_several_reasons() -> None:
    own = layer("Own")
    held = weights(own, reason="frozen_variable", bias=[2]) + weights(own, reason="declared", inv_freq=[8])
    assert why(held, own.path) == (
        "10 non-trainable: 8 declared non-trainable by its layer (inv_freq); 2 frozen by itself (bias)"
    )


def test_all_trainable_needs_no_reason() -> None:
    own = layer("Own")
    assert why(weights(own, kernel=[3]), own.path) is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("InputLayer", "no weights: it only declares the input's shape"),
        ("Dropout", "no weights: it only masks activations"),
        ("Flatten", "no weights: it only arranges values in another shape"),
        ("Activation", "no weights: it only applies a fixed function"),
        ("MaxPooling2D", "no weights: it only takes maxima"),
        ("GlobalAveragePooling1D", "no weights: it only takes averages"),
        ("SomebodysOwn", "no weights: it creates none"),
    ],
)
def test_why_a_layer_has_no_weights(kind: str, text: str) -> None:
    given = explained(layer(kind), [])
    assert (given.proof, wording.text(given)) == ("none", text)


def test_a_layer_that_is_not_built_says_so() -> None:
    dense = facts.Layer("dense", "dense", "keras.layers.Dense", built=False)
    assert wording.text(explained(dense, [])) == "not built: it has no weights yet"


def test_a_layer_of_layers_without_weights_says_so() -> None:
    outer = facts.Layer("a", "a", "mine.Block", children=[layer("Dropout")])
    assert wording.text(explained(outer, [])) == "no weights: none of its layers has any"


def test_a_layer_of_layers_with_few_weights_names_them_from_there() -> None:
    outer = facts.Layer("block", "block", "mine.Block", children=[layer("Dense")])
    inner = [facts.Weight("block/dense/kernel", "kernel", [3, 4], "float32", trainable=True)]
    formula = Dimension(3, "inputs") * Dimension(4, "units")
    assert wording.text(explained(outer, inner, [Part(("dense",), 12, how=formula)])) == "dense: 3 × 4 = 12"
    assert wording.text(explained(outer, inner)) == "dense/kernel 3 × 4 = 12"


def test_a_layer_of_layers_with_many_weights_is_explained_by_its_layers() -> None:
    outer = facts.Layer("block", "block", "mine.Block")
    many = [facts.Weight(f"block/{n}/kernel", "kernel", [100, n], "float32", trainable=True) for n in range(9)]
    parts = [Part(("first",), 1000), Part(("second",), 2600)]
    assert wording.text(explained(outer, many, parts)) == "first 1,000 + second 2,600 = 3,600"
    equal = [Part((str(n),), 400, kind="Dense") for n in range(9)]
    assert wording.text(explained(outer, many, equal)) == "9 Dense of 400 each = 3,600"
    own = Part((), 60, is_own=True, how=(Alike(("w", "w_1"), (5, 6)),))
    several = [own, Part(("first",), 100, kind="Conv2D"), *(Part((str(n),), 100 * n, kind="Dense") for n in range(9))]
    assert wording.text(explained(outer, many, several)) == (
        "own weights and 10 layers with weights: own weights 60 + first 100 + 9 Dense 3,600 = 3,760"
    )
    kinds = [Part((kind, kind), 10 * n, kind=kind) for n, kind in enumerate("ABCDEFG", 1)]
    assert wording.text(explained(outer, many, kinds)) == (
        "14 layers with weights: 2 D 80 + 2 E 100 + 2 F 120 + 2 G 140 + 6 more layers 120 = 560"
    )


def test_what_is_said_of_a_class_without_weights_is_not_said_of_its_subclasses() -> None:
    own = facts.Layer("mixing", "mixing", "mine.Mixing", bases=["keras.layers.Dropout"])
    assert wording.text(explained(own, [])) == "no weights: it creates none"


def test_weightless_phrases_name_layers_that_are_not_explained_by_formula() -> None:
    assert not set(weightless.PHRASES) & set(FORMULAS)
