"""A directive as it is written: its argument, options and content, each line at its place in the text.

Sources: docutils' specification of reStructuredText, section "Directives", and its parser, which ends the argument and
the options at the first blank line; MyST's syntax of directives, where options are lines between colons, or a block of
YAML between lines of dashes, and what follows them is content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """A part of one line of a text."""

    line: int
    """Its line within the text; the first is 0."""
    column: int
    """Where it begins on that line; the first column is 0."""
    text: str


class Option(NamedTuple):
    """An option of a directive."""

    name: str
    line: int
    """The line that it begins on."""
    value: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The value as the directive gets it: its lines, without what indents them."""
        return written(self.value)


class Directive(NamedTuple):
    """A directive of reStructuredText, or a fence of Markdown that MyST takes for one."""

    name: str
    line: int
    """Its first line."""
    end: int
    """The line behind its last one."""
    margin: int
    """The column that it begins at."""
    argument: tuple[Piece, ...]
    options: tuple[Option, ...]
    content: tuple[Piece, ...]
    """What follows, without the indentation that its lines share, and without blank lines around it."""
    begins_directly: bool = False
    """Whether what is taken for the argument stands below the directive's name, and not behind it."""


def written(pieces: Sequence[Piece]) -> str:
    """Return the text of pieces of lines."""
    return "\n".join(piece.text for piece in pieces)


_FIELD = re.compile(r":(?P<name>[^:\s][^:]*):(?P<gap> +|$)(?P<value>.*)")


def argument_and_options(lines: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[Option, ...]]:
    """Return the argument and the options that the lines before a directive's first blank one hold, as docutils has it.

    The first option ends the argument; a line that is none goes on with the option above it.
    """
    argument: list[Piece] = []
    options: list[Option] = []
    for piece in lines:
        field = _FIELD.fullmatch(piece.text.rstrip())
        if field:
            value = Piece(piece.line, piece.column + field.start("value"), field["value"])
            options.append(Option(field["name"], piece.line, (value,) if value.text else ()))
        elif options:
            options[-1] = options[-1]._replace(value=(*options[-1].value, bare(piece)))
        else:
            argument.append(piece._replace(text=piece.text.rstrip()))
    return tuple(argument), tuple(options)


def bare(piece: Piece) -> Piece:
    """Return a piece without the blanks around it."""
    text = piece.text.lstrip()
    return Piece(piece.line, piece.column + len(piece.text) - len(text), text.rstrip())


_DASHES = re.compile(r"-{3,}")
_KEY = re.compile(r"(?P<indent>\s*):?(?P<name>[A-Za-z][\w-]*):(?P<gap>\s+|$)(?P<value>.*)")
_QUOTED = re.compile(r"""'(?P<single>(?:[^']|'')*)'|"(?P<double>(?:[^"\\]|\\.)*)\"""")
_ESCAPED = re.compile(r"\\(.)")
_SCALAR_BLOCK = re.compile(r"[|>][+-]?\s*(#.*)?")


def options_of_myst(lines: Sequence[Piece]) -> tuple[tuple[Option, ...], int]:
    """Return the options that the content of a fence begins with, and how many of its lines they take."""
    if lines and lines[0].text.startswith("---"):
        end = next((number for number in range(1, len(lines)) if _DASHES.match(lines[number].text)), len(lines))
        return tuple(_yaml(lines[1:end])), min(end + 1, len(lines))
    # Lines of colons: a blank one, or any other, ends them.
    end = next((number for number, piece in enumerate(lines) if not _is_colon_line(piece.text)), len(lines))
    return tuple(_yaml(lines[:end])), end


def _is_colon_line(text: str) -> bool:
    match = _KEY.fullmatch(text)
    return match is not None and text.lstrip().startswith(":")


def _yaml(lines: Sequence[Piece]) -> Iterator[Option]:
    """Yield options that are written as YAML writes keys with values: plain, in quotes, or as a block below the key."""
    number = 0
    while number < len(lines):
        piece = lines[number]
        match = _KEY.fullmatch(piece.text)
        number += 1
        if match is None:
            continue
        below = []
        while number < len(lines) and _is_below(lines[number].text, len(match["indent"])):
            below.append(bare(lines[number]))
            number += 1
        if match["value"].startswith(">") and below:  # folded: its lines are one
            below = [below[0]._replace(text=" ".join(line.text for line in below if line.text))]
        value = _scalar(Piece(piece.line, piece.column + match.start("value"), match["value"].rstrip()))
        first = [] if _SCALAR_BLOCK.fullmatch(match["value"]) or not value.text else [value]
        yield Option(match["name"], piece.line, (*first, *(line for line in below if line.text)))


def _is_below(text: str, indent: int) -> bool:
    return not text.strip() or len(text) - len(text.lstrip()) > indent


def _scalar(piece: Piece) -> Piece:
    """Return a value without its quotes, or without the comment behind it."""
    text = piece.text
    if match := _QUOTED.match(text):
        held = (
            match["single"].replace("''", "'") if match["single"] is not None else _ESCAPED.sub(r"\1", match["double"])
        )
        return Piece(piece.line, piece.column + 1, held)
    plain, _, _ = text.partition(" #")
    return piece._replace(text="" if text.startswith("#") else plain.rstrip())


def dedented(lines: Sequence[str], start: int, end: int) -> tuple[Piece, ...]:
    """Return lines of a text without the indentation that they share, and without blank ones around them."""
    filled = [number for number in range(start, end) if lines[number].strip()]
    if not filled:
        return ()
    margin = min(len(lines[number]) - len(lines[number].lstrip()) for number in filled)
    return tuple(Piece(number, margin, lines[number][margin:]) for number in range(filled[0], filled[-1] + 1))
