"""Old forms in the Python that docstrings show, at the true line and column."""

from __future__ import annotations

import ast
import builtins
import re
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import (
    ASKED_OF,
    HOMES,
    OLD_ARGUMENTS,
    OLD_MEMBERS,
    OLD_NAMES,
    OLD_PAIRS,
    PLACED_CALLEES,
    REQUIRING_CALLEES,
)
from flake8_paramdoc.matching.finding import Finding
from flake8_paramdoc.reading.scopes import Imported, Names, Trail
from flake8_paramdoc.reading.walk import read
from flake8_paramdoc.texts import slips
from flake8_paramdoc.texts.literals import Literal
from flake8_paramdoc.texts.snippets import MARKS, Purpose, Snippet, snippets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flake8_paramdoc.reading.collected import Reading

_WORD = re.compile(r"\w+")
_ATTRIBUTE = re.compile(r"\.\s*(\w+)")
_PAIR = re.compile(r"(?:\b(\w+)|[)\]])(?=\s*\.\s*(\w+))")
"""What stands before a dot, if that is a name, and the attribute behind it."""
_OLD_ATTRIBUTES = OLD_NAMES | OLD_MEMBERS
_ARGUMENT = re.compile(r"\b(\w+)[\"']?\s*[=:]")
_CALLED = re.compile(r"(\.?)\s*\b(\w+)\s*\(")
"""What is called, and whether it is spelled behind a dot: a name that stands alone may be an alias."""
_BUILTINS = frozenset(dir(builtins))
_PLACED = re.compile(r"\b(\w+)\s*\(\s*(?!\w+\s*=[^=])[^\s)]")
"""What is called with an argument that has no name."""
_NO_KERAS = frozenset({"tf", "np", "random", "self", "keras_hub"})

_HOLDING = frozenset({"body", "orelse", "finalbody", "handlers", "cases"})
"""The parts of a node that hold statements."""

_CONVENTIONS = {"keras": "keras", "tf": "tensorflow"}
"""What documentation takes for granted, where a file says nothing else."""


def find_in_texts(
    reading: Reading,
    lines: Sequence[str],
    find: Callable[[ast.AST, Sequence[str], Names], list[Finding]],
) -> Iterator[Finding]:
    """Yield what ``find`` finds in the docstrings of a file, and what in them is to be run and does not parse."""
    # Where the file or the text gives a name of its own, what is called by a name alone may be anything.
    aliased = any(alias.asname for node, _ in reading.imports for alias in node.names)
    for node, scope in reading.texts:
        found = _up_to_suspects(str(node.value), aliased)
        if found:
            yield from _find_in_snippets(found, Literal(node, lines), _around(scope), find)


def shows_suspects(tree: ast.AST) -> bool:
    """Tell whether a docstring shows what there may be something to find in: cheaper than to walk the whole tree."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Expr):
            text = node.value.value if isinstance(node.value, ast.Constant) else None
            if isinstance(text, str) and _up_to_suspects(text, aliased=True):
                return True
        else:
            for name in _HOLDING.intersection(node._fields):
                part = getattr(node, name)
                pending += part if isinstance(part, list) else ()  # the body of a lambda is no list
    return False


@lru_cache(maxsize=256)
def _up_to_suspects(text: str, aliased: bool) -> tuple[Snippet, ...]:
    """Return the snippets of a text up to the last one in which there may be something to find."""
    found = list(snippets(text)) if any(mark in text for mark in MARKS) else []
    aliased = aliased or " as " in text
    while found and not _is_suspect(found[-1], aliased):
        found.pop()
    return tuple(found)


def _is_suspect(snippet: Snippet, aliased: bool) -> bool:
    """Tell whether there may be something to find in a snippet: cheaper than to parse it."""
    if snippet.purpose is not Purpose.SHOWN:
        return True
    code = snippet.code
    if "import" in code and not OLD_NAMES.isdisjoint(_WORD.findall(code)):
        return True
    if any(f"{name}(" in code for name in REQUIRING_CALLEES):
        return True
    if not PLACED_CALLEES.isdisjoint(_PLACED.findall(code)):
        return True
    if not _OLD_ATTRIBUTES.isdisjoint(_ATTRIBUTE.findall(code)) and any(map(_may_be_old, _PAIR.findall(code))):
        return True
    arguments = OLD_ARGUMENTS.intersection(_ARGUMENT.findall(code))
    if not arguments:
        return False
    called = set(_CALLED.findall(code))
    if aliased and any(not dot and name not in _BUILTINS for dot, name in called):
        return True
    spelled = {name for _, name in called}
    return any(name not in ASKED_OF or not spelled.isdisjoint(ASKED_OF[name]) for name in arguments)


def _may_be_old(pair: tuple[str, str]) -> bool:
    """Tell whether an attribute may be an old one, by its name and what stands before it."""
    before, attribute = pair
    if attribute in OLD_MEMBERS or pair in OLD_PAIRS:
        return True
    return attribute in OLD_NAMES and before not in HOMES and before not in _NO_KERAS


def _find_in_snippets(
    found: tuple[Snippet, ...],
    literal: Literal,
    names: Names,
    find: Callable[[ast.AST, Sequence[str], Names], list[Finding]],
) -> Iterator[Finding]:
    trail = Trail(names)
    for snippet in found:
        try:
            tree = parse(snippet)
        except SyntaxError as error:
            if snippet.purpose is not Purpose.SHOWN:
                yield _does_not_parse(snippet, error, literal)
            continue
        if tree is None:
            continue
        suspect = snippet.purpose is not Purpose.SHOWN or _is_suspect(snippet, aliased=True)
        code = snippet.code
        lines = [code.replace("\n", " ")] if snippet.purpose is Purpose.EXPRESSION else code.split("\n")
        for finding in find(tree, lines, names) if suspect else ():
            line, column = _place(snippet, finding.line, finding.column, literal)
            yield Finding(finding.code, finding.message, line, column)
        # One snippet goes on where the one before it ended.
        if snippet is not found[-1]:
            names = Names(names)
            read(tree, names)
            trail.add(names)


def parse(snippet: Snippet) -> ast.AST | None:
    """Parse the code of a snippet.

    Returns ``None`` where Python gives up on what is nested too deeply. Raises ``SyntaxError``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if snippet.purpose is Purpose.EXPRESSION:
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


def _around(scope: Names) -> Names:
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
    what = "block" if snippet.purpose is Purpose.RUN else "argument"
    advice = slips.advice(snippet.code.split("\n"), error.lineno or 1) if snippet.purpose is Purpose.RUN else ""
    message = f"paramsummary {what} does not parse: {error.msg}{f' ({advice})' if advice else ''}"
    return Finding("KER301", message, line, column)


def _place(snippet: Snippet, line: int, column: int, literal: Literal) -> tuple[int, int]:
    if snippet.purpose is Purpose.EXPRESSION:
        line = 1
        while line < len(snippet.pieces) and column > len(snippet.pieces[line - 1].text):
            column -= len(snippet.pieces[line - 1].text) + 1
            line += 1
    piece = snippet.pieces[min(line, len(snippet.pieces)) - 1]
    return literal.place(piece.line, piece.column + column)
