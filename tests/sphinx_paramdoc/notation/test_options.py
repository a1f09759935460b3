from __future__ import annotations

from typing import Any

import pytest

from sphinx_paramdoc.notation import options
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.table.columns import COLUMNS


@pytest.mark.parametrize(
    ("given", "values"),
    [
        ({"depth": "0"}, {"depth": 0}),
        ({"depth": "12", "unfold": ""}, {"depth": 12, "unfold": True}),
        ({"input-shape": "(None, 4)"}, {"input-shape": [None, 4]}),
        ({"input-shape": "None, 28, 28, 1"}, {"input-shape": [None, 28, 28, 1]}),
        ({"input-shape": "(2, 5, 3)"}, {"input-shape": [2, 5, 3]}),
        ({"input-shape": "(None,)"}, {"input-shape": [None]}),
        ({"input-shape": "[(None, 4), (None, 5)]"}, {"input-shape": [[None, 4], [None, 5]]}),
        ({"input-shape": "{'a': (None, 4), 'b': [None]}"}, {"input-shape": {"a": [None, 4], "b": [None]}}),
        ({"columns": "layer, share size"}, {"columns": ("layer", "share", "size")}),
        ({"layers": "enc* dec/*"}, {"layers": ("enc*", "dec/*")}),
        ({"class": "wide quiet"}, {"class_": ("wide", "quiet")}),
        ({"align": "right", "width": "80%"}, {"align": "right", "width": "80%"}),
        ({"widths": "30 20, 15 35"}, {"widths": (30, 20, 15, 35)}),
        ({"widths": "2 1", "columns": "layer params"}, {"widths": (2, 1), "columns": ("layer", "params")}),
        ({"widths": "auto"}, {"widths": "auto"}),
        ({}, {}),
    ],
)
def test_what_a_block_says(given: dict[str, str], values: dict[str, Any]) -> None:
    said = {name.replace("-", "_"): value for name, value in values.items()}
    assert options.read(given, ["keras.x"], code="") == Options(**said)


@pytest.mark.parametrize(
    ("text", "value"), [("", True), ("on", True), ("true", True), ("off", False), ("false", False)]
)
def test_a_switch_needs_no_value_and_takes_one(text: str, value: bool) -> None:
    assert options.read({"legend": text}, ["mynets.build"], code="") == Options(legend=value)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"depth": "-1"}, ":depth: '-1' is not a depth such as 0, 1, 2"),
        ({"depth": "1" * 19}, ":depth: 111111111111111111… has more than 18 digits"),
        ({"depth": "１"}, ":depth: '１' is not a depth such as 0, 1, 2"),
        ({"total": "1" * 5000}, ":total: 111111111111111111… has more than 18 digits"),
        ({"total": "1,000,000,000,000,000,000"}, ":total: 1,000,000,000,000,… has more than 18 digits"),
        ({"total": "１２"}, ":total: '１２' is not a count such as 2,140,752"),
        ({"timeout": "1_0"}, ":timeout: '1_0' is not a number of seconds greater than 0"),
        ({"timeout": "９"}, ":timeout: '９' is not a number of seconds greater than 0"),
        ({"timeout": "0.0"}, ":timeout: '0.0' is not a number of seconds greater than 0"),
        ({"timeout": "1" * 19}, ":timeout: 111111111111111111… has more than 18 digits"),
        ({"timeout": f"0.{'1' * 19}"}, ":timeout: 111111111111111111… has more than 18 digits"),
        ({"input-shape": f"(None, {'1' * 19})"}, ":input-shape: 111111111111111111… has more than 18 digits"),
        (
            {"input-shape": f"{{'a': (None, {'1' * 19}), 'b': [(2, 3)]}}"},
            ":input-shape: 111111111111111111… has more than 18 digits",
        ),
        ({"depth": "all"}, ":depth: 'all' is not a depth such as 0, 1, 2"),
        ({"depth": ""}, ":depth: '' is not a depth such as 0, 1, 2"),
        ({"columns": "layer share rows"}, f":columns: 'rows' is none of {', '.join(COLUMNS)}"),
        ({"columns": ""}, ":columns: it needs a value"),
        ({"class": "12"}, ":class: '12' is no name of a class, which has a letter"),
        ({"columns": "parameters"}, f":columns: 'parameters' is none of {', '.join(COLUMNS)} (did you mean params?)"),
        (
            {"columns": "shape"},
            f":columns: 'shape' is none of {', '.join(COLUMNS)} (did you mean input-shape or output-shape?)",
        ),
        ({"align": "top"}, ":align: 'top' is none of left, center, right"),
        ({"width": "wide"}, ":width: 'wide' is no width such as 50%, 30em, 400px"),
        ({"widths": "30 0 15 35"}, ":widths: '0' is no width of a column beside the others, such as 30"),
        ({"widths": "30 20"}, ":widths: there are 2 for 4 columns"),
        ({"unfold": "yes"}, ":unfold: takes no value, but has 'yes'"),
        ({"legend": "maybe"}, ":legend: 'maybe' is neither on nor off, and it needs no value"),
        *(
            (
                {"input-shape": text},
                f":input-shape: {text!r} is no shape with the axis of the batch first, such as (None, 28, 28, 1)",
            )
            for text in (
                "",
                "4",
                "(784,)",
                "(None, 0)",
                "(None, -1)",
                "(None, 1.5)",
                "(None, True)",
                "[]",
                "x",
                "[(4,)]",
            )
        ),
    ],
)
def test_what_is_no_value_is_named(given: dict[str, str], message: str) -> None:
    with pytest.raises(options.MisuseError) as raised:
        options.read(given, ["keras.x"], code="")
    assert (str(raised.value), [raised.value.option]) == (message, list(given))


