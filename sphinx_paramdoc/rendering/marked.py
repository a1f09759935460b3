"""Text of a terminal with its looks, and how it breaks into lines: by the columns that its signs take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from sphinx_paramdoc.said import ENGLISH, Formula
from sphinx_paramdoc.table.runs import Mark, Run

BOLD = "1"
QUIET = "2"
TERM = "36"
"""A number of a formula, and below it what it is."""

_LOOKS = {Mark.CLASS: QUIET, Mark.NOTE: QUIET, Mark.TERM: TERM}
"""What a run is → how a terminal shows it; others look as any text."""

_USUAL = re.compile(r"[\u0000-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u257f]*")
"""Text of which each sign takes one column."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

_WORD = re.compile(r"[^ ]+(?: \[\d+\])*")
"""What stays on a line; the number of a note stays with what it is about."""

GLUE = "\N{NO-BREAK SPACE}"
"""Stands for a blank at which no line breaks where it need not."""

_FACTOR = re.compile(rf"(?<={GLUE})(?=×)")
"""Where a product breaks that is too long for a line."""

_JOINT = re.compile(r"(?<=[_/.,\-])(?=\w)|(?<=[a-z])(?=[A-Z])")
"""Where a word may break that is too long for a line."""


class Look(NamedTuple):
    """How a part of a text looks, by the parameters of an escape sequence."""

    start: int
    end: int
    code: str


class Marked(NamedTuple):
    """Text without escape sequences, and where it looks unlike other text."""

    text: str
    looks: tuple[Look, ...] = ()

    def __add__(self, other: object) -> Marked:
        """Return both, one behind the other."""
        if not isinstance(other, Marked):
            return NotImplemented
        if not other.looks:
            return Marked(self.text + other.text, self.looks)
        return Marked(self.text + other.text, (*self.looks, *other.moved(len(self.text))))

    def moved(self, by: int) -> list[Look]:
        """Return its looks as they are where it stands further to the right."""
        return [Look(start + by, end + by, code) for start, end, code in self.looks]

    def part(self, start: int, end: int) -> Marked:
        """Return a part of it."""
        if not self.looks:
            return Marked(self.text[start:end])
        inside = (Look(max(look.start, start), min(look.end, end), look.code) for look in self.looks)
        return Marked(self.text[start:end], tuple(Look(a - start, b - start, code) for a, b, code in inside if a < b))

    @property
    def width(self) -> int:
        """How many columns it takes."""
        text = self.text
        return len(text) if text.isascii() else width(text)

    def padded(self, to: int, right: bool = False) -> Marked:
        """Return it with blanks behind it, or before it."""
        blanks = Marked(" " * max(to - self.width, 0))
        return blanks + self if right else self + blanks

    def painted(self) -> str:
        """Return it with escape sequences."""
        parts, place = [], 0
        for start, end, code in self.looks:
            parts.append(f"{self.text[place:start]}\x1b[{code}m{self.text[start:end]}\x1b[0m")
            place = end
        return "".join([*parts, self.text[place:]])


def marked(text: str, code: str = "") -> Marked:
    """Return a text that looks the same all over; signs that would move a terminal's cursor are spelled."""
    text = plain(text)
    return Marked(text, (Look(0, len(text), code),) if code and not text.isspace() and text else ())


def of(runs: Iterable[Run], code: str = "") -> Marked:
    """Return runs as text of a terminal.

    :param code: how all of them look.
    """
    text = ""
    looks: list[Look] = []
    for run in runs:
        written = f" [{run.text}]" if run.mark is Mark.NOTE else plain(run.text)
        look = code or (_LOOKS.get(run.mark) if run.mark else None)
        if look and written:
            goes_on = looks and looks[-1].end == len(text) and looks[-1].code == look
            begin = looks.pop().start if goes_on else len(text)
            looks.append(Look(begin, len(text) + len(written), look))
        text += written
    return Marked(text, tuple(looks))


def sum_of(formula: str) -> Marked:
    """Return a formula, whose lines break before what it adds."""
    return Marked(" ".join(each.replace(" ", GLUE) for each in Formula(formula).products))


def sentence(text: str) -> Marked:
    """Return what is said of a formula, or of why there is none."""
    made = Marked("")
    for piece in ENGLISH.parts(text):
        made += sum_of(piece) if isinstance(piece, Formula) else marked(piece)
    return made


def together(lines: Iterable[Marked], *, is_colored: bool) -> str:
    """Return lines as one text.

    :param is_colored: whether escape sequences tell how it looks.
    """
    texts = (line.painted() if is_colored else line.text for line in lines)
    return "\n".join(text.replace(GLUE, " ").rstrip() for text in texts)


def plain(text: str) -> str:
    """Return a text on one line, with control characters spelled: a name may hold any."""
    return text if text.isprintable() else _CONTROL.sub(_spelled, text)


def _spelled(sign: re.Match[str]) -> str:
    return sign[0].encode("unicode_escape").decode()


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii() or _USUAL.fullmatch(text):
        return len(text)
    return sum(map(_width_of_sign, text))


@cache
def _width_of_sign(sign: str) -> int:
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1


def broken(text: Marked, columns: int | None) -> list[Marked]:
    """Break a text into lines between its words; a word breaks where it is longer than a line.

    :param columns: how many a line may take; ``None``: no limit.
    """
    if columns is None or text.width <= columns:
        return [text]
    return [text.part(start, end) for start, end in _lines(text.text, max(columns, 2))]


def _lines(text: str, columns: int) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a text begin and end."""
    begin = end = taken = 0
    for word in _WORD.finditer(text):
        for start, stop in _pieces(word[0], word.start(), columns):
            gap = start - end if taken else 0
            own = width(text[start:stop])
            if taken and taken + gap + own > columns:
                yield begin, end
                taken = gap = 0
            if not taken:
                begin = start
            taken += gap + own
            end = stop
    if taken:
        yield begin, end


def _pieces(word: str, at: int, columns: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a word, one alone where it is no longer than a line."""
    if width(word) <= columns:
        yield at, at + len(word)
        return
    factors = _FACTOR.split(word)
    if len(factors) > 1:
        for factor in factors:
            yield from _pieces(factor, at, columns)
            at += len(factor)
        return
    for part in _JOINT.split(word):
        begin = taken = 0
        for place, sign in enumerate(part):
            own = width(sign)
            if taken + own > columns:
                yield at + begin, at + place
                begin, taken = place, 0
            taken += own
        yield at + begin, at + len(part)
        at += len(part)
