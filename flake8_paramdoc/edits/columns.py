"""Lines that stand below the parenthesis that they are in: where that moves, they move along."""

from __future__ import annotations

import tokenize
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from flake8_paramdoc.edits.source import Edit, Source, Token

_OPENING = frozenset({tokenize.LPAR, tokenize.LSQB, tokenize.LBRACE})
_CLOSING = frozenset({tokenize.RPAR, tokenize.RSQB, tokenize.RBRACE})


def aligned(source: Source, edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yield the edits that keep lines below the parenthesis below which they stood, beside those that move it."""
    ordered = sorted(edits, key=lambda edit: edit[:2])
    behind = -1
    for edit in ordered:
        if edit.start >= behind:
            tokens = source.statement(edit.start)
            behind = tokens[-1].end if tokens else edit.start
            yield from _of_statement(source, tokens, ordered)


def _of_statement(source: Source, tokens: Sequence[Token], edits: Sequence[Edit]) -> Iterator[Edit]:
    moved: dict[int, int] = {}
    """By how many columns the beginning of a line moves."""
    open_ones: list[int] = []
    line = 0
    for token in tokens:
        here = source.line_of(token.start)
        if here > line and token.kind not in (tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT):
            line = here
            edit = _of_line(source, open_ones, token.start, edits, moved) if open_ones else None
            if edit is not None:
                yield edit
        if token.kind in _OPENING:
            open_ones.append(token.start)
        elif token.kind in _CLOSING and open_ones:
            open_ones.pop()
        line = max(line, source.line_of(max(token.end - 1, 0)))  # nothing of a text of several lines moves


def _of_line(
    source: Source, open_ones: Sequence[int], start: int, edits: Sequence[Edit], moved: dict[int, int]
) -> Edit | None:
    """Return the edit that moves a line which stands in a parenthesis, by its first token."""
    begin = source.line_start(start)
    blank = source.text[begin:start]
    column = start - begin
    opening = next((one for one in reversed(open_ones) if _is_below(source, column, one)), None)
    # Where it is below none, it goes where the line goes on which the last parenthesis opens.
    above = source.line_start(open_ones[-1] if opening is None else opening)
    text = source.text[above : source.line_end(above)]
    if set(blank) - {" "} or column < len(text) - len(text.lstrip(" ")):
        return None  # it stands where it does for another reason
    by = moved.get(above, 0)
    if opening is not None:
        by = _shift(source, above, opening, edits, moved)
        by += _deeper(opening + 1, start, edits)
    if not by or column + by < 0 or any(edit.start < start and begin < edit.end for edit in _near(edits, begin)):
        return None
    moved[begin] = by
    return Edit(begin, start, " " * (column + by))


def _is_below(source: Source, column: int, opening: int) -> bool:
    """Tell whether a column is that of a parenthesis, or of what stands behind it."""
    own = opening - source.line_start(opening)
    behind = source.text[opening + 1 : source.line_end(opening)]
    return column in (own, own + 1) and bool(behind.strip())


def _shift(source: Source, above: int, opening: int, edits: Sequence[Edit], moved: dict[int, int]) -> int:
    """Return by how many columns a parenthesis moves."""
    by = moved.get(above, 0)
    for edit in _near(edits, above):
        if edit.end <= above or edit.start > opening:
            continue
        if edit.start <= opening < edit.end:
            if not edit.text.endswith(("(", "[", "{")) or source.text[opening + 1 : edit.end].strip():
                return 0  # it is written anew
        elif edit.start < above and "\n" not in edit.text:
            return 0  # it stands behind what had another number of lines
        tail = edit.text.rpartition("\n")[2]
        # What has lines of its own ends where the last of them does.
        by = (
            len(tail) - (edit.end - above)
            if "\n" in edit.text
            else by + len(tail) - (edit.end - max(edit.start, above))
        )
    return by


def _deeper(behind: int, start: int, edits: Sequence[Edit]) -> int:
    """Return by how many columns a line goes to the right as another parenthesis opens before it, and closes behind."""
    near = _near(edits, behind)
    if not near or near[0].start != behind or near[0].end != behind or near[0].text[1:][-1:] not in ("(", "["):
        return 0
    closes = any(edit.start >= start and edit.text.startswith((")", "]")) for edit in near)
    return len(near[0].text) if closes else 0


def _near(edits: Sequence[Edit], place: int) -> Sequence[Edit]:
    """Return the edits from a place on, with those that reach it."""
    first = bisect_left(edits, (place,))
    while first and edits[first - 1].end > place:
        first -= 1
    return edits[first:]
