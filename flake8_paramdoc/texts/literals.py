"""Where the characters of a string stand in the source: through escapes, continued lines and strings side by side.

Source: the language reference, section "String and Bytes literals".
"""

from __future__ import annotations

import ast
import re
from functools import cached_property
from typing import TYPE_CHECKING

from flake8_paramdoc.texts.columns import characters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OPENING = re.compile(r"([rRuUbB]*)('''|\"\"\"|'|\")")
_ESCAPES = re.compile(r"\\(?:\r\n|N\{[^}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|.)", re.DOTALL)

Position = tuple[int, int]
"""A line, the first is 1, and a column in characters, the first is 0."""


class Literal:
    """The places of the characters of a string that is written in a source."""

    def __init__(self, node: ast.Constant, lines: Sequence[str]) -> None:
        """Take a string of a tree and the lines of its source."""
        self._node = node
        self._lines = lines

    @cached_property
    def _rows(self) -> list[list[Position]]:
        """The places of the characters of each line of the string, and behind them that of its end.

        Few strings are asked, so that they are read when one is.
        """
        rows: list[list[Position]] = [[]]
        start = self._node.lineno, characters(self._node.col_offset, self._node.lineno, self._lines)
        place = start
        for text, place in _characters(_source(self._node, self._lines), start):
            for one in text:
                rows[-1].append(place)
                if one == "\n":
                    rows.append([])
        rows[-1].append((place[0], place[1] + 1))
        return rows

    def place(self, line: int, column: int) -> Position:
        """Return where a character stands, by its line and column within the string; the first of each is 0."""
        row = self._rows[min(line, len(self._rows) - 1)]
        if column < len(row):
            return row[column]
        last_line, last_column = row[-1]
        return last_line, last_column + column - len(row) + 1


def _source(node: ast.Constant, lines: Sequence[str]) -> str:
    last = node.end_lineno or node.lineno
    taken = [f"{line.rstrip(chr(13) + chr(10))}\n" for line in lines[node.lineno - 1 : last]]
    if not taken:
        return ""
    taken[-1] = taken[-1][: characters(node.end_col_offset or 0, last, lines)]
    taken[0] = taken[0][characters(node.col_offset, node.lineno, lines) :]
    return "".join(taken)


def _characters(source: str, start: Position) -> Iterator[tuple[str, Position]]:
    """Yield the characters of the string that each piece of a source stands for, with the piece's place."""
    line, column = start
    position = 0
    while position < len(source):
        opening = _OPENING.match(source, position)
        if opening is None:
            # Between strings that stand side by side.
            if source[position] == "#":
                position = source.find("\n", position)
                if position < 0:
                    return
            line, column = (line + 1, 0) if source[position] == "\n" else (line, column + 1)
            position += 1
            continue
        prefix, quote = opening.groups()
        position, column = opening.end(), column + len(opening[0])
        raw = "r" in prefix.lower()
        while position < len(source) and not source.startswith(quote, position):
            piece = source[position]
            text = piece
            if piece == "\\":
                escape = _ESCAPES.match(source, position)
                piece = escape[0] if escape else piece
                text = piece if raw else _meaning(piece)
            if raw and len(piece) > 1:
                # Each character for itself; of an escaped quote, both are in the string.
                piece = text = piece[:2]
                yield text[0], (line, column)
                yield text[1], (line, column + 1)
            elif text:
                yield text, (line, column)
            position += len(piece)
            line, column = (line + piece.count("\n"), 0) if "\n" in piece else (line, column + len(piece))
        position, column = position + len(quote), column + len(quote)


def _meaning(escape: str) -> str:
    if escape[1:] in ("\n", "\r\n"):
        return ""
    if escape[1] in "abfnrtv\\'\"xuUN" or escape[1].isdigit():
        return "\n" if escape == "\\n" else "x"  # one character; which one, nobody asks
    return escape
