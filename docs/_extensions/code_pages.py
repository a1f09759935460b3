"""The pages of the linter's codes, made from the tables that the linter itself reads.

``.. outdated-code:: KER101`` is the body of a code's page; ``.. outdated-codes::`` is the table of all codes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from flake8_paramdoc.changes import CHANGES
from flake8_paramdoc.changes.change import Change, Outcome, short
from flake8_paramdoc.changes.codes import CODES, Code
from flake8_paramdoc.changes.listing import Entry, entries
from flake8_paramdoc.matching import find

_SHOWN = 12  # classes that a cell names before it says how many more there are

_TODAY = {
    Outcome.RAISES: "raises an error",
    Outcome.SILENT: "is silent",
    Outcome.WARNS: "warns",
    Outcome.WORKS: "works",
}


class OutdatedCode(SphinxDirective):
    """Show what a code means, an example with what the linter says of it, and every change that it stands for."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write the page in reStructuredText, and let Sphinx read it."""
        code = next(code for code in CODES if code.code == self.arguments[0])
        return self.parse_text_to_nodes("\n".join(_page(code)), allow_section_headings=True)


class OutdatedCodes(SphinxDirective):
    """List all codes with their titles."""

    def run(self) -> list[nodes.Node]:
        """Write a table with a row a code."""
        rows = [(f":doc:`{code.code} </codes/{code.code}>`", code.title) for code in CODES]
        return self.parse_text_to_nodes("\n".join(_table(("Code", "Finding"), rows, widths="1 5")))


def _page(code: Code) -> Iterator[str]:
    yield from (code.why, "")
    yield from (".. code-block:: python", "   :caption: Old", "", *_indented(code.old), "")
    yield from (".. code-block:: none", "   :caption: What flake8 says", "", *_indented("\n".join(_said(code))), "")
    yield from (".. code-block:: python", "   :caption: Today", "", *_indented(code.new), "")
    changes = [change for change in CHANGES if change.code == code.code]
    if changes:
        yield from ("What it finds", "-------------", "")
        yield from _table(
            ("Old", "Of", "Today", "Since", "Keras 3"),
            [_row(change, entry) for change in changes for entry in entries(change)],
            widths="24 26 30 8 12",
        )
        yield from ("", "Sources", "-------", "")
        yield from (f"* {source}" for source in dict.fromkeys(change.source for change in changes))


def _said(code: Code) -> Iterator[str]:
    for finding in find(ast.parse(code.old), code.old.split("\n"), deprecated=True):
        if finding.code == code.code:
            yield f"example.py:{finding.line}:{finding.column + 1}: {finding.code} {finding.message}"


def _row(change: Change, entry: Entry) -> tuple[str, ...]:
    of = [f"``{short(name)}``" for name in entry.of]
    more = f" and {len(of) - _SHOWN} more" if len(of) > _SHOWN else ""
    outcome = _TODAY[change.outcome]
    if change.kept_in_tensorflow:
        outcome = f"{outcome}; works under ``tensorflow.keras``"
    return f"``{entry.old}``", ", ".join(of[:_SHOWN]) + more, _prose(entry.new), change.since, outcome


def _prose(text: str) -> str:
    """Mark a form that is code as code; advice stays as it is written."""
    return f"``{text}``" if " " not in text or text.startswith("(") else text.replace("*", r"\*")


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]], *, widths: str) -> Iterator[str]:
    yield from (".. list-table::", "   :header-rows: 1", f"   :widths: {widths}", "   :class: outdated", "")
    for row in (head, *rows):
        for position, cell in enumerate(row):
            yield f"   {'*' if position == 0 else ' '} - {cell}"
    yield ""


def _indented(text: str) -> Iterator[str]:
    return (f"   {line}".rstrip() for line in text.rstrip().split("\n"))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("outdated-code", OutdatedCode)
    app.add_directive("outdated-codes", OutdatedCodes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
