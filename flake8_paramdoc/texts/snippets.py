"""Python inside text: what directives, literal blocks, fences and interactive sessions show or run.

A docstring may be written in reStructuredText or in Markdown, and does not say in which; so both are looked for.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from flake8_paramdoc.texts import markdown, rst, sessions
from flake8_paramdoc.texts.directives import Directive, Piece, dedented, written
from flake8_paramdoc.texts.model_lists import LIST, lines, of_builder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUMMARY = "paramsummary"
"""The directive that runs what it holds."""

DIFF = "paramdiff"
"""The directive that runs what its options say, with what it holds before either."""

RUN_BY_US = frozenset({SUMMARY, LIST, DIFF})
"""The directives whose code is executed for their tables."""

BLOCK = "block:"
"""What stands before the label of a block, where an option of that directive refers to one."""

_MODELS = {SUMMARY: {"model"}, DIFF: {"before", "after"}}
"""The directives that hold code → their options that are expressions."""

UPGRADE = "upgrade"
"""Its option for code of an older Keras, which is brought into today's form before it runs."""

_WORD = re.compile(r"[\w.+-]+")
_FENCES = frozenset({"```", "~~~", ":::"})

_LANGUAGES = frozenset({"python", "python3", "py", "py3", "pycon", "pycon3", "ipython", "ipython3"})
_CODE_DIRECTIVES = frozenset({"code-block", "code", "sourcecode", "code-cell"})
_RUN_DIRECTIVES = frozenset({"testcode", "testsetup", "testcleanup", "doctest"})

MARKS = ("::", ">>>", "```", "~~~")
"""A text without any of these has no snippet."""


class Purpose(Enum):
    """What a snippet is there for, as far as it matters where it does not parse."""

    SHOWN = "shown"
    """It may be a sketch."""
    RUN = "run"
    """It is the content of a ``paramsummary`` directive."""
    EXPRESSION = "expression"
    """It is the argument of one, or its option ``:model:``; or the builder of a ``paramlist``."""
    ROW = "row"
    """It is the expression of a line in a ``paramlist``."""


class Snippet(NamedTuple):
    """Python inside a text."""

    purpose: Purpose
    pieces: Sequence[Piece]

    @property
    def code(self) -> str:
        """The code, as Python reads it."""
        return written(self.pieces)

    @property
    def is_expression(self) -> bool:
        """Whether it is one expression, whose lines are one."""
        return self.purpose in {Purpose.EXPRESSION, Purpose.ROW}

    @property
    def what(self) -> str:
        """What a message calls it."""
        return _CALLED.get(self.purpose, "paramsummary block")


_CALLED = {Purpose.EXPRESSION: "paramsummary argument", Purpose.ROW: "paramlist row"}


def snippets(text: str) -> Iterator[Snippet]:
    """Yield the Python that a text holds, in its order."""
    lines = text.split("\n")
    position = 0
    while position < len(lines):
        line = lines[position]
        begin = line.lstrip()[:3]  # most lines begin nothing, which their first characters tell
        directive = rst.directive(lines, position) if begin == ".. " else None
        fence = markdown.fence(lines, position) if begin in _FENCES else None
        if directive is not None or (fence is not None and (directive := markdown.directive(lines, fence))):
            yield from _of_directive(directive)
            # What is inside another directive may hold snippets of its own.
            position = directive.end if _holds_code(directive.name) else position + 1
        elif fence is not None:
            if not fence.info or _language(fence.info) in _LANGUAGES:
                yield from _code(dedented(lines, fence.inside.start, fence.inside.stop), Purpose.SHOWN)
            position = fence.end
        elif begin == ">>>" and sessions.begins_session(line):
            end = position
            while end < len(lines) and lines[end].strip():
                end += 1
            yield from _code([Piece(number, 0, lines[number]) for number in range(position, end)], Purpose.SHOWN)
            position = end
        elif rst.is_before_literal_block(line):
            end = rst.end_of_indented(lines, position + 1, len(line) - len(line.lstrip()))
            yield from _code(dedented(lines, position + 1, end), Purpose.SHOWN)
            position = max(end, position + 1)
        else:
            position += 1


def upgraded(text: str) -> Iterator[int]:
    """Yield the lines, the first is 1, of the directives that bring what they hold into today's form themselves."""
    if UPGRADE not in text or not any(name in text for name in RUN_BY_US):
        return
    lines = text.split("\n")
    for position, line in enumerate(lines):
        begin = line.lstrip()[:3]
        directive = rst.directive(lines, position) if begin == ".. " else None
        fence = markdown.fence(lines, position) if begin in _FENCES else None
        directive = directive or (markdown.directive(lines, fence) if fence is not None else None)
        if directive is not None and _upgrades(directive):
            yield position + 1


def _upgrades(directive: Directive) -> bool:
    return directive.name in RUN_BY_US and any(option.name == UPGRADE for option in directive.options)


def _language(info: str) -> str:
    """Return the language that the text behind a fence's marks begins with: ``python`` of ``python,ignore``."""
    match = _WORD.match(info)
    return match[0].lower() if match else ""


def _holds_code(name: str) -> bool:
    return name in RUN_BY_US or name in _CODE_DIRECTIVES or name in _RUN_DIRECTIVES


def _of_directive(directive: Directive) -> Iterator[Snippet]:
    """Yield the content of a directive that holds code; of ``paramsummary`` its argument and ``:model:`` as well."""
    if _upgrades(directive):
        return  # it is written anew whenever it runs
    if directive.name in _MODELS:
        yield from _code(directive.content, Purpose.RUN)
        models = [option.value for option in directive.options if option.name in _MODELS[directive.name]]
        for pieces in (directive.argument, *models):
            if pieces and not written(pieces).startswith(BLOCK):
                yield Snippet(Purpose.EXPRESSION, pieces)
    elif directive.name == LIST:
        yield from _of_list(directive)
    elif directive.name in _RUN_DIRECTIVES or directive.name in _CODE_DIRECTIVES:
        # Code that begins without a blank line is an argument to docutils, and code to whoever wrote it.
        language = written([piece for piece in directive.argument if piece.line == directive.line]).strip().lower()
        below = [piece for piece in directive.argument if piece.line > directive.line]
        if directive.name in _RUN_DIRECTIVES or not language or language in _LANGUAGES:
            yield from _code([*below, *directive.content], Purpose.SHOWN)


def _of_list(directive: Directive) -> Iterator[Snippet]:
    """Yield the expressions of a list's lines; where it has a builder, that, and its call for each of them."""
    if directive.argument:
        yield Snippet(Purpose.EXPRESSION, directive.argument)
    for line in lines(directive.content):
        if directive.argument:
            yield Snippet(Purpose.ROW, of_builder(directive.argument, line))
        elif line.name and line.expression:
            yield Snippet(Purpose.ROW, line.expression)


def _code(pieces: Sequence[Piece], purpose: Purpose) -> Iterator[Snippet]:
    """Yield lines of code, or the code of the prompts in them."""
    if pieces and sessions.begins_session(pieces[0].text):
        pieces = sessions.code(pieces)
    if pieces:
        yield Snippet(purpose, pieces)
