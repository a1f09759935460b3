"""Records through an executor: a cluster of Dask, a pool of processes, and what goes wrong in their workers."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.sphinx_paramdoc.projects import Project, dense
from tests.sphinx_paramdoc.recorded import EXECUTORS, all_files, command, record, same

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy]

VARIED = ".. paramsummary:: nets:build(3)\n   :vary: units"
LISTED = ".. paramlist:: nets:build\n   :columns: params in-arguments\n\n   a: units=31\n   b: units=32"
DIFFERENT = ".. paramdiff::\n   :before: nets:build(33)\n   :after: nets:build(34)"
HALF_DIFFERENT = ".. paramdiff::\n   :before: nets:build(35)\n   :after: nets:bild(36)"

NO_SERVER_HERE = """
import os, sys

_process = os.getpid()

def refuse(event, arguments):
    if event == "subprocess.Popen" and os.getpid() == _process and "import server" in str(arguments):
        raise AssertionError("a server was started here")

sys.addaudithook(refuse)
"""

NETS = """
import keras


def build(units, depth=1, activation=None):
    return keras.Sequential([keras.Input((3,)), *(keras.layers.Dense(units, activation) for _ in range(depth))])
"""

# As a kernel that is short of memory ends a process: the one that has started the server of the block.
KILLS_WORKER = """
import os, signal
server = open(f"/proc/{os.getppid()}/environ", "rb").read()
worker = next(part for part in server.split(b"\\0") if part.startswith(b"PARAMDOC_SERVER=")).split(b"-")[-2]
os.kill(int(worker), signal.SIGKILL)
"""

OTHER_KERAS = """
import concurrent.futures

from sphinx_paramdoc.machine import identity


def differ():
    here = identity.here()
    made = type(here)(here.python, here.paramdoc, {**here.frameworks, "keras": "2.0"})
    identity.here = lambda: made


def pool():
    return concurrent.futures.ProcessPoolExecutor(1, initializer=differ)
