"""Interactive sessions as the standard library's own reader of them sees them."""

from __future__ import annotations

import doctest

import pytest

from flake8_paramdoc.texts.sessions import without_prompts


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (">>> x = 3\n>>> x\n3\n>>> y = 4", "x = 3\nx\n\ny = 4"),
        (">>> def f():\n...     return 3\n...\n>>> f()\n3", "def f():\n    return 3\n\nf()\n"),
        (">>> text = '''a\n... b'''\n\nSome words.\n\n>>> x = 4", "text = '''a\nb'''\n\n\n\nx = 4"),
        (">>> f(\n...   3)\n...\n... not a prompt any more", "f(\n  3)\n\nnot a prompt any more"),
        (">>> f()\nModel: x\n... more\n>>> x", "f()\n\n\nx"),
        ("\n  >>> x = 3\n  >>> y = 4", "\nx = 3\ny = 4"),
        (">>>", ""),
    ],
)
def test_every_line_of_code_stays_where_it_was(text: str, plain: str) -> None:
    assert without_prompts(text) == plain


@pytest.mark.parametrize(
    "text", ["", "x = 3\n>>> y = 4", "Some words.\n\n>>> x = 3", ">>>x = 3", "... x = 3", "x >> 3"]
)
def test_what_begins_with_no_prompt_stays_as_it_is(text: str) -> None:
    assert without_prompts(text) == text


def test_doctest_reads_the_same_code() -> None:
    text = ">>> import a\n>>> for x in y:\n...     z(\n...         x)\nout\nput\n\n>>> if x:\n...   y\n... \n>>> w\n..."
    read = doctest.DocTestParser().get_examples(text)
    plain = without_prompts(text).split("\n")
    assert [(each.lineno, each.source) for each in read] == [
        (0, "import a\n"),
        (1, "for x in y:\n    z(\n        x)\n"),
        (7, "if x:\n  y\n"),
        (10, "w\n"),
    ]
    for each in read:
        lines = each.source.rstrip("\n").split("\n")
        assert plain[each.lineno : each.lineno + len(lines)] == lines
    assert "out" not in plain
