"""Writing a source anew that a test holds as text: what becomes of it, and that a second run changes nothing."""

from __future__ import annotations

import ast
import textwrap
from dataclasses import replace

from flake8_paramdoc.edits.rounds import Wanted, fixed

SAFE = Wanted()
UNSAFE = Wanted(unsafe=True)


def rewritten(source: str, wanted: Wanted = SAFE) -> str:
    """Give a source in today's form; it parses, and a second run leaves it as it is."""
    outcome = fixed(source, wanted)
    assert outcome.trouble == ""
    ast.parse(outcome.text)
    assert fixed(outcome.text, wanted).text == outcome.text
    return outcome.text


def transformed(old: str, new: str, wanted: Wanted = SAFE) -> None:
    """Hold that a source becomes another one; the common indent of both is taken away."""
    assert rewritten(textwrap.dedent(old), wanted) == textwrap.dedent(new)


def unchanged(source: str, wanted: Wanted = SAFE) -> None:
    """Hold that a source stays as it is, also where what is unsafe is wanted."""
    transformed(source, source, wanted)
    transformed(source, source, replace(wanted, unsafe=True))
