from __future__ import annotations

from typing import Any

import msgspec

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.expression import Dimension, Number, to_plain
from sphinx_paramdoc.table import legend

_NAMES = {
    "GRUCell": ["kernel", "recurrent_kernel", "bias"],
    "LayerNormalization": ["gamma"],
    "BatchNormalization": ["gamma", "beta", "moving_mean", "moving_variance"],
    "tf_keras.layers.PReLU": ["alpha"],
}


class Made:
    """A model that is put together layer by layer."""

    def __init__(self) -> None:
        self.weights: list[facts.Weight] = []
        self.layers: list[facts.Layer] = []

    def layer(self, kind: str, *children: facts.Layer, own: list[list[int]] | None = None, **given: Any) -> facts.Layer:
        path = given.pop("path", f"{kind.lower()}_{len(self.weights)}")
        first = len(self.weights)
        names = _NAMES.get(kind, ["kernel", "bias", "lora_kernel_a", "lora_kernel_b"])
        for name, shape in zip(names, own or [], strict=False):
            self.weights.append(facts.Weight(f"{path}/{name}", name, shape, "float32", trainable=True))
        return facts.Layer(
            path,
            path.rpartition("/")[2],
            kind if "." in kind else f"keras.layers.{kind}",
            bases=given.pop("bases", []),
            input_shape=given.pop("input_shape", None),
            weights=list(range(first, len(self.weights))),
            children=list(children),
            arguments=given,
        )

    def dense(self, inputs: int = 3, units: int = 4, use_bias: bool = True, **given: Any) -> facts.Layer:
        own = [[inputs, units], [units]] if use_bias else [[inputs, units]]
        given = {"own": own, "input_shape": [None, inputs], **given}
        return self.layer("Dense", units=units, use_bias=use_bias, **given)

    def legend(self, *layers: facts.Layer, shows_all: bool = False) -> dict[str, list[tuple[str, str]]]:
        model = facts.Model(
            name="m", class_name="mine.Net", layers=list(layers), weights=self.weights, variables="real", frameworks={}
        )
        contents = table.build(model)
        shown = contents.rows if shows_all else contents.outermost()
        return {entry.kind.title: list(entry.lines()) for entry in legend.entries(model, contents, shown)}


def test_the_seed(seed: facts.Model) -> None:
    contents = table.build(seed)
    entries = legend.entries(seed, contents, contents.outermost())
    assert [entry.kind.title for entry in entries] == ["Dense", "Batch normalization"]
    assert [list(entry.lines()) for entry in entries] == [
        [("inputs × units + units", "")],
        [("4 (gamma, beta, moving mean, moving variance) × channels", "")],
    ]


def test_what_there_are_several_of_says_it_by_itself() -> None:
    made = Made()
    cell = made.layer(
        "GRUCell", path="gru/cell", own=[[2, 9], [3, 9], [2, 9]], input_shape=[None, 2], units=3, use_bias=True
    )
    cell.arguments["reset_after"] = True
    assert made.legend(made.layer("GRU", cell, path="gru")) == {
        "Gated recurrent unit (GRU)": [
            (
                "3 × ((inputs + units) × units + 2 × units)",
                (
                    "units: the state that is fed back; 3 gates: update, reset, candidate; "
                    "2 biases: for the inputs, for the state (reset_after)"
                ),
            )
        ]
    }


