"""From a tree, the names in it and the table of changes to findings."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flake8_paramdoc.changes import ARGUMENTS, CALLEES, KNOWN, OLD_ARGUMENTS
from flake8_paramdoc.changes.change import NOT_LITERAL
from flake8_paramdoc.names import Names, canonical, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from flake8_paramdoc.changes.change import Callee, Change


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a source is written for an older Keras, and what to write there."""

    code: str
    message: str
    line: int
    """The first line is 1."""
    column: int
    """In characters; the first is 0."""


def find(tree: ast.AST, lines: Sequence[str], *, names: Names | None = None, target: int = 3) -> list[Finding]:
    """Find what the ``target`` version of Keras, 2 or 3, no longer takes, in the order of the source.

    ``tree`` is the result of ``ast.parse``, also with ``mode="eval"``. ``lines`` are the lines of its source
    as Python counts them, with or without their ends: a file's ``readlines``, but not ``str.splitlines``,
    which splits at form feeds too. ``names`` are there before the source begins: those that
    :func:`flake8_paramdoc.names.read` finds in code that runs before it.
    """
    if names is None and not any("keras" in line for line in lines):
        return []
    found = [
        _finding(change, message, node, lines)
        for node, change, message in _matches(tree, Names(names))
        if change.major <= target
    ]
    return sorted(found, key=lambda finding: (finding.line, finding.column, finding.code))


def _matches(tree: ast.AST, module: Names) -> Iterator[tuple[ast.AST, Change, str]]:
    # What a name stands for is known at the end of the walk, and not before.
    for node, scope in list(walk(tree, module, wanted=_MATCHERS)):
        yield from _MATCHERS[type(node)](node, scope)


def _call(node: ast.Call, scope: Names) -> Iterator[tuple[ast.AST, Change, str]]:
    suspects = [(keyword, keyword.arg) for keyword in node.keywords if keyword.arg and keyword.arg in OLD_ARGUMENTS]
    callee = _callee(node.func, scope) if suspects else None
    if callee is None:
        return
    for keyword, argument in suspects:
        for change in ARGUMENTS.get((callee, argument), ()):
            yield keyword, change, change.message(callee, argument, _literal(keyword.value))


_MATCHERS: Mapping[type, Callable[[Any, Names], Iterator[tuple[ast.AST, Change, str]]]] = {
    ast.Call: _call,
}


def _callee(node: ast.expr, scope: Names) -> Callee | None:
    """Give what an expression names, where all that it may stand for is the same callee of Keras."""
    callees = {CALLEES.get(canonical(dotted)) for dotted in scope.resolve(node, KNOWN)}
    return callees.pop() if len(callees) == 1 else None


def _literal(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else NOT_LITERAL


def _finding(change: Change, message: str, node: Any, lines: Sequence[str]) -> Finding:
    return Finding(
        code=change.code,
        message=message,
        line=node.lineno,
        column=_characters(node.col_offset, node.lineno, lines),
    )


def _characters(column: int, line: int, lines: Sequence[str]) -> int:
    """Turn a column of a tree, which counts bytes of UTF-8, into one that counts characters."""
    text = lines[line - 1] if line <= len(lines) else ""
    if text.isascii():
        return column
    return len(text.encode(errors="surrogatepass")[:column].decode(errors="replace"))
