"""Fences of Markdown, of backticks, tildes or colons, and which of them are directives.

Sources: CommonMark's specification, section "Fenced code blocks"; MyST's syntax of directives, and its extension
``colon_fence``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from flake8_paramdoc.texts.directives import Directive, Piece, dedented, options_of_myst

_OPENING = re.compile(r"^(?P<margin>\s*)(?P<marks>`{3,}|~{3,}|:{3,})(?P<gap>\s*)(?P<info>.*)$")
_NAMED = re.compile(r"\{(?P<name>[A-Za-z][\w.:+-]*)\}[ ]*(?P<argument>.*)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


class Fence(NamedTuple):
    """A fence of Markdown."""

    line: int
    """The line that opens it."""
    end: int
    """The line behind the one that closes it, or behind the text's last one."""
    is_closed: bool
    margin: int
    """The column that it begins at."""
    marks: str
    """What opens it: ```` ``` ````, ``~~~``, ``:::``, or more of them."""
    info: str
    """What stands behind that: a language, or the name of a directive in braces."""
    column: int
    """The column that `info` begins at."""

    @property
    def inside(self) -> range:
        """The lines between the one that opens it and the one that closes it."""
        return range(self.line + 1, self.end - self.is_closed)


def fence(lines: Sequence[str], position: int) -> Fence | None:
    """Return the fence that a line opens; ``None`` where it opens none."""
    match = _OPENING.match(lines[position])
    if match is None:
        return None
    marks, info = match["marks"], match["info"].rstrip()
    if marks[0] == "`" and "`" in info:
        return None  # a span of code
    if marks[0] == ":" and not _NAMED.match(info):
        return None  # colons may be anything; a fence of them that names no directive holds prose
    end = next((line for line in range(position + 1, len(lines)) if _closes(lines[line], marks)), None)
    return Fence(
        position,
        len(lines) if end is None else end + 1,
        end is not None,
        len(match["margin"]),
        marks,
        info,
        match.start("info"),
    )


def _closes(line: str, marks: str) -> bool:
    text = line.strip()
    return text.startswith(marks) and not text.strip(marks[0])


def directive(lines: Sequence[str], found: Fence) -> Directive | None:
    """Return the directive that a fence is; ``None`` for one that shows code."""
    match = _NAMED.match(found.info)
    if match is None:
        return None
    inside = found.inside
    options, taken = options_of_myst([_within(lines[line], line, found.margin) for line in inside])
    argument = match["argument"].strip()
    return Directive(
        match["name"],
        found.line,
        found.end,
        found.margin,
        (Piece(found.line, found.column + match.start("argument"), argument),) if argument else (),
        options,
        dedented(lines, inside.start + taken, inside.stop),
    )


def _within(text: str, line: int, margin: int) -> Piece:
    """Return a line of a fence without the indentation of the fence, as far as it has that."""
    column = min(margin, len(text) - len(text.lstrip()))
    return Piece(line, column, text[column:])


def without_comments(text: str) -> str:
    """Return a text of Markdown with its comments left out, and every line where it was."""
    return _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
