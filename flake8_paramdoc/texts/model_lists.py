"""The lines of a list of models: each has a name, an expression or the arguments of a builder, and options below it.

``NAME: EXPRESSION`` is parted at the first colon with a blank behind it, as ``package.module:name`` has one without.
Lines that stand further right go on with the expression, until one is an option; blank lines and those that begin with
``#`` are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from flake8_paramdoc.texts.directives import Option, Piece, argument_and_options, bare, written

LIST = "paramlist"
"""The directive that holds such lines."""

_NAME = r"(?P<name>.*?\S)\s*:(?:\s+|$)(?P<rest>.*)"
_COMMENT = "#"
_EXPRESSION = r"[^\W\d][\w.]*(?::[^\W\d]\w*)?(?:\(|$)"
"""How a line begins that is an expression without a name; the last word before its call would be one."""


class Line(NamedTuple):
    """One model of a list."""

    name: str
    """'' where the line has none."""
    line: int
    """The line that it begins on, within the text."""
    expression: tuple[Piece, ...]
    """The expression that gives the model, or the arguments of the builder."""
    options: tuple[Option, ...]

    @property
    def text(self) -> str:
        """What stands behind the name."""
        return written(self.expression)


def lines(content: Sequence[Piece]) -> list[Line]:
    """Return the lines of a list.

    :param content: without the indentation that all of it shares.
    """
    found: list[list[Piece]] = []
    for piece in content:
        if not piece.text.strip() or piece.text.lstrip().startswith(_COMMENT):
            continue
        if found and piece.text[0].isspace():
            found[-1].append(bare(piece))
        else:
            found.append([bare(piece)])
    return [_line(first, below) for first, *below in found]


def _line(first: Piece, below: Sequence[Piece]) -> Line:
    match = re.fullmatch(_NAME, first.text)
    if match is None:
        return Line("", first.line, (first,), argument_and_options(below)[1])
    rest = Piece(first.line, first.column + match.start("rest"), match["rest"])
    further, options = argument_and_options(below)
    return Line(match["name"], first.line, (*([rest] if rest.text else []), *further), options)


def named(text: str) -> str:
    """Return a line that has no name as it was perhaps meant: with a name, a colon and a blank."""
    first = text.split("\n")[0].lstrip(": ")
    match = re.match(_EXPRESSION, first)
    if match:
        return f"{re.split('[.:]', match[0].rstrip('('))[-1]}: {first}"
    name, _, rest = first.partition(" ")
    return f"{name.rstrip(':')}: {rest.strip()}" if re.match(_EXPRESSION, rest.strip()) else f"NAME: {first}"


def of_builder(builder: Sequence[Piece], line: Line) -> tuple[Piece, ...]:
    """Return the call of a builder with the arguments of a line, each part of it where it stands."""
    last = line.expression[-1] if line.expression else Piece(line.line, 0, "")
    return (
        *builder,
        Piece(line.line, line.expression[0].column if line.expression else 0, "("),
        *line.expression,
        Piece(last.line, last.column + len(last.text), ")"),
    )
