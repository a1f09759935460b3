"""The code of one block as its author wrote it: where each part stands, and where a failure in it happened."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from sphinx_paramdoc.execution.defaults import PREAMBLE
from sphinx_paramdoc.execution.request import Failure, Part, Request


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Python code, and where it stands."""

    text: str
    file: str
    line: int = 1
    """The line of `file` that `text` begins on, counted from 1."""
    lines: tuple[int, ...] = ()
    """Of what was written anew, the line of `file` that each line of `text` comes from; else they follow each other."""

    def at(self, line: int) -> int:
        """Return the line of `file` that a line of `text` stands on, counted from 1."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else self.line + line - 1

    def padded(self) -> str:
        """Return the text at its own line, so that what counts lines in it gives the true one."""
        return "\n" * (self.line - 1) + self.text


class Listing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parts of one block, with their places."""

    preamble: str = PREAMBLE
    module: str = ""
    """The module whose docstring the block stands in."""
    code: Source | None = None
    expression: Source | None = None
    model: Source | None = None

    def request(self, **settings: Any) -> Request:
        """Ask for the model, wherever the parts stand.

        :param settings: further fields of the request.
        """
        parts: dict[str, Any] = {part: source.text for part, source, _ in self.parts()}
        return Request(preamble=self.preamble, module=self.module, **parts, **settings)

    def parts(self) -> Iterator[tuple[Part, Source, Literal["exec", "eval"]]]:
        """Yield the parts that there are, in the order in which they run, with what Python takes them for."""
        if self.code:
            yield "code", self.code, "exec"
        if self.expression:
            yield "expression", self.expression, "eval"
        if self.model:
            yield "model", self.model, "eval"

    def location(self, failure: Failure) -> tuple[str, int] | None:
        """Return the file and line of the block that a failure happened at, the innermost, if it is known."""
        sources: dict[str | None, Source] = {part: source for part, source, _ in self.parts()}
        for frame in reversed(failure.frames):
            if frame.part in sources:
                source = sources[frame.part]
                return source.file, source.at(frame.line)
        return None

    def traceback(self, failure: Failure, named: str | None = None) -> str:
        """Return the way that led to a failure as Python shows it; nothing where it is a single line of the block.

        :param named: how to call the files of the parts, if not by their own names.
        """
        if len(failure.frames) < 2 and all(frame.part in {"code", "expression", "model"} for frame in failure.frames):
            return ""
        sources: dict[str | None, Source] = {part: source for part, source, _ in self.parts()}
        lines = []
        for frame in failure.frames:
            file, line = frame.file, frame.line
            if frame.part in sources:
                source = sources[frame.part]
                file, line = named or source.file, source.at(line)
            elif frame.part == "preamble":
                file = "paramdoc_preamble"
            lines.append(traceback.FrameSummary(file, line, frame.function, line=frame.text, lookup_line=False))
        return "".join(traceback.format_list(lines))
