"""``:paramcount:`` and ``:paramformula:``: numbers in prose, which are those of the tables."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
            quotations.setdefault(Quotation(self.name, self.text, file, line), None)
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
    """Note the tables of a page that has been read, by their labels."""
    models: list[facts.Model | None] | None = env.current_document.pop(_MODELS, None)
    tables = domain.of(env).page(env.docname).tables if models else {}
    found: dict[int, quoting.Quotables | None] = {}
    for node in list(page.findall(_is_marked)) if models else ():
        assert isinstance(node, nodes.Element)
        number = node.attributes.pop(_MARK)
        if node["names"] and number not in found:
            model = models[number] if models else None
            found[number] = quoting.quotables(table.build(model), table.build(model, unfold=True)) if model else None
        tables.update((label, (node["ids"][0], found[number])) for label in node["names"])


def _collect(app: Sphinx, page: nodes.document) -> None:
    collect(app.env, page)


def _is_marked(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and _MARK in node.attributes


# When all pages have been read


@dataclass(frozen=True)
class Quoted:
    """A number, and the table that it is from."""

    text: str
    document: str
    target: str


class Library:
    """The tables of all pages, by their labels."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Gather what the pages hold."""
        self._pages: dict[str, dict[str, quoting.Quotables | None]] = {}
        self._places: dict[str, dict[str, str]] = {}
        for document, page in sorted(domain.of(env).pages.items()):
            if page.tables:
                self._pages[document] = {label: table for label, (_, table) in page.tables.items()}
            for label, (target, _) in page.tables.items():
                self._places.setdefault(label, {})[document] = target
        self._tables = {label: self._pages[next(iter(places))][label] for label, places in self._places.items()}
        self._labels: dict[str, tuple[str, str]] = env.domains.standard_domain.anonlabels

    def quote(self, role: str, text: str, document: str) -> Quoted:
        """Give what a role says in a document, whose own tables come first.

        :raises quoting.NotFoundError: where it refers to nothing, or to tables that do not agree.
        """
        own = self._pages.get(document, {})
        found = quoting.find(text, ChainMap(own, self._tables) if own else self._tables, self._labels)
        places = self._places[found.label]
        home = document if document in places else next(iter(places))
        said = _said(role, found)
        if home != document and any(said != self._elsewhere(role, text, other) for other in places):
            known = ", ".join(places)
            raise quoting.NotFoundError(f"{found.label!r} is the label of different tables, on the pages {known}")
        return Quoted(said, home, places[home])

    def _elsewhere(self, role: str, text: str, document: str) -> str:
        """Give what a role would say if the table were that of another page."""
        try:
            return _said(role, quoting.find(text, ChainMap(self._pages[document], self._tables), {}))
        except quoting.NotFoundError:
            return ""


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
                page.quotations[each] = library.quote(each.role, each.text, document)
            except quoting.NotFoundError as error:
                warn(Warn.REFERENCE, f"{each.role}: {error}", f"{each.file}:{each.line}")
                page.quotations[each] = None
        if page.quotations:
            _entitle(env, document, page)
        if page.quotations != before:
            yield document


def _entitle(env: BuildEnvironment, document: str, page: domain.Page) -> None:
    """Say the numbers in the titles of a document, which stand in lists of contents as well."""
    said = {(each.role, each.text): quoted for each, quoted in page.quotations.items()}
    for tree in (env.titles.get(document), env.longtitles.get(document), env.tocs.get(document)):
        for node in tree.findall(quotation) if tree else ():
            quoted = said.get((node["role"], node["refers"]))
            node[:] = [nodes.Text(quoted.text if isinstance(quoted, Quoted) else _MISSING)]


class Resolve(SphinxPostTransform):
    """Put the numbers in, each with a link to its table."""

    default_priority = 5

    def run(self, **_: Any) -> None:
        """Replace what roles gave."""
        library = domain.of(self.env).library
        for node in list(self.document.findall(quotation)):
            assert isinstance(library, Library)
            try:
                quoted = library.quote(node["role"], node["refers"], node["refdoc"])
            except quoting.NotFoundError:
                node.replace_self(nodes.inline("", _MISSING, classes=["paramdoc-quoted"]))
                continue
            text = nodes.inline("", quoted.text, classes=["paramdoc-quoted"])
            node.replace_self(make_refnode(self.app.builder, node["refdoc"], quoted.document, quoted.target, text))


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
