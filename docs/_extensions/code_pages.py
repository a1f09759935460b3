"""The pages of the linter's codes, made from the tables that the linter itself reads.

``.. outdated-example:: KER101`` is an old form with what the linter says of it; ``.. outdated-code:: KER101`` lists all
that is found; ``.. outdated-codes::`` is the table of all codes.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from code_rows import Row, rows, sections
from code_texts import CODES
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from flake8_paramdoc import changes
from flake8_paramdoc.changes import CHANGES
from flake8_paramdoc.changes.shapes import Fate
from flake8_paramdoc.matching import find

_MANY = 12  # rows of a table that is read better in sections
_BREAKS = {"html": "<wbr>", "latex": r"\allowbreak{}"}  # what lets a line end, for each format that Sphinx writes
_LONG = 18  # letters of code that do not fit into a column of a narrow page

_TODAY = {
    Fate.RAISES: ("ends in an error, some of it only when the model is trained or saved", "error"),
    Fate.SILENT: ("runs, and does something else than it did", "silent"),
    Fate.WARNS: ("works, with a warning", "warning"),
    Fate.WORKS: ("works as it always did", "works"),
}
"""What becomes of all that a page lists, and how a row is marked of which it is not true."""


class OutdatedExample(SphinxDirective):
    """Show an old form, and what the linter says of it."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Write both as code."""
        old = [".. code-block:: python", "", *_indented("\n".join(self.content)), ""]
        said = [".. rubric:: What flake8 says", "", ".. code-block:: none", "   :class: outdated-said", ""]
        findings = _indented("\n".join(_said(self.arguments[0], list(self.content))))
        return self.parse_text_to_nodes("\n".join([*old, *said, *findings]))


class OutdatedCode(SphinxDirective):
    """List every change that a code stands for, and say how it is silenced."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write the page in reStructuredText, and let Sphinx read it."""
        for file in Path(changes.__file__).parent.rglob("*.py"):
            self.env.note_dependency(str(file))
        return self.parse_text_to_nodes("\n".join(_page(self.arguments[0])), allow_section_headings=True)


class OutdatedCodes(SphinxDirective):
    """List all codes with their titles."""

    def run(self) -> list[nodes.Node]:
        """Write a table with a row a code."""
        codes = [(f":doc:`{code.code} </codes/{code.code}>`", code.title) for code in CODES]
        return self.parse_text_to_nodes("\n".join(_table(("Code", "Finding"), codes, widths="1 5")))


class LetBreak(SphinxPostTransform):
    """Let long names in tables break behind a part, and not just anywhere.

    Not before a page is written: whatever passes over what was read would pass over thousands of places to break at.
    """

    default_priority = 900

    def run(self, **_: Any) -> None:
        """Look at the tables of changes."""
        form = self.app.builder.format
        if mark := _BREAKS.get(form):
            for table in self.document.findall(nodes.table):
                if "outdated" in table["classes"]:
                    _let_break(table, form, mark)


def _let_break(table: nodes.table, form: str, mark: str) -> None:
    for literal in [node for node in table.findall(nodes.literal) if len(node.astext()) > _LONG]:
        first, *others = re.split(r"(?<=\w[._=(])(?=\w)", literal.astext())
        literal.children = []
        literal += nodes.Text(first)
        for part in others:
            literal += [nodes.raw("", mark, format=form), nodes.Text(part)]


def _page(code: str) -> Iterator[str]:
    here = [change for change in CHANGES if change.code == code]
    if here:
        yield from (*_heading("What it finds", "-"), *_found(list(rows(here))))
    yield from (*_heading("How to silence it", "-"), *_silenced(code))
    if here:
        yield from _heading("Sources", "-")
        yield from (f"* {source}" for source in dict.fromkeys(change.source for change in here))


def _found(listed: list[Row]) -> Iterator[str]:
    """Say what Keras 3 makes of the old forms, and list them."""
    [(common, _), *others] = Counter(row.outcome for row in listed).most_common()
    yield f"In Keras 3, what stands here {_TODAY[common][0]}."
    yield from (f"What is marked as *{_TODAY[outcome][1]}* {_TODAY[outcome][0]}." for outcome, _ in others)
    yield ""
    for module, here in sections(listed) if len(listed) > _MANY else [("", listed)]:
        if module:
            yield from _heading(module, "~")
        kept = [row for row in here if row.kept_in_tensorflow]
        if kept and len(kept) < len(here):
            yield from ("Gone from ``keras`` and from ``tensorflow.keras``:", "")
        yield from _changes([row for row in here if not row.kept_in_tensorflow], common)
        if kept:
            yield from ("Gone from ``keras``; ``tensorflow.keras`` still has them, and there they are no finding:", "")
            yield from _changes(kept, common)


def _changes(listed: list[Row], common: Fate) -> Iterator[str]:
    if not listed:
        return
    cells = []
    for row in listed:
        mark = "" if row.outcome is common else f", *{_TODAY[row.outcome][1]}*"
        cells.append((row.old, row.new, f"{row.since}{mark}"))
    yield from _table(("Old", "Today", "Since"), cells, widths="45 38 17")


def _silenced(code: str) -> Iterator[str]:
    where = "behind the docstring" if code == "KER301" else "on the line that is reported"
    line = f"For a line, write ``# noqa: {code}`` {where}."
    if code.startswith("KER9"):
        yield from (
            f"It is off, unless ``extend-select = {code}`` or ``--extend-select {code}`` asks for it. {line}",
            "",
        )
        return
    yield from (f"{line} For a project, or for some of its files:", "")
    files = f"per-file-ignores =\n    legacy/*: {code}"
    yield from (".. code-block:: ini", "", *_indented(f"[flake8]\nextend-ignore = {code}\n{files}"), "")
    if code.startswith("KER2"):
        yield from (
            "Code that is to stay with Keras 2 says ``keras-target = 2`` there, which silences all of Keras 3.",
            "",
        )


def _said(code: str, lines: list[str]) -> Iterator[str]:
    for finding in find(ast.parse("\n".join(lines)), lines, deprecated=True):
        if finding.code == code:
            yield f"example.py:{finding.line}:{finding.column + 1}: {finding.code} {finding.message}"


def _table(head: tuple[str, ...], cells: Iterable[tuple[str, ...]], *, widths: str) -> Iterator[str]:
    yield from (".. list-table::", "   :header-rows: 1", f"   :widths: {widths}", "   :class: outdated", "")
    for row in (head, *cells):
        for position, cell in enumerate(row):
            yield f"   {'*' if position == 0 else ' '} - {cell}"
    yield ""


def _heading(title: str, line: str) -> Iterator[str]:
    yield from (title, line * len(title), "")


def _indented(text: str) -> Iterator[str]:
    return (f"   {line}".rstrip() for line in text.rstrip().split("\n"))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("outdated-example", OutdatedExample)
    app.add_directive("outdated-code", OutdatedCode)
    app.add_directive("outdated-codes", OutdatedCodes)
    app.add_post_transform(LetBreak)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
