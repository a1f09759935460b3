"""The Python of a text that is none itself, as programs: each of their lines with its place in the text."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from flake8_paramdoc.edits.source import Edit, parsed
from flake8_paramdoc.texts import cells as notebook
from flake8_paramdoc.texts.snippets import Purpose, Snippet, snippets

_BETWEEN = "#\ue000"
"""A line between two blocks of one program, which stands nowhere: what is written anew stays in its block."""
_PROMPTS = (">>> ", "... ")


class Line(NamedTuple):
    """A line of a program, and where it stands."""

    text: str
    start: int
    """Where it begins in the whole text."""
    end: int
    joint: str
    """What stands between it and a line that is written below it."""
    is_json: bool = False

    def written(self, text: str, whole: str) -> str:
        """Return a line as it is written in its place."""
        if not self.is_json:
            return text
        return json.dumps(text, ensure_ascii=whole[self.start : self.end].isascii())[1:-1]


@dataclass(frozen=True)
class Program:
    """Code that runs as one."""

    lines: tuple[Line, ...]
    is_run: bool
    """Whether it must parse."""
    is_expression: bool = False
    what: str = "paramsummary block"
    """What a message calls it."""

    @property
    def text(self) -> str:
        """The code."""
        if self.is_expression:
            return " ".join(line.text for line in self.lines)
        return "".join(f"{line.text}\n" for line in self.lines)

    @property
    def placed(self) -> list[Line]:
        """The lines that stand in the whole text."""
        return [line for line in self.lines if not line.text.startswith(_BETWEEN)]

    def place(self, line: int, column: int) -> int:
        """Return where in the whole text a character stands, by its line, the first is 1, and its column."""
        if self.is_expression:
            for one in self.lines[:-1]:
                if column <= len(one.text):
                    return one.start + column
                column -= len(one.text) + 1
            return self.lines[-1].start + column
        one = self.lines[min(line, len(self.lines)) - 1]
        if one.is_json:
            return one.start + len(json.dumps(one.text[:column], ensure_ascii=False)) - 2
        return min(one.start + column, one.end) if column > len(one.text) else one.start + column

    def edits(self, new: str, whole: str) -> Iterator[Edit]:
        """Yield the edits of the whole text that make another code of this one."""
        if self.is_expression:
            if len(self.lines) == 1:
                yield Edit(self.lines[0].start, self.lines[0].end, new)
            return
        begins = _beginnings(new)
        number = 0
        after = new.removesuffix("\n").split("\n")
        for lines in _blocks(self.lines, lambda line: line.text):
            written: list[str] = []
            first = number
            while number < len(after) and not after[number].startswith(_BETWEEN):
                written.append(after[number])
                number += 1
            starts = frozenset(place - first for place in begins)
            yield from _Block(lines).edits(written, starts, whole)
            number += 1


class _Block:
    """Lines of a program that stand together."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines

    def edits(self, after: Sequence[str], begins: frozenset[int], whole: str) -> Iterator[Edit]:
        """Yield the edits of the whole text that make other lines of these."""
        before = [line.text for line in self.lines]
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal":
                continue
            shared = min(i2 - i1, j2 - j1)
            for number in range(shared):
                line = self.lines[i1 + number]
                yield Edit(line.start, line.end, line.written(after[j1 + number], whole))
            if j2 - j1 > shared:
                yield self._inserted(i1 + shared, range(j1 + shared, j2), after, begins, whole)
            if i2 - i1 > shared:
                yield self._deleted(i1 + shared, i2)

    def _inserted(self, number: int, added: range, after: Sequence[str], begins: frozenset[int], whole: str) -> Edit:
        above = self.lines[max(number - 1, 0)]
        texts = [(one, above.written(after[one], whole)) for one in added]
        if number == 0:
            joined = "".join(f"{text}{_joint(above, one + 1 in begins)}" for one, text in texts)
            return Edit(above.start, above.start, joined)
        return Edit(above.end, above.end, "".join(f"{_joint(above, one in begins)}{text}" for one, text in texts))

    def _deleted(self, first: int, behind: int) -> Edit:
        if first == 0:
            if behind < len(self.lines):
                return Edit(self.lines[0].start, self.lines[behind].start, "")
            return Edit(self.lines[0].start, self.lines[-1].end, "pass")
        return Edit(self.lines[first - 1].end, self.lines[behind - 1].end, "")


