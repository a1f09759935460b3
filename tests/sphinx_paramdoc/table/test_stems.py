from __future__ import annotations

import pytest

from sphinx_paramdoc.table.stems import Stem, stems, words


def found(*names: str, whole: bool = False) -> list[Stem]:
    """Find the stems of layers that are all named by hand."""
    return stems(names, [words(name, "Dense") for name in names], whole=whole)


def block(stem: str, *endings: str) -> list[str]:
    return [f"{stem}_{ending}" for ending in endings]


HEAD = ("before", "after", "behind")


def test_three_neighbours_whose_names_begin_alike_have_a_stem() -> None:
    assert found("x", *block("b1", "conv", "bn", "relu"), *HEAD) == [Stem(1, 4, "b1")]
    assert found("x", *block("b1", "conv", "bn"), *HEAD) == []


def test_the_longest_stem_counts_and_is_written_as_in_the_names() -> None:
    names = ["stage.1-conv_a", "stage.1-conv_b", "stage.1-norm"]
    assert found(*names, *HEAD) == [Stem(0, 3, "stage.1")]


def test_a_layer_that_is_called_as_the_stem_is_one_of_its_layers() -> None:
    assert found("conv", "conv_bn", "conv_relu", *HEAD) == [Stem(0, 3, "conv")]


@pytest.mark.parametrize(
    "names",
    [
        ["layer_1", "layer_2", "layer_3"],
        ["encoder_layer_1", "encoder_layer_2", "encoder_layer_10"],
        ["conv1a", "conv1b", "conv1c"],
    ],
)
def test_what_only_counts_on_has_no_stem(names: list[str]) -> None:
    assert found(*names, *HEAD) == []


def test_names_that_the_framework_has_given_have_no_stem() -> None:
    names = ["batch_normalization", "batch_normalization_1", "batch_mean", "batch_variance"]
    classes = ["BatchNormalization", "BatchNormalization", "Mean", "Variance"]
    assert [words(name, of) for name, of in zip(names, classes, strict=True)] == [
        (),
        (),
        ("batch", "mean"),
        ("batch", "variance"),
    ]
    assert words("conv2d_3", "Conv2D") == words("multi_head_attention", "MultiHeadAttention") == ()
    assert words("dense", "Conv2D") == ("dense",)


def test_a_few_such_layers_between_two_of_a_stem_belong_to_it() -> None:
    names = ["b1_conv", "re_lu", "dropout", "b1_norm", "re_lu_1", "b1_out", "re_lu_2", *HEAD]
    named = [() if name.startswith(("re_lu", "dropout")) else words(name, "Dense") for name in names]
    assert stems(names, named) == [Stem(0, 6, "b1")]
    many = ["b1_conv", "b1_in", *(f"re_lu_{n}" for n in range(4)), "b1_norm", "b1_out", *HEAD]
    named = [() if name.startswith("re_lu") else words(name, "Dense") for name in many]
    assert stems(many, named) == []


def test_an_input_belongs_to_none_and_parts_what_stands_around_it() -> None:
    names = ["b1_conv", "b1_bn", "b1_input", "b1_relu", "b1_out", *HEAD]
    named = [None if name == "b1_input" else words(name, "Dense") for name in names]
    assert stems(names, named) == []


def test_what_begins_alike_here_and_there_has_no_stem() -> None:
    assert found(*block("a", "x", "y", "z"), "other", *block("a", "u", "v", "w"), *HEAD) == []


def test_stems_inside_of_a_large_one_count_where_they_hold_nearly_all_of_it() -> None:
    blocks = [name for n in (1, 2, 3) for name in block(f"stage2_block{n}", "conv", "bn", "relu", "add", "out")]
    assert found("x", *blocks, *HEAD, "y", "z") == [
        Stem(1 + 5 * n, 6 + 5 * n, f"stage2_block{n + 1}") for n in range(3)
    ]
    assert found("x", *blocks, *HEAD, "y", "z", whole=True) == [Stem(1, 16, "stage2")]
    small = block("stage2_block1", "conv", "bn", "relu"), block("stage2_block2", "conv", "bn", "relu")
    assert found("x", *small[0], *small[1], *HEAD) == [Stem(1, 7, "stage2")]


def test_a_stem_that_would_hold_nearly_everything_says_nothing() -> None:
    assert found("input", *block("net", "conv", "bn", "relu", "dense")) == []
    names = block("net_a", "conv", "bn", "relu") + block("net_b", "conv", "bn", "relu")
    assert found("input", *names) == [Stem(1, 4, "net_a"), Stem(4, 7, "net_b")]
