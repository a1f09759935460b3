"""Which blocks a page most likely holds, found before Sphinx reads it.

Blocks that are found here start early, while Sphinx works. Nothing depends on the guess: a block that is missed runs
when the page is read. But what is found runs, so only what the page will run may be found: directives that begin a
line, and are written as they should be. One that stands further right may be an example, a comment or left out.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx_paramdoc.execution import Listing, Source
from sphinx_paramdoc.notation import autodoc_patterns, docstring_lines, documented, options

_DIRECTIVE = re.compile(r"^\.\. paramsummary::(?P<argument>.*)\n?(?P<rest>(?: +.*\n?| *\n)*)", re.MULTILINE)
_INCLUDE = re.compile(r"^\.\. include:: (?P<file>\S+) *\n(?! +:)", re.MULTILINE)
_OPTION = re.compile(r":(?P<name>[\w-]+):(?: +(?P<value>.*))?$")
_CURRENT_MODULE = re.compile(r"\.\. (?:py:)?currentmodule:: *(?P<name>[\w.]+) *")
_OBJECT = re.compile(r"\.\. auto(?:class|function|data):: *(?P<name>[\w.]+) *")
_FENCE = re.compile(r"(?P<marks>`{3,}|~{3,}|:{3,})(?P<info>.*)")
_MARKDOWN = re.compile(r"\{paramsummary\}(?P<argument>.*)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DEEPEST = 5
"""Included files are followed this far."""


@dataclass(frozen=True)
class Preview:
    """One block that a page seems to hold."""

    listing: Listing
    options: dict[str, Any]


def blocks(page: Path, preamble: str, depth: int = 0) -> Iterator[Preview]:
    """Yield the blocks that a page seems to hold."""
    try:
        text = page.read_text(encoding="utf-8-sig").expandtabs(8)
    except (OSError, UnicodeDecodeError):
        return
    if page.suffix == ".md":
        yield from _in_fences(_COMMENT.sub("", text).split("\n"), preamble)
        return
    for match in _DIRECTIVE.finditer(text):
        yield from _block(match["argument"], textwrap.dedent(match["rest"]), preamble)
    for match in _INCLUDE.finditer(text):
        if depth < _DEEPEST and not match["file"].startswith(("/", "<")):
            yield from blocks(page.parent / match["file"], preamble, depth + 1)


def added_by_autodoc(page: Path, says: Mapping[str, str], preamble: str) -> Iterator[Preview]:
    """Yield the blocks that ``paramdoc_autodoc`` most likely adds to a page, such as autosummary writes for one object.

    The module's names are read from its source; where the docstring may hold blocks of its own, nothing is foreseen.

    :param says: the value of ``paramdoc_autodoc``.
    """
    try:
        text = page.read_text(encoding="utf-8-sig") if says and page.suffix != ".md" else ""
    except (OSError, UnicodeDecodeError):
        return
    module = ""
    for line in text.splitlines():
        match = _CURRENT_MODULE.fullmatch(line)
        module = match["name"] if match else module
        match = _OBJECT.fullmatch(line)
        shown = _object(module, match["name"]) if match else None
        found = autodoc_patterns.match(says, documented.full_names(shown)) if shown else None
        if shown and found:
            home = documented.canonical(shown)
            if "paramsummary" not in docstring_lines.source_file(home.file).documentation(home.path):
                expression, texts = autodoc_patterns.parse(found.expression)
                yield from _block(expression, "\n".join(f":{name}: {value}" for name, value in texts.items()), preamble)


def _object(module: str, name: str) -> documented.Documented | None:
    """Return the object of an import module that a directive names, in full or inside the current module."""
    found = documented.Documented(module, name)
    if module and found.file and documented.is_there(found):
        return found
    module, _, name = name.rpartition(".")
    found = documented.Documented(module, name)
    return found if module and found.file and documented.is_there(found) else None


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
        if directive and not (inside and inside[0].startswith("---")):
            # As MyST has it, the code may follow at once, upon the fence or upon the options.
            number = next((number for number, line in enumerate(inside) if not _OPTION.match(line)), len(inside))
            yield from _block(directive["argument"], "\n".join([*inside[:number], "", *inside[number:]]), preamble)


def _closes(line: str, marks: str) -> bool:
    return line.startswith(marks) and not line.strip().strip(marks[0])


def _block(argument: str, rest: str, preamble: str) -> Iterator[Preview]:
    lines = [line.rstrip() for line in rest.split("\n")]
    arguments = [argument.strip()]
    texts: dict[str, str] = {}
    while lines and lines[0]:
        match = _OPTION.match(lines[0])
        if match:
            texts[match["name"]] = (match["value"] or "").strip()
        elif texts:
            texts[list(texts)[-1]] += "\n" + lines[0].strip()
        else:
            arguments.append(lines[0].strip())
        del lines[0]
    code = textwrap.dedent("\n".join(lines)).strip("\n")
    expression = "\n".join(arguments).strip()
    begins_directly = bool(expression) and not arguments[0]
    try:
        values = options.read(texts, [expression] if expression else [], bool(code), begins_directly)
    except options.MisuseError:
        return

    def source(text: str | None) -> Source | None:
        return Source(text, "") if text else None

    parts: dict[str, Any] = {
        "code": source(code),
        "expression": source(expression),
        "model": source(values.get("model")),
    }
    yield Preview(Listing(preamble=preamble, **parts), values)
