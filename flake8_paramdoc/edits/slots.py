"""What stands between commas: the arguments of a call, the names of an import. Each is replaced, dropped or added.

Commas, comments and line breaks around the others stay as they are.
"""

from __future__ import annotations

import tokenize
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from flake8_paramdoc.edits.source import Edit, Source


class Slot(NamedTuple):
    """One of several things between commas."""

    node: Any
    start: int
    end: int
    """Where it ends, with the parentheses around it."""
    comma: int | None
    """Where the comma behind it ends."""


class Slots:
    """The things that stand between two places, with commas between them."""

    def __init__(self, source: Source, nodes: Sequence[Any], begin: int, end: int) -> None:
        """Take nodes in the order of the source.

        :param begin: where they begin, behind a parenthesis if there is one.
        :param end: where they end, before one.
        """
        self._source = source
        self.begin = begin
        self.end = end
        self.slots = list(self._found(nodes))

    def _found(self, nodes: Sequence[Any]) -> Iterator[Slot]:
        here = self.begin
        for node in nodes:
            inside, behind = self._source.span(node)
            start = next((token.start for token in self._source.between(here, inside) if not token.is_blank), inside)
            end, comma = behind, None
            for token in self._source.between(behind, self.end):
                if token.kind == tokenize.COMMA:
                    comma = token.end
                    break
                if not token.is_blank:
                    end = token.end
            yield Slot(node, start, end, comma)
            here = comma if comma is not None else end

    def slot(self, node: Any) -> Slot:
        """Return the one that a node is."""
        return next(slot for slot in self.slots if slot.node is node)

    def text(self, slot: Slot) -> str:
        """Return what stands there."""
        return self._source.text[slot.start : slot.end]

    def dropped(self, numbers: Collection[int]) -> Iterator[Edit]:
        """Yield the edits that drop some, with their commas, and leave the comments around them."""
        last = len(self.slots)
        while last - 1 in numbers:
            last -= 1
        for number in sorted(numbers):
            if number < last:
                yield self._dropped_at_line_end(number, numbers) or self._dropped_before_another(number)
        if last < len(self.slots):
            yield from self._dropped_from(last)

    def _dropped_at_line_end(self, number: int, numbers: Collection[int]) -> Edit | None:
        """Return the edit that drops the last one of a line, where others stay before it: the line still ends there."""
        if number == 0 or {number - 1, number + 1} & set(numbers):
            return None
        before, slot, after = self.slots[number - 1 : number + 2]
        line = self._source.line_of
        if before.comma is None or line(before.end) != line(slot.start) or line(slot.end) == line(after.start):
            return None
        if self._source.comments(before.comma, after.start):
            return None
        return Edit(before.comma, slot.comma or slot.end, "")

    def _dropped_before_another(self, number: int) -> Edit:
        slot = self.slots[number]
        assert slot.comma is not None
        after = self.slots[number + 1].start
        if not self._source.comments(slot.comma, after):
            return Edit(slot.start, after, "")
        return Edit(slot.start, self._behind_blanks(slot.comma), "")

    def _dropped_from(self, first: int) -> Iterator[Edit]:
        """Yield the edits that drop all from one on; comments between and beside them stay."""
        end = self.slots[-1]
        behind = end.comma if end.comma is not None else end.end
        start = self.slots[first].start
        if first:
            before = self.slots[first - 1]
            # Of what is written with a comma behind the last one, the one before keeps its own.
            start = before.comma if end.comma is not None and before.comma is not None else before.end
        if not self._source.comments(start, self._line_end(behind)):
            yield Edit(start, behind, "")
            return
        for slot in self.slots[first:]:
            behind = slot.comma if slot.comma is not None else slot.end
            if self._source.comments(behind, self._line_end(behind)):
                yield Edit(slot.start, self._behind_blanks(behind), "")
            else:
                tokens = [token for token in self._source.between(self.begin, slot.start) if token.text.strip()]
                yield Edit(tokens[-1].end if tokens else slot.start, behind, "")

    def _line_end(self, place: int) -> int:
        return min(self._source.line_end(place), self.end)

    def _behind_blanks(self, place: int) -> int:
        text = self._source.text
        while place < len(text) and text[place] in " \t":
            place += 1
        return place

    def added(self, text: str) -> Edit:
        """Return the edit that adds something behind the last one."""
        if not self.slots:
            return Edit(self.begin, self.begin, text)
        last = self.slots[-1]
        if last.comma is None:
            return Edit(last.end, last.end, f", {text}")
        line = self._source.text[self._source.line_start(last.start) : last.start]
        if line.strip():
            return Edit(last.comma, last.comma, f" {text},")
        return Edit(last.comma, last.comma, f"{self._source.newline}{line}{text},")
