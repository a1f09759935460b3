"""Which blocks a page most likely holds, found before Sphinx reads it.

Blocks that are found here start early, while Sphinx works. It is a guess that nothing depends on: a block that is
missed runs when the page is read. So only directives that begin a line count, at the top of a page or of what it
includes there: one that stands further right may be an example, a comment or a part that is left out.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sphinx_paramdoc.execution import Listing, Source

_DIRECTIVE = re.compile(r"^\.\. paramsummary::(?P<argument>.*)\n?(?P<rest>(?: +.*\n?| *\n)*)", re.MULTILINE)
_FENCE = re.compile(r"(?P<marks>`{3,}|~{3,}|:{3,})(?P<info>.*)")
_MARKDOWN = re.compile(r"\{paramsummary\}(?P<argument>.*)")
_INCLUDE = re.compile(r"^\.\. include:: (?P<file>\S+)[ \t]*$", re.MULTILINE)
_OPTION = re.compile(r":(?P<name>[\w-]+):(?: +(?P<value>.*))?$")


@dataclass(frozen=True)
class Preview:
    """One block that a page seems to hold."""

    listing: Listing
    options: dict[str, str]


def blocks(page: Path, preamble: str, depth: int = 0) -> Iterator[Preview]:
    """Yield the blocks that a page seems to hold."""
    try:
        text = page.read_text(encoding="utf-8-sig").expandtabs(8)
    except (OSError, UnicodeDecodeError):
        return
    if page.suffix == ".md":
        yield from _in_fences(text.split("\n"), preamble)
        return
    for match in _DIRECTIVE.finditer(text):
        yield _block(match["argument"], textwrap.dedent(match["rest"]), preamble)
    for match in _INCLUDE.finditer(text):
        if depth < 5 and not match["file"].startswith(("/", "<")):
            yield from blocks(page.parent / match["file"], preamble, depth + 1)


def _in_fences(lines: list[str], preamble: str) -> Iterator[Preview]:
    """Yield the blocks of a page in Markdown; what stands in other fences is left alone."""
    while lines:
        opening = _FENCE.match(lines.pop(0))
        if not opening:
            continue
        marks = opening["marks"]
        end = next((number for number, line in enumerate(lines) if _closes(line, marks)), len(lines))
        inside, lines = lines[:end], lines[end + 1 :]
        directive = _MARKDOWN.match(opening["info"])
        if directive:
            yield _block(directive["argument"], "\n".join(inside), preamble)


def _closes(line: str, marks: str) -> bool:
    return line.startswith(marks) and not line.strip().strip(marks[0])


def _block(argument: str, rest: str, preamble: str) -> Preview:
    lines = [line.rstrip() for line in rest.split("\n")]
    arguments = [argument.strip()]
    options: dict[str, str] = {}
    while lines and lines[0]:
        match = _OPTION.match(lines[0])
        if match:
            options[match["name"]] = (match["value"] or "").strip()
        elif options:
            options[list(options)[-1]] += "\n" + lines[0].strip()
        else:
            arguments.append(lines[0].strip())
        del lines[0]
    code = textwrap.dedent("\n".join(lines)).strip("\n")
    expression = "\n".join(arguments).strip()

    def source(text: str | None) -> Source | None:
        return Source(text, "") if text else None

    listing = Listing(
        preamble=preamble, code=source(code), expression=source(expression), model=source(options.get("model"))
    )
    return Preview(listing, options)
