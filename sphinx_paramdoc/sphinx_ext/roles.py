"""``:paramcount:`` and ``:paramformula:``: numbers in prose, which are those of the tables."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxRole

from sphinx_paramdoc.rendering.node_kinds import pending_quotation, pending_table
from sphinx_paramdoc.sphinx_ext import state
from sphinx_paramdoc.sphinx_ext.names import FORMULA, MODELS

ROLES = ("paramcount", FORMULA)

_TRANSLATED = "<translated>"
"""How Sphinx calls the source of a translated sentence."""


class QuoteRole(SphinxRole):
    """Quote a count, or how it comes about, from a table of any page."""

    def __init__(self, role: str) -> None:
        """Take the role's own name, as another one may be derived from it."""
        super().__init__()
        self._role = role

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a node to be filled when all tables are known."""
        from sphinx_paramdoc.sphinx_ext import written_at  # loaded with the first number

        source, line = self.get_source_info()
        source = source or str(self.env.doc2path(self.env.docname))  # nbsphinx names none
        is_listed = written_at.is_listed_only(self.inliner.document, source)
        if not is_listed or written_at.is_in_table_of_objects(source):
            file, line = written_at.role(self.env, source, line or 1, self.name, self.text)
            quoted = state.Quotation(self._role, self.text, file, line, is_listed or source.endswith(_TRANSLATED))
            state.of(self.env).page(self.env.docname).quotations.setdefault(quoted, {})
        shown = pending_quotation(
            self.rawtext,
            nodes.Text(self.text),
            refdomain="",
            reftype=self._role,
            reftarget=self.text,
            refdoc=self.env.docname,
            refexplicit=False,
            refwarn=False,
        )
        return [shown], []


def _collect(app: Sphinx, page: nodes.document) -> None:
    """Note the tables of a page that has been read, and the titles that hold numbers."""
    if MODELS in app.env.current_document or app.env.docname in state.of(app.env).pages:
        from sphinx_paramdoc.sphinx_ext import quotations

        quotations.collect(app.env, page)


class Resolve(SphinxPostTransform):
    """Put the numbers in, each with a link to its table, and the links to tables of models."""

    default_priority = 5

    def run(self, **_: Any) -> None:
        """Replace what roles gave."""
        for node in list(self.document.findall(pending_quotation)):
            from sphinx_paramdoc.sphinx_ext import quotations

            node.replace_self(quotations.reference(self.env, node))
        for link in list(self.document.findall(pending_table)):
            from sphinx_paramdoc.sphinx_ext import quotations

            link.replace_self(quotations.link(self.env, link))


def _nothing(_translator: Any, _node: nodes.Node) -> None:
    """Write a number as the text that it is."""


def setup(app: Sphinx) -> None:
    """Register the roles and what fills them."""
    for name in ROLES:
        app.add_role(name, QuoteRole(name))
    # Lists of contents keep the node, and have no links inside their own.
    handlers = (_nothing, _nothing)
    for kind in (pending_quotation, pending_table):
        app.add_node(kind, html=handlers, latex=handlers, text=handlers, man=handlers, texinfo=handlers)
    app.add_post_transform(Resolve)
    app.connect("doctree-read", _collect)
