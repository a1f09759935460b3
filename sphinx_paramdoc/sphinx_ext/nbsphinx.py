"""Notebooks that nbsphinx reads: their Markdown cells may hold the fences and roles that MyST knows.

nbsphinx leaves Markdown to pandoc, which knows no directives, but hands on what is marked as raw reStructuredText. So a
notebook shows its tables whether MyST-NB or nbsphinx reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from sphinx.application import Sphinx

_SUFFIX = ".ipynb"
_OF_NBSPHINX = "jupyter_notebook"
"""What nbsphinx calls the files that it reads."""

_FENCE = re.compile(r"(?P<margin> *)(?P<marks>`{3,}|~{3,})(?P<info>.*)")
_DIRECTIVE = re.compile(r"\{paramsummary\}(?P<argument>[^`]*)")
_ROLE = re.compile(r"\{(paramcount|paramformula)\}`([^`]+)`(?!`)")
_INLINE = re.compile(rf"\\.|{_ROLE.pattern}|<!--.*?-->|(`+)(?!`).*?(?<!`)\3(?!`)")
"""A role, or what has one only as a text: behind a backslash, in a comment, in a span of code."""
_OPTION = re.compile(r":[\w-]+:( |$)")


def convert(app: Sphinx, name: str, source: list[str]) -> None:
    """Rewrite the fences and roles of a notebook before nbsphinx reads it."""
    if app.config.source_suffix.get(_SUFFIX) != _OF_NBSPHINX or "{param" not in source[0]:
        return
    if not str(app.env.doc2path(name)).endswith(_SUFFIX):
        return
    try:
        notebook = json.loads(source[0])
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                text = "".join(cell["source"])  # a text, or a list of its lines
                cell["source"] = "\n".join(_converted(text.split("\n")))
    except (ValueError, TypeError, LookupError):
        return  # nbsphinx says what is wrong with it
    source[0] = json.dumps(notebook)


def _converted(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a cell; what stands in other fences is left alone."""
    while lines:
        first = lines.pop(0)
        fence = _FENCE.match(first)
        if not fence:
            yield _INLINE.sub(_raw_role, first)
            continue
        marks, margin = fence["marks"], fence["margin"]
        closing = re.compile(rf" *{marks[0]}{{{len(marks)},}}\s*")
        end = next((number for number, line in enumerate(lines) if closing.fullmatch(line)), len(lines))
        inside, last = lines[:end], lines[end : end + 1]
        del lines[: end + 1]
        directive = _DIRECTIVE.match(fence["info"])
        if not directive:
            yield from (first, *inside, *last)
            continue
        # As MyST has it, code may follow at once, upon the fence or upon the options.
        code = next((number for number, line in enumerate(inside) if not _OPTION.match(line.strip())), len(inside))
        inside = [line.removeprefix(margin) for line in inside]
        body = [*(_ROLE.sub(r":\1:`\2`", line) for line in inside[:code]), "", *inside[code:]]
        yield f"{margin}{marks}{{=rst}}"
        yield f"{margin}.. paramsummary::{directive['argument']}".rstrip()
        yield from (f"{margin}   {line}".rstrip() for line in body)
        yield f"{margin}{marks}"
        if any(line.strip() for line in lines):  # or pandoc lets what follows stand directly below it
            yield from ("", f"{margin}<!-- -->", "")


def _raw_role(match: re.Match[str]) -> str:
    return f"`` :{match[1]}:`{match[2]}` ``{{=rst}}" if match[1] else match[0]
