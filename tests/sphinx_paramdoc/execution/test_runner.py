"""What is done before blocks are forked off, and in each fork."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import pytest

from sphinx_paramdoc.execution import child, runner
from sphinx_paramdoc.execution.request import Failure, Job, Request
from sphinx_paramdoc.execution.tasks import Build, Task
from sphinx_paramdoc.machine import FirstParty, linux


@pytest.mark.skipif(sys.platform == "win32", reason="what runs blocks in forks is not there")
def test_memory_is_gathered_once_where_many_blocks_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gathered: list[int] = []
    monkeypatch.setattr(runner.Runner, "_start", lambda *_: False)
    blocks = runner.Runner(Failure(message="none"), tmp_path, lambda: None, lambda _: None)
    monkeypatch.setattr(linux, "gather_memory", lambda: gathered.append(len(blocks.queue)))
    build, numbers = Build(-1, None, {}), itertools.count()
    for number in range(40):
        request = Request(code=f"# {number}")
        job = Job(request=request, path=[], directory="", first_party=FirstParty(str(tmp_path)))
        blocks.queue.append(build.task(job, numbers)[0])
        blocks.look()
    assert gathered == [24]


@pytest.mark.skipif(sys.platform == "win32", reason="what runs blocks in forks is not there")
def test_memory_is_gathered_where_many_blocks_have_come_a_few_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered: list[int] = []
    monkeypatch.setattr(runner.Runner, "_start", lambda *_: False)
    blocks = runner.Runner(Failure(message="none"), tmp_path, lambda: None, lambda _: None)
    monkeypatch.setattr(linux, "gather_memory", lambda: gathered.append(blocks.ran))
    job = Job(request=Request(), path=[], directory="", first_party=FirstParty(str(tmp_path)))
    blocks.queue.append(Build(-1, None, {}).task(job, itertools.count())[0])
    for blocks.ran in range(40):
        blocks.look()
    assert gathered == [23]


@pytest.mark.skipif(sys.platform == "win32", reason="what runs blocks in forks is not there")
@pytest.mark.parametrize("slots", [1, 3])
def test_so_many_blocks_run_at_a_time_as_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slots: int
) -> None:
    def start(self: runner.Runner, task: Task) -> bool:
        self.queue.remove(task)
        self.running[task.number] = task
        return True

    monkeypatch.setattr(runner.Runner, "_start", start)
    monkeypatch.setattr(runner.Runner, "_reap", lambda _: None)
    blocks = runner.Runner(Failure(message="none"), tmp_path, lambda: None, lambda _: None, slots)
    build, numbers = Build(-1, None, {}), itertools.count()
    for number in range(5):
        job = Job(request=Request(code=f"# {number}"), path=[], directory="", first_party=FirstParty(str(tmp_path)))
        blocks.queue.append(build.task(job, numbers)[0])
    blocks.look()
    assert len(blocks.running) == slots


def test_a_block_finds_what_came_into_its_folders_since(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there, later = tmp_path / "there", tmp_path / "later"
    there.mkdir()
    path = [str(there), str(later)]
    monkeypatch.setattr(sys, "path", path)
    with pytest.raises(ImportError):  # both folders are known now, one as none
        __import__("paramdoc_test_of_nothing")
    assert sys.path_importer_cache[str(later)] is None
    later.mkdir()
    for folder in (there, later):
        (folder / f"paramdoc_test_{folder.name}.py").touch()
    known = sys.path_importer_cache[str(there)]
    known._path_mtime = there.stat().st_mtime  # type: ignore[union-attr] # as on a clock that is too coarse
    child._look_anew(path)
    for folder in (there, later):
        monkeypatch.delitem(sys.modules, f"paramdoc_test_{folder.name}", raising=False)
        __import__(f"paramdoc_test_{folder.name}")
        del sys.modules[f"paramdoc_test_{folder.name}"]
