"""What the process of one further block costs beside a fork that does nothing, on one core."""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks import projects
from benchmarks.measure import BenchmarkError, environment, last_core, table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark."""
    parser.add_argument("--blocks", type=int, default=40, metavar="N", help="how many blocks (default: 40)")


def main(options: argparse.Namespace, folder: Path) -> int:
    """Measure in a process of its own, print, and give the exit status.

    :param folder: an empty folder to work in.
    """
    command = [sys.executable, "-m", "benchmarks.forking", str(folder), str(options.blocks)]
    settings = environment(folder / "home", OPENBLAS_NUM_THREADS="1", PYTHONHASHSEED="0")
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchmarkError(done.stderr)
    rows = [
        (name, f"{cpu * 1000:.1f}", f"{fork * 1000:.1f}", f"{faults:,}")
        for name, cpu, fork, faults in json.loads(done.stdout.splitlines()[-1])
    ]
    table(("process", "min CPU ms", "min ms to fork it", "pages"), rows)
    return 0


class _Cost(NamedTuple):
    """What one process took."""

    cpu: float
    """Its own seconds and the system's for it."""
    fork: float
    """Seconds for which its parent was busy."""
    faults: int
    """The pages of memory that it asked for, most of them to copy them."""


def _measured(run: Callable[[int], object], number: int) -> _Cost:
    begin = time.perf_counter()
    process = os.fork()
    if process == 0:
        run(number)
        os._exit(0)
    forked = time.perf_counter() - begin
    _, status, used = os.wait4(process, 0)
    if status:
        raise BenchmarkError(f"a process ended with status {status}")
    return _Cost(used.ru_utime + used.ru_stime, forked, used.ru_minflt)


def measure(folder: Path, blocks: int) -> list[tuple[str, float, float, int]]:
    """Get ready as a server does, and give name, CPU, time of the fork and pages of each kind of process."""
    if (core := last_core()) is not None:
        os.sched_setaffinity(0, {core})
    from sphinx_paramdoc.execution import child, framework
    from sphinx_paramdoc.execution.request import Failure, Job, Request
    from sphinx_paramdoc.execution.uses import Uses
    from sphinx_paramdoc.execution.watch import Desk
    from sphinx_paramdoc.machine import FirstParty, linux

    first_party = FirstParty(str(folder))
    loaded = framework.load()
    if isinstance(loaded, Failure):
        raise BenchmarkError(loaded.message)
    framework.warm(first_party, [])
    gc.collect()
    gc.freeze()

    def block(number: int) -> None:
        job = Job(
            request=Request(code=projects.model(number).code),
            path=sys.path,
            directory=str(folder),
            first_party=first_party,
        )
        child.run(job, Desk(folder / f"block-{number}"), loaded, Uses(first_party, {}))

    found = []
    for memory in ("", ", memory gathered"):
        if memory:
            linux.gather_memory()
        for name, run in (("fork alone", lambda _: None), ("block", block)):
            costs = [_measured(run, number) for number in range(blocks)]
            least = [min(each) for each in zip(*costs, strict=True)]
            found.append((f"{name}{memory}", least[0], least[1], int(least[2])))
    return found


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
