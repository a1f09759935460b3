"""Text in English that can be said in another language: it knows the pattern that it was made of, and the values.

A text of this kind is a string. Whoever compares, counts, measures or prints it has English, as in JSON, in a
terminal and in warnings. Whoever makes a page hands it to the words of that page's language, which make the whole
anew. What is built of such a text with an f-string has lost what it was made of: `said` takes texts as values, and
`run_on` joins them.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
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

    def parts(self, language: Language | None) -> Iterator[str]:
        """Yield what it is made of in a language, one behind the other: names and formulas by themselves."""
        raise NotImplementedError

    def with_first(self, _change: Callable[[str], str]) -> str:
        """Return it with its first part changed, where it is a row of parts: where names begin alike, for one."""
        return self


class Name(str):
    """A name of code inside a text, which a form may set as such."""

    __slots__ = ()


class Formula(str):
    """A sum, or ``width = 768``, inside a text: a line breaks before a sign that adds or takes away alone."""

    __slots__ = ()

    @property
    def products(self) -> list[str]:
        """What stays on a line, each but the first with the sign before it."""
        return _SIGN.split(self)


_SIGN = re.compile(r" (?=[+−] )")


class _Message(Said):
    """A pattern, filled in."""

    __slots__ = ("pattern", "values")
    pattern: str
    values: Mapping[str, object]

    def again(self, language: Language) -> str:
        pattern = language.gettext(self.pattern)
        return pattern.format(**_again(self.values, language)) if self.values else pattern

    def parts(self, language: Language | None) -> Iterator[str]:
        pattern = language.gettext(self.pattern) if language else self.pattern
        return _parts(pattern, self.values, language) if self.values else iter([pattern])


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

    def parts(self, language: Language | None) -> Iterator[str]:
        if language:
            pattern = language.ngettext(self.singular, self.plural, self.number)
        else:
            pattern = self.singular if self.number == 1 else self.plural
        return _parts(pattern, {"number": self.number, **self.values}, language)


class _RunOn(Said):
    """Texts, one directly behind the other."""

    __slots__ = ("run",)
    run: tuple[str, ...]

    def again(self, language: Language) -> str:
        return "".join([part.again(language) if isinstance(part, Said) else part for part in self.run])

    def parts(self, language: Language | None) -> Iterator[str]:
        for part in self.run:
            yield from part.parts(language) if isinstance(part, Said) else (part,)

    def with_first(self, change: Callable[[str], str]) -> str:
        return run_on(change(self.run[0]), *self.run[1:])


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
    """Return texts joined; of what is said in no other way in any language, a string that is nothing else."""
    text = "".join(parts)
    for part in parts:
        if isinstance(part, (Said, Name, Formula)):
            made = _RunOn(text)
            made.run = parts
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
        if not isinstance(text, Said):
            return text
        return text.again(self._language) if self._language else str(text)

    def parts(self, text: str) -> Iterator[str]:
        """Yield a text in pieces, so that `Name` and `Formula` in it can be set in their own ways."""
        yield from text.parts(self._language) if isinstance(text, Said) else (text,)

    def label(self, text: str) -> str:
        """Say what a number of a formula is, or what else is always a text and never a name."""
        return label(text).again(self._language) if self._language else text


ENGLISH = Words()
"""The words of JSON, of a terminal and of a notebook."""


def _again(values: Mapping[str, object], language: Language) -> dict[str, Any]:
    return {name: value.again(language) if isinstance(value, Said) else value for name, value in values.items()}


def _parts(pattern: str, values: Mapping[str, object], language: Language | None) -> Iterator[str]:
    """Yield what stands in a pattern between its placeholders, and what is put in there."""
    for text, name, how, _ in string.Formatter().parse(pattern):
        if text:
            yield text
        if name is None:
            continue
        value = values[name]
        if isinstance(value, Said):
            yield from value.parts(language)
        else:
            yield value if isinstance(value, str) and not how else format(value, how or "")