"""


@pytest.fixture
def many(project: Project) -> Project:
    """A project with blocks that are foreseen, others that are not, one that is varied, and two that fail."""
    project.write(**{"running.py": EXECUTORS, "nets.py": NETS})
    for page in range(4):
        project.page(f"page{page}", *(dense(10 * page + number) for number in range(1, 7)))
    nested = "* Nested:\n\n  .. paramsummary:: nets:build(8)\n\n  .. paramsummary:: nets:build(8, activation=0)"
    project.page("nested", nested, dense(8).replace("Dense(8)", "Dense(8, activation=0)"), "`gone")
    project.page("varied", VARIED, LISTED, DIFFERENT, HALF_DIFFERENT)
    return project


@pytest.mark.parametrize("name", [pytest.param("dask", marks=pytest.mark.thorough), "pool"])
def test_an_executor_gives_what_this_machine_gives(many: Project, name: str) -> None:
    if name == "dask":
        pytest.importorskip("distributed")
    before = all_files(many.folder)
    here = record(many, folder="here")
    own, many.conf = many.conf, many.conf + NO_SERVER_HERE
    there = record(many, "--executor", f"running:{name}", folder="there")
    many.conf = own
    assert (there.status, there.summary) == (1, here.summary), there.errors
    assert same(many, "here", "there")
    assert sorted(there.warnings) == sorted(here.warnings)
    assert len(there.warnings) == 4
    # Nothing else was written, and no process is left.
    assert {name.partition("/")[0] for name in all_files(many.folder) - before} == {"here", "there"}
    assert left(many.folder) == []
    # A build then starts no process.
    options = ("-D", "paramdoc_records=../there", "-D", "paramdoc_execute=cache")
    built = many.build(*options, may_run=False)
    assert "a process was started" not in built.errors
    assert built.blocks.count("from records") == 1
    again = record(many, "--executor", f"running:{name}", "--shard", "1/1", folder="there")
    assert again.summary.endswith("fresh, 3 failed")


@pytest.mark.thorough
def test_parts_through_an_executor(many: Project) -> None:
    record(many, folder="whole")
    for number in (1, 2):
        record(many, "--executor", "running:pool", "--shard", f"{number}/2", "--jobs", "2", folder="merged")
    assert same(many, "whole", "merged")


@pytest.mark.thorough
def test_a_worker_that_dies_takes_no_other_blocks_records_with_it(many: Project) -> None:
    code = "".join(f"   {line}\n" for line in KILLS_WORKER.splitlines())
    many.page("killer", f".. paramsummary::\n\n{code}   keras.layers.Dense(3)")
    done = record(many, "--executor", "running:one")
    assert done.status == 1
    told = [line for line in done.warnings if "executor" in line]
    assert told
    for line in told:
        assert "WARNING: the executor gave no answer: BrokenProcessPool: " in line
        assert line.endswith("not run [paramdoc.execution]")
    for name, data in many.records("records").items():  # what was made before is whole
        assert name.endswith(".json")
        assert data.endswith(b"}\n")
    assert left(many.folder) == []
    # Without the culprit, the rest is made.
    many.page("killer", "Nothing.")
    assert record(many, "--executor", "running:one").status == 1
    record(many, folder="here")
    assert same(many, "here", "records")


@pytest.mark.thorough
def test_the_others_go_on_where_a_worker_of_dask_dies(many: Project) -> None:
    pytest.importorskip("distributed")
    code = "".join(f"   {line}\n" for line in KILLS_WORKER.splitlines())
    many.page("killer", f".. paramsummary::\n\n{code}   keras.layers.Dense(3)")
    done = record(many, "--executor", "running:dask")
    assert done.status == 1
    (told,) = [line for line in done.warnings if "executor" in line]
    assert told.startswith("killer.rst:7: WARNING: the executor gave no answer: KilledWorker: ")
    assert told.endswith("; 1 block was not run [paramdoc.execution]")
    many.page("killer", "Nothing.")
    record(many, folder="here")
    assert same(many, "here", "records")


def test_a_worker_with_another_keras_is_refused(many: Project) -> None:
    many.write(**{"other.py": OTHER_KERAS})
    done = record(many, "--executor", "other:pool")
    assert (done.status, many.records("records")) == (1, {})
    (told,) = [line for line in done.warnings if "refused" in line]
    assert ": WARNING: the worker " in told
    assert "is refused: keras is 2.0 there, and 3" in told
    assert "blocks were not run" in told


@pytest.mark.thorough
def test_a_page_that_asks_for_something_else_each_time_is_read_no_more_in_the_end(project: Project) -> None:
    project.conf += (
        "import itertools\n_numbers = itertools.count(3)\n"
        "def number(_app, _page, source):\n    source[0] = source[0].replace('N', str(next(_numbers)))\n"
        "def setup(app):\n    app.connect('source-read', number)\n"
    )
    project.write(**{"running.py": EXECUTORS, "nets.py": NETS})
    for other in ("mynets", "others"):
        project.docs.joinpath(f"{other}.rst").unlink(missing_ok=True)
    project.write(**{"docs/index.rst": "Page\n====\n\n* .. paramsummary:: nets:build(N)\n"})
    done = record(project, "--executor", "running:one")
    assert (done.status, done.log.count("reading sources... [100%] index")) == (0, 20)
    assert len(project.records("records")) == 1


@pytest.mark.parametrize("executor", ["running:pool", ""])
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_end_in_between_ends_everything(
    project: Project, tmp_path: Path, executor: str, number: int, status: int
) -> None:
    project.write(**{"running.py": EXECUTORS})
    begun = project.folder / "begun"
    slow = f"import pathlib, time\n   pathlib.Path({str(begun)!r}).touch()\n   time.sleep(500)"
    project.page("index", dense(3), f".. paramsummary::\n   :timeout: 500\n\n   {slow}")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with subprocess.Popen(
        command(project, *(["--executor", executor] if executor else [])),
        cwd=project.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(scratch)},
        start_new_session=True,
    ) as process:
        wait(begun.exists)
        process.send_signal(number)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == status, errors
    assert ("interrupted: the records that were made until now are kept\n" in errors) == (number == signal.SIGINT)
    wait(lambda: left(project.folder) == [])
    wait(lambda: not list(scratch.iterdir()))


def wait(condition: Callable[[], object]) -> None:
    until = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.1)


def left(folder: Path) -> list[int]:
    """Give the processes that work in a folder, which the tests' own do not."""
    found = []
    for process in psutil.process_iter(["cwd", "status"]):
        is_inside = process.info["cwd"] and Path(process.info["cwd"]).is_relative_to(folder)
        if is_inside and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process.pid)
    return found
