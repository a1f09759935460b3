"""Builds that make records and no pages: of all blocks or of one shard, here or in the workers of an executor."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import msgspec
from sphinx.environment import BuildEnvironment

from sphinx_paramdoc import execution
from sphinx_paramdoc.notation.settings import Options
from sphinx_paramdoc.records.elsewhere import Believed, Elsewhere, Lost
from sphinx_paramdoc.records.shards import Shard
from sphinx_paramdoc.sphinx_ext import state
from sphinx_paramdoc.sphinx_ext.build import Answer, Build, SettingsLeftError, of_record
from sphinx_paramdoc.sphinx_ext.knowledge import Knowledge
from sphinx_paramdoc.sphinx_ext.state import Outcome
from sphinx_paramdoc.sphinx_ext.warnings import Warn, warn

_MOST_ROUNDS = 20
"""So often pages are read again for blocks that were asked for by others; then they wait. No page needs as many, but
one that asks for something else each time."""


class Recording(Build):
    """Makes the records of blocks in this machine's own processes, or looks at what is there."""

    makes_pages = False

    def __init__(self, env: BuildEnvironment, known: Knowledge, shard: Shard, slots: int | None = None) -> None:
        """Start nothing yet."""
        super().__init__(env, known, slots)
        self._shard = shard
        self._made: set[str] = set()
        """The records that were made of what pages read several times ask for."""

    def outdated(self, changed: Collection[str]) -> list[str]:
        """Return nothing: all documents are new."""
        del changed
        return []

    def is_complete(self) -> bool:
        """Tell whether each page has been read with the answers to all that it asks for."""
        return True

    def warn_of_lost(self, documents: Iterable[str]) -> None:
        """Warn of blocks in docstrings that could not be read.

        :param documents: those in which something could not be imported.
        """
        for document in sorted(documents):
            keys = {
                self.known.records.key(job.request) for job in self.known.lost(document) if self._takes(job.request)
            }
            if keys:
                self.has_failed = True
                blocks = f"{len(keys):,} blocks have" if len(keys) > 1 else "1 block has"
                message = f"autodoc could not import what this page documents: {blocks} no record"
                warn(Warn.EXECUTION, message, document)

    def outcomes(self) -> Counter[Outcome]:
        """Return how many of the records came out in which way."""
        pages = state.of(self._env).pages.values()
        found: dict[str, Outcome] = {}
        for block in (block for page in pages for block in page.blocks if block.key not in self._expected):
            if found.get(block.key) is not Outcome.RUN:
                found[block.key] = Outcome.RUN if block.key in self._made else block.outcome
        return Counter(found.values())

    def end_reading(self) -> None:
        """End what runs blocks."""
        self._session.close()

    def _takes(self, request: execution.Request) -> bool:
        # The settings of a builder go with the block that asks for them.
        return self._shard.holds(self.known.records.key(msgspec.structs.replace(request, vary={})))

    def _untrue(self, trouble: str) -> str:
        return trouble

    def _told(self, job: execution.Job, response: execution.Response, files: list[str]) -> Answer:
        answer = super()._told(job, response, files)
        if answer.outcome is Outcome.RUN and answer.unrecorded is None:  # its page says why
            self.has_failed = True
        return answer

    def keep(self, answer: Answer) -> str:
        """Record an answer; return what went wrong, in the words of a warning, or ''."""
        trouble = super().keep(answer)
        if trouble:
            self.has_failed = True
        return trouble

    def _write(self, request: execution.Request, success: execution.Success) -> None:
        if not self.known.records.write(request, success):
            raise RuntimeError("a file that the block uses changed while it ran")