def test_each_form_of_a_kind_is_listed_once() -> None:
    made = Made()
    two = made.legend(made.dense(), made.dense(5, 6), made.dense(use_bias=False))
    assert two == {"Dense": [("inputs × units + units", ""), ("inputs × units", "")]}

    def grouped(groups: int) -> facts.Layer:
        return made.layer(
            "Conv1D",
            own=[[3, 24 // groups, 8]],
            input_shape=[None, 9, 24],
            kernel_size=[3],
            filters=8,
            groups=groups,
            use_bias=False,
            data_format="channels_last",
        )

    assert made.legend(*map(grouped, (1, 2, 4, 8))) == {
        "Convolution": [
            ("kernel size × input channels × filters", ""),
            (
                "kernel size × input channels of a group × filters",
                "input channels of a group, of which there are 2",
            ),
        ]
    }


def test_of_many_forms_the_last_are_counted() -> None:
    made = Made()
    norms = [
        made.layer("LayerNormalization", own=[[7] * rank], input_shape=[None] + [7] * rank, axis=axes, scale=True)
        for rank, axes in ((1, [1]), (2, [1, 2]), (3, [1, 2, 3]), (4, [1, 2, 3, 4]))
    ]
    for norm in norms:
        norm.arguments["center"] = False
    assert made.legend(*norms) == {
        "Layer normalization": [
            ("features", "features, with a gamma each"),
            ("1 (gamma) × size of axis 1 × size of axis 2", ""),
            ("2 more forms", ""),
        ]
    }


def test_layers_without_weights_and_unknown_ones_are_left_out() -> None:
    made = Made()
    assert made.legend(made.layer("Dropout"), made.layer("Dense"), made.layer("mine.Own", own=[[3]])) == {}


def test_of_a_layer_that_somebody_else_explains_the_formula_is_all_that_is_known() -> None:
    made = Made()
    count = to_plain(Number(2, "factors: up, down") * Dimension(5, "channels"))
    own = msgspec.structs.replace(
        made.layer("mine.Scale", own=[[10]]), offer=facts.Offer("mine:explain", formula=count)
    )
    assert made.legend(own) == {"Scale": [("2 × channels", "2 factors: up, down")]}


def test_a_subclass_is_of_the_kind_of_the_nearest_known_class() -> None:
    made = Made()
    kinds = ["mine.Base", "keras.layers.Dense", "keras.layers.Layer"]
    given = {"bases": kinds, "input_shape": [None, 3], "units": 4, "use_bias": False}
    assert made.legend(made.layer("mine.Gated", own=[[3, 4]], **given)) == {"Dense": [("inputs × units", "")]}
    rectifier = made.layer("tf_keras.layers.PReLU", own=[[7]], input_shape=[None, 7])
    assert made.legend(rectifier) == {"Parametric rectifier (PReLU)": [("features", "features, with a slope each")]}


def test_a_subclass_that_owns_something_else_is_of_no_kind() -> None:
    made = Made()
    assert made.legend(made.layer("mine.Gated", own=[[7]], bases=["keras.layers.Dense"])) == {}


def test_layers_inside_others_count_as_well() -> None:
    made = Made()
    block = made.layer("mine.Block", made.dense(path="block/dense"), path="block")
    assert made.legend(block) == {"Dense": [("inputs × units + units", "")]}


def attention(made: Made, **given: Any) -> facts.Layer:
    """Make an attention of 2 heads of 3, on 4 inputs."""
    names = ("query", "key", "value", "attention_output")
    kernel = {"own": [[4, 6]], "equation": "abc,cde->abde", **given}
    parts = [made.layer("EinsumDense", path=f"a/{name}", input_shape=[None, 5, 4], **kernel) for name in names]
    sizes: dict[str, Any] = {"num_heads": 2, "key_dim": 3, "value_dim": 3, "use_bias": False}
    return made.layer("MultiHeadAttention", *parts, path="a", input_shape=[None, 5, 4], **sizes)


def test_layers_inside_an_attention_count_where_they_are_shown() -> None:
    made = Made()
    layer = attention(made)
    assert set(made.legend(layer)) == {"Multi-head attention"}
    layer.children[0] = msgspec.structs.replace(layer.children[0], output_shape=[None, 5, 2, 3])
    assert set(made.legend(layer, shows_all=True)) == {"Multi-head attention", "Einstein summation"}


def test_how_weights_are_kept_stands_at_the_end() -> None:
    made = Made()
    adapted = made.dense(own=[[3, 4], [4], [3, 2], [2, 4]], lora_rank=2)
    norm = made.layer("BatchNormalization", own=[[7]], renorm=True)
    assert list(made.legend(adapted, attention(made, quantization_mode="int8"), norm)) == [
        "Dense",
        "Low-rank adaptation (LoRA)",
        "Quantised to int8",
        "Batch renormalization",
    ]
