"""Comments that silence."""

from __future__ import annotations

import pytest

from flake8_paramdoc.command.noqa import is_silenced


@pytest.mark.parametrize(
    ("text", "line", "is_silent"),
    [
        ("a\nb\n", 1, False),
        ("a  # noqa\nb\n", 1, True),
        ("a  # noqa\nb\n", 2, False),
        ("a  # NOQA: KER101\n", 1, True),
        ("a  # noqa: KER1, E501\n", 1, True),
        ("a  # noqa:E501,KER101\n", 1, True),
        ("a  # noqa: E501\n", 1, False),
        ("a  # noqa : E501\n", 1, True),  # flake8 takes what is no list of codes for no list
        ("f(\n  a,\n  b)  # noqa\n", 2, False),
        ("f(\n  a,  # noqa\n  b)\n", 2, True),
        ('"""\na\n"""  # noqa\n', 2, True),
        ("a = \\\n  b  # noqa\n", 1, True),
        ("# flake8: noqa\na\n", 2, True),
        ("# flake8: noqa: KER1\na\n", 2, True),
        ("# flake8: noqa: E5\na\n", 2, False),
        ("f(  # no end\n  a  # noqa\n", 2, True),
    ],
)
def test_silence(text: str, line: int, is_silent: bool) -> None:
    assert is_silenced(text, line, "KER101") is is_silent
