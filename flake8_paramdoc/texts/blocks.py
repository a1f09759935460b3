"""Python inside text: directives, literal blocks and doctests of reStructuredText, fences of Markdown.

Sources: the specification of reStructuredText, sections "Directives", "Literal Blocks" and "Doctest Blocks"; that of
CommonMark, section "Fenced code blocks"; and MyST's syntax of directives.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DIRECTIVE = re.compile(r"^(\s*)\.\.[ ]+([A-Za-z][\w.-]*)::[ ]*(.*)$")
_OPTION = re.compile(r"^\s*:([\w-]+):\s?(.*)$")
_FENCE = re.compile(r"^(\s*)(`{3,}|~{3,})\s*(\{?)([\w.+-]*)(\}?)[ ]*(.*)$")
_PROMPT = re.compile(r"^(\s*)>>>( |$)")
_MORE = re.compile(r"^(\s*)\.\.\.( |$)")

_LANGUAGES = frozenset({"python", "python3", "py", "py3", "pycon", "pycon3", "ipython", "ipython3"})
_CODE_DIRECTIVES = frozenset({"code-block", "code", "sourcecode", "code-cell"})
_RUN_DIRECTIVES = frozenset({"testcode", "testsetup", "testcleanup", "doctest"})
_SUMMARY = "paramsummary"

MARKS = ("::", ">>>", "```", "~~~")
"""A text without any of these has no block."""


class Kind(Enum):
    """What a piece of Python is, as far as it matters where it does not parse."""

    PYTHON = "python"
    """A code block, which may be a sketch."""
    SUMMARY = "paramsummary"
    """The content of a ``paramsummary`` directive, which is run."""
    EXPRESSION = "expression"
    """Its argument or its option ``:model:``."""


class Piece(NamedTuple):
    """One line of a block."""

    line: int
    """Its line within the text; the first is 0."""
    column: int
    """Where the code begins on it."""
    code: str


class Block(NamedTuple):
    """Python inside a text."""

    kind: Kind
    pieces: list[Piece]

    @property
    def code(self) -> str:
        """The code, as Python reads it."""
        return "\n".join(piece.code for piece in self.pieces)


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text, in their order."""
    lines = text.split("\n")
    position = 0
    while position < len(lines):
        line = lines[position]
        directive = _DIRECTIVE.match(line)
        fence = _FENCE.match(line) if directive is None else None
        if directive is not None:
            end = _end_of_indented(lines, position + 1, len(directive[1]))
            yield from _directive(lines, position, end, directive)
            # What is inside another directive may hold blocks of its own.
            known = directive[2] in (_SUMMARY, *_CODE_DIRECTIVES, *_RUN_DIRECTIVES)
            position = end if known else position + 1
        elif fence is not None:
            end = _end_of_fence(lines, position + 1, fence[2])
            yield from _fence(lines, position, end, fence)
            position = end + 1
        elif _PROMPT.match(line):
            end = position
            while end < len(lines) and lines[end].strip():
                end += 1
            yield from _session(lines, position, end)
            position = end
        elif line.rstrip().endswith("::") and not line.lstrip().startswith(".. "):
            indent = len(line) - len(line.lstrip())
            end = _end_of_indented(lines, position + 1, indent)
            yield from _code(lines, position + 1, end, Kind.PYTHON)
            position = max(end, position + 1)
        else:
            position += 1


def _end_of_indented(lines: Sequence[str], start: int, indent: int) -> int:
    end = start
    for position in range(start, len(lines)):
        line = lines[position]
        if line.strip():
            if len(line) - len(line.lstrip()) <= indent:
                break
            end = position + 1
    return end


def _end_of_fence(lines: Sequence[str], start: int, fence: str) -> int:
    for position in range(start, len(lines)):
        line = lines[position].strip()
        if line.startswith(fence) and not line.strip(fence[0]):
            return position
    return len(lines)


def _directive(lines: Sequence[str], start: int, end: int, match: re.Match[str]) -> Iterator[Block]:
    name, rest = match[2], match[3]
    if name in _CODE_DIRECTIVES:
        if not rest.strip() or rest.strip().lower() in _LANGUAGES:
            yield from _code(lines, _behind_options(lines, start + 1, end), end, Kind.PYTHON)
    elif name in _RUN_DIRECTIVES:
        yield from _code(lines, _behind_options(lines, start + 1, end), end, Kind.PYTHON)
    elif name == _SUMMARY:
        yield from _summary(lines, start, end, Piece(start, match.start(3), rest))


def _summary(lines: Sequence[str], start: int, end: int, first: Piece) -> Iterator[Block]:
    """Yield the content, the argument and the option ``:model:`` of a ``paramsummary`` directive."""
    argument = [first] if first.code.strip() else []
    model: list[Piece] = []
    current: list[Piece] | None = argument
    position = start + 1
    while position < end and lines[position].strip():
        line = lines[position]
        option = _OPTION.match(line)
        if option is not None:
            current = model if option[1] == "model" else None
            if current is not None:
                current.append(Piece(position, option.start(2), option[2]))
        elif current is not None:
            column = len(line) - len(line.lstrip())
            current.append(Piece(position, column, line[column:]))
        position += 1
    yield from _code(lines, position, end, Kind.SUMMARY)
    for pieces in (argument, model):
        if pieces:
            yield Block(Kind.EXPRESSION, pieces)


def _behind_options(lines: Sequence[str], start: int, end: int) -> int:
    while start < end and _OPTION.match(lines[start]):
        start += 1
    return start


def _fence(lines: Sequence[str], start: int, end: int, match: re.Match[str]) -> Iterator[Block]:
    is_directive, name, rest = bool(match[3] and match[5]), match[4], match[6].strip()
    if is_directive and name == _SUMMARY:
        inside = start + 1
        while inside < end and _OPTION.match(lines[inside]):
            inside += 1
        if rest:
            yield Block(Kind.EXPRESSION, [Piece(start, match.start(6), match[6])])
        yield from _code(lines, inside, end, Kind.SUMMARY)
    elif is_directive and name in _CODE_DIRECTIVES:
        if not rest or rest.lower() in _LANGUAGES:
            yield from _code(lines, _behind_options(lines, start + 1, end), end, Kind.PYTHON)
    elif not is_directive and (not name or name.lower() in _LANGUAGES):
        yield from _code(lines, start + 1, end, Kind.PYTHON)


def _code(lines: Sequence[str], start: int, end: int, kind: Kind) -> Iterator[Block]:
    """Yield lines of code without their common indent, or the code of the prompts in them."""
    filled = [line for line in lines[start:end] if line.strip()]
    if not filled:
        return
    if _PROMPT.match(filled[0]):
        yield from _session(lines, start, end)
        return
    indent = min(len(line) - len(line.lstrip()) for line in filled)
    first = next(position for position in range(start, end) if lines[position].strip())
    pieces = [Piece(position, indent, lines[position][indent:]) for position in range(first, end)]
    while not pieces[-1].code.strip():
        pieces.pop()
    yield Block(kind, pieces)


def _session(lines: Sequence[str], start: int, end: int) -> Iterator[Block]:
    """Yield the code behind the prompts of an interactive session."""
    pieces: list[Piece] = []
    inside = False
    for position in range(start, end):
        line = lines[position]
        prompt = _PROMPT.match(line) or (_MORE.match(line) if inside else None)
        inside = prompt is not None
        if prompt is not None:
            column = min(len(prompt[1]) + 4, len(line))
            pieces.append(Piece(position, column, line[column:]))
    if pieces:
        yield Block(Kind.PYTHON, pieces)
