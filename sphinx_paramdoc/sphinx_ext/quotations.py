"""The numbers in prose: which tables a page has to quote from, what each number is, and where it leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.rendering.node_kinds import pending_quotation
from sphinx_paramdoc.sphinx_ext import present, state
from sphinx_paramdoc.sphinx_ext.closed import opens_rows
from sphinx_paramdoc.sphinx_ext.library import MISSING, Library
from sphinx_paramdoc.sphinx_ext.names import MODELS
from sphinx_paramdoc.sphinx_ext.places import give_ids
from sphinx_paramdoc.sphinx_ext.state import Quotation
from sphinx_paramdoc.sphinx_ext.warnings import Warn, first_line, warn
from sphinx_paramdoc.table import quoting
from sphinx_paramdoc.table.view import View

_MARK = "paramdoc-model"
"""The attribute of what a block shows while its page is read: the number of its model."""

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
    models: list[_Shown] | None = env.current_document.setdefault(MODELS, [])
    assert models is not None
    for node in shown:
        if isinstance(node, nodes.Element):
            node[_MARK] = len(models)
    models.append(_Shown(model, view, location))


def collect(env: BuildEnvironment, page: nodes.document) -> None:
    """Note the tables of a page that has been read, by their labels, and give their rows ids."""
    models: list[_Shown] | None = env.current_document.pop(MODELS, None)
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
        words = present.of(env).known.words
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


def _is_marked(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and _MARK in node.attributes


# When all pages have been read


def check(env: BuildEnvironment, builder: str) -> Iterator[str]:
    """Yield the documents in which a builder shows something that has changed; warn of what refers to nothing."""
    known = present.of(env).known
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


# While a page is written


def reference(env: BuildEnvironment, node: pending_quotation) -> nodes.Node:
    """Return what is written for what a role gave: the number, with a link to its table."""
    known = present.of(env).known
    library = known.library or Library(env, opens_rows(known.builder))
    try:
        quoted = library.quote(node["reftype"], node["reftarget"], node["refdoc"])
    except quoting.NotFoundError:
        return nodes.inline("", MISSING, classes=["paramdoc-quoted"])
    text = nodes.inline("", quoted.text, classes=["paramdoc-quoted"])
    if _is_linked(node):
        return text
    return make_refnode(known.builder, node["refdoc"], quoted.document, quoted.node_id, text)


def _is_linked(node: nodes.Node) -> bool:
    """Tell whether a node is part of a link, which holds no other: in a list of contents, or a heading."""
    around: nodes.Node | None = node.parent
    while around is not None:
        if isinstance(around, nodes.reference) or (isinstance(around, nodes.title) and "refid" in around):
            return True
        around = around.parent
    return False