@pytest.mark.parametrize(
    "argument", ["a.b(units=8)\nkeras.Sequential([])", "a.b:c()\nx = 3\nx", "a.b\nimport keras\nkeras.x"]
)
def test_code_directly_below_an_expression_is_told_of(argument: str) -> None:
    with pytest.raises(options.MisuseError, match="code stands directly under the directive"):
        options.read({}, [argument], code="")


@pytest.mark.parametrize("argument", ["a.b(units=8,\n  depth=3)", "a.b:c(\n)", "a.b(\n  oops"])
def test_an_expression_may_take_several_lines(argument: str) -> None:
    """Whether it parses is for Python to say."""
    assert options.read({}, [argument], code="") == Options()


def test_what_decides_nothing_of_the_model_is_left_out_and_told() -> None:
    given = {"colunms": "layer", "depth": "x", "total": "many", "widths": "1 2", "caption": "Mine", "unfold": ""}
    slips: list[options.MisuseError] = []
    read = options.read(given, ["keras.x"], code="", slips=slips)
    assert read == Options(caption="Mine", unfold=True)
    assert [slip.option for slip in slips] == ["colunms", "depth", "total", "widths"]


@pytest.mark.parametrize(
    "given",
    [{"input-shape": "4"}, {"weights": "none"}, {"backend": "a b"}, {"model": ""}, {"imput-shape": "(None, 4)"}],
)
def test_what_decides_which_model_is_meant_must_be_right(given: dict[str, str]) -> None:
    with pytest.raises(options.MisuseError) as raised:
        options.read(given, ["keras.x"], code="", slips=[])
    assert [raised.value.option] == list(given)


@pytest.mark.parametrize("code", [":caption: A net\n\nx = 3", "\n:captoin: A net", ":unfold:"])
def test_an_option_below_the_blank_line_is_told_of(code: str) -> None:
    name = code.strip().split(":")[1]
    message = f":{name}: looks like an option: options stand directly below the directive, before the blank line"
    with pytest.raises(options.MisuseError, match=message) as raised:
        options.read({}, [], code=code)
    assert raised.value.option == name
