"""Tables in cells of other tables, for the builders that write none: there, such a table stands below the outer one."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

_OWN = frozenset({"paramdoc", "paramdoc-missing"})


class Unnest(SphinxPostTransform):
    """Move parameter tables out of the cells of other tables, which builders for plain text refuse with an error."""

    formats = ("text", "man")
    default_priority = 900

    def run(self, **_: Any) -> None:
        """Put each below the outermost table around it, and say so in its place."""
        last: dict[nodes.Node, nodes.Node] = {}
        for table in list(self.document.findall(nodes.table)):
            outermost = _outermost(table)
            if outermost is table or not _OWN.intersection(table["classes"]):
                continue
            title = next(iter(table.findall(nodes.title)), None)
            name = f"“{title.astext()}”" if title else "a parameter table"
            table.replace_self(nodes.paragraph("", f"(see {name} below)", translatable=False))
            before = last.get(outermost, outermost)
            parent = before.parent
            assert parent is not None
            parent.insert(parent.index(before) + 1, table)
            last[outermost] = table


def _outermost(table: nodes.table) -> nodes.Node:
    """Return the outermost of the tables around one, or itself."""
    outermost: nodes.Node = table
    around = table.parent
    while around is not None:
        if isinstance(around, nodes.table):
            outermost = around
        around = around.parent
    return outermost


def setup(app: Sphinx) -> None:
    """Register what moves tables."""
    app.add_post_transform(Unnest)
