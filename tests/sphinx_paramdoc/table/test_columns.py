from __future__ import annotations

import msgspec
import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.table import columns
from sphinx_paramdoc.table.arranging import arrange
from sphinx_paramdoc.table.columns import COLUMNS, DEFAULT, chosen
from sphinx_paramdoc.table.runs import Mark, Run, written
from sphinx_paramdoc.table.view import View, ViewRow
from tests.sphinx_paramdoc.makers import Maker, layer


def cells(view: View, number: int, *names: str) -> tuple[str, ...]:
    """Give the text of one of the outermost rows."""
    return tuple(column.text(view.rows[number], view) for column in chosen(names))


def totals(view: View, *names: str) -> tuple[str, ...]:
    return tuple(column.total(view) for column in chosen(names))


def of_row(built: table.Table, row: table.Row) -> View:
    """Give what a reader sees of a table with one row alone."""
    return arrange(msgspec.structs.replace(built, rows=[row]))


def pieces(row: ViewRow) -> list[tuple[str, str | None]]:
    """Give the runs of the explanation, each with what it is if it is a number."""
    return [(run.text, run.label if run.mark is Mark.TERM else None) for run in row.explanation]


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ([None, 512], "(None, 512)"),
        ([None], "(None,)"),
        ([], "()"),
        (None, "?"),
        ([[None, 4], [None, 8]], "[(None, 4), (None, 8)]"),
        ({"image": [None, 8, 8], "text": [None, 3]}, "{image: (None, 8, 8), text: (None, 3)}"),
        ({"both": [[None, 4], [None, 8]]}, "{both: [(None, 4), (None, 8)]}"),
    ],
)
def test_shapes_are_written_as_keras_does(shape: facts.Shape, text: str) -> None:
    assert written(columns.shape(shape)) == text


def test_cells_of_a_row_and_of_the_total(seed: facts.Model) -> None:
    view = arrange(table.build(seed))
    assert cells(view, 1) == ("dense (Dense)", "(None, 512)", "2,097,664", "4096 × 512 + 512 = 2,097,664")
    assert totals(view) == ("Total", "", "2,140,752", "2,139,728 trainable + 1,024 non-trainable")
    assert [column.total_below(view) for column in chosen()] == ["", "", "8.17 MiB", "8.16 MiB + 4.00 KiB"]


def test_each_number_of_a_formula_stands_alone(seed: facts.Model) -> None:
    rows = arrange(table.build(seed)).rows
    assert pieces(rows[1]) == [
        ("4096", "inputs"),
        (" × ", None),
        ("512", "units"),
        (" + ", None),
        ("512", "units"),
        (" = 2,097,664", None),
        ("inputs × units + units", None),
    ]
    assert "".join(text for text, _ in pieces(rows[3])) == "no weights: it only masks activations"


def test_the_pieces_of_every_row_are_its_explanation(seed: facts.Model) -> None:
    for row in arrange(table.build(seed)).rows:
        assert written(row.explanation) == row.layers[0].explanation


def test_a_folded_row_names_its_ends_and_adds_up(seed: facts.Model) -> None:
    built = table.build(seed)
    dense = msgspec.structs.replace(built.rows[1], repeat=3, copies=["dense_1", "dense_2"])
    assert cells(of_row(built, dense), 0)[0::2] == ("dense to dense_2 (Dense)", "6,292,992")
    odd = msgspec.structs.replace(dense, copies=["dense_7", "dense_9"])
    assert cells(of_row(built, odd), 0)[0] == "dense, dense_7 and dense_9 (Dense)"
    many = msgspec.structs.replace(dense, repeat=6, copies=list("abcde"))
    assert cells(of_row(built, many), 0)[0] == "dense, a, b and 3 more (Dense)"
    inside = msgspec.structs.replace(dense, repeat=2, copies=["in/dense_7"])
    assert cells(of_row(built, inside), 0)[0] == "dense and dense_7 (Dense)"


def test_each_name_knows_its_layer(seed: facts.Model) -> None:
    built = table.build(seed)
    dense = msgspec.structs.replace(built.rows[1], repeat=3, copies=["in/dense_1", "in/dense_2"])
    assert of_row(built, dense).rows[0].names == (
        Run("dense", Mark.NAME, path="dense"),
        Run(" to "),
        Run("dense_2", Mark.NAME, path="in/dense_2"),
    )


