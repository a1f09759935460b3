"""Interactive sessions: the code behind their prompts, each line where it was.

Source: the documentation of Python's ``doctest``, section "How are Docstring Examples Recognized?".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flake8_paramdoc.texts.directives import Piece

_PROMPT = re.compile(r"^(\s*)>>>( |$)")
_MORE = re.compile(r"^(\s*)\.\.\.( |$)")


def begins_session(line: str) -> bool:
    """Tell whether a line begins with the prompt of an interactive session."""
    return _PROMPT.match(line) is not None


def code(lines: Sequence[Piece]) -> list[Piece]:
    """Return what stands behind the prompts of a session; lines without one are what the session answered."""
    pieces: list[Piece] = []
    inside = False
    for line in lines:
        prompt = _PROMPT.match(line.text) or (_MORE.match(line.text) if inside else None)
        inside = prompt is not None
        if prompt is not None:
            begin = min(len(prompt[1]) + 4, len(line.text))
            pieces.append(Piece(line.line, line.column + begin, line.text[begin:]))
    return pieces


def without_prompts(text: str) -> str:
    """Return the code of a text that begins with a prompt, every line where it was; any other text as it is."""
    lines = text.split("\n")
    if not begins_session(next((line for line in lines if line.strip()), "")):
        return text
    plain = [""] * len(lines)
    for piece in code([Piece(number, 0, line) for number, line in enumerate(lines)]):
        plain[piece.line] = piece.text
    return "\n".join(plain)
