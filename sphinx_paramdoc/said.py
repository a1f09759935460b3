"""Text in English that can be said in another language: it knows the pattern that it was made of, and the values.

A text of this kind is a string. Whoever compares, counts, measures or prints it has English, as in JSON, in a
terminal and in warnings. Whoever makes a page hands it to the words of that page's language, which make the whole
anew. What is built of such a text with an f-string has lost what it was made of: `said` takes texts as values, and
`run_on` joins them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol


class Language(Protocol):
    """What the patterns are called in a language, as `gettext` has it; what it does not know stays English."""

    def gettext(self, message: str, /) -> str:
        """Return a pattern."""

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        """Return the pattern for so many."""


class Said(str):
    """A text in English that can be said again."""

    __slots__ = ()

    def again(self, language: Language) -> str:
        """Return it in a language."""
        raise NotImplementedError

    def with_first(self, _change: Callable[[str], str]) -> str:
        """Return it with its first part changed, where it is a row of parts: where names begin alike, for one."""
        return self


class _Message(Said):
    """A pattern, filled in."""

    __slots__ = ("pattern", "values")
    pattern: str
    values: Mapping[str, object]

    def again(self, language: Language) -> str:
        pattern = language.gettext(self.pattern)
        return pattern.format(**_again(self.values, language)) if self.values else pattern


class _Counted(Said):
    """One of two patterns, or of as many as a language has, filled in; a number decides."""

    __slots__ = ("number", "plural", "singular", "values")
    number: int
    plural: str
    singular: str
    values: Mapping[str, object]

    def again(self, language: Language) -> str:
        pattern = language.ngettext(self.singular, self.plural, self.number)
        return pattern.format(number=self.number, **_again(self.values, language))


class _RunOn(Said):
    """Texts, one directly behind the other."""

    __slots__ = ("parts",)
    parts: tuple[str, ...]

    def again(self, language: Language) -> str:
        return "".join([part.again(language) if isinstance(part, Said) else part for part in self.parts])

    def with_first(self, change: Callable[[str], str]) -> str:
        return run_on(change(self.parts[0]), *self.parts[1:])


def said(pattern: str, /, **values: object) -> Said:
    """Return a text that others may say in their language.

    :param pattern: with a placeholder for each of the values, whose order another language may change. Without
        values it stands for itself. It has to be written out here, as all patterns are found by looking for it.
    """
    made = _Message(pattern.format(**values) if values else pattern)
    made.pattern, made.values = pattern, values
    return made


def counted(number: int, singular: str, plural: str, /, **values: object) -> Said:
    """Return a text whose form a number decides, which stands in it as ``{number}``."""
    made = _Counted((singular if number == 1 else plural).format(number=number, **values))
    made.number, made.singular, made.plural, made.values = number, singular, plural, values
    return made


def pattern(text: str, /) -> str:
    """Return a text that `said` is going to be given; where it is written out, it is found."""
    return text


def run_on(*parts: str) -> str:
    """Return texts joined; of names and numbers alone, a string that is nothing else."""
    text = "".join(parts)
    for part in parts:
        if isinstance(part, Said):
            made = _RunOn(text)
            made.parts = parts
            return made
    return text


def bracketed(text: str) -> str:
    """Return a text in parentheses."""
    return run_on("(", text, ")") if isinstance(text, Said) else f"({text})"


def label(text: str) -> Said:
    """Return what a number of a formula is called as a text that can be said again, if the language knows it."""
    return text if isinstance(text, Said) else said(text)


def listed(texts: Sequence[str]) -> str:
    """Return texts in a row, ``a, b, c``; of one, itself."""
    row, *others = texts
    for text in others:
        row = said("{first}, {next}", first=row, next=text)
    return row


def joined(texts: Sequence[str]) -> str:
    """Return texts joined as prose does: ``a``, ``a and b``, ``a, b and c``."""
    *others, last = texts
    return said("{first} and {last}", first=listed(others), last=last) if others else last


class Words:
    """Says texts in the language of a page."""

    def __init__(self, language: Language | None = None) -> None:
        """Take what the patterns are called in the language; ``None``: English."""
        self._language = language

    def __call__(self, text: str) -> str:
        """Say a text; one that is a name or a number stays."""
        return text.again(self._language) if self._language and isinstance(text, Said) else str(text)

    def label(self, text: str) -> str:
        """Say what a number of a formula is, or what else is always a text and never a name."""
        return label(text).again(self._language) if self._language else text


ENGLISH = Words()
"""The words of JSON, of a terminal and of a notebook."""


def _again(values: Mapping[str, object], language: Language) -> dict[str, Any]:
    return {name: value.again(language) if isinstance(value, Said) else value for name, value in values.items()}
