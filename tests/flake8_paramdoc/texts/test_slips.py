"""What stands where code should: each slip as people make it, and what is no slip."""

from __future__ import annotations

import ast

import pytest

from flake8_paramdoc.texts import slips

PROSE = "this line reads as prose"


def advice(code: str) -> str:
    """Return what is said of code at the line that Python gives up at; ``parses`` of what it takes."""
    try:
        ast.parse(code)
    except SyntaxError as error:
        return slips.advice(code.split("\n"), error.lineno or 1)
    return "parses"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (":caption: A net\n\nx = 3", ":caption: looks like an option: options stand directly below"),
        ("x = 3\n:input-shape: (None, 3)", ":input-shape: looks like an option"),
        ("x = 3\n\n:unfold:", ":unfold: looks like an option"),
        ("%matplotlib inline\nx = 3", "%matplotlib is a command of notebooks"),
        ("x = 3\n%%time\ny = 4", "%%time is a command of notebooks"),
        ("!pip install keras", "!pip is a command of notebooks"),
        ("x = 3\nx?", "x? asks a notebook for help"),
        (">>>x = 3", "a blank belongs behind the prompt >>>"),
        ("x = 3\n>>> y = 4", "prompts are taken off where the content begins with one"),
        ("x = 3\n>>> ", "prompts are taken off where the content begins with one"),
        ("```python\nx = 3\n```", "``` is a fence of Markdown"),
        ("x = 3\n.. note:: This is it.", "this is reStructuredText"),
        ("A small network of two layers.\n\nx = 3", PROSE),
        ("x = 3\nThe encoder has three layers, and the decoder (its mirror) four:", PROSE),
        ("Here's a model:\nx = 3", PROSE),
        ("Two layers:\nx = 3", ""),  # too few words to tell
        ("Ein Netz für Äpfel", PROSE),
        ("x = 3\n  y = 4", "the lines of a block begin in one column"),
        ("  x = 3\ny = 4", "the lines of a block begin in one column"),
    ],
)
def test_a_slip_has_its_way_out(code: str, said: str) -> None:
    found = advice(code)
    assert found.startswith(said)
    assert bool(found) is bool(said)


@pytest.mark.parametrize(
    "code",
    [
        "x = = 3",
        "x = keras.Input((3,)",
        "for x in range(3)\n  pass",
        "if x:\ny = 3",
        "from keras import layers models",
        "x not is y",
        "lambda x y: x",
        "keras Input((3,))",
        "def f(:\n  pass",
        "x = 3 y = 4",
        "class Net(keras.Model)\n  pass",
        "print x",
        ">>> x = = 3",
    ],
)
def test_what_is_said_in_pythons_own_words(code: str) -> None:
    assert advice(code) == ""


def test_a_line_that_is_not_there() -> None:
    assert slips.advice([], 1) == ""
    assert slips.advice(["x"], 2) == ""


@pytest.mark.parametrize(
    ("line", "name"),
    [(":depth: 1", "depth"), ("  :unfold:", "unfold"), (":a b: c", ""), ("x: int", ""), (":depth:1", ""), ("", "")],
)
def test_what_is_taken_for_an_option(line: str, name: str) -> None:
    assert slips.option(line) == name
