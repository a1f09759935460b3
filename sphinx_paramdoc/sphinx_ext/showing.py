"""What a page shows of one block: its table with caption, label and legend, or what stands in its place; its code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from sphinx_paramdoc import execution, facts, table
from sphinx_paramdoc.notation import builders
from sphinx_paramdoc.rendering import nodes as rendering
from sphinx_paramdoc.rendering.node_kinds import slider_data
from sphinx_paramdoc.said import Words, said
from sphinx_paramdoc.sphinx_ext import present
from sphinx_paramdoc.sphinx_ext.asking import Asked
from sphinx_paramdoc.sphinx_ext.entitling import Entitling
from sphinx_paramdoc.table import Table, columns

if TYPE_CHECKING:
    from sphinx_paramdoc.law import Law
    from sphinx_paramdoc.table.diagram import Diagram
    from sphinx_paramdoc.table.view import View

_logger = logging.getLogger(__name__)


class Showing(msgspec.Struct, frozen=True):
    """Makes the nodes of one block, with the means of the directive that asks for it."""

    directive: SphinxDirective
    asked: Asked

    @property
    def _entitling(self) -> Entitling:
        return Entitling(self.directive, self.asked.place, self.asked.text, self.asked.options)

    @property
    def _words(self) -> Words:
        return present.of(self.directive.env).known.words

    def table(
        self, model: facts.Model, contents: table.Table, view: View, drawn: Diagram | None = None
    ) -> list[nodes.Node]:
        """Return the table, with its diagram and its legend where these are asked for."""
        options = self.asked.options
        widths = options.widths if isinstance(options.widths, tuple) else ()
        chosen = self._columns(contents)
        shown = list(rendering.render(view, chosen, widths, self._words))
        if options.sliders:
            shown[:0] = self._sliders(view, chosen)
        self._entitling.entitle(next(node for node in shown if isinstance(node, nodes.table)))
        shown += rendering.beyond(view, self._words)
        if drawn:
            from sphinx_paramdoc.sphinx_ext import pictures

            place = f"{self.asked.place.file}:{self.asked.line_of('diagram')}"
            shown.append(pictures.node(self.directive.env, drawn, options.name, place))
        if options.legend:
            from sphinx_paramdoc.rendering import legend as legend_rendering
            from sphinx_paramdoc.table import legend

            kinds = legend.entries(model, contents, contents.down_to(options.depth))
            shown += (self._entitling.stands_at(node, "legend") for node in legend_rendering.render(kinds, self._words))
        return shown

    def _sliders(self, view: View, chosen: Sequence[columns.Column]) -> list[nodes.Node]:
        """Return what a reader's sliders compute the table from, where it has a formula."""
        from sphinx_paramdoc.rendering import controls, sliders

        shown = view.table.law
        if shown is msgspec.UNSET:  # why there is none is told already
            return []
        data = sliders.data(view, chosen, self._words)
        if data is None:
            _logger.info("no sliders: %s", _no_sliders(shown.law), location=self.directive.get_location())
            return []
        made = controls.controls(shown.law, self._words)
        return [slider_data("", data=msgspec.json.encode(data).decode(), controls=made)]

    def _columns(self, contents: Table) -> tuple[columns.Column, ...]:
        return columns.chosen(columns.with_formula(self.asked.options.columns, contents))

    def in_place_of_table(self, shown: nodes.Element) -> list[nodes.Node]:
        """Return what stands where the table would, with its caption and label."""
        return self._entitling.in_place_of_table(shown)

    def with_code(self, shown: list[nodes.Node], maker: execution.Maker | None = None) -> list[nodes.Node]:
        """Return what is shown with the source code of the block, where that is wanted.

        :param maker: what its expression called, as far as the process that ran it could tell.
        """
        listing = self.asked.listing
        position = self.asked.options.code or ("above" if listing.code else "none")
        if position == "none" or not (listing.code or listing.expression):
            return shown
        what, text = self._code(maker)
        text = text.encode("utf-8", "backslashreplace").decode()
        block: nodes.Element = nodes.literal_block(text, text, language="python")
        self.directive.set_source_info(block)
        if position == "collapsed":
            title = nodes.title("", what, translatable=False)
            block = nodes.admonition("", title, block, classes=["paramdoc-code"], collapsible="closed")
        code = [block, *self._as_written(text)]
        return [*shown, *code] if position == "below" else [*code, *shown]

    def _as_written(self, text: str) -> list[nodes.Node]:
        """Return what tells of code that was brought into today's form: as it was, one click away, or in a line."""
        made = self.asked.upgraded
        if made is None or not made.said:
            return []
        told = nodes.paragraph("", self._words(made.said), translatable=False)
        written = self.asked.written or self.directive.arguments[0]
        if not written or written == text:
            return [told]
        original = nodes.literal_block(written, written, language="python")
        self.directive.set_source_info(original)
        title = nodes.title("", self._words(said("The code as it was written")), translatable=False)
        closed = nodes.admonition("", title, told, original, classes=["paramdoc-code"], collapsible="closed")
        return [
            addnodes.only("", closed, expr="html"),
            addnodes.only("", told.deepcopy(), expr="not html"),
        ]

    def _code(self, maker: execution.Maker | None) -> tuple[str, str]:
        """Return what the code of a block is, and the code: that in the page, or of what the expression calls."""
        listing, place = self.asked.listing, self.asked.place
        if listing.code:
            made = self.asked.upgraded
            code = listing.code.text if made and made.changes else self.asked.written
            return self._words(said("The code of this model")), code
        assert listing.expression
        known = present.of(self.directive.env).known
        found = builders.find(listing.expression.text, place.module, known.path)
        if found is None and maker:
            found = builders.defined(maker, known.path, listing.preamble)
        if found is None:
            return self._words(said("How this model is made")), listing.expression.text
        if found.file:
            self.directive.env.note_dependency(found.file)
        return self._words(said("The code of {name}", name=found.name)), found.code


def _no_sliders(law: Law) -> str:
    """Say why a table has no sliders, and which arguments could have some."""
    if not law.refused:
        return "only some layers are shown"
    why = f"{', '.join(law.refused)}: no formula"
    if law.others is None or law.others.formula is None:
        return why
    return f"{why}; :vary: {' '.join(law.others.arguments)} gives those of the others"
