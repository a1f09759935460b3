"""The lines of a list of models, and the old Keras code that is found in them, each at its place."""

from __future__ import annotations

import pytest

from flake8_paramdoc.edits.documents import Kind, look, rewritten
from flake8_paramdoc.edits.rounds import Wanted
from flake8_paramdoc.texts.directives import Piece
from flake8_paramdoc.texts.model_lists import Line, lines, named
from tests.flake8_paramdoc.linting import findings


def read(text: str) -> list[Line]:
    return lines([Piece(number, 0, line) for number, line in enumerate(text.split("\n"))])


def test_a_line_is_parted_at_the_first_colon_with_a_blank_behind_it() -> None:
    [one, two] = read("ResNet 50: keras.applications.ResNet50(weights=None)\na:b : pkg.models:build({1: 2})")
    assert (one.name, one.text) == ("ResNet 50", "keras.applications.ResNet50(weights=None)")
    assert (two.name, two.text) == ("a:b", "pkg.models:build({1: 2})")


def test_lines_that_stand_further_right_go_on_until_one_is_an_option() -> None:
    options = "   :timeout: 3\n   :input-shape: (None,\n     5)"
    text = f"# the small one\na: build(\n     3,\n\n   # more\n   4)\n{options}\nb:\n  build()"
    [one, two] = read(text)
    assert (one.line, one.text) == (1, "build(\n3,\n4)")
    assert [(option.name, option.line, option.text) for option in one.options] == [
        ("timeout", 6, "3"),
        ("input-shape", 7, "(None,\n5)"),
    ]
    assert (two.name, two.text, two.expression[0].line) == ("b", "build()", 10)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("keras.applications.VGG16(weights=None)", "VGG16: keras.applications.VGG16(weights=None)"),
        ("pkg.models:build", "build: pkg.models:build"),
        ("big pkg.models:build()", "big: pkg.models:build()"),
        ("big:pkg.models:build()", "NAME: big:pkg.models:build()"),
        ("3 + 4", "NAME: 3 + 4"),
        (": pkg.models:build()", "build: pkg.models:build()"),
    ],
)
def test_a_line_without_a_name_is_shown_as_it_was_perhaps_meant(line: str, meant: str) -> None:
    assert [each.name for each in read(line)] == [""]
    assert named(line) == meant


PAGE = """
.. paramlist::
   :caption: Two

   one: keras.layers.Dense(output_dim=3)
   two: keras.Sequential([
          keras.layers.Dropout(p=0.5)])
      :timeout: 3
   broken: keras.layers.Dense(

.. paramlist:: keras.layers.Convolution1D

   one: nb_filter=3
   two: filters=3,
     border_mode="same"
"""

FOUND = [
    ("KER101", 5, 27),
    ("KER101", 7, 31),
    ("KER301", 9, 29),
    ("KER101", 13, 8),
    ("KER101", 15, 5),
]


def test_old_code_in_a_page_is_found_at_its_place_that_of_a_builder_once() -> None:
    found = look(PAGE, Kind.RST, Wanted()).findings
    assert [(one.code, one.line, one.column) for one in found] == FOUND
    assert found[2].message == "paramlist row does not parse: '(' was never closed"


def test_old_code_in_a_docstring_is_found_at_its_place() -> None:
    code = f'import keras\n\n\ndef build():\n    """Build.\n{PAGE}"""\n'
    found = [(one.code, one.line, one.column) for one in findings(code)]
    assert found == [(code, line + 5, column) for code, line, column in FOUND]


@pytest.mark.parametrize("fence", ["```", ":::"])
def test_old_code_in_markdown_is_found_at_its_place(fence: str) -> None:
    text = f"{fence}{{paramlist}}\n:caption: One\n\none: keras.layers.Dense(output_dim=3)\n{fence}\n"
    [found] = look(text, Kind.MARKDOWN, Wanted()).findings
    assert (found.code, found.line, found.column) == ("KER101", 4, 24)


def test_a_line_is_written_anew_and_nothing_around_it() -> None:
    outcome = rewritten(PAGE, Kind.RST, Wanted())
    assert outcome.text == PAGE.replace("Dense(output_dim=3)", "Dense(units=3)")


def test_a_list_that_is_upgraded_when_it_runs_is_left_alone() -> None:
    text = PAGE.replace("   :caption: Two\n", "   :upgrade:\n")
    assert [one.line for one in look(text, Kind.RST, Wanted()).findings] == [13, 15]
