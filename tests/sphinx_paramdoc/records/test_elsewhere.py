"""Blocks in the workers of an executor: how they are cut, and what is believed of what comes back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sphinx_paramdoc import facts
from sphinx_paramdoc.execution import Failure, Job, Request, ServerSetup, Success, wire
from sphinx_paramdoc.machine import FirstParty, identity
from sphinx_paramdoc.machine.digest import digest
from sphinx_paramdoc.records import at_worker
from sphinx_paramdoc.records.batches import Abandoned, Answers, Batch, Changed, Made, Outcome, Refusal, Reply
from sphinx_paramdoc.records.elsewhere import Believed, Elsewhere, Lost
from sphinx_paramdoc.records.store import Records

WORKER = "node7, process 12"
REFUSED = f"the worker {WORKER} is refused"


class Cluster(Executor):
    """An executor whose worker answers as a test says; nothing is run."""

    def __init__(self, reply: Callable[[Batch], Reply | bytes]) -> None:
        self.batches: list[Batch] = []
        self.ended: list[bool] = []
        self._reply = reply

    def submit(self, call: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        assert call is at_worker.run
        (data,) = args
        assert isinstance(data, bytes)
        batch: Batch = wire.decode(data, Batch)
        assert Path(batch.lease).exists()
        self.batches.append(batch)
        future: Future[Any] = Future()
        try:
            reply = self._reply(batch)
            future.set_result(reply if isinstance(reply, bytes) else wire.encode(reply))
        except Exception as error:
            future.set_exception(error)
        return future

    def shutdown(self, wait: bool = True, **_: Any) -> None:
        self.ended.append(wait)


class Setting:
    """A project, and what is asked of an executor for it."""

    def __init__(self, folder: Path, model: facts.Model) -> None:
        self.model = model
        (folder / "zoo.py").write_text("build = ...\n")
        self.folder = folder
        self.path = [str(folder)]
        self.first_party = FirstParty(str(folder))
        self.records = self._records(folder)
        self.lease = folder / "lease"

    def _records(self, sources: Path) -> Records:
        return Records(sources / "records", sources, self.path, {}, self.first_party)

    def job(self, number: int = 1, backend: str | None = None) -> Job:
        request = Request(expression=f"zoo.build({number})", backend=backend)
        return Job(request=request, path=self.path, directory=str(self.folder), first_party=self.first_party)

    def success(self, **more: Any) -> Success:
        file = str(self.folder / "zoo.py")
        return Success(self.model, modules={"zoo": file}, digests={file: digest(file)}, **more)

    def made(self, job: Job) -> str:
        made = self.records.made(job.request, self.success())
        assert made is not None
        return made.decode()

    def elsewhere(self, make: Callable[[], Executor], slots: int = 1) -> Elsewhere:
        setup = ServerSetup(preamble="import keras", path=self.path, first_party=self.first_party, slots=slots)
        return Elsewhere(make, self.records, setup, {"UNITS": "3"}, self.lease)

    def ask(self, *outcomes: Outcome) -> Believed | Failure | Lost:
        """Ask for one block, and give what is believed of what a worker answers."""
        return self.told(lambda _: answers(*outcomes))

    def told(self, reply: Callable[[Batch], Reply | bytes]) -> Believed | Failure | Lost:
        elsewhere = self.elsewhere(lambda: Cluster(reply))
        elsewhere.ask("a", self.job())
        answer = elsewhere.answer("a", lambda _: None)
        elsewhere.close()
        return answer


def answers(*outcomes: Outcome, **frameworks: str) -> Answers:
    here = identity.here()
    own = msgspec.structs.replace(here, frameworks={**here.frameworks, **frameworks})
    return Answers(worker=WORKER, identity=own, outcomes=list(outcomes))


@pytest.fixture
def setting(tmp_path: Path, seed: facts.Model) -> Setting:
    return Setting(tmp_path, msgspec.structs.replace(seed, frameworks={}))


# How work is cut


@pytest.mark.parametrize(("blocks", "size"), [(0, 1), (5, 1), (200, 3), (2000, 25), (10**6, 25)])
def test_batches_are_many_and_small(setting: Setting, blocks: int, size: int) -> None:
    cluster = Cluster(lambda batch: answers(*[Changed()] * len(batch.jobs)))
    elsewhere = setting.elsewhere(lambda: cluster)
    elsewhere.expect(blocks)
    for number in range(60):
        elsewhere.ask(str(number), setting.job(number))
    elsewhere.flush()
    assert max(len(batch.jobs) for batch in cluster.batches) == min(size, 60)
    asked = [job.request.expression for batch in cluster.batches for job in batch.jobs]
    assert asked == [f"zoo.build({number})" for number in range(60)]


def test_a_worker_that_runs_several_at_a_time_gets_as_many(setting: Setting) -> None:
    cluster = Cluster(lambda batch: answers(*[Changed()] * len(batch.jobs)))
    elsewhere = setting.elsewhere(lambda: cluster, slots=4)
    elsewhere.expect(8)
    for number in range(8):
        elsewhere.ask(str(number), setting.job(number))
    assert [len(batch.jobs) for batch in cluster.batches] == [4, 4]


def test_blocks_of_one_backend_go_together(setting: Setting) -> None:
    cluster = Cluster(lambda batch: answers(*[Changed()] * len(batch.jobs)))
    elsewhere = setting.elsewhere(lambda: cluster)
    elsewhere.expect(200)
    for number in range(6):
        elsewhere.ask(str(number), setting.job(number, ["jax", "torch"][number % 2]))
    elsewhere.flush()
    backends = [[job.request.backend for job in batch.jobs] for batch in cluster.batches]
    assert backends == [["jax"] * 3, ["torch"] * 3]


def test_what_goes_over_the_wire(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    cluster = Cluster(lambda _: answers(Changed()))
    elsewhere = setting.elsewhere(lambda: cluster)
    elsewhere.ask("a", setting.job())
    elsewhere.flush()
    (batch,) = cluster.batches
    assert batch.environment == {"KERAS_BACKEND": "jax", "UNITS": "3"}
    assert batch.path == setting.path
    assert batch.identity == identity.here()
    assert (batch.setup.path, batch.jobs[0].path) == ([], [])


def test_no_executor_is_made_where_nothing_is_asked_for(setting: Setting) -> None:
    def refuse() -> Executor:
        raise AssertionError

    elsewhere = setting.elsewhere(refuse)
    elsewhere.flush()
    elsewhere.close()
    assert not setting.lease.exists()


@pytest.mark.parametrize("at_once", [False, True])
def test_the_end(setting: Setting, at_once: bool) -> None:
    cluster = Cluster(lambda _: answers(Changed()))
    elsewhere = setting.elsewhere(lambda: cluster)
    elsewhere.ask("a", setting.job())
    elsewhere.close(at_once)
    elsewhere.close(at_once)
    assert (cluster.ended, setting.lease.exists()) == ([not at_once], False)


# What is believed


def test_a_record_of_a_worker_is_that_of_this_machine(setting: Setting) -> None:
    made = setting.made(setting.job())
    answer = setting.ask(Made(made))
    assert isinstance(answer, Believed)
    setting.records.keep(setting.job().request, answer.text)
    record = setting.records.read(setting.job().request)
    assert record is not None
    assert setting.records.why_stale(record) is None
    before = {path.name: path.read_bytes() for path in setting.records.folder.iterdir()}
    setting.records.write(setting.job().request, setting.success())
    assert {path.name: path.read_bytes() for path in setting.records.folder.iterdir()} == before


def test_a_failure_is_the_blocks_own(setting: Setting) -> None:
    failure = Failure(message="ValueError: no")
    assert setting.ask(failure) == failure


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (answers(Changed()), "a file that the block uses changed while it ran"),
        (Abandoned(), "a worker took the run for one that was over"),
        (Refusal(worker=WORKER, reason="keras is 2 there, and 3 here"), f"{REFUSED}: keras is 2 there, and 3 here"),
        (answers(Made("{}")), f"{REFUSED}: it gave no record of what it was asked for"),
        (answers(Made("no JSON")), f"{REFUSED}: it gave no record of what it was asked for"),
        (b"[]", "the executor gave no answer: UnreadableError: Expected `object`, got `array`"),
    ],
)
def test_what_is_no_answer_of_a_block(setting: Setting, reply: Reply | bytes, reason: str) -> None:
    assert setting.told(lambda _: reply) == Lost(reason)


def test_the_record_of_another_block(setting: Setting) -> None:
    made = setting.made(setting.job(2))
    assert setting.ask(Made(made)) == Lost(f"{REFUSED}: it gave no record of what it was asked for")


def test_a_worker_with_other_files(setting: Setting) -> None:
    made = setting.made(setting.job())
    failure = Failure(message="no", digests={str(setting.folder / "zoo.py"): "0" * 32})
    (setting.folder / "zoo.py").write_text("build = 'another'\n")
    assert setting.ask(Made(made)) == Lost(f"{REFUSED}: zoo has another content here")
    assert setting.ask(failure) == Lost(f"{REFUSED}: {setting.folder / 'zoo.py'} has another content here")
    (setting.folder / "zoo.py").unlink()
    fresh = Setting(setting.folder, setting.model)
    (setting.folder / "zoo.py").unlink()
    assert fresh.ask(Made(made)) == Lost(f"{REFUSED}: zoo is missing here")


def test_a_worker_with_another_version_of_what_a_model_leans_on(setting: Setting) -> None:
    job = setting.job()
    made = setting.records.made(job.request, setting.success(versions={"pytest": "1.0"}))
    assert made is not None
    answer = setting.ask(Made(made.decode()))
    assert answer == Lost(f"{REFUSED}: pytest is 1.0 there, and {pytest.__version__} here")


def test_workers_that_differ_in_what_this_machine_lacks(setting: Setting) -> None:
    versions = iter(["1.0", "1.0", "1.1"])
    made = iter([setting.made(setting.job(number)) for number in range(3)])
    cluster = Cluster(lambda _: answers(Made(next(made)), sometorch=next(versions)))
    elsewhere = setting.elsewhere(lambda: cluster)
    for number in range(3):
        elsewhere.ask(str(number), setting.job(number))
    found = [elsewhere.answer(str(number), lambda _: None) for number in range(3)]
    assert [type(each) for each in found] == [Believed, Believed, Lost]
    assert found[2] == Lost(f"{REFUSED}: sometorch is 1.1 there, and 1.0 on {WORKER}")


def test_a_pool_that_breaks_loses_what_it_had_and_all_that_comes(setting: Setting) -> None:
    class Broken(Cluster):
        def submit(self, call: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
            if self.batches:
                raise BrokenProcessPool("a process ended\nwith more to say")
            return super().submit(call, *args, **more)

    def end(_: Batch) -> Reply:
        raise BrokenProcessPool("a process ended")

    elsewhere = setting.elsewhere(lambda: Broken(end))
    for name in "ab":
        elsewhere.ask(name, setting.job())
    lost = Lost("the executor gave no answer: BrokenProcessPool: a process ended")
    assert [elsewhere.answer(name, lambda _: None) for name in "ab"] == [lost, lost]
    elsewhere.close()
