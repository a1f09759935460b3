"""What passes between the machine that makes a project's records and its workers: JSON, and nothing else.

A worker is a process of somebody's executor. It is given a batch: some jobs, and what it needs to know of the machine
that asks. Its answer holds for each of them the record, or why there is none; or it refuses the whole batch.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from sphinx_paramdoc.execution import Failure, Job, ServerSetup
from sphinx_paramdoc.machine.identity import Identity


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Some blocks that a worker is to run, one server for all batches of a run."""

    lease: str
    """A file that is there for as long as somebody waits for the answer: where it lies on a disk that the worker sees,
    this ends what it does once the file is gone. No other run has the same."""
    sees: str
    """The `machine.identity.sees` of the machine that asks."""
    identity: Identity
    """What the worker must have in common with the machine that asks."""
    path: list[str | None]
    """Where Python imports from, as `machine.identity.portable_path` gives it; that of setup and jobs is empty."""
    environment: dict[str, str]
    """Variables that the blocks get besides those of the worker."""
    setup: ServerSetup
    jobs: list[Job]


class Made(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="made"):
    """A block gave a model."""

    record: str


class Changed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="changed"):
    """A block gave a model, and no record: a file that it used changed while it ran."""


Outcome: TypeAlias = Made | Changed | Failure


class Answers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="answers", kw_only=True):
    """What became of the jobs of a batch, in their order."""

    worker: str
    """The host and the process, for a person."""
    identity: Identity
    outcomes: list[Outcome]


class Refusal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="refusal", kw_only=True):
    """The worker is none for this project."""

    worker: str
    reason: str


class Abandoned(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="abandoned"):
    """Nobody waits for the batch any more."""


Reply: TypeAlias = Answers | Refusal | Abandoned
