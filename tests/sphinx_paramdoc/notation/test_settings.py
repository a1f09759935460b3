"""What a setting is: one declaration, and the places that it is written in."""

from __future__ import annotations

import argparse

import pytest

from sphinx_paramdoc.command.options import Command
from sphinx_paramdoc.notation import flags, options
from sphinx_paramdoc.notation.configuration import Configuration
from sphinx_paramdoc.notation.declaration import settings
from sphinx_paramdoc.notation.model_lists import ListOptions, RowOptions
from sphinx_paramdoc.notation.settings import Options
from tests.sphinx_paramdoc.notation.colours import Coloured


def test_a_setting_has_one_name_in_every_place() -> None:
    [shape] = (setting for setting in settings(Options) if setting.attribute == "input_shape")
    assert (shape.name, shape.value_name) == ("input-shape", "paramdoc_input_shape")
    for of in (Options, ListOptions, RowOptions, Configuration, Command):
        assert [setting.attribute for setting in settings(of)] == [
            name for name in of.__struct_fields__ if name != "options"
        ]
        assert all(setting.option or setting.value or setting.flag for setting in settings(of))


def test_where_a_block_is_silent_its_project_speaks() -> None:
    defaults = Options(depth=2, legend=True, backend="jax")
    said = options.read({"depth": "0", "legend": "off"}, ["keras.x"], code="", defaults=defaults)
    assert said == Options(depth=0, legend=False, backend="jax")


# Several words


@pytest.mark.parametrize("text", ["red blue", "red,blue", " red,\n blue", "red , blue,"])
def test_words_of_a_block(text: str) -> None:
    said = options.read({"colours": text}, ["keras.x"], code="", defaults=Coloured(depth=1))
    assert said == Coloured(depth=1, colours=("red", "blue"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("red pink", ":colours: 'pink' is none of red, green, blue"),
        ("", ":colours: it needs a value"),
        (" , ", ":colours: it needs a value"),
    ],
)
def test_words_that_are_none(text: str, message: str) -> None:
    with pytest.raises(options.MisuseError) as raised:
        options.read({"colours": text}, ["keras.x"], code="", defaults=Coloured())
    assert (str(raised.value), raised.value.option) == (message, "colours")


def test_an_option_with_words_is_known_by_its_name() -> None:
    with pytest.raises(options.MisuseError, match=r"unknown option :colour: \(did you mean :colours:\?\)"):
        options.read({"colour": "red"}, ["keras.x"], code="", defaults=Coloured())


def parsed(*arguments: str) -> tuple[Command, Coloured]:
    parser = argparse.ArgumentParser(prog="paramsummary")
    flags.add(parser, Command)
    flags.add(parser, Coloured)
    read = parser.parse_args(arguments)
    return flags.given(read, Command), flags.given(read, Coloured)


@pytest.mark.parametrize(
    "arguments",
    [
        ["a.b()", "--colours", "red", "blue"],
        ["a.b()", "--colours", "red blue"],
        ["a.b()", "--colours", "red,blue"],
        ["a.b()", "--colours=red, blue", "--depth", "2"],
        ["--depth", "2", "a.b()", "--colours", "red", "--colours", "blue"],
        ["--colours", "red", "blue", "--", "a.b()"],
        ["--depth", "2", "--colours", "red, blue", "--", "a.b()"],
    ],
)
def test_words_of_a_command(arguments: list[str]) -> None:
    depth = 2 if "--depth" in arguments else 0
    assert parsed(*arguments) == (Command(expression="a.b()"), Coloured(depth=depth, colours=("red", "blue")))


@pytest.mark.parametrize("expression", ["keras.applications.VGG16(weights=None)", "nets:build(a=1, b=2)", "build(3)"])
@pytest.mark.parametrize("before", [["red"], ["red", "blue"], []])
def test_an_expression_among_words_is_wrong_usage(
    before: list[str], expression: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parsed("--colours", *before, expression)
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith(
        f"paramsummary: error: argument --colours: {expression!r} looks like an expression: "
        "EXPRESSION stands before --colours, or behind --\n"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["red", "pink"], "argument --colours: 'pink' is none of red, green, blue"),
        (["red", ""], "argument --colours: it needs a value"),
        ([], "argument --colours: expected at least one argument"),
    ],
)
def test_words_of_a_command_that_are_none(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parsed("a.b()", "--colours", *words)
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


def test_what_a_command_does_not_say_is_the_default() -> None:
    assert parsed() == (Command(), Coloured())
