"""Old forms in the Python that docstrings show, at the true line and column."""

from __future__ import annotations

import ast
import re
import warnings
from typing import TYPE_CHECKING

from flake8_paramdoc.matching.finding import Finding
from flake8_paramdoc.reading.scopes import Imported, Names, Trail
from flake8_paramdoc.texts import slips
from flake8_paramdoc.texts.literals import Literal
from flake8_paramdoc.texts.snippets import Purpose, Snippet, snippets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flake8_paramdoc.reading.collected import Reading

_CONVENTIONS = {"keras": "keras", "tf": "tensorflow"}
"""What documentation takes for granted, where a file says nothing else."""


def find_in_texts(
    reading: Reading,
    lines: Sequence[str],
    find: Callable[[ast.AST, Sequence[str], Names], tuple[list[Finding], Names]],
) -> Iterator[Finding]:
    """Yield what ``find`` finds in the docstrings of a file, and what in them is to be run and does not parse.

    :param find: takes a tree, its lines and the names before it, and returns the names behind it as well.
    """
    for node, scope in reading.texts:
        shown = list(snippets(str(node.value)))
        # The builder of a list is looked at with each of its lines.
        found = dict.fromkeys(_find_in_snippets(shown, Literal(node, lines), around(scope), find)) if shown else {}
        if found and not reading.guards.cover(node):
            yield from found


def _find_in_snippets(
    shown: Sequence[Snippet],
    literal: Literal,
    names: Names,
    find: Callable[[ast.AST, Sequence[str], Names], tuple[list[Finding], Names]],
) -> Iterator[Finding]:
    trail = Trail(names)
    for snippet in shown:
        try:
            tree = parse(snippet)
        except SyntaxError as error:
            if snippet.purpose is not Purpose.SHOWN:
                yield _does_not_parse(snippet, error, literal)
            continue
        if tree is None:
            continue
        code = snippet.code
        lines = [code.replace("\n", " ")] if snippet.is_expression else code.split("\n")
        # One snippet goes on where the one before it ended.
        found, names = find(tree, lines, names)
        trail.add(names)
        for finding in found:
            line, column = _place(snippet, finding.line, finding.column, literal)
            yield Finding(finding.code, finding.message, line, column)


def parse(snippet: Snippet) -> ast.AST | None:
    """Parse the code of a snippet.

    Returns ``None`` where Python gives up on what is nested too deeply. Raises ``SyntaxError``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if snippet.is_expression:
                # Its lines are one, as docutils joins them.
                return ast.parse(_as_expression(snippet.code).replace("\n", " "), mode="eval")
            return ast.parse(snippet.code)
    except ValueError as error:
        raise SyntaxError(str(error)) from None
    except (RecursionError, MemoryError):
        return None


def _as_expression(code: str) -> str:
    """Write ``package.module:attribute`` as Python does, in the same length."""
    return re.sub(r"^(\s*[\w.]+):(?=[A-Za-z_])", r"\1.", code)


def around(scope: Names) -> Names:
    """Return the names before a docstring's code: those of the file, and what documentation takes for granted."""
    around = Names(scope)
    for name, module in _CONVENTIONS.items():
        outer: Names | None = scope
        while outer is not None and name not in outer.bindings:
            outer = outer.outer
        if outer is None:
            around.bind(name, Imported(module))
    return around


def _does_not_parse(snippet: Snippet, error: SyntaxError, literal: Literal) -> Finding:
    line, column = _place(snippet, error.lineno or 1, max((error.offset or 1) - 1, 0), literal)
    advice = slips.advice(snippet.code.split("\n"), error.lineno or 1) if snippet.purpose is Purpose.RUN else ""
    message = f"{snippet.what} does not parse: {error.msg}{f' ({advice})' if advice else ''}"
    return Finding("KER301", message, line, column)


def _place(snippet: Snippet, line: int, column: int, literal: Literal) -> tuple[int, int]:
    if snippet.is_expression:
        line = 1
        while line < len(snippet.pieces) and column > len(snippet.pieces[line - 1].text):
            column -= len(snippet.pieces[line - 1].text) + 1
            line += 1
    piece = snippet.pieces[min(line, len(snippet.pieces)) - 1]
    return literal.place(piece.line, piece.column + column)
