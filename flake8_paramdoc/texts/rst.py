"""What reStructuredText is made of, as far as it may hold code: directives, literal blocks and interactive sessions.

Source: docutils' specification of reStructuredText, sections "Directives", "Literal Blocks" and "Doctest Blocks".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flake8_paramdoc.texts.directives import Directive, Piece, argument_and_options, dedented

_DIRECTIVE = re.compile(r"^(\s*)\.\.[ ]+([A-Za-z][\w.:-]*?)::(?:[ ]+(.*)|)$")


def directive(lines: Sequence[str], position: int) -> Directive | None:
    """Return the directive that begins on a line; ``None`` where none does."""
    match = _DIRECTIVE.match(lines[position])
    if match is None:
        return None
    margin, rest = len(match[1]), (match[3] or "").rstrip()
    end = end_of_indented(lines, position + 1, margin)
    first = [Piece(position, match.start(3), rest)] if rest else []
    number = position + 1
    while number < end and lines[number].strip():
        number += 1
    below = dedented(lines, position + 1, end)
    head = [*first, *(piece for piece in below if piece.line < number)]
    argument, options = argument_and_options(head)
    return Directive(
        match[2],
        position,
        end,
        margin,
        argument,
        options,
        dedented(lines, number, end),
        begins_directly=bool(argument) and not rest,
    )


_LITERAL = frozenset({"code", "code-block", "sourcecode", "parsed-literal"})
"""Directives whose content is shown as it is."""


def directives(lines: Sequence[str]) -> Iterator[Directive]:
    """Yield the directives of a text at every depth, but for what literal blocks show."""
    position = 0
    while position < len(lines):
        found = directive(lines, position)
        if found:
            yield found
            position = found.end if found.name in _LITERAL else position + 1
        elif is_before_literal_block(lines[position]):
            margin = len(lines[position]) - len(lines[position].lstrip())
            position = max(end_of_indented(lines, position + 1, margin), position + 1)
        else:
            position += 1


def end_of_indented(lines: Sequence[str], start: int, margin: int) -> int:
    """Return the line behind the last one that stands further to the right than `margin`; blank ones do not count."""
    end = start
    for position in range(start, len(lines)):
        line = lines[position]
        if line.strip():
            if len(line) - len(line.lstrip()) <= margin:
                break
            end = position + 1
    return end


def is_before_literal_block(line: str) -> bool:
    """Tell whether what stands indented below a line is shown as it is: the line ends in two colons."""
    return line.rstrip().endswith("::") and not line.lstrip().startswith(".. ")
