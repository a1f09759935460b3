"""What a worker does with a batch of blocks."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import psutil
import pytest

from sphinx_paramdoc.execution import Failure, Job, Request, ServerSetup, wire
from sphinx_paramdoc.machine import FirstParty, identity, import_path
from sphinx_paramdoc.records import at_worker
from sphinx_paramdoc.records.batches import Abandoned, Answers, Batch, Made, Refusal, Reply

DENSE = "keras.Sequential([keras.Input((3,)), keras.layers.Dense({})])"


@pytest.fixture
def batch(tmp_path: Path) -> Iterator[Batch]:
    """A batch of two blocks, one of which fails."""
    lease = tmp_path / "lease"
    lease.touch()
    first_party = FirstParty(str(tmp_path))
    yield Batch(
        lease=str(lease),
        sees=identity.sees(),
        identity=identity.here(),
        path=identity.portable_path(import_path()),
        environment={"KERAS_BACKEND": "numpy"},
        setup=ServerSetup(preamble="import keras", path=[], first_party=first_party, slots=1),
        jobs=[
            Job(
                request=Request(expression=DENSE.format(units)),
                path=[],
                directory=str(tmp_path),
                first_party=first_party,
            )
            for units in ("4", "4, activation=0")
        ],
    )
    at_worker.end()


def reply(batch: Batch) -> Reply:
    answer: Reply = wire.decode(at_worker.run(wire.encode(batch)), Reply)
    return answer


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"python": "CPython 2.7.18"}, "Python is {here.python} there, and CPython 2.7.18 here"),
        ({"frameworks": {"keras": "2.0"}}, "keras is {here.frameworks[keras]} there, and 2.0 here"),
    ],
)
def test_a_worker_that_differs_refuses(batch: Batch, other: dict[str, object], reason: str) -> None:
    asked = msgspec.structs.replace(batch, identity=msgspec.structs.replace(identity.here(), **other))
    assert reply(asked) == Refusal(
        worker=f"{os.uname().nodename}, process {os.getpid()}", reason=reason.format(here=identity.here())
    )


def test_a_worker_without_the_project_refuses(batch: Batch, tmp_path: Path) -> None:
    jobs = [msgspec.structs.replace(job, directory=str(tmp_path / "docs")) for job in batch.jobs]
    refused = reply(msgspec.structs.replace(batch, jobs=jobs))
    assert isinstance(refused, Refusal)
    assert refused.reason == f"{tmp_path / 'docs'} is no folder there"


def test_a_worker_with_another_backend_refuses(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    refused = reply(msgspec.structs.replace(batch, environment={}))
    assert isinstance(refused, Refusal)
    assert refused.reason == "KERAS_BACKEND is jax there, and not set here"


def test_nothing_is_begun_for_a_run_that_is_over(batch: Batch) -> None:
    Path(batch.lease).unlink()
    assert reply(batch) == Abandoned()


def test_a_worker_that_sees_other_files_begins(batch: Batch) -> None:
    asked = msgspec.structs.replace(batch, lease="/nowhere/lease", sees="others")
    assert not at_worker._Run(asked).is_over


@pytest.mark.slow
def test_a_batch_gives_records_and_failures(batch: Batch) -> None:
    answers = reply(batch)
    assert isinstance(answers, Answers)
    made, failed = answers.outcomes
    assert isinstance(made, Made)
    assert made.record.endswith("}\n")
    assert isinstance(failed, Failure)
    assert "Could not interpret activation function identifier: 0" in failed.message
    (run,) = at_worker._RUNS.values()
    servers = [server.pid for server in run.session._servers]
    assert len(servers) == 1
    assert reply(batch) == answers  # by the same server
    assert [server.pid for server in run.session._servers] == servers
    Path(batch.lease).unlink()
    until = time.monotonic() + 30
    while psutil.pid_exists(servers[0]) and time.monotonic() < until:
        time.sleep(0.05)
    assert not psutil.pid_exists(servers[0])
    assert not at_worker._RUNS


@pytest.mark.slow
def test_a_run_that_ends_ends_a_block_that_would_not(batch: Batch, tmp_path: Path) -> None:
    code = f"import pathlib, time\npathlib.Path({batch.lease!r}).unlink()\nwhile True: time.sleep(1)"
    job = msgspec.structs.replace(batch.jobs[0], request=Request(code=code), timeout=500)
    assert reply(msgspec.structs.replace(batch, jobs=[job])) == Abandoned()


@pytest.mark.slow
def test_another_run_finds_another_server(batch: Batch, tmp_path: Path) -> None:
    code = "import keras, pathlib\nkeras.layers.Dense(len(pathlib.Path('units').read_text()))"
    request = Request(code=code, input_shape=[None, 3])
    asked = msgspec.structs.replace(batch, jobs=[msgspec.structs.replace(batch.jobs[0], request=request)])
    (tmp_path / "units").write_text("three")
    first = reply(asked)
    (tmp_path / "units").write_text("seven")
    assert reply(asked) == first  # as long as it is the same run
    (tmp_path / "units").write_text("more")
    (tmp_path / "again").touch()
    second = reply(msgspec.structs.replace(asked, lease=str(tmp_path / "again")))
    assert isinstance(second, Answers)
    assert second != first
    assert len(at_worker._RUNS) == 1
