"""Notebooks that nbsphinx reads: their Markdown cells may hold the fences and roles that MyST knows.

nbsphinx leaves Markdown to pandoc, which knows no directives, but hands on what is marked as raw reStructuredText. So a
notebook shows its tables whether MyST-NB or nbsphinx reads it.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence

from sphinx.application import Sphinx

from flake8_paramdoc.texts import markdown, notebook
from flake8_paramdoc.texts.directives import Directive, written
from flake8_paramdoc.texts.markdown import Fence
from flake8_paramdoc.texts.snippets import RUN_BY_US

_SUFFIX = ".ipynb"
_OF_NBSPHINX = "jupyter_notebook"
"""What nbsphinx calls the files that it reads."""

_ROLE = re.compile(r"\{(paramcount|paramformula)\}`([^`]+)`(?!`)")
_INLINE = re.compile(rf"\\.|{_ROLE.pattern}|<!--.*?-->|(`+)(?!`).*?(?<!`)\3(?!`)")
"""A role, or what has one only as a text: behind a backslash, in a comment, in a span of code."""


def convert(app: Sphinx, name: str, source: list[str]) -> None:
    """Rewrite the fences and roles of a notebook before nbsphinx reads it."""
    if app.config.source_suffix.get(_SUFFIX) != _OF_NBSPHINX or "{param" not in source[0]:
        return
    if not str(app.env.doc2path(name)).endswith(_SUFFIX):
        return
    with contextlib.suppress(ValueError):  # nbsphinx says what is wrong with it
        source[0] = notebook.with_markdown(source[0], _converted)


def _converted(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a cell; what stands in other fences is left alone."""
    position = 0
    while position < len(lines):
        fence = markdown.fence(lines, position)
        directive = markdown.directive(lines, fence) if fence else None
        is_ours = directive is not None and directive.name in RUN_BY_US
        if fence is None or (fence.marks[0] == ":" and not is_ours):  # other colons are text to pandoc
            yield _INLINE.sub(_raw_role, lines[position])
            position += 1
            continue
        if directive and is_ours:
            yield from _raw_directive(directive, fence)
            if any(line.strip() for line in lines[fence.end :]):  # or pandoc lets what follows stand directly below it
                yield from ("", f"{' ' * fence.margin}<!-- -->", "")
        else:
            yield from lines[position : fence.end]
        position = fence.end


def _raw_directive(directive: Directive, fence: Fence) -> Iterator[str]:
    """Yield a fence of raw reStructuredText that asks for what a directive of MyST asks for."""
    margin, marks = " " * fence.margin, fence.marks if fence.marks[0] != ":" else "```"
    yield f"{margin}{marks}{{=rst}}"
    yield f"{margin}.. {directive.name}:: {written(directive.argument)}".rstrip()
    for option in directive.options:
        first, *rest = _ROLE.sub(r":\1:`\2`", option.text).split("\n")
        yield f"{margin}   :{option.name}: {first}".rstrip()
        yield from (f"{margin}     {line}" for line in rest)
    yield ""
    yield from (f"{margin}   {piece.text}".rstrip() for piece in directive.content)
    yield f"{margin}{marks}"


def _raw_role(match: re.Match[str]) -> str:
    return f"`` :{match[1]}:`{match[2]}` ``{{=rst}}" if match[1] else match[0]
