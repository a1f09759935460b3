from __future__ import annotations

from collections.abc import Iterable

import msgspec
import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.table import columns
from sphinx_paramdoc.table.columns import COLUMNS, Mark, Run


def cells(row: table.Row) -> tuple[str, ...]:
    return tuple(column.text(row) for column in COLUMNS)


def pieces(row: table.Row) -> list[tuple[str, str | None]]:
    """Give the runs of the explanation, each with what it is if it is a number."""
    [column] = [column for column in COLUMNS if column.name == "explanation"]
    return [(run.text, run.label if run.mark is Mark.TERM else None) for run in column.cell(row)]


def written(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


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
    built = table.build(seed)
    assert cells(built.rows[1]) == ("dense (Dense)", "(None, 512)", "2,097,664", "4096 × 512 + 512 = 2,097,664")
    assert tuple(column.total(built) for column in COLUMNS) == (
        "Total",
        "",
        "2,140,752",
        "2,139,728 trainable + 1,024 non-trainable",
    )


def test_each_number_of_a_formula_stands_alone(seed: facts.Model) -> None:
    rows = table.build(seed).rows
    assert pieces(rows[1]) == [
        ("4096", "inputs"),
        (" × ", None),
        ("512", "units"),
        (" + ", None),
        ("512", "units"),
        (" = 2,097,664", None),
    ]
    assert pieces(rows[3]) == [("no weights", None), (": it only masks activations", None)]


def test_the_pieces_of_every_row_are_its_explanation(seed: facts.Model) -> None:
    for row in table.build(seed).rows:
        assert "".join(text for text, _ in pieces(row)) == row.explanation


def test_a_folded_row_names_its_ends_and_adds_up(seed: facts.Model) -> None:
    dense = msgspec.structs.replace(table.build(seed).rows[1], repeat=3, copies=["dense_1", "dense_2"])
    assert cells(dense)[0::2] == ("dense to dense_2 (Dense)", "6,292,992")
    odd = msgspec.structs.replace(dense, copies=["dense_7", "dense_9"])
    assert written(columns.layer(odd)) == "dense, dense_7 and dense_9 (Dense)"
    many = msgspec.structs.replace(dense, repeat=6, copies=list("abcde"))
    assert written(columns.layer(many)) == "dense, a, b and 3 more (Dense)"
    assert (
        written(columns.layer(msgspec.structs.replace(dense, repeat=2, copies=["in/dense_7"])))
        == "dense and dense_7 (Dense)"
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
    row = table.build(msgspec.structs.replace(seed, layers=layers, weights=weights)).rows[0]
    assert pieces(row) == [
        ("5 × 262,656 = 1,313,280; each ", None),
        ("512", "inputs"),
        (" × ", None),
        ("512", "units"),
        (" + ", None),
        ("512", "units"),
        (" = 262,656", None),
    ]


def test_columns_have_names_of_their_own_and_share_a_whole_page() -> None:
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)
    assert sum(column.share for column in COLUMNS) == 100