class Distributed(Recording):
    """Makes the records of blocks in the workers of an executor.

    A page that asks for a block nobody has thought of is not kept waiting: it is read again when the block has run, as
    are those whose blocks ask for more once they have run.
    """

    def __init__(self, env: BuildEnvironment, known: Knowledge, shard: Shard, elsewhere: Elsewhere) -> None:
        """Start nothing yet."""
        super().__init__(env, known, shard)
        self._elsewhere = elsewhere
        self._round = 0
        self._asked: set[str] = set()
        """The records that were asked for in this round, by no other page before."""
        self._unanswered: set[str] = set()
        """The documents that are to be read again."""
        self._texts: dict[str, bytes] = {}
        """The records that workers made, until their tables are."""
        self._lost: dict[str, dict[str, None]] = {}
        """Why blocks were not run → where they stand."""

    def outdated(self, changed: Collection[str]) -> list[str]:
        """Return the documents that are to be read again."""
        del changed
        return sorted(self._unanswered)

    def is_complete(self) -> bool:
        """Tell whether each page has been read with the answers to all that it asks for."""
        return not self._unanswered

    def begin_listed(self) -> None:
        """Leave it to the begin, when all that is foreseen is cut into batches at once."""

    def begin(self, documents: Iterable[str]) -> None:
        """Get ready to read: let blocks run now that the documents will most likely ask for."""
        self._documents = list(documents)
        self._round += 1
        self._asked, self._unanswered = set(), set()
        if self._round == 1:
            found = {}
            for job in self.known.foreseen(self._documents):
                if self._takes(job.request):
                    found[self.known.records.key(job.request)] = job
            self._status.foresee(len(found))
            self._elsewhere.expect(len(found))
            for key, job in found.items():
                self._elsewhere.ask(key, job)
            self._elsewhere.flush()

    def _prefetch(self, jobs: Iterable[execution.Job], *, is_asked_next: bool = False) -> None:
        del is_asked_next  # the page that asks is read again in any case
        for job in jobs:
            self._ask(job)

    def _ask(self, job: execution.Job) -> str:
        """Ask for a block, if nobody has; return the name of its record."""
        key = self.known.records.key(job.request)
        if not self._elsewhere.has(key):
            self._elsewhere.ask(key, job)
            self._asked.add(key)
        return key

    def _is_left(self, job: execution.Job, document: str) -> bool:
        """Ask for a block; tell whether its page is to be read again when it has run."""
        key = self._ask(job)
        if key in self._asked and not self._elsewhere.is_done(key) and self._round < _MOST_ROUNDS:
            self._unanswered.add(document)
            return True
        return False

    def _run(self, job: execution.Job) -> Answer:
        if self._is_left(job, self._env.docname):
            return Answer(Outcome.LEFT)
        key = self.known.records.key(job.request)
        with self._status.block(job.request.backend) as waiting:
            found = self._elsewhere.answer(key, waiting)
        if isinstance(found, Lost):
            return self._lose(found)
        if isinstance(found, execution.Failure):
            return self._told(job, found, execution.files_of(found))
        self._texts[key] = found.text
        self._made.add(key)
        return self._told(job, of_record(found.record), self.known.records.files(found.record))

    def _lose(self, found: Lost) -> Answer:
        """Take note of a block that was not run, of which is told at the end, once for all of one reason."""
        self.has_failed = True
        self._lost.setdefault(found.reason, {})[self._where] = None
        return Answer(Outcome.FAILED)

    def answer(
        self,
        listing: execution.Listing,
        options: Options,
        document: str,
        expects_failure: bool = False,
    ) -> Answer:
        """Return the answer to a block, or note that its page is to be read again."""
        source = listing.code or listing.expression
        self._where = f"{source.file}:{source.line}" if source else str(self._env.doc2path(document))
        return super().answer(listing, options, document, expects_failure)

    def _write(self, request: execution.Request, success: execution.Success) -> None:
        del success  # whose record is made already
        self.known.records.keep(request, self._texts.pop(self.known.records.key(request)))

    # Settings

    def _begin_settings(self, pending: Sequence[execution.Job], document: str, may_leave: bool) -> None:
        left = [self._is_left(job, document) for job in pending]
        if any(left):
            self._elsewhere.flush()
            if may_leave:
                raise SettingsLeftError
            self._unanswered.discard(document)

    def _run_setting(self, job: execution.Job, given: execution.Success) -> execution.Response:
        key = self.known.records.key(job.request)
        with self._status.setting(job.request.backend) as waiting:
            found = self._elsewhere.answer(key, waiting)
        self._made.add(key)
        if isinstance(found, Believed):
            with contextlib.suppress(OSError):  # that no record can be written is said with the block itself
                self.known.records.keep(job.request, found.text)
            return of_record(found.record)
        if isinstance(found, Lost):
            self._lose(found)
            return execution.Failure(message=found.reason)
        self._keep_setting(job, found, given)
        return found

    # After reading

    def end_reading(self) -> None:
        """Let run what was asked for; where nothing is left, tell of what was not run."""
        self._elsewhere.flush()
        if self._unanswered:
            return
        for reason, places in self._lost.items():
            blocks = f"{len(places):,} blocks were" if len(places) > 1 else "1 block was"
            warn(Warn.EXECUTION, f"{reason}; {blocks} not run", next(iter(places)))

    def close(self) -> None:
        """Nothing: what runs blocks ends with the run."""
