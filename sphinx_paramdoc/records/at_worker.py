"""What runs in a worker of an executor: a batch of blocks → their records, by a server that is there for all batches.

The server imports the framework once. It ends with the process of the worker, or where the run is over that it was
started for, whichever is first: a worker may live for days, and the files of a project change.
"""

from __future__ import annotations

import contextlib
import os
import platform
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec

from sphinx_paramdoc.execution import Job, Session, Success, wire
from sphinx_paramdoc.machine import identity
from sphinx_paramdoc.records.batches import Abandoned, Answers, Batch, Changed, Made, Outcome, Refusal, Reply
from sphinx_paramdoc.records.store import Records

_LOOK = 0.5
"""Seconds between two looks at whether a run is over."""

_BACKEND = "KERAS_BACKEND"


class _AbandonedError(Exception):
    """Nobody waits for the batch any more."""


class _Run:
    """One run of the machine that asks, and the server that its batches share in this process."""

    def __init__(self, batch: Batch) -> None:
        path = identity.path_here(batch.path)
        self.lease = Path(batch.lease)
        self.is_seen = self.lease.exists() or bool(batch.sees == identity.sees() != "")
        """Whether this process sees the file that tells of the end."""
        self.batches = 0
        """How many are worked on: threads of one process may do so at the same time."""
        self.session = Session(msgspec.structs.replace(batch.setup, path=path), batch.environment)

    @property
    def is_over(self) -> bool:
        return self.is_seen and not self.lease.exists()

    def look(self, _has_started: bool = True) -> None:
        """Leave off where the run is over.

        :raises _AbandonedError: there.
        """
        if self.is_over:
            raise _AbandonedError


_RUNS: dict[str, _Run] = {}
_CHANGING = threading.Lock()


def run(data: bytes) -> bytes:
    """Run the blocks of a `Batch`, and return the `Reply`."""
    return wire.encode(_reply(wire.decode(data, Batch)))


def end() -> None:
    """End the servers that were started in this process."""
    _end_runs(list(_RUNS))


def _reply(batch: Batch) -> Reply:
    worker = f"{platform.node()}, process {os.getpid()}"
    here = identity.here()
    if reason := _refusal(batch, here):
        return Refusal(worker=worker, reason=reason)
    try:
        with _running(batch) as found:
            return Answers(worker=worker, identity=here, outcomes=_outcomes(batch, found))
    except _AbandonedError:
        return Abandoned()


def _refusal(batch: Batch, here: identity.Identity) -> str:
    """Return why this process is no worker for a batch, or ''."""
    others = list(identity.differences(batch.identity, here))
    if _BACKEND not in batch.environment and (backend := os.environ.get(_BACKEND)):
        others.append(f"{_BACKEND} is {backend} there, and not set here")
    folders = {job.directory for job in batch.jobs} | {batch.setup.first_party.root}
    others += [f"{folder} is no folder there" for folder in sorted(folders) if not Path(folder).is_dir()]
    return "; ".join(others)


def _outcomes(batch: Batch, found: _Run) -> list[Outcome]:
    path = identity.path_here(batch.path)
    jobs = [msgspec.structs.replace(job, path=path) for job in batch.jobs]
    found.look()
    for backend in dict.fromkeys(job.request.backend for job in jobs):
        found.session.prefetch([job for job in jobs if job.request.backend == backend], backend)
    first = jobs[0]
    records = Records(Path(), Path(first.directory), path, {}, first.first_party)
    return [_outcome(job, found, records) for job in jobs]


def _outcome(job: Job, found: _Run, records: Records) -> Outcome:
    response = found.session.run(job, found.look)
    found.look()  # a server that was ended with its run has answered nothing that counts
    if isinstance(response, Success):
        made = records.made(job.request, response)
        return Changed() if made is None else Made(made.decode())
    return response


@contextlib.contextmanager
def _running(batch: Batch) -> Iterator[_Run]:
    """Give the run of a batch; a server of another one that is over, or has nothing to do, ends."""
    with _CHANGING:
        others = [lease for lease, other in _RUNS.items() if lease != batch.lease and not other.batches]
    _end_runs(others)
    with _CHANGING:
        found = _RUNS.get(batch.lease)
        if found is None:
            found = _RUNS[batch.lease] = _Run(batch)
            if found.is_seen:
                threading.Thread(target=_end_when_over, args=(found,), daemon=True).start()
        found.batches += 1
    try:
        yield found
    finally:
        with _CHANGING:
            found.batches -= 1


def _end_when_over(found: _Run) -> None:
    """End the server of a run with it."""
    waiting = threading.Event()
    while not found.is_over or found.batches:  # these leave off by themselves
        waiting.wait(_LOOK)
    _end_runs([str(found.lease)])


def _end_runs(leases: list[str]) -> None:
    with _CHANGING:
        ended = [found for lease in leases if (found := _RUNS.pop(lease, None))]
    for each in ended:
        each.session.close()
