"""``:paramcount:`` and ``:paramformula:``: numbers in prose, which are those of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_refnode

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.sphinx_ext import build, state, written_at
from sphinx_paramdoc.sphinx_ext.closed import opens_rows
from sphinx_paramdoc.sphinx_ext.library import FORMULA, MISSING, Library
from sphinx_paramdoc.sphinx_ext.places import give_ids
from sphinx_paramdoc.sphinx_ext.state import Quotation
from sphinx_paramdoc.sphinx_ext.warnings import Warn, first_line, warn
from sphinx_paramdoc.table import quoting
from sphinx_paramdoc.table.view import View

ROLES = ("paramcount", FORMULA)

_MARK = "paramdoc-model"
"""The attribute of what a block shows while its page is read: the number of its model."""

_MODELS = "paramdoc models"
"""Under this name the models of the page that is read are kept until it has been."""

_TRANSLATED = "<translated>"
"""How Sphinx calls the source of a translated sentence."""


class pending_quotation(addnodes.pending_xref):  # noqa: N801 - docutils names nodes so
    """A number that is quoted from a table; it has the text that the author wrote until all pages have been read.

    It is a reference that is pending, so that what copies references to other pages takes care of this one.
    """


class QuoteRole(SphinxRole):
    """Quote a count, or how it comes about, from a table of any page."""

    def __init__(self, role: str) -> None:
        """Take the role's own name, as another one may be derived from it."""
        super().__init__()
        self._role = role

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a node to be filled when all tables are known."""
        source, line = self.get_source_info()
        source = source or str(self.env.doc2path(self.env.docname))  # nbsphinx names none
        is_listed = written_at.is_listed_only(self.inliner.document, source)
        if not is_listed or written_at.is_in_table_of_objects(source):
            file, line = written_at.role(self.env, source, line or 1, self.name, self.text)
            quoted = Quotation(self._role, self.text, file, line, is_listed or source.endswith(_TRANSLATED))
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


# While a page is read


class _Shown(NamedTuple):
    """What a block shows."""

    model: facts.Model | None
    """``None`` where its table is missing."""
    view: View | None
    location: str
    """``file:line``"""


def make_quotable(
    env: BuildEnvironment, shown: Sequence[nodes.Node], model: facts.Model | None, view: View | None, location: str
) -> None:
    """Let what a block shows be quoted by the labels that it is going to have.

    :param model: what it shows; ``None`` where its table is missing.
    :param view: what of it the table shows.
    :param location: ``file:line``.
    """
    models: list[_Shown] | None = env.current_document.setdefault(_MODELS, [])
    assert models is not None
    for node in shown:
        if isinstance(node, nodes.Element):
            node[_MARK] = len(models)
    models.append(_Shown(model, view, location))


def collect(env: BuildEnvironment, page: nodes.document) -> None:
    """Note the tables of a page that has been read, by their labels, and give their rows ids."""
    models: list[_Shown] | None = env.current_document.pop(_MODELS, None)
    known = state.of(env).page(env.docname) if models else state.Page()
    found: dict[int, quoting.Quotables | None] = {}
    for node in list(page.findall(_is_marked)) if models else ():
        assert isinstance(node, nodes.Element)
        number = node.attributes.pop(_MARK)
        known.doubled += node["dupnames"]
        if not (node["names"] and models):
            continue
        shown = models[number]
        if number not in found:
            found[number] = _quotables(env, shown)
        paths = found[number] or {}
        places = give_ids(page, node, shown.view, paths) if shown.view and isinstance(node, nodes.table) else {}
        for label in node["names"]:
            known.tables[label] = (node["ids"][0], found[number])
            known.places[label] = places
    pages = state.of(env).pages
    if env.docname in pages and pages[env.docname].quotations:
        pages[env.docname].entitled.update(_entitled(page))


def _quotables(env: BuildEnvironment, shown: _Shown) -> quoting.Quotables | None:
    if shown.model is None:
        return None
    try:
        words = build.of(env).known.words
        found = shown.view.table.law if shown.view else msgspec.UNSET
        law = None if found is msgspec.UNSET else found.law
        folded, unfolded = (table.build(shown.model, unfold=unfold, law=law) for unfold in (False, True))
        return quoting.quotables(folded, unfolded, words)
    except Exception as error:  # whatever a model may be, the other tables can be quoted
        state.of(env).page(env.docname).has_warned = True
        warn(Warn.MODEL, f"nothing of this table can be quoted ({first_line(error)})", shown.location)
        return None


def _entitled(page: nodes.document) -> Iterator[tuple[str, list[str | tuple[str, str]]]]:
    """Yield the label and the text of each title and caption that holds a number."""
    for number in page.findall(pending_quotation):
        title: nodes.Node | None = number
        while title is not None and not isinstance(title, (nodes.title, nodes.caption)):
            title = title.parent
        if isinstance(title, nodes.Element) and title.parent is not None:
            text = [
                (node.parent["reftype"], node.parent["reftarget"])
                if isinstance(node.parent, pending_quotation)
                else node.astext()
                for node in title.findall(nodes.Text)
            ]
            yield from ((label, text) for label in title.parent["names"])


def _collect(app: Sphinx, page: nodes.document) -> None:
    collect(app.env, page)


def _is_marked(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and _MARK in node.attributes


# When all pages have been read


def check(env: BuildEnvironment, builder: str) -> Iterator[str]:
    """Yield the documents in which a builder shows something that has changed; warn of what refers to nothing."""
    known = build.of(env).known
    library = known.library = Library(env, opens_rows(known.builder))
    pages = state.of(env).pages
    changed: dict[str, None] = {}
    told: set[tuple[str, str] | Quotation] = set()
    everywhere = ((document, each) for document, page in pages.items() for each in page.quotations)
    for document, each in sorted(everywhere, key=lambda pair: pair[1].is_repeated):
        quoted = None
        try:
            quoted = library.quote(each.role, each.text, document)
        except quoting.NotFoundError as error:
            # One docstring may be shown on several pages, and copies of its words besides.
            if each not in told and not (each.is_repeated and (each.role, each.text) in told):
                warn(Warn.REFERENCE, f"{each.role}: {error}", f"{each.file}:{each.line}")
            told |= {each, (each.role, each.text)}
        shown = pages[document].quotations[each]
        if builder not in shown or shown[builder] != quoted:  # or what it shows first would not be kept
            changed[document] = None
        shown[builder] = quoted
    for document, page in pages.items():
        if page.quotations:
            _entitle(env, document, page, library)
    yield from changed


def _entitle(env: BuildEnvironment, document: str, page: state.Page, library: Library) -> None:
    """Say the numbers in the titles of a document, which stand in lists of contents, and in links, as well."""
    for tree in (env.titles.get(document), env.longtitles.get(document), env.tocs.get(document)):
        for node in tree.findall(pending_quotation) if tree else ():
            node[:] = [nodes.Text(library.text(node["reftype"], node["reftarget"], document))]
    labels = env.domains.standard_domain.labels
    for label, parts in page.entitled.items():
        if label in labels and labels[label][0] == document:
            said = (part if isinstance(part, str) else library.text(*part, document) for part in parts)
            labels[label] = (*labels[label][:2], "".join(said))


class Resolve(SphinxPostTransform):
    """Put the numbers in, each with a link to its table."""

    default_priority = 5

    def run(self, **_: Any) -> None:
        """Replace what roles gave."""
        for node in list(self.document.findall(pending_quotation)):
            known = build.of(self.env).known
            library = known.library or Library(self.env, opens_rows(known.builder))
            node.replace_self(self._reference(node, library))

    def _reference(self, node: pending_quotation, library: Library) -> nodes.Node:
        try:
            quoted = library.quote(node["reftype"], node["reftarget"], node["refdoc"])
        except quoting.NotFoundError:
            return nodes.inline("", MISSING, classes=["paramdoc-quoted"])
        text = nodes.inline("", quoted.text, classes=["paramdoc-quoted"])
        if _is_linked(node):
            return text
        return make_refnode(build.of(self.env).known.builder, node["refdoc"], quoted.document, quoted.node_id, text)


def _is_linked(node: nodes.Node) -> bool:
    """Tell whether a node is part of a link, which holds no other: in a list of contents, or a heading."""
    around: nodes.Node | None = node.parent
    while around is not None:
        if isinstance(around, nodes.reference) or (isinstance(around, nodes.title) and "refid" in around):
            return True
        around = around.parent
    return False


def _nothing(_translator: Any, _node: nodes.Node) -> None:
    """Write a number as the text that it is."""


def setup(app: Sphinx) -> None:
    """Register the roles and what fills them."""
    for name in ROLES:
        app.add_role(name, QuoteRole(name))
    # Lists of contents keep the node, and have no links inside their own.
    handlers = (_nothing, _nothing)
    app.add_node(pending_quotation, html=handlers, latex=handlers, text=handlers, man=handlers, texinfo=handlers)
    app.add_post_transform(Resolve)
    app.connect("doctree-read", _collect)
