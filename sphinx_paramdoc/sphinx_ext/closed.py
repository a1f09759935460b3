"""What a page shows closed, which all that is no page leaves out."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_paramdoc.rendering import node_kinds as rendering
from sphinx_paramdoc.sphinx_ext import present


def opens_rows(builder: Builder) -> bool:
    """Tell whether what a builder makes lets a reader open rows."""
    return builder.format == "html" and builder.name != "epub"


class LeaveOut(SphinxPostTransform):
    """Leave out the rows and notes that are closed where no reader can open them, and what only a script can use."""

    default_priority = 4

    def run(self, **_: Any) -> None:
        """Remove them."""
        if opens_rows(present.builder(self.env)):
            return
        for sliders in list(self.document.findall(rendering.slider_data)):
            sliders.parent.remove(sliders)
        for table in self.document.findall(nodes.table):
            if "paramdoc" in table["classes"]:
                for row in list(table.findall(rendering.layer_row)):
                    _keep(row)
        for notes in list(self.document.findall(rendering.note_list)):
            notes[:] = [item for item in notes.findall(nodes.list_item) if rendering.CLOSED not in item["classes"]]
            if not notes.children and notes.parent is not None:
                notes.parent.remove(notes)


def _keep(row: rendering.layer_row) -> None:
    """Leave a row out if it is closed; nothing of one that stays opens or closes."""
    if rendering.CLOSED in row["classes"] and row.parent is not None:
        row.parent.remove(row)
    for name in ("opens", "closes"):
        row.attributes.pop(name, None)


def setup(app: Sphinx) -> None:
    """Register what leaves them out."""
    app.add_post_transform(LeaveOut)
