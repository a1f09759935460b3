"""What is said once for many rows."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.explanation.pieces import Piece
from sphinx_paramdoc.table.arranging import arrange
from sphinx_paramdoc.table.runs import Mark, Run, written
from sphinx_paramdoc.table.saying import Notes, Saying
from sphinx_paramdoc.table.view import Note, ViewRow
from tests.sphinx_paramdoc.makers import Maker, layer
from tests.sphinx_paramdoc.table.networks import Network, resnet50


def reason(text: str, lead: str = ": ") -> Piece:
    return Piece(text, lead=lead)


def row(*sentences: str, shows: bool = True) -> Saying:
    pieces = (reason(text, "; " if number else ": ") for number, text in enumerate(sentences))
    return Saying([Piece("no weights"), *pieces], shows)


def test_a_sentence_of_three_rows_is_a_note_and_one_of_two_is_none() -> None:
    rows = [row("it adds"), row("it pads"), row("it adds"), row("it pads"), row("it adds")]
    notes = Notes(rows)
    assert notes.all() == (Note(1, "it adds", is_shown=True),)
    assert [written(notes.runs(each)) for each in rows[:2]] == ["no weights [1]", "no weights: it pads"]
    assert list(notes.runs(rows[0])) == [Run("no weights"), Run("1", Mark.NOTE)]


def test_sentences_that_stand_together_are_notes_together_or_not_at_all() -> None:
    rows = [row("it adds"), row("it adds"), row("it adds"), row("it adds", "it pads")]
    notes = Notes(rows)
    assert [written(notes.runs(each)) for each in rows[2:]] == ["no weights [1]", "no weights: it adds; it pads"]
    rows = [row("it adds"), row("it adds"), row("it adds", "it pads"), row("it pads"), row("it pads", "it cuts")]
    assert [written(Notes(rows).runs(each)) for each in rows[2:4]] == [
        "no weights: it adds; it pads",
        "no weights: it pads",
    ]
    assert Notes(rows).all() == ()


def test_two_notes_of_a_row_are_two_numbers_that_ascend() -> None:
    rows = [row("a", "b"), row("a", "b"), row("b", "a")]
    assert [written(Notes(rows).runs(each)) for each in rows[1:]] == ["no weights [1] [2]"] * 2


def test_closed_rows_make_no_note_for_those_that_show() -> None:
    rows = [row("a"), row("a", shows=False), row("a", shows=False), row("a", shows=False), row("b"), row("b"), row("b")]
    notes = Notes(rows)
    assert notes.all() == (Note(1, "b", is_shown=True), Note(2, "a", is_shown=False))
    assert [written(notes.runs(each)) for each in rows[:2]] == ["no weights: a", "no weights [2]"]


def test_closed_rows_refer_to_the_notes_of_those_that_show() -> None:
    rows = [row("a"), row("a"), row("a"), row("a", shows=False)]
    assert written(Notes(rows).runs(rows[3])) == "no weights [1]"


def test_what_stands_behind_a_sentence_stays_there() -> None:
    pieces = [Piece("4 × 8 = 32"), reason("a", "; "), Piece("; 16 non-trainable"), reason("b")]
    one = Saying(pieces, is_shown=True)
    assert written(Notes([one]).runs(one)) == "4 × 8 = 32; a; 16 non-trainable: b"
    assert written(Notes([one] * 3).runs(one)) == "4 × 8 = 32 [1]; 16 non-trainable [2]"


def test_the_first_table_of_the_manual_has_no_notes(seed: facts.Model) -> None:
    assert arrange(table.build(seed)).notes == ()


def test_notes_of_a_network_are_numbered_as_they_are_met() -> None:
    view = arrange(table.build(resnet50()), depth=1)
    assert [(note.number, note.text.partition(" are")[0], note.is_shown) for note in view.notes] == [
        (1, "moving mean and moving variance", True),
        (2, "it only applies a fixed function", True),
        (3, "it only adds its inputs", True),
    ]


# The names of numbers


def told(*names: str, depth: int = 0) -> list[str | None]:
    """Give the names of numbers that the rows of plain layers have: a dense layer for each of the names."""
    network = Network()
    network.add("InputLayer", "input", (4,))
    for name in names:
        if name == "norm":
            network.add(
                "LayerNormalization", None, (4,), {"gamma": (4,), "beta": (4,)}, axis=[-1], scale=True, center=True
            )
        elif name.startswith("other"):
            network.add(name.title(), name, (4,), {"w": (4,)})
        elif name == "quiet":
            network.add("ReLU", None, (4,))
        else:
            network.dense(name, 4)
    return list(map(names_in, arrange(table.build(network.model()), depth=depth).rows[1:]))


def names_in(row: ViewRow) -> str | None:
    """Return what a row says that the numbers of its formula are; ``None`` where it does not."""
    return next((run.text for run in row.explanation if run.mark is Mark.NAMES), None)


DENSE = "inputs × units + units"


def test_the_names_of_a_formula_are_told_where_they_are_new() -> None:
    assert told("a", "b", "quiet", "norm", "c") == [
        DENSE,
        None,
        None,
        "2 (gamma, beta) × features",
        DENSE,
    ]


def test_the_names_are_told_again_far_below() -> None:
    others = [f"other{letter}" for letter in "abcdefghij"]
    assert told("x", *others[:9], "y") == [DENSE, *[None] * 10]
    assert told("x", *others, "y") == [DENSE, *[None] * 10, DENSE]


def test_what_a_closed_row_tells_is_told_again_behind_it(make: Maker) -> None:
    box = layer("box", *(make.dense(f"box/{name}") for name in "abc"))
    contents = make.table(box, make.dense("out"), make.dense("end", 3, 3))
    closed = arrange(contents)
    assert list(map(names_in, closed.walk())) == [None, DENSE, None, None, DENSE, None]
    opened = arrange(contents, depth=1)
    assert list(map(names_in, opened.walk())) == [None, DENSE, None, None, None, None]
    before = arrange(make.table(make.dense("first", 7, 7), box))
    assert list(map(names_in, before.walk())) == [DENSE, None, None, None, None]


def test_the_formulas_of_layers_inside_are_told_where_a_row_shows_them(make: Maker) -> None:
    box = layer("box", make.dense("box/a"), make.dense("box/b", 3, 3))
    alone = layer("alone", make.dense("alone/a", 5, 5))
    rows = arrange(make.table(box, make.dense("out"), alone)).rows
    assert written(rows[0].explanation) == "a 40 (4 × 8 + 8) + b 12 (3 × 3 + 3) = 52"
    assert list(map(names_in, rows)) == [DENSE, None, None]
    assert names_in(arrange(make.table(alone)).rows[0]) == DENSE


@pytest.mark.parametrize(
    ("class_name", "weights", "arguments", "symbols"),
    [
        (
            "BatchNormalization",
            dict.fromkeys(("gamma", "beta", "moving_mean", "moving_variance"), (4,)),
            {"axis": -1, "scale": True, "center": True},
            "4 (gamma, beta, moving mean, moving variance) × channels",
        ),
        ("PReLU", {"alpha": (4,)}, {"shared_axes": []}, None),
        ("Unknown", {"w": (4,)}, {}, None),
    ],
)
def test_numbers_without_a_name_are_told_by_what_they_count(
    class_name: str, weights: dict[str, tuple[int, ...]], arguments: dict[str, Any], symbols: str | None
) -> None:
    network = Network()
    network.add("InputLayer", "input", (4,))
    network.add(class_name, None, (4,), weights, **arguments)
    assert names_in(arrange(table.build(network.model())).rows[1]) == symbols
