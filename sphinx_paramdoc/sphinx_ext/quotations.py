"""The numbers in prose: which tables a page has to quote from, what each number is, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec
from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.rendering.node_kinds import OF_MODELS, pending_quotation, pending_table
from sphinx_paramdoc.rendering.nodes import formula
from sphinx_paramdoc.said import Formula, said
from sphinx_paramdoc.sphinx_ext import present, state
from sphinx_paramdoc.sphinx_ext.closed import opens_rows
from sphinx_paramdoc.sphinx_ext.library import MISSING, Library
from sphinx_paramdoc.sphinx_ext.names import MODELS
from sphinx_paramdoc.sphinx_ext.places import Place, give_ids, give_ids_to_models
from sphinx_paramdoc.sphinx_ext.state import Quotation
from sphinx_paramdoc.sphinx_ext.warnings import Warn, first_line, warn
from sphinx_paramdoc.table import quoting
from sphinx_paramdoc.table.models import ModelRow
from sphinx_paramdoc.table.view import View

_MARK = "paramdoc-model"
"""The attribute of what a block shows while its page is read: the number of its model."""

# While a page is read


class Shown(NamedTuple):
    """What a directive shows."""

    location: str
    """``file:line``"""
    model: facts.Model | None = None
    """``None`` where its table is missing, or is one of several models."""
    view: View | None = None
    """What of the model the table shows."""
    models: Sequence[ModelRow] = ()
    """The rows of a table of several models."""
    key: str = ""
    """What the record of the one model is called."""


def make_quotable(env: BuildEnvironment, shown: Sequence[nodes.Node], contents: Shown) -> None:
    """Let what a directive shows be quoted by the labels that it is going to have, and led to."""
    models: list[Shown] | None = env.current_document.setdefault(MODELS, [])
    assert models is not None
    for node in shown:
        if isinstance(node, nodes.Element):
            node[_MARK] = len(models)
    models.append(contents)


def collect(env: BuildEnvironment, page: nodes.document) -> None:
    """Note the tables of a page that has been read, by their labels, and give their rows ids."""
    models: list[Shown] | None = env.current_document.pop(MODELS, None)
    known = state.of(env).page(env.docname) if models else state.Page()
    found: dict[int, quoting.Quotables | None] = {}
    for node in list(page.findall(_is_marked)) if models else ():
        assert isinstance(node, nodes.Element)
        number = node.attributes.pop(_MARK)
        known.doubled += node["dupnames"]
        if models is None:
            continue
        shown = models[number]
        if isinstance(node, nodes.table):
            _note_home(known, node, shown)
        if not node["names"]:
            continue
        if number not in found:
            found[number] = _quotables(env, shown)
        paths = found[number] or {}
        places = _places(page, node, shown, paths) if isinstance(node, nodes.table) else {}
        for label in node["names"]:
            known.tables[label] = (node["ids"][0], found[number])
            known.places[label] = places
    pages = state.of(env).pages
    if env.docname in pages and pages[env.docname].quotations:
        pages[env.docname].entitled.update(_entitled(page))


def _places(page: nodes.document, node: nodes.table, shown: Shown, paths: Iterable[str]) -> dict[str, Place]:
    """Give ids to the rows of a table; return where what can be quoted of it is found."""
    if shown.models and OF_MODELS in node["classes"]:
        return give_ids_to_models(page, node, [row.name for row in shown.models])
    return give_ids(page, node, shown.view, paths) if shown.view else {}


def _note_home(known: state.Page, node: nodes.table, shown: Shown) -> None:
    """Note where the table of a model is, and where a table of several models leads to the tables of these."""
    for link in node.findall(pending_table):
        known.links.setdefault(link["reftarget"], {})
    if shown.model is None or shown.view is None:
        return
    around: nodes.Node | None = node
    while isinstance(around, nodes.Element) and not around["ids"]:
        around = around.parent
    title = next((each for each in node.children if isinstance(each, nodes.title)), None)
    is_plain = title is not None and next(iter(title.findall(pending_quotation)), None) is None
    text = title.astext() if title is not None and is_plain else next(iter(node["names"]), "")
    home = state.Home(around["ids"][0] if isinstance(around, nodes.Element) else "", text)
    if shown.key not in known.homes or (node["ids"] and not known.homes[shown.key].text):
        known.homes[shown.key] = home


def _quotables(env: BuildEnvironment, shown: Shown) -> quoting.Quotables | None:
    if not (shown.model or shown.models):
        return None
    try:
        words = present.of(env).known.words
        if shown.models:
            return quoting.of_models(shown.models, words)
        assert shown.model
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
        for key, led in page.links.items():
            home = library.home(key, document)
            if builder not in led or led[builder] != home:
                changed[document] = None
            led[builder] = home
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
            texts = (part if isinstance(part, str) else library.text(*part, document) for part in parts)
            labels[label] = (*labels[label][:2], "".join(texts))


# While a page is written


def reference(env: BuildEnvironment, node: pending_quotation) -> nodes.Node:
    """Return what is written for what a role gave: the number, with a link to its table."""
    known = present.of(env).known
    library = known.library or Library(env, opens_rows(known.builder))
    try:
        quoted = library.quote(node["reftype"], node["reftarget"], node["refdoc"])
    except quoting.NotFoundError:
        return nodes.inline("", MISSING, classes=["paramdoc-quoted"])
    text = nodes.inline("", "", _quoted(quoted.text), classes=["paramdoc-quoted"])
    if _is_linked(node):
        return text
    return make_refnode(known.builder, node["refdoc"], quoted.document, quoted.node_id, text)


def _quoted(text: str) -> nodes.Node:
    return formula(text) if isinstance(text, Formula) else nodes.Text(text)


def link(env: BuildEnvironment, node: pending_table) -> nodes.Node:
    """Return what is written for a link to the table of a model: nothing where there is none."""
    known = present.of(env).known
    library = known.library or Library(env, opens_rows(known.builder))
    found = library.home(node["reftarget"], env.docname)
    if found is None:
        return nodes.Text("")
    document, home = found
    text = nodes.inline("", home.text or known.words(said("its table")), translatable=False)
    return make_refnode(known.builder, env.docname, document, home.node_id, text)


def _is_linked(node: nodes.Node) -> bool:
    """Tell whether a node is part of a link, which holds no other: in a list of contents, or a heading."""
    around: nodes.Node | None = node.parent
    while around is not None:
        if isinstance(around, nodes.reference) or (isinstance(around, nodes.title) and "refid" in around):
            return True
        around = around.parent
    return False
