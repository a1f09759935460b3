"""What a list of models asks for: a block for each line, at its own place."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_paramdoc.texts.directives import Piece
from sphinx_paramdoc.execution import Request
from sphinx_paramdoc.notation import foreseen_docstrings, foresight, model_lists
from sphinx_paramdoc.notation.configuration import Configuration
from sphinx_paramdoc.notation.model_lists import Context, ListOptions, Row
from sphinx_paramdoc.notation.options import MisuseError
from sphinx_paramdoc.notation.settings import Options


def rows(text: str, builder: str = "", asked: ListOptions | None = None) -> list[Row]:
    pieces = [Piece(number, 0, line) for number, line in enumerate(text.split("\n"))]
    return model_lists.rows(builder, pieces, asked or ListOptions(), Context(file="zoo.txt"))


def expressions(found: list[Row]) -> list[str]:
    return [row.listing.expression.text for row in found if row.listing.expression]


def test_each_line_is_a_block_of_its_own_at_its_own_place() -> None:
    [one, two] = rows("one: build(1)\n  :timeout: 3\n  :backend: jax\ntwo: build(\n\n  2)")
    assert (one.listing.request(), one.options) == (Request(expression="build(1)"), Options(timeout=3, backend="jax"))
    assert two.listing.expression
    assert [two.listing.expression.at(line) for line in (1, 2)] == [4, 6]
    assert (two.listing.expression.file, two.options) == ("zoo.txt", Options())


def test_what_the_list_says_holds_for_each_line_that_says_nothing() -> None:
    asked = model_lists.read({"timeout": "9", "weights": "real", "input-shape": "(None, 3)"}, Options(backend="jax"))
    [one, two] = rows("one: build()\n  :input-shape: (None, 4)\ntwo: build()", asked=asked)
    assert one.options == Options(timeout=9, weights="real", input_shape=[None, 4], backend="jax")
    assert two.options == Options(timeout=9, weights="real", input_shape=[None, 3], backend="jax")


@pytest.mark.parametrize(
    ("builder", "arguments", "call"),
    [
        ("pkg.models:gpt", "width=768, layers=12", "pkg.models:gpt(width=768, layers=12)"),
        ("gpt", "", "gpt()"),
        ("gpt()", "", "gpt()"),
        ("pkg.models:gpt(50257, heads=4, width=1)", "width=768", "pkg.models:gpt(50257, heads=4, width=768)"),
        ("gpt(*sizes, **more)", "width=768", "gpt(*sizes, **more, width=768)"),
        ("gpt(sizes=[1,\n  2])", "width=3", "gpt(sizes=[1,\n  2], width=3)"),
        ("zoo.Größe(é=1, ü='ä')", "é=2", "zoo.Größe(ü='ä', é=2)"),
        ("zoo()[0]", "width=3", "zoo()[0](width=3)"),
        ("gpt", "width=(", "gpt(width=()"),
    ],
)
def test_a_builder_is_called_as_people_call_it(builder: str, arguments: str, call: str) -> None:
    assert expressions(rows(f"one: {arguments}", builder)) == [call]


@pytest.mark.parametrize(
    ("text", "builder", "line", "message"),
    [
        ("keras.applications.VGG16()", "", 1, "a model has a name, a colon and a blank before what gives it: VGG16: "),
        ("one:", "", 1, "'one' has no expression behind its colon"),
        ("one: a()\n\none: b()", "", 3, "'one' is the name of line 1 as well: give each model one of its own"),
        ("one: a()\n  :backend: no such", "", 2, ":backend: 'no such' names no backend of Keras"),
        ("one: a()\n  :imput-shape: (3,)", "", 2, "unknown option :imput-shape: (did you mean :input-shape:?)"),
        ("one: pkg.models:gpt(3)", "gpt", 1, "'pkg.models:gpt(3)' are no arguments as width=768, layers=12"),
    ],
)
def test_a_line_that_is_no_model_says_so_at_its_place(text: str, builder: str, line: int, message: str) -> None:
    *_, last = rows(text, builder)
    assert str(last.misuse).startswith(message)
    assert last.misuse_line == line


def test_what_decides_nothing_is_left_out_and_the_model_stays() -> None:
    [one] = rows("one: a()\n  :caption: A\n  :timeout: soon")
    assert one.misuse is None
    assert [(line, str(slip).partition(" (")[0]) for line, slip in one.slips] == [
        (2, "unknown option :caption:"),
        (3, ":timeout: 'soon' is not a number of seconds greater than 0"),
    ]


@pytest.mark.parametrize(
    ("text", "builder", "example"),
    [("", "", "NAME: EXPRESSION"), ("# one: a()\n", "gpt", "NAME: width=768, layers=12")],
)
def test_an_empty_list_says_what_a_line_is(text: str, builder: str, example: str) -> None:
    with pytest.raises(MisuseError, match=f"there are no models: each is a line such as {example}"):
        rows(text, builder)


def test_a_list_is_upgraded_line_by_line() -> None:
    [one, two] = rows(
        "one: keras.layers.Dense(output_dim=3)\ntwo: keras.layers.Dense(3", asked=ListOptions(upgrade=True)
    )
    assert expressions([one]) == ["keras.layers.Dense(units=3)"]
    assert one.upgraded
    assert one.upgraded.said == "Written for an older Keras, and changed: output_dim → units."
    assert (str(two.misuse), two.misuse_line) == (":upgrade: the code does not parse ('(' was never closed)", 2)


@pytest.mark.parametrize(
    ("given", "columns"),
    [
        ({}, "model params trainable non-trainable size"),
        ({"vary": ""}, "model params in-arguments trainable non-trainable size"),
        ({"columns": "params, layers", "vary": "width"}, "model params layers"),
        ({"columns": "size model"}, "size model"),
    ],
)
def test_names_come_first_and_formulas_behind_counts(given: dict[str, str], columns: str) -> None:
    assert model_lists.columns(model_lists.read(given, Options())) == tuple(columns.split())


@pytest.mark.parametrize(
    ("asked", "text", "builder", "varied"),
    [
        (ListOptions(), "one: a=1", "gpt", None),
        (ListOptions(vary=()), "one: a=1", "gpt", ()),
        (ListOptions(vary=("b",)), "one: a=1", "gpt", ("b",)),
        (ListOptions(columns=("in-arguments",)), "one: a=1\ntwo: b=2, c='x'", "gpt", ("a", "b")),
        (ListOptions(columns=("in-arguments",)), "one: c='x'", "gpt", None),
        (ListOptions(columns=("in-arguments",)), "one: gpt(a=1)", "", ()),
    ],
)
def test_what_is_varied(asked: ListOptions, text: str, builder: str, varied: tuple[str, ...] | None) -> None:
    assert model_lists.varied(asked, rows(text, builder), {"a": 1, "b": 2, "d": 4}) == varied


def test_widths_belong_to_the_columns_that_there_are() -> None:
    slips: list[MisuseError] = []
    assert model_lists.read({"widths": "1 2 3"}, Options(), slips).widths is None
    assert [str(slip) for slip in slips] == [":widths: there are 3 for 5 columns"]
    assert model_lists.read({"widths": "1 2", "columns": "params"}, Options()).widths == (1, 2)


# Foresight


PAGE = ".. paramlist::\n   :timeout: 9\n\n   one: a()\n   two: b(\n     3)\n   bad\n\n.. paramlist:: gpt\n\n   x: n=1\n"


def test_the_models_of_a_page_are_foreseen(tmp_path: Path) -> None:
    (tmp_path / "page.rst").write_text(PAGE)
    found = list(foresight.blocks(tmp_path / "page.rst", Configuration()))
    assert [each.listing.request().expression for each in found] == ["a()", "b(\n3)", "gpt(n=1)"]
    assert [each.options.timeout for each in found] == [9, 9, 60]


@pytest.mark.parametrize("marks", ["```", ":::"])
def test_the_models_of_a_page_in_markdown_are_foreseen(tmp_path: Path, marks: str) -> None:
    text = f"# Title\n\n{marks}{{paramlist}}\n---\ntimeout: 9\n---\none: a()\n\ntwo: b()\n{marks}\n"
    (tmp_path / "page.md").write_text(text)
    found = list(foresight.blocks(tmp_path / "page.md", Configuration()))
    assert [(each.listing.request().expression, each.options.timeout) for each in found] == [("a()", 9), ("b()", 9)]


def test_a_list_that_is_not_written_as_it_should_be_is_not_foreseen(tmp_path: Path) -> None:
    (tmp_path / "page.rst").write_text(
        ".. paramlist::\n   one: a()\n\n.. paramlist::\n   :backend: a b\n\n   two: b()\n"
    )
    assert list(foresight.blocks(tmp_path / "page.rst", Configuration())) == []


def test_the_models_of_a_docstring_are_foreseen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = 'def build(n):\n    """Build.\n\n    .. paramlist:: build\n\n       one: n=3\n    """\n'
    (tmp_path / "listed_nets.py").write_text(code)
    (tmp_path / "page.rst").write_text(".. autofunction:: listed_nets.build\n")
    monkeypatch.syspath_prepend(tmp_path)
    [found] = foreseen_docstrings.blocks(tmp_path / "page.rst", Configuration())
    assert found.listing.request() == Request(module="listed_nets", expression="build(n=3)")
