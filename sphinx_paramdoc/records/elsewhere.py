"""Blocks that run in the workers of an executor: what is asked for is cut into batches, and comes back as records."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, wait
from pathlib import Path
from typing import TypeAlias

import msgspec

from sphinx_paramdoc.execution import Failure, Job, ServerSetup, wire
from sphinx_paramdoc.machine import identity
from sphinx_paramdoc.machine.digest import digest
from sphinx_paramdoc.machine.identity import Identity
from sphinx_paramdoc.records import at_worker
from sphinx_paramdoc.records.batches import Answers, Batch, Changed, Refusal, Reply
from sphinx_paramdoc.records.store import Record, Records

_LARGEST_BATCH = 25

_BATCHES = 64
"""So many there are at least, if there are so many blocks: executors have scores of workers, and blocks take longer or
shorter."""

_PATIENCE = 0.25
"""Seconds between two calls of what tells a person that a block is waited for."""

_BACKEND = "KERAS_BACKEND"


class Believed(msgspec.Struct, frozen=True):
    """The record of a block, which this machine would have made itself."""

    text: bytes
    record: Record


class Lost(msgspec.Struct, frozen=True):
    """A block was not run, or not where it should be, and that is no fault of its own."""

    reason: str


Answer: TypeAlias = Believed | Failure | Lost


class _Sent:
    """A batch that the executor has."""

    def __init__(self, future: Future[bytes]) -> None:
        self.future: Future[bytes] | None = future
        """``None`` once it has come back: some executors keep a result for as long as anybody holds it."""
        self.reply: Reply | Lost | None = None


class Elsewhere:
    """The blocks that one run gives to an executor."""

    def __init__(
        self,
        make: Callable[[], Executor],
        records: Records,
        setup: ServerSetup,
        environment: Mapping[str, str],
        lease: Path,
    ) -> None:
        """Start nothing yet.

        :param make: gives the executor; called once there is something to run.
        :param environment: variables that blocks get.
        :param lease: a file that is not there yet, and goes when the run ends.
        :raises OSError: where that cannot be written.
        """
        self._make = make
        self._executor: Executor | None = None
        self._records = records
        self._setup = setup
        backend = os.environ.get(_BACKEND)
        self._environment = {**({_BACKEND: backend} if backend else {}), **environment}
        self._lease = lease
        lease.touch()
        self._waiting: dict[str | None, dict[str, Job]] = {}
        """What is not given to the executor yet: backend → name of the record → job."""
        self._size = 1
        self._jobs: dict[str, Job] = {}
        self._sent: dict[str, tuple[_Sent, int]] = {}
        """Name of the record → the batch that holds it, and the position in there."""
        self._first: dict[str, tuple[str, str]] = {}
        """The frameworks that this machine lacks: the version of the first worker, and its name."""
        self.has_answered = False
        """Whether any batch has come back."""

    # What is asked for

    def expect(self, blocks: int) -> None:
        """Take note that so many blocks are going to be asked for: it decides how large a batch is."""
        self._size = max(self._setup.slots or 1, min(_LARGEST_BATCH, blocks // _BATCHES))

    def has(self, key: str) -> bool:
        """Tell whether a block was asked for."""
        return key in self._jobs

    def is_done(self, key: str) -> bool:
        """Tell whether a block that was asked for has its answer."""
        if key not in self._sent:
            return False
        future = self._sent[key][0].future
        return future is None or future.done()

    def ask(self, key: str, job: Job) -> None:
        """Ask for a block; it is given to the executor with others."""
        self._jobs[key] = job
        backend = job.request.backend
        jobs = self._waiting.setdefault(backend, {})
        jobs[key] = job
        if len(jobs) >= self._size:
            self._submit(backend)

    def flush(self) -> None:
        """Give all to the executor that was asked for."""
        for backend in list(self._waiting):
            self._submit(backend)

    def _submit(self, backend: str | None) -> None:
        jobs = self._waiting.pop(backend)
        if self._executor is None:
            self._executor = self._make()
        batch = Batch(
            lease=str(self._lease),
            sees=identity.sees(),
            identity=identity.here(),
            path=identity.portable_path(self._setup.path),
            environment=self._environment,
            setup=msgspec.structs.replace(self._setup, path=[]),
            jobs=[msgspec.structs.replace(job, path=[]) for job in jobs.values()],
        )
        try:
            future = self._executor.submit(at_worker.run, wire.encode(batch))
        except Exception as error:  # one that has ended, most of all
            future = Future()
            future.set_exception(error)
        sent = _Sent(future)
        for position, key in enumerate(jobs):
            self._sent[key] = (sent, position)

    # What comes back

    def answer(self, key: str, waiting: Callable[[bool], None]) -> Answer:
        """Wait for a block that was asked for, and return what it gave.

        :param waiting: called now and then, with whether anything has come back yet.
        """
        if key not in self._sent:
            self.flush()
        sent, position = self._sent[key]
        reply = sent.reply
        if sent.future is not None:
            while not sent.future.done():
                waiting(self.has_answered)
                wait([sent.future], _PATIENCE)
            reply = sent.reply = self._reply(sent.future)
            sent.future = None
        if isinstance(reply, Lost):
            return reply
        if isinstance(reply, Refusal):
            return Lost(f"the worker {reply.worker} is refused: {reply.reason}")
        if not isinstance(reply, Answers):
            return Lost("a worker took the run for one that was over")
        return self._told(self._jobs[key], reply, position)

    def _reply(self, future: Future[bytes]) -> Reply | Lost:
        try:
            reply: Reply = wire.decode(future.result(), Reply)
        except BaseException as error:
            if isinstance(error, (KeyboardInterrupt, SystemExit)):
                raise
            said = str(error).strip().partition("\n")[0]
            return Lost(f"the executor gave no answer: {type(error).__name__}{f': {said}' if said else ''}")
        self.has_answered = True
        if isinstance(reply, Answers) and (reason := "; ".join(self._other_frameworks(reply))):
            return Refusal(worker=reply.worker, reason=reason)
        return reply

    def _other_frameworks(self, reply: Answers) -> Iterator[str]:
        """Yield in what a worker differs from the first one that answered, where this machine lacks a framework."""
        own: Identity = identity.here()
        for name, version in reply.identity.frameworks.items():
            if name not in own.frameworks:
                first, worker = self._first.setdefault(name, (version, reply.worker))
                if version != first:
                    yield f"{name} is {version} there, and {first} on {worker}"

    def _told(self, job: Job, reply: Answers, position: int) -> Answer:
        outcome = reply.outcomes[position]
        if isinstance(outcome, Changed):
            return Lost("a file that the block uses changed while it ran")
        refused = f"the worker {reply.worker} is refused"
        if isinstance(outcome, Failure):
            foreign = _foreign_file(outcome)
            return Lost(f"{refused}: {foreign}") if foreign else outcome
        text = outcome.record.encode()
        record = self._records.believed(job.request, text)
        if record is None:
            return Lost(f"{refused}: it gave no record of what it was asked for")
        foreign = self._records.why_foreign(record)
        return Lost(f"{refused}: {foreign}") if foreign else Believed(text, record)

    # The end

    def close(self, at_once: bool = False) -> None:
        """End the executor, and what runs there.

        :param at_once: without waiting for what runs.
        """
        for sent, _ in self._sent.values():
            if sent.future is not None:
                sent.future.cancel()  # what no page has asked for in the end
        self._sent.clear()
        self._lease.unlink(missing_ok=True)
        if self._executor is not None:
            executor, self._executor = self._executor, None
            with contextlib.suppress(Exception):  # one that is broken already
                executor.shutdown(wait=not at_once)
        at_worker.end()


def _foreign_file(failure: Failure) -> str | None:
    """Say which file has another content here than where a block failed; ``None`` where none has."""
    for file, there in failure.digests.items():
        if Path(file).exists() and digest(file) != there:
            return f"{file} has another content here"
    return None