def test_the_numbers_of_a_folded_rows_formula_are_found(seed: facts.Model) -> None:
    dense = seed.layers[1]
    names = ["a", "b", "c", "d", "512"]
    shapes = {"kernel": [512, 512], "bias": [512]}
    weights = [
        facts.Weight(f"{name}/{weight}", weight, shape, "float32", trainable=True)
        for name in names
        for weight, shape in shapes.items()
    ]
    layers = [
        msgspec.structs.replace(dense, path=name, name=name, weights=[2 * n, 2 * n + 1], input_shape=[None, 512])
        for n, name in enumerate(names)
    ]
    view = arrange(table.build(msgspec.structs.replace(seed, layers=layers, weights=weights)))
    assert pieces(view.rows[0]) == [
        ("5 × 262,656 = 1,313,280; each ", None),
        ("512", "inputs"),
        (" × ", None),
        ("512", "units"),
        (" + ", None),
        ("512", "units"),
        (" = 262,656", None),
        ("inputs × units + units", None),
    ]


def test_every_column_of_a_row_and_of_the_total(seed: facts.Model) -> None:
    view = arrange(table.build(seed))
    assert cells(view, 2, *COLUMNS) == (
        "batch_normalization",
        "BatchNormalization",
        "(None, 512)",
        "(None, 512)",
        "2,048",
        "1,024",
        "1,024",
        "0.1 %",
        "8.00 KiB",
        "float32",
        "dense",
        "gamma 512; beta 512; moving_mean 512; moving_variance 512",
        "",
        "4 × 512 = 2,048; 1,024 non-trainable: moving mean and moving variance are tracked, not learned",
    )
    assert totals(view, *COLUMNS) == (
        *("Total", "", "", "", "2,140,752", "2,139,728", "1,024", "100 %", "8.17 MiB", "", "", "", ""),
        "2,139,728 trainable + 1,024 non-trainable",
    )


def test_what_a_column_says_is_said_nowhere_else(seed: facts.Model) -> None:
    view = arrange(table.build(seed))
    assert cells(view, 1, "class", "layer") == ("Dense", "dense")
    assert [column.total_below(view) for column in chosen(("params", "size"))] == ["", ""]


def test_a_share_is_of_the_whole_and_says_nothing_of_nothing(make: Maker) -> None:
    built = make.table(
        make.dense("large", 999, 1000), *(make.dense(f"small_{n}", 4, 4) for n in range(5)), layer("quiet")
    )
    view = arrange(built)
    assert [cells(view, n, "share") for n in range(3)] == [("> 99.9 %",), ("< 0.1 %",), ("0 %",)]
    assert totals(arrange(make.table(layer("quiet"))), "share") == ("0 %",)
    halves = arrange(Maker().table(layer("nothing")))
    assert cells(halves, 0, "share") == ("0 %",)


def test_the_types_of_a_row_are_those_of_all_that_is_inside(make: Maker) -> None:
    block = make.block("b")
    make.weights[1] = msgspec.structs.replace(make.weights[1], dtype="bfloat16")
    view = arrange(make.table(block, layer("quiet")))
    assert [cells(view, n, "dtype") for n in range(2)] == [("float32, bfloat16",), ("",)]


def test_a_link_knows_the_layer_that_it_is_about(make: Maker) -> None:
    view = arrange(make.table(make.dense("a"), layer("b", connected_to=["a", "in/c"])))
    [column] = chosen(["connected-to"])
    assert list(column.cell(view.rows[1], view)) == [
        Run("a", Mark.LINK, path="a"),
        Run(", "),
        Run("in/c", Mark.LINK, path="in/c"),
    ]


def test_columns_are_in_the_order_of_their_names_and_unknown_ones_are_no_column() -> None:
    assert [column.name for column in chosen(["params", "layer"])] == ["params", "layer"]
    assert [column.name for column in chosen()] == list(DEFAULT)
    with pytest.raises(KeyError):
        chosen(["parms"])
