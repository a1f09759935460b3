"""``:paramcount:`` and ``:paramformula:``: numbers in prose, which are those of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_refnode

from sphinx_paramdoc import docstrings, domain, facts, quoting, table
from sphinx_paramdoc.domain import Quotation
from sphinx_paramdoc.warnings import Warn, warn

_FORMULA = "paramformula"
ROLES = ("paramcount", _FORMULA)

_MARK = "paramdoc-model"
"""The attribute of what a block shows while its page is read: the number of its model."""

_MODELS = "paramdoc models"
"""Under this name the models of the page that is read are kept until it has been."""

_MISSING = "?"
"""What stands in the prose where there is no table to quote."""


class quotation(nodes.inline):  # noqa: N801 - docutils names nodes so
    """A number that is quoted from a table; it has the text that the author wrote until all pages have been read."""


class Quote(SphinxRole):
    """Quote a count, or how it comes about, from a table of any page."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Give a node to be filled when all tables are known."""
        source, line = self.get_source_info()
        source = source or str(self.env.doc2path(self.env.docname))  # nbsphinx names none
        if not docstrings.is_listed_only(self.inliner.document, source):
            file, line = docstrings.spot(self.env, source, line or 1, self.name, self.text)
            quotations = domain.of(self.env).page(self.env.docname).quotations
            quotations.setdefault(Quotation(self.name, self.text, file, line), "")
        shown = quotation(self.rawtext, self.text, role=self.name, refers=self.text, refdoc=self.env.docname)
        return [shown], []


# While a page is read


def offer(env: BuildEnvironment, shown: Sequence[nodes.Node], model: facts.Model | None) -> None:
    """Let what a block shows be quoted by the labels that it is going to have.

    :param model: what it shows; ``None`` where its table is missing.
    """
    models: list[facts.Model | None] | None = env.current_document.setdefault(_MODELS, [])
    assert models is not None
    for node in shown:
        if isinstance(node, nodes.Element):
            node[_MARK] = len(models)
    models.append(model)


def collect(env: BuildEnvironment, page: nodes.document) -> None:
    """Note the tables of a page that has been read, by the ids that labels lead to."""
    models: list[facts.Model | None] | None = env.current_document.pop(_MODELS, None)
    tables = domain.of(env).page(env.docname).tables if models else {}
    found: dict[int, quoting.Quotables | None] = {}
    for node in list(page.findall(_is_marked)) if models else ():
        assert isinstance(node, nodes.Element)
        number = node.attributes.pop(_MARK)
        if node["ids"] and number not in found:
            model = models[number] if models else None
            found[number] = quoting.quotables(table.build(model), table.build(model, unfold=True)) if model else None
        tables.update(dict.fromkeys(node["ids"], found.get(number)))


def _collect(app: Sphinx, page: nodes.document) -> None:
    collect(app.env, page)


def _is_marked(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and _MARK in node.attributes


# When all pages have been read


class Library:
    """The tables of all pages, by their labels."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Find what the labels of Sphinx lead to."""
        pages = domain.of(env).pages
        self._labels: dict[str, tuple[str, str]] = env.domains.standard_domain.anonlabels
        self._tables = {
            label: pages[document].tables[target]
            for label, (document, target) in self._labels.items()
            if document in pages and target in pages[document].tables
        }

    def find(self, text: str) -> quoting.Found:
        """Give what a text refers to.

        :raises quoting.NotFoundError: where it refers to nothing.
        """
        return quoting.find(text, self._tables, self._labels)

    def place(self, found: quoting.Found) -> tuple[str, str]:
        """Give the document and the id of a table."""
        return self._labels[found.label]


def _said(role: str, found: quoting.Found) -> str:
    if found.quotable is None:
        return _MISSING
    return (found.quotable.formulas if role == _FORMULA else found.quotable.counts)[found.quantity]


def check(env: BuildEnvironment) -> Iterator[str]:
    """Yield the documents that quote something which has changed; warn of what refers to nothing."""
    library = domain.of(env).library = Library(env)
    for document, page in domain.of(env).pages.items():
        before = dict(page.quotations)
        for each in before:
            try:
                page.quotations[each] = _said(each.role, library.find(each.text))
            except quoting.NotFoundError as error:
                warn(Warn.REFERENCE, f"{each.role}: {error}", f"{each.file}:{each.line}")
                page.quotations[each] = _MISSING
        if page.quotations:
            _entitle(env, document, page)
        if page.quotations != before:
            yield document


def _entitle(env: BuildEnvironment, document: str, page: domain.Page) -> None:
    """Say the numbers in the titles of a document, which stand in lists of contents as well."""
    said = {(each.role, each.text): text for each, text in page.quotations.items()}
    for tree in (env.titles.get(document), env.longtitles.get(document), env.tocs.get(document)):
        for node in tree.findall(quotation) if tree else ():
            node[:] = [nodes.Text(said[node["role"], node["refers"]])]


class Resolve(SphinxPostTransform):
    """Put the numbers in, each with a link to its table."""

    default_priority = 5

    def run(self, **_: Any) -> None:
        """Replace what roles gave."""
        library = domain.of(self.env).library
        for node in list(self.document.findall(quotation)):
            assert isinstance(library, Library)
            try:
                found = library.find(node["refers"])
            except quoting.NotFoundError:
                node.replace_self(nodes.inline("", _MISSING, classes=["paramdoc-quoted"]))
                continue
            text = nodes.inline("", _said(node["role"], found), classes=["paramdoc-quoted"])
            document, target = library.place(found)
            node.replace_self(make_refnode(self.app.builder, node["refdoc"], document, target, text))


def _nothing(_translator: Any, _node: nodes.Node) -> None:
    """Write a number as the text that it is."""


def setup(app: Sphinx) -> None:
    """Register the roles and what fills them."""
    for name in ROLES:
        app.add_role(name, Quote())
    # Lists of contents keep the node, and have no links inside their own.
    handlers = (_nothing, _nothing)
    app.add_node(quotation, html=handlers, latex=handlers, text=handlers, man=handlers, texinfo=handlers)
    app.add_post_transform(Resolve)
    app.connect("doctree-read", _collect)
