"""A made-up language, in which what has not been translated is seen: no letter of a pattern is Latin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from string import Formatter, ascii_letters
from typing import Any

import msgspec
import pytest

from sphinx_paramdoc.explanation import wording
from sphinx_paramdoc.explanation.pieces import Piece
from sphinx_paramdoc.explanation.sentence import Explanation
from sphinx_paramdoc.said import Said, Words
from tools import catalogues

WORD = re.compile(r"[A-Za-z]{2,}")

_LETTERS = str.maketrans(dict.fromkeys(ascii_letters, "ж"))

ADVICE = (
    "is English in every language: say it with said('{count:,} of {name}', count=…, name=…), and what is joined with "
    "run_on or listed; then run tools/catalogues.py (docs/contributing/language.rst)"
)


@cache
def patterns() -> frozenset[str]:
    """The patterns that translators are given, also those for several."""
    return frozenset(text for pattern in catalogues.patterns() for text in (pattern.text, pattern.plural) if text)


@cache
def _changed(pattern: str) -> str:
    found = ""
    for text, name, form, _ in Formatter().parse(pattern):
        found += text.translate(_LETTERS)
        if name is not None:
            found += f"{{{name}:{form}}}"
    return found


class Zhe:
    """The language."""

    def gettext(self, message: str, /) -> str:
        return _changed(message) if message in patterns() else message

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        return self.gettext(singular if number == 1 else plural)


ZHE = Words(Zhe())


def leaves(what: Any) -> Iterator[str]:
    """Yield the names in something that is said: of layers, weights, classes."""
    if isinstance(what, Said):
        return
    if isinstance(what, str):
        yield what
    elif isinstance(what, msgspec.Struct):
        for field in what.__struct_fields__:
            yield from leaves(getattr(what, field))
    elif isinstance(what, dict):
        for pair in what.items():
            yield from leaves(pair)
    elif isinstance(what, (list, tuple, set)):
        for each in what:
            yield from leaves(each)


def untranslated(text: str, names: set[str]) -> list[str]:
    """Return the words of a text in the made-up language that are neither said in it nor a name."""
    return [word for word in WORD.findall(text) if word not in names]


def check(explained: Explanation, pieces: Iterable[Piece]) -> None:
    """Hold what is said of a count to be said in the made-up language as a whole.

    What numbers of formulas are called is a name here: a project's own functions call theirs as they like.
    """
    names = {word for leaf in leaves(explained) for word in WORD.findall(leaf)}
    text = ZHE(wording.written(pieces))
    assert not (left := untranslated(text, names)), f"{left} of {text!r} {ADVICE}"


def hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold all that a test explains to be said in another language as a whole, too."""
    written = wording.pieces

    def checked(explained: Explanation) -> Iterator[Piece]:
        pieces = list(written(explained))
        check(explained, pieces)
        yield from pieces

    monkeypatch.setattr(wording, "pieces", checked)
