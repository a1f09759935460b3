"""One build of the documentation: each block gets its answer from its record, or else by being run."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from sphinx_paramdoc import execution, facts, machine
from sphinx_paramdoc.explanation import proof
from sphinx_paramdoc.notation import autodoc_patterns, foresight
from sphinx_paramdoc.records import packing
from sphinx_paramdoc.records.reading import Miss, Record
from sphinx_paramdoc.records.store import Records
from sphinx_paramdoc.sphinx_ext import state
from sphinx_paramdoc.sphinx_ext.library import Library
from sphinx_paramdoc.sphinx_ext.progress import Status
from sphinx_paramdoc.sphinx_ext.state import Outcome
from sphinx_paramdoc.sphinx_ext.warnings import first_line

RUN_NOTHING = frozenset({"gettext", "linkcheck", "doctest"})
"""The builders that look at the text of a project and need no tables."""


@dataclass(frozen=True)
class Answer:
    """What a block gave."""

    outcome: Outcome
    response: execution.Response | None = None
    """``None`` where nothing was to be run, and there is no record."""
    files: list[str] = field(default_factory=list)
    """The files that a change of would change the answer."""
    trouble: str = ""
    """What is wrong with the record, in the words of a warning."""
    unrecorded: execution.Request | None = None
    """What was asked for, where the answer is to be recorded once its table is made."""


@dataclass(frozen=True)
class Wish:
    """How one block wants to be run, where it differs from the configuration."""

    weights: facts.Variables | None = None
    backend: str | None = None
    timeout: float | None = None
    input_shape: facts.Shape = None

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Wish:
        """Read what the options of a directive say of it."""
        names = ("weights", "backend", "timeout", "input-shape")
        return cls(*(options.get(name) for name in names))


class Build:
    """Answers blocks, with the records and the servers of one build."""

    def __init__(self, env: BuildEnvironment, builder: Builder) -> None:
        """Read the configuration; nothing is started yet."""
        config = env.config
        self._env = env
        self._mode: str = config.paramdoc_execute
        self.builder = builder
        self._shows_no_tables = builder.name in RUN_NOTHING
        self._runs = self._mode in {"auto", "force"} and not self._shows_no_tables
        self._path = machine.import_path(env.srcdir)
        self._first_party = machine.FirstParty.of(env.srcdir, config.paramdoc_first_party)
        folder = config.paramdoc_records
        self.records = Records(
            Path(env.srcdir, folder) if folder else Path(env.doctreedir, "paramdoc"),
            Path(env.srcdir),
            self._path,
            config.paramdoc_environment,
            self._first_party,
        )
        setup = execution.ServerSetup(preamble=config.paramdoc_preamble, path=self._path, first_party=self._first_party)
        self._session = execution.Session(setup, config.paramdoc_environment)
        self._status = Status()
        self.library: Library | None = None
        """The tables of all pages, once these have been read."""
        self._documents: list[str] = []
        self._unchanged: list[str] = []
        """Those of the documents that are read again though they and all that they depend on are the same."""

    # Before reading

    def outdated(self, changed: Collection[str]) -> list[str]:
        """Return the documents that must be read again though they have not changed.

        That are those that had something to warn of, those with a block that has no fresh record, and those with one
        that another builder skipped.
        """
        self._unchanged = [document for document in self._outdated() if document not in changed]
        return self._unchanged

    def _outdated(self) -> Iterator[str]:
        if self._shows_no_tables:
            return  # such a builder leaves the pages to those that do
        decisive = self.records.decisive_digest()
        for document, page in state.of(self._env).pages.items():
            outcomes = {block.outcome for block in page.blocks}
            if (
                page.has_warned
                or (page.blocks and page.decisive != decisive)
                or self._asks_for_others(page)
                or (self._mode == "force" and page.blocks)
                or Outcome.FAILED in outcomes
                or (self._mode != "off" and Outcome.SKIPPED in outcomes)
                or (self._mode != "off" and not all(self.records.is_fresh(block.key) for block in page.blocks))
            ):
                yield document

    def _asks_for_others(self, page: state.Page) -> bool:
        """Tell whether ``paramdoc_autodoc`` has changed in what it says of the objects of a page."""
        says: dict[str, str] = self._env.config.paramdoc_autodoc
        return any(autodoc_patterns.expression(says, names) != before for names, before in page.documented.items())

    def begin(self, documents: Iterable[str]) -> None:
        """Get ready to read: let blocks run now that the documents will most likely ask for."""
        self._documents = list(documents)
        if not self._documents or not self._runs:
            return
        self._session.open()
        jobs: dict[str | None, list[execution.Job]] = {}
        for document in self._documents:
            for block in self._foreseen(Path(self._env.doc2path(document))):
                wish = Wish.of(block.options)
                request = self._request(block.listing, wish)
                if not self._fresh(request):
                    jobs.setdefault(request.backend, []).append(self._job(request, wish))
        for backend, found in jobs.items():
            self._session.prefetch(found, backend)
        if not jobs and any(map(self._lacks_a_record, self._unchanged)):
            self._session.start(self._env.config.paramdoc_backend)

    def _foreseen(self, page: Path) -> Iterator[foresight.Preview]:
        config = self._env.config
        yield from foresight.blocks(page, config.paramdoc_preamble)
        if "sphinx.ext.autodoc" in config.extensions:
            yield from foresight.added_by_autodoc(page, config.paramdoc_autodoc, config.paramdoc_preamble)

    def _lacks_a_record(self, document: str) -> bool:
        page = state.of(self._env).pages.get(document)
        return page is not None and not all(self.records.is_fresh(block.key) for block in page.blocks)

    # While reading

    def answer(self, listing: execution.Listing, wish: Wish, document: str) -> Answer:
        """Return the answer to a block, and note how it came out for its document."""
        begin = time.monotonic()
        request = self._request(listing, wish)
        answer = self._answer(request, wish)
        block = state.Block(self.records.key(request), answer.outcome, time.monotonic() - begin)
        page = state.of(self._env).page(document)
        page.blocks.append(block)
        page.decisive = self.records.decisive_digest()
        return answer

    def _answer(self, request: execution.Request, wish: Wish) -> Answer:
        if self._mode == "off":
            return Answer(Outcome.SKIPPED)
        record = self.records.read(request) if self._mode != "force" else None
        stale = self.records.why_stale(record) if record else None
        if record and not stale:
            return self._recorded(record)
        if self._shows_no_tables:
            return Answer(Outcome.SKIPPED)
        if self._runs:
            return self._run(request, wish)
        if record:
            trouble = f"the record of this block is stale ({stale}), and paramdoc_execute is 'cache'"
            return self._recorded(record, trouble)
        missed = self.records.why_missed(request)
        return Answer(Outcome.FAILED, trouble=f"{missed.value if missed else ''}, and paramdoc_execute is 'cache'")

    def _recorded(self, record: Record, trouble: str = "") -> Answer:
        outcome = Outcome.STALE if trouble else Outcome.RECORD
        response = execution.Success(packing.unpack(record.model))
        return Answer(outcome, response, self.records.files(record), trouble)

    def _run(self, request: execution.Request, wish: Wish) -> Answer:
        with self._status.block(request.backend) as waiting:
            response = self._session.run(self._job(request, wish), waiting)
        files = execution.files_of(response)
        if isinstance(response, execution.Failure):
            missed = self.records.why_missed(request) if self._mode != "force" else None
            if missed in {Miss.EDITED, Miss.OLDER, Miss.NEWER, Miss.UNREADABLE}:
                response = msgspec.structs.replace(response, message=f"{response.message}\n({missed.value})")
            return Answer(Outcome.FAILED, response, files)
        is_proven = not any(proof.unproven_explainers(response.model))  # a record tells of success alone
        return Answer(Outcome.RUN, response, files, unrecorded=request if is_proven else None)

    def keep(self, answer: Answer) -> str:
        """Record an answer whose table was made; return what went wrong, in the words of a warning, or ''."""
        if answer.unrecorded is None or not isinstance(answer.response, execution.Success):
            return ""
        try:
            self.records.write(answer.unrecorded, answer.response)
        except OSError as error:
            if self._session.first_time("no-record"):
                folder = self._env.config.paramdoc_records or "the folder of the doctrees"
                return f"records cannot be written to {folder} ({error.strerror}): blocks will run again"
        except Exception as error:  # a model may hold what no record can
            return f"this block cannot be recorded ({first_line(error)}): it will run again"
        return ""

    def _request(self, listing: execution.Listing, wish: Wish) -> execution.Request:
        config = self._env.config
        return listing.request(
            weights=wish.weights or config.paramdoc_weights,
            backend=wish.backend or config.paramdoc_backend,
            input_shape=wish.input_shape,
            explainers=dict(sorted(config.paramdoc_explainers.items())),
        )

    def _job(self, request: execution.Request, wish: Wish) -> execution.Job:
        config = self._env.config
        return execution.Job(
            request=request,
            path=self._path,
            directory=str(self._env.srcdir),
            first_party=self._first_party,
            timeout=wish.timeout or config.paramdoc_timeout,
            memory=config.paramdoc_memory_limit,
        )

    def _fresh(self, request: execution.Request) -> bool:
        return self._mode != "force" and self.records.is_fresh(self.records.key(request))

    # After reading

    def end_reading(self) -> None:
        """End what runs blocks, and say what was done."""
        self._session.close()
        pages = state.of(self._env).pages
        read = [block for document in self._documents if document in pages for block in pages[document].blocks]
        self._status.summarise(read)
        self._documents = []

    def close(self) -> None:
        """End what runs blocks, if it still does."""
        self._session.close()

    def prune(self) -> int:
        """Delete the records that no page uses; return how many there were.

        None where a page had something to warn of: a block that is refused today may ask for its record tomorrow.
        """
        pages = state.of(self._env).pages.values()
        if any(page.has_warned for page in pages):
            return 0
        return self.records.prune({block.key for page in pages for block in page.blocks})


_PRESENT: WeakKeyDictionary[BuildEnvironment, Build] = WeakKeyDictionary()
"""The build that goes on in each environment: it is no part of the state that is kept from build to build."""


def begin(env: BuildEnvironment, builder: Builder) -> None:
    """Begin a build."""
    _PRESENT[env] = Build(env, builder)


def of(env: BuildEnvironment) -> Build:
    """Return the present build of an environment."""
    return _PRESENT[env]
