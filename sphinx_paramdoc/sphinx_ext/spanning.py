"""Cells that span columns, in builders whose tables have none."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_paramdoc.rendering import node_kinds as own
from sphinx_paramdoc.sphinx_ext import present

_WITHOUT = frozenset({"text", "man", "texinfo"})
"""The formats that have no such cells, or know no widths for them."""


class PutBelowName(SphinxPostTransform):
    """Let what spans the columns of a row stand below the name of the row."""

    default_priority = 4

    def run(self, **_: Any) -> None:
        """Move it."""
        if present.builder(self.env).format in _WITHOUT:
            for cell in [each for each in self.document.findall(own.text_cell) if "morecols" in each]:
                _move(cell)


def _move(cell: own.text_cell) -> None:
    row = cell.parent
    assert isinstance(row, nodes.Element)
    name = next(next(row.findall(own.row_header)).findall(nodes.paragraph))
    name += own.rest_of_cell("", "", nodes.Text(cell.astext()))
    row.replace(cell, [own.text_cell("", nodes.paragraph()) for _ in range(cell["morecols"] + 1)])


def setup(app: Sphinx) -> None:
    """Register what moves them."""
    app.add_post_transform(PutBelowName)
