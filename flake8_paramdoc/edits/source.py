"""A source with what an edit must know of it: where nodes begin and end, its tokens, and what a node is part of."""

from __future__ import annotations

import ast
import tokenize
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from flake8_paramdoc.edits.lines import lines_of

_BLANK = frozenset({tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT})


class Edit(NamedTuple):
    """A piece of a text, from ``start`` to before ``end``, in whose place another one is written."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with edits that do not overlap."""
    parts: list[str] = []
    here = 0
    for edit in sorted(edits, key=lambda edit: edit[:2]):
        parts += (text[here : edit.start], edit.text)
        here = edit.end
    return "".join((*parts, text[here:]))


class Token(NamedTuple):
    """A token of Python, by its places in the text."""

    kind: int
    text: str
    start: int
    end: int

    @property
    def is_blank(self) -> bool:
        """Whether it is none of code: the end of a line, a comment, an indentation."""
        return self.kind in _BLANK


def parsed(text: str) -> ast.Module:
    """Parse a source.

    :raises SyntaxError: where it is not Python, or nested too deeply to be read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxError(str(error) or "nested too deeply") from None


class Source:
    """A source, its tree, and the places of what is in it, as numbers of characters from its beginning."""

    def __init__(self, text: str) -> None:
        """Take a text.

        :raises SyntaxError: where it is not Python.
        """
        self.text = text
        self.tree = parsed(text)
        self.lines = lines_of(text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(map(len, self.lines))]

    @property
    def newline(self) -> str:
        """What the lines end in, by the first of them."""
        first = self.lines[0] if self.lines else ""
        return first[len(first.rstrip("\r\n")) :] or "\n"

    def offset(self, line: int, column: int) -> int:
        """Return the place of what a tree says stands on a line, the first is 1, in a column that counts bytes."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        if not text.isascii():
            column = len(text.encode(errors="surrogatepass")[:column].decode(errors="surrogatepass"))
        return self._starts[line - 1] + column

    def span(self, node: Any) -> tuple[int, int]:
        """Return where a node begins, and where what follows it does."""
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset)

    def segment(self, node: Any) -> str:
        """Return the code of a node."""
        start, end = self.span(node)
        return self.text[start:end]

    def start_of(self, line: int) -> int:
        """Return where a line begins, by its number; the first is 1."""
        return self._starts[min(line, len(self._starts)) - 1]

    def line_of(self, place: int) -> int:
        """Return the number of the line, the first is 1, that a place is on."""
        return bisect_right(self._starts, place)

    def line_start(self, place: int) -> int:
        """Return where the line begins that a place is on."""
        return self._starts[self.line_of(place) - 1]

    def line_end(self, place: int) -> int:
        """Return where the line ends that a place is on, with what ends it."""
        return self._starts[min(self.line_of(place), len(self.lines))]

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens.

        :raises SyntaxError: where they cannot be told.
        """
        found = []
        try:
            for token in tokenize.generate_tokens(iter([*self.lines, ""]).__next__):
                (line, column), (end_line, end_column) = token.start, token.end
                if line > len(self._starts) or end_line > len(self._starts):
                    break  # those of the end
                found.append(
                    Token(
                        token.exact_type,
                        token.string,
                        self._starts[line - 1] + column,
                        self._starts[end_line - 1] + end_column,
                    )
                )
        except (tokenize.TokenError, StopIteration) as error:
            raise SyntaxError(str(error)) from None
        return found

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def between(self, start: int, end: int) -> list[Token]:
        """Return the tokens that begin at or behind ``start`` and before ``end``."""
        return self.tokens[bisect_left(self._token_starts, start) : bisect_left(self._token_starts, end)]

    def statement(self, place: int) -> list[Token]:
        """Return the tokens of the line, as Python reads it, that a place is in: to the end of the last parenthesis."""
        tokens = self.tokens
        first = bisect_right(self._token_starts, place)
        while first and tokens[first - 1].kind != tokenize.NEWLINE:
            first -= 1
        last = bisect_left(self._token_starts, place)
        while last < len(tokens) and tokens[last].kind != tokenize.NEWLINE:
            last += 1
        return tokens[first : last + 1]

    def comments(self, start: int, end: int) -> list[Token]:
        """Return the comments between two places."""
        return [token for token in self.between(start, end) if token.kind == tokenize.COMMENT]

    @cached_property
    def parents(self) -> dict[int, ast.AST]:
        """What each node is part of, by the node's identity."""
        return {id(child): node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    @cached_property
    def imports(self) -> list[ast.Import | ast.ImportFrom]:
        """All statements that import something, in the order of the source."""
        found = [node for node in ast.walk(self.tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
        return sorted(found, key=lambda node: (node.lineno, node.col_offset))
