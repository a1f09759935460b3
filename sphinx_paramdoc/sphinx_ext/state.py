"""Which page shows which blocks, and how they came out: state of the environment, kept from build to build."""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

if TYPE_CHECKING:
    from sphinx_paramdoc.notation.autodoc_patterns import Entry
    from sphinx_paramdoc.sphinx_ext.places import Place
    from sphinx_paramdoc.table.quoting import Quotables

NAME = "paramdoc"


class Outcome(StrEnum):
    """How the page of a block got its result."""

    RUN = "run"
    RECORD = "record"
    EQUAL = "equal"
    """From the record of an equal block, which ran in this build."""
    STALE = "stale"
    """From a record that is no longer true, as nothing was to be run."""
    FAILED = "failed"
    """It has none: the block ran and failed, or could not run."""
    SKIPPED = "skipped"
    """It has none, as nothing was to be run."""
    LEFT = "left"
    """It has none, as another shard is to run it, or its page is to be read again when it has run."""


class Block(msgspec.Struct, frozen=True):
    """One block of a page."""

    key: str
    """What its record is called."""
    outcome: Outcome
    seconds: float = 0.0
    """How long its page waited for it."""


class Quotation(msgspec.Struct, frozen=True):
    """A number in prose."""

    role: str
    text: str
    """What it refers to, as it is written."""
    file: str
    line: int
    is_repeated: bool = False
    """Whether it is written elsewhere as well: in a docstring that a table of objects quotes, or before translation."""


class Quoted(msgspec.Struct, frozen=True):
    """A number, and the table that it is from."""

    text: str
    document: str
    node_id: str


class Home(msgspec.Struct, frozen=True):
    """Where a page shows the table of a model."""

    node_id: str
    """That of the table, or of what is around one that has none; '' where that is the page."""
    text: str
    """What the table is called; '' where it has no name."""


class Page(msgspec.Struct):
    """The blocks of one page, and what of an API it documents."""

    blocks: list[Block] = []
    decisive: str = ""
    """The digest of what decides the names of records, besides the blocks."""
    has_warned: bool = False
    """Whether something was wrong that a warning told of; a later build must tell it again."""
    documented: dict[tuple[str, ...], tuple[Entry, ...]] = {}
    """What autodoc shows or lists: the full names of an object → its tables by ``paramdoc_autodoc``."""
    shown: list[str] = []
    """The objects among them that have their table by that."""
    without_framework: list[tuple[str, str]] = []
    """The blocks that lack the framework: what is to be said of it, and ``file:line``."""
    doubled: list[str] = []
    """The labels that several of its tables have, and so none of them."""
    diagrams: dict[str, str] = {}
    """The digests of the texts that its diagrams are drawn from → ``file:line`` of the first that has it."""
    tables: dict[str, tuple[str, Quotables | None]] = {}
    """The labels of its tables → the id of each, and what can be quoted of it, ``None`` where it is missing."""
    places: dict[str, dict[str, Place]] = {}
    """The same labels → the path of each layer → where it is in the page."""
    quotations: dict[Quotation, dict[str, Quoted | None]] = {}
    """The numbers in its prose; for each builder, by its name, what it shows, if any."""
    homes: dict[str, Home] = {}
    """What the record of a model is called → where its own table is."""
    links: dict[str, dict[str, tuple[str, Home] | None]] = {}
    """What the records of models are called that its lists lead to → for each builder, the page and place it shows."""
    entitled: dict[str, list[str | tuple[str, str]]] = {}
    """The label of each title and caption that holds such numbers → its text, with role and reference for a number."""


class ParamdocDomain(Domain):
    """Knows the blocks of each page."""

    name = NAME
    label = "Parameter tables"
    data_version = 7
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}}

    @property
    def pages(self) -> dict[str, Page]:
        """Document → what it shows."""
        pages: dict[str, Page] = self.data["pages"]
        return pages

    def page(self, document: str) -> Page:
        """Return the page of a document, to be added to."""
        return self.pages.setdefault(document, Page())

    def resolve_any_xref(self, *_: Any, **__: Any) -> list[Any]:
        """Return nothing that a reference of any kind may mean: what is here is found by roles of its own."""
        return []

    def clear_doc(self, docname: str) -> None:
        """Forget a document, which is read again or gone."""
        self.pages.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        for document, page in otherdata["pages"].items():
            if document in docnames:
                self.pages[document] = page


def of(env: BuildEnvironment) -> ParamdocDomain:
    """Return the domain of an environment."""
    domain = env.get_domain(NAME)
    assert isinstance(domain, ParamdocDomain)
    return domain