def _blocks(lines: Sequence[Line], text: Callable[[Line], str]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if text(line).startswith(_BETWEEN):
            yield block
            block = []
        else:
            block.append(line)
    yield block


def _joint(line: Line, begins: bool) -> str:
    """Return what stands before a line that is written below another: a prompt, where that has one."""
    if not line.joint.endswith(_PROMPTS):
        return line.joint
    return f"{line.joint[:-4]}{_PROMPTS[0] if begins else _PROMPTS[1]}"


def _beginnings(code: str) -> frozenset[int]:
    """Return the lines, the first is 0, on which a statement of a program begins."""
    return frozenset(statement.lineno - 1 for statement in parsed(code).body)


def of_text(
    text: str, place: Callable[[int, int], int] | None = None, whole: str | None = None, newline: str = "\n"
) -> Iterator[Program]:
    """Yield the programs of a text: what is run, each block for itself, and what is shown, as one that goes on.

    What is shown and does not parse is left out: it may be a sketch.

    :param place: returns where a character of the text stands in ``whole``, by its line and its column, which begin
        at 0; without it, the text is the whole.
    """
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    find = place or (lambda line, column: starts[line] + column)
    whole = text if whole is None else whole
    shown: list[Line] = []
    for snippet in snippets(text.replace("\r\n", "\n")):
        lines = list(_lines(snippet, find, whole, newline))
        if not lines:
            continue
        if snippet.purpose is Purpose.SHOWN:
            if _parses("".join(f"{line.text}\n" for line in lines)):
                shown += [*([_between()] if shown else []), *lines]
        else:
            yield Program(tuple(lines), True, snippet.is_expression, snippet.what)
    if shown:
        yield Program(tuple(shown), False)


def _lines(snippet: Snippet, find: Callable[[int, int], int], whole: str, newline: str) -> Iterator[Line]:
    for piece in snippet.pieces:
        start = find(piece.line, piece.column)
        text = piece.text.removesuffix("\r")
        margin = whole[whole.rfind("\n", 0, start) + 1 : start]
        bare = margin if not margin.strip() or margin.endswith(_PROMPTS) else " " * len(margin)
        yield Line(text, start, start + len(text), f"{newline}{bare}")


def _parses(code: str) -> bool:
    try:
        parsed(code)
    except SyntaxError:
        return False
    return True


def _between() -> Line:
    return Line(_BETWEEN, 0, 0, "")


def of_notebook(text: str) -> Iterator[Program]:
    """Yield the program that the cells of a notebook are; a cell that is no Python is left out.

    :raises ValueError: where it is no notebook.
    """
    lines: list[Line] = []
    for cell in notebook.cells(text):
        found = [line for part in cell.parts for line in _lines_of(part, cell, text)]
        plain = notebook.without_commands([line.text for line in found])
        if plain and _parses("".join(f"{line}\n" for line in plain)):
            lines += [_between()] if lines else []
            lines += [line._replace(text=code) for line, code in zip(found, plain, strict=True)]
    if lines:
        yield Program(tuple(lines), False)


def _lines_of(part: notebook.String, cell: notebook.Cell, text: str) -> Iterator[Line]:
    """Yield the lines that a string of a cell holds."""
    joint = "\\n"
    if cell.is_list:
        others = [one for one in cell.parts if one.start > part.start]
        first, second = (cell.parts[0], cell.parts[1]) if len(cell.parts) > 1 else (part, part)
        between = text[first.end + 1 : second.start - 1] if first is not second else f",\n{_margin(text, part)}"
        joint = f'\\n"{between}"'
        del others
    place = part.start
    raw = text[part.start : part.end]
    here = 0
    pieces = part.text.split("\n")
    for number, piece in enumerate(pieces):
        if number == len(pieces) - 1 and not piece and number:
            break  # behind the end of the last line
        end = _behind(raw, here, len(piece))
        yield Line(piece, place + here, place + end, joint, is_json=True)
        here = end + 2  # the end of the line: a backslash and an n


def _behind(raw: str, here: int, count: int) -> int:
    """Return where so many characters end in a string of JSON as it is written."""
    for _ in range(count):
        if raw[here] != "\\":
            here += 1
        elif raw[here + 1] == "u":
            is_pair = raw[here + 2 : here + 4].lower() in ("d8", "d9", "da", "db") and raw[here + 6 : here + 8] == "\\u"
            here += 12 if is_pair else 6
        else:
            here += 2
    return here


def _margin(text: str, part: notebook.String) -> str:
    start = text.rfind("\n", 0, part.start) + 1
    margin = text[start : part.start - 1]
    return margin if not margin.strip() else " " * len(margin)
