from __future__ import annotations

import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.rendering import cells


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
    assert cells.shape(shape) == text


def test_cells_of_a_row_and_of_the_total(seed: facts.Model) -> None:
    built = table.build(seed)
    assert cells.cells(built.rows[1]) == ("dense (Dense)", "(None, 512)", "2,097,664", "4096 × 512 + 512 = 2,097,664")
    assert cells.total_cells(built) == ("Total", "", "2,140,752", "2,139,728 trainable + 1,024 non-trainable")


def test_each_number_of_a_formula_stands_alone(seed: facts.Model) -> None:
    rows = table.build(seed).rows
    assert list(cells.pieces(rows[1])) == [
        ("4096", "inputs"),
        (" × ", None),
        ("512", "units"),
        (" + ", None),
        ("512", "units"),
        (" = 2,097,664", None),
    ]
    assert list(cells.pieces(rows[3])) == [("no weights: it only masks activations", None)]


def test_the_pieces_of_every_row_are_its_explanation(seed: facts.Model) -> None:
    for row in table.build(seed).rows:
        assert "".join(text for text, _ in cells.pieces(row)) == row.explanation
