"""The tables of all pages: what a role says, and which table it says it of."""

from __future__ import annotations

from collections import ChainMap

from sphinx.environment import BuildEnvironment

from sphinx_paramdoc.sphinx_ext import state
from sphinx_paramdoc.sphinx_ext.names import FORMULA
from sphinx_paramdoc.sphinx_ext.state import Quoted
from sphinx_paramdoc.table import quoting

MISSING = "?"
"""What stands in the prose where there is no table to quote."""


class Library:
    """The tables of all pages, by their labels."""

    def __init__(self, env: BuildEnvironment, opens_rows: bool) -> None:
        """Gather what the pages hold.

        :param opens_rows: whether a link may lead to a row that is closed.
        """
        self._opens_rows = opens_rows
        self._rows = {document: page.places for document, page in state.of(env).pages.items() if page.places}
        self._pages: dict[str, dict[str, quoting.Quotables | None]] = {}
        self._places: dict[str, dict[str, str]] = {}
        self._doubled: dict[str, str] = {}
        """The labels that several tables of a page have → that page."""
        for document, page in sorted(state.of(env).pages.items()):
            if page.tables:
                self._pages[document] = {label: table for label, (_, table) in page.tables.items()}
            self._doubled.update(dict.fromkeys(page.doubled, document))
            for label, (target, _) in page.tables.items():
                self._places.setdefault(label, {})[document] = target
        self._tables = {label: self._pages[next(iter(places))][label] for label, places in self._places.items()}
        self._homes: dict[str, dict[str, state.Home]] = {}
        for document, page in sorted(state.of(env).pages.items()):
            for key, home in page.homes.items():
                self._homes.setdefault(key, {})[document] = home
        self._labels: dict[str, tuple[str, str]] = env.domains.standard_domain.anonlabels

    def quote(self, role: str, text: str, document: str) -> Quoted:
        """Return the number that a role quotes in a document, whose own tables come first.

        :raises quoting.NotFoundError: where it refers to nothing, or to tables that do not agree.
        """
        own = self._pages.get(document, {})
        tables = ChainMap(own, self._tables) if own else self._tables
        found = quoting.find(text, tables, self._labels, self._doubled)
        places = self._places[found.label]
        home = document if document in places else next(iter(places))
        said = _said(role, found)
        if home != document and any(said != self._elsewhere(role, text, other) for other in places):
            known = ", ".join(places)
            raise quoting.NotFoundError(f"{found.label!r} is the label of different tables, on the pages {known}")
        return Quoted(said, home, self._row(home, found) or places[home])

    def home(self, key: str, document: str) -> tuple[str, state.Home] | None:
        """Return the page and the place of the table of a model, on the page of a document if it is there.

        :param key: what the record of the model is called.
        """
        homes = self._homes.get(key, {})
        page = document if document in homes else next(iter(homes), None)
        return None if page is None else (page, homes[page])

    def _row(self, document: str, found: quoting.Reference) -> str:
        """Return the id of the row that stands for the layer that is quoted; '' where it is the table's."""
        place = self._rows.get(document, {}).get(found.label, {}).get(found.path)
        return (place.id if self._opens_rows else place.shown_id) if place else ""

    def text(self, role: str, text: str, document: str) -> str:
        """Return the text of what a role says in a document."""
        try:
            return self.quote(role, text, document).text
        except quoting.NotFoundError:
            return MISSING

    def _elsewhere(self, role: str, text: str, document: str) -> str:
        """Return the text of a role as it would be with the table of another page; '' where it has none."""
        try:
            return _said(role, quoting.find(text, ChainMap(self._pages[document], self._tables), {}))
        except quoting.NotFoundError:
            return ""


def _said(role: str, found: quoting.Reference) -> str:
    if found.quotable is None:
        return MISSING
    said = (found.quotable.formulas if role == FORMULA else found.quotable.counts).get(found.quantity)
    if said is not None:
        return said
    if role != FORMULA:
        raise quoting.NotFoundError(f"{found.quantity} is a formula, and no count: write :{FORMULA}:")
    what = f"{found.label}/{found.path}" if found.path else found.label
    if found.quotable.is_of_list:
        raise quoting.NotFoundError(f"{what!r} has no formula in arguments: its list shows the column in-arguments")
    raise quoting.NotFoundError(f"{what!r} has no formula in arguments: its block asks for one with :vary:")
