"""A finding, and where in the source it is reported: at the very name or argument."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, NamedTuple

from flake8_paramdoc.changes.record import dataclass
from flake8_paramdoc.texts.columns import characters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flake8_paramdoc.changes.shapes import Change, Fix
    from flake8_paramdoc.reading.keras_packages import KerasPackage
    from flake8_paramdoc.reading.scopes import Names


@dataclass(frozen=True)
class Finding:
    """One place where a source is written for an older Keras, and what to write there."""

    code: str
    message: str
    line: int
    """The first line is 1."""
    column: int
    """In characters; the first is 0."""


class Site(NamedTuple):
    """What surrounds a match, as far as who writes it anew must know it."""

    scope: Names
    package: KerasPackage
    name: str = ""
    """What the change is asked for: the old name within its module, or the member as it is listed."""
    call: ast.Call | None = None
    """The call whose argument, or lack of one, it is."""
    callee: str = ""
    """What is called, by the name of today's documentation."""
    skip: int = 0
    """How many arguments by place are not the callee's own."""
    elsewhere: bool = False
    """Whether the object may be of a class of another module, whose method does what nobody here knows."""


class Match(NamedTuple):
    """A node that is written in an old form."""

    node: Any
    change: Change
    message: str
    doubtful: bool = False
    """Whether it is only an old form in a file that is older otherwise."""
    module: bool = False
    """Of an import: whether the module is the old form, and not what is imported from it."""
    site: Site | None = None
    fixes: tuple[Fix, ...] = ()
    """What can be written instead, the first that fits, where the change and the node alone do not tell."""


def located(match: Match, lines: Sequence[str]) -> Finding:
    """Return the finding of a match."""
    line, column = _place(match, lines)
    return Finding(match.change.code, match.message, line, column)


def _place(match: Match, lines: Sequence[str]) -> tuple[int, int]:
    node = match.node
    if isinstance(node, ast.Attribute):
        # Of a.b.c, the node begins at a; what is old is c.
        end = characters(node.end_col_offset or 0, node.end_lineno or node.lineno, lines)
        return node.end_lineno or node.lineno, max(end - len(node.attr), 0)
    column = characters(node.col_offset, node.lineno, lines)
    if isinstance(node, ast.ImportFrom) and match.module:
        return node.lineno, _behind("from", node.lineno, column, lines)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return node.lineno, _behind("def", node.lineno, column, lines)
    return node.lineno, column


def _behind(word: str, line: int, column: int, lines: Sequence[str]) -> int:
    """Return the column of what follows a keyword, where it stands on the same line."""
    text = lines[line - 1] if line <= len(lines) else ""
    start = text.find(word, column)
    if start < 0:
        return column
    start += len(word)
    rest = text[start:]
    stripped = rest.lstrip()
    return start + len(rest) - len(stripped) if stripped.strip("\\\r\n") else column
