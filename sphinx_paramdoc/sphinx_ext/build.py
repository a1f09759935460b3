"""One build of the documentation: each block gets its answer from its record, or else by being run."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection, Iterable, Sequence

import msgspec
from sphinx.environment import BuildEnvironment

from sphinx_paramdoc import execution
from sphinx_paramdoc.explanation import proof
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.records import packing
from sphinx_paramdoc.records.reading import Miss, Record
from sphinx_paramdoc.sphinx_ext import state
from sphinx_paramdoc.sphinx_ext.heap import Heap
from sphinx_paramdoc.sphinx_ext.knowledge import Knowledge
from sphinx_paramdoc.sphinx_ext.progress import Status, inform
from sphinx_paramdoc.sphinx_ext.state import Outcome
from sphinx_paramdoc.sphinx_ext.warnings import Warn, first_line, warn


class NoSettingError(Exception):
    """A setting of a builder has no record, and nothing is to be run."""


class SettingsLeftError(Exception):
    """Settings of a builder have no answer yet: their page is to be read again when they have."""


class Answer(msgspec.Struct, frozen=True):
    """What a block gave."""

    outcome: Outcome
    response: execution.Response | None = None
    """``None`` where nothing was to be run, and there is no record."""
    files: list[str] = []
    """The files that a change of would change the answer."""
    trouble: str = ""
    """What is wrong with the record, in the words of a warning."""
    unrecorded: execution.Request | None = None
    """What was asked for, where the answer is to be recorded once its table is made."""


class Build:
    """Answers blocks, with what is known of one build and the servers that it starts."""

    makes_pages = True
    """Whether pages show what blocks give; else it is only found out, with what is to be warned of."""

    def __init__(self, env: BuildEnvironment, known: Knowledge, slots: int | None = None) -> None:
        """Start nothing yet.

        :param slots: how many blocks run at a time; ``None``: as many as there are cores.
        """
        self._env = env
        self.known = known
        setup = execution.ServerSetup(
            preamble=known.says.preamble,
            path=known.path,
            first_party=known.first_party,
            keep=known.says.keep_server,
            slots=slots,
        )
        self.has_failed = False
        """Whether any block has no answer to be believed, and is not expected to have none."""
        self._expected: set[str] = set()
        """The records of blocks that are expected to have none."""
        self.unsettled: set[str] = set()
        """The records of blocks that have settings nobody knows yet, as there is no record of what tells them."""
        self._session = execution.Session(setup, known.says.environment, inform)
        self._status = Status(known.says.environment)
        self._heap = Heap()
        self._documents: list[str] = []
        self._unchanged: list[str] = []
        """Those of the documents that are read again though they and all that they depend on are the same."""

    # Before reading

    def outdated(self, changed: Collection[str]) -> list[str]:
        """Return the documents that must be read again though they have not changed."""
        self._unchanged = [document for document in self.known.outdated() if document not in changed]
        return self._unchanged

    def begin_listed(self) -> None:
        """Let blocks run that pages will most likely ask for which autosummary is about to write.

        It imports what it writes about, which takes as long as the import of a framework: two cores do both at once.
        """
        if self.known.runs_blocks and (jobs := [job for job in self.known.listed() if self._takes(job.request)]):
            self._session.open()
            self._prefetch(jobs)
            self._heap.spare()

    def begin(self, documents: Iterable[str]) -> None:
        """Get ready to read: let blocks run now that the documents will most likely ask for."""
        self._documents = list(documents)
        if not self._documents or not self.known.runs_blocks:
            return
        self._session.open()
        jobs = [job for job in self.known.foreseen(self._documents) if self._takes(job.request)]
        self._status.foresee(len({self.known.records.key(job.request) for job in jobs}))
        self._prefetch(jobs)
        if jobs:
            self._heap.spare()
        elif any(map(self.known.lacks_a_record, self._unchanged)):
            self._session.start(self.known.says.options.backend)

    def _takes(self, _request: execution.Request) -> bool:
        """Tell whether a block is any of this build's business."""
        return True

    def _prefetch(self, jobs: Iterable[execution.Job], *, is_asked_next: bool = False) -> None:
        """Let blocks run that will be asked for soon.

        :param is_asked_next: whether that is at once, so that a single one has nothing to run beside.
        """
        by_backend: dict[str | None, list[execution.Job]] = {}
        for job in jobs:
            by_backend.setdefault(job.request.backend, []).append(job)
        for backend, found in by_backend.items():
            if len(found) > 1 or not is_asked_next:
                self._session.prefetch(found, backend)

    # While reading

    def ahead(self, jobs: Iterable[execution.Job]) -> None:
        """Let blocks run beside each other that a page is about to ask for, one after the other."""
        if not self.known.runs_blocks:
            return
        pending = (job for job in jobs if not self.known.is_fresh(job.request) and self._takes(job.request))
        self._prefetch(pending, is_asked_next=True)

    def answer(
        self, listing: execution.Listing, options: Options, document: str, expects_failure: bool = False
    ) -> Answer:
        """Return the answer to a block, and note how it came out for its document.

        :param expects_failure: whether the block is known to fail.
        """
        begin = time.monotonic()
        self._heap.spare()
        self._status.begin()
        job = self.known.job(listing, options)
        answer = self._answer(job)
        records = self.known.records
        page = state.of(self._env).page(document)
        page.blocks.append(state.Block(records.key(job.request), answer.outcome, time.monotonic() - begin))
        page.decisive = records.decisive_digest()
        if answer.outcome is Outcome.FAILED and expects_failure:
            self._expected.add(records.key(job.request))
        elif answer.outcome in {Outcome.FAILED, Outcome.STALE}:
            self.has_failed = True
        return answer

    def _answer(self, job: execution.Job) -> Answer:
        mode, records = self.known.says.execute, self.known.records
        if mode == "off":
            return Answer(Outcome.SKIPPED)
        if not self._takes(job.request):
            return Answer(Outcome.LEFT)
        record = records.read(job.request) if mode != "force" else None
        stale = records.why_stale(record) if record else None
        if record and not stale:
            return self._recorded(job, record)
        if self.known.shows_no_tables:
            return Answer(Outcome.SKIPPED)
        if self.known.runs_blocks:
            return self._run(job)
        if record:
            return self._recorded(job, record, self._untrue(f"the record of this block is stale ({stale})"))
        missed = records.why_missed(job.request)
        return Answer(Outcome.FAILED, trouble=self._untrue(missed.value if missed else ""))

    def _untrue(self, trouble: str) -> str:
        """Return what is wrong with a record, with the reason why nothing is done about it."""
        return f"{trouble}, and paramdoc_execute is 'cache'"

    def _recorded(self, job: execution.Job, record: Record, trouble: str = "") -> Answer:
        is_new = self._session.has_seen(self.known.records.key(job.request))
        outcome = Outcome.STALE if trouble else Outcome.EQUAL if is_new else Outcome.RECORD
        return Answer(outcome, of_record(record), self.known.records.files(record), trouble)

    def _run(self, job: execution.Job) -> Answer:
        with self._status.block(job.request.backend) as waiting:
            response = self._session.run(job, waiting)
        return self._told(job, response, execution.files_of(response))

    def _told(self, job: execution.Job, response: execution.Response, files: list[str]) -> Answer:
        """Return the answer of a block that has run."""
        if isinstance(response, execution.Failure):
            missed = self.known.records.why_missed(job.request) if self.known.says.execute != "force" else None
            if missed in {Miss.EDITED, Miss.OLDER, Miss.NEWER, Miss.UNREADABLE}:
                response = msgspec.structs.replace(response, message=f"{response.message}\n({missed.value})")
            return Answer(Outcome.FAILED, response, files)
        is_proven = not any(proof.unproven_explainers(response.model))  # a record tells of success alone
        return Answer(Outcome.RUN, response, files, unrecorded=job.request if is_proven else None)

    def settings(
        self,
        jobs: Sequence[execution.Job],
        given: execution.Success,
        document: str,
        complain: Callable[[str], None],
        may_leave: bool = False,
    ) -> list[execution.Response]:
        """Return the answers to settings of a builder, each from its record, or else by being run.

        :param given: what the builder gave as it is written.
        :param complain: takes what is wrong with records that are believed nevertheless, in the words of a warning.
        :param may_leave: whether the page can do without them, if it is read again.
        :raises NoSettingError: where one has no record, and nothing is to be run.
        :raises SettingsLeftError: where the page is read again when they have answers.
        """
        known = [self._settled(each.request) for each in jobs]
        pending = [each for each, found in zip(jobs, known, strict=True) if found is None]
        if pending and not self.known.runs_blocks:
            self.has_failed = True
            self._note_settings(jobs, known, document)
            raise NoSettingError(self._untrue("a setting of :vary: has no fresh record"))
        self._begin_settings(pending, document, may_leave)
        answers = []
        troubles: dict[str, None] = {}
        for each, found in zip(jobs, known, strict=True):
            begin = time.monotonic()
            answers.append(found or self._run_setting(each, given))
            stale = self._why_stale(each.request) if found else None
            if stale:
                troubles[stale] = None
            outcome = Outcome.STALE if stale else Outcome.RECORD if found else Outcome.RUN
            key = self.known.records.key(each.request)
            state.of(self._env).page(document).blocks.append(state.Block(key, outcome, time.monotonic() - begin))
        if troubles:
            self.has_failed = True
            complain(self._untrue(f"records of settings of :vary: are stale ({', '.join(troubles)})"))
        return answers

    def leave_settings(self, job: execution.Job) -> None:
        """Note that not all settings of a builder are known."""
        self.unsettled.add(self.known.records.key(job.request))

    def _note_settings(
        self, jobs: Sequence[execution.Job], known: Sequence[execution.Response | None], document: str
    ) -> None:
        """Note which settings have a record, and which have none, where the formula is missing for these."""
        for each, found in zip(jobs, known, strict=True):
            stale = self._why_stale(each.request) if found else None
            outcome = Outcome.STALE if stale else Outcome.RECORD if found else Outcome.FAILED
            state.of(self._env).page(document).blocks.append(state.Block(self.known.records.key(each.request), outcome))

    def _begin_settings(self, pending: Sequence[execution.Job], _document: str, _may_leave: bool) -> None:
        """Let settings run that have no answer.

        :raises SettingsLeftError: as above.
        """
        self._prefetch(pending)

    def _why_stale(self, request: execution.Request) -> str | None:
        """Say why the record of a setting is stale that is believed nevertheless; ``None`` where it is fresh."""
        if self.known.runs_blocks:  # then none is
            return None
        record = self.known.records.read(request)
        return self.known.records.why_stale(record) if record else None

    def _settled(self, request: execution.Request) -> execution.Response | None:
        """Return what a record says of a setting; ``None`` where none is to be believed."""
        records = self.known.records
        record = None if self.known.says.execute == "force" else records.read(request)
        if record is None or (self.known.runs_blocks and records.why_stale(record)):
            return None
        if record.raised:
            return execution.Failure(message=record.raised, is_settled=True)
        return execution.Success(packing.unpack(record.model))

    def _run_setting(self, job: execution.Job, given: execution.Success) -> execution.Response:
        with self._status.setting(job.request.backend) as waiting:
            response = self._session.run(job, waiting)
        self._keep_setting(job, response, given)
        return response

    def _keep_setting(self, job: execution.Job, response: execution.Response, given: execution.Success) -> None:
        with contextlib.suppress(OSError):  # that no record can be written is said with the block itself
            if isinstance(response, execution.Success):
                self.known.records.write(job.request, response)
            elif response.kind in {"execution", "model"}:
                self.known.records.write_raised(job.request, response, given)

    def keep(self, answer: Answer) -> str:
        """Record an answer whose table was made; return what went wrong, in the words of a warning, or ''."""
        if answer.unrecorded is None or not isinstance(answer.response, execution.Success):
            return ""
        try:
            self._write(answer.unrecorded, answer.response)
            self._session.first_time(self.known.records.key(answer.unrecorded))
        except OSError as error:
            if self._session.first_time("no-record"):
                folder = self.known.says.records or "the folder of the doctrees"
                return f"records cannot be written to {folder} ({error.strerror}): blocks will run again"
        except Exception as error:  # a model may hold what no record can
            return f"this block cannot be recorded ({first_line(error)}): it will run again"
        return ""

    def _write(self, request: execution.Request, success: execution.Success) -> None:
        """Write the record of a block that has run.

        :raises OSError: where it cannot be written.
        """
        self.known.records.write(request, success)

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
        try:
            self._session.close()
        finally:
            self._heap.end()


def of_record(record: Record) -> execution.Success:
    """Return what a block gave, by its record."""
    return execution.Success(
        packing.unpack(record.model),
        maker=record.maker,
        arguments=record.arguments,
        call=record.call,
        versions=record.versions,
    )


def warn_without_framework(env: BuildEnvironment) -> None:
    """Tell once that blocks lack the framework, at the first of them."""
    pages = state.of(env).pages
    places: dict[str, list[str]] = {}
    for document in sorted(pages, key=lambda document: (document != env.config.root_doc, document)):
        for message, place in pages[document].without_framework:
            places.setdefault(message, []).append(place)
    for message, found in places.items():
        count = f"{len(found):,} blocks have" if len(found) > 1 else "1 block has"
        warn(Warn.EXECUTION, f"{message}; {count} no table", found[0])
