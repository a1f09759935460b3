"""What the process of one block does: it runs the block, writes the answer into a file, and ends."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
import threading
import time
from collections.abc import Iterable
from typing import Any, NoReturn

import psutil

from sphinx_paramdoc.execution import framework, wire
from sphinx_paramdoc.execution.block import BlockRun
from sphinx_paramdoc.execution.request import Failure, Job, Response, Success
from sphinx_paramdoc.execution.uses import Uses, own_modules
from sphinx_paramdoc.execution.watch import Desk
from sphinx_paramdoc.inspection import Inspection
from sphinx_paramdoc.machine import linux

try:  # here, and not in each fork
    import resource
except ImportError:  # this is Windows
    resource = None  # type: ignore[assignment]

_GRACE = 0.5
"""Seconds that threads and processes get to end by themselves after the block."""


def main() -> NoReturn:
    """Import the framework, then run the one block whose files ``sys.argv[1]`` names."""
    linux.end_with_parent()
    desk = Desk(sys.argv[1])
    job = wire.decode(desk.job.read_bytes(), Job)
    _redirect(os.devnull)
    with framework.kept():
        loaded = framework.load()
        framework.import_installed(job.request.preamble, job.path, job.first_party)
    uses = Uses(job.first_party, own_modules(job.first_party, list(sys.modules)))
    # What the framework takes is measured here, as a look from outside may come when the block has begun.
    desk.tell_ready(psutil.Process().memory_full_info().uss if job.memory is not None else 0)
    run(job, desk, loaded, uses)


def run(job: Job, desk: Desk, loaded: Inspection | Failure, uses: Uses) -> NoReturn:
    """Run a block in this process, which is its own, and end the process.

    The answer goes into a file that the block does not know; what the block writes, by whichever way, goes into
    another, and it reads nothing.
    """
    process = os.getpid()
    _redirect(str(desk.output))
    _leave_no_core()
    linux.adopt_orphans()
    # A crash, and a block that is ended from outside, leave behind where they were.
    faulthandler.enable(os.open(desk.trace, os.O_WRONLY | os.O_CREAT, 0o600))
    response = _respond(job, loaded, uses)
    faulthandler.disable()
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(Exception):  # the block may have closed or replaced them
            stream.flush()  # type: ignore[union-attr]
    if os.getpid() == process:  # a copy that the block forked off has nothing to say
        # The block may have deleted what lies in the folders for temporary files.
        desk.answer.parent.mkdir(mode=0o700, exist_ok=True)
        desk.answer.write_bytes(wire.encode(response))
    os._exit(0)  # threads that the block left behind would keep the process alive


def _respond(job: Job, loaded: Inspection | Failure, uses: Uses) -> Response:
    if isinstance(loaded, Failure):
        return loaded
    sys.path[:] = job.path
    _look_anew(job.path)
    try:
        os.chdir(job.directory)
    except OSError as error:
        return Failure(message=f"the working directory cannot be entered: {error.strerror}", depends_on_weights=False)
    uses.watch_files()
    uses.imports.watch()
    with loaded.watched(uses.imports.note_makers):
        response = BlockRun(job, loaded, uses).run()
    left = [
        f"the block left a {kind} running ({', '.join(names)}): {advice}"
        for kind, names, advice in (
            ("thread", _threads_left(), "end it with join(), or make it a daemon"),
            ("process", _processes_left(), "wait for it, or end it"),
        )
        if names
    ]
    if left and isinstance(response, Success):
        return Failure(
            message="; ".join(left), modules=response.modules, files=response.files, depends_on_weights=False
        )
    return response


def _look_anew(path: Iterable[str]) -> None:
    """Let Python look anew into the folders that it imports from.

    `importlib.invalidate_caches` would do so for those of every package that is imported, hundreds, and a fork would
    copy their memory; they are looked into anew where they have changed.
    """
    for folder in path:
        known = sys.path_importer_cache.get(folder)
        if known is None:
            sys.path_importer_cache.pop(folder, None)  # it was not there
        elif hasattr(known, "invalidate_caches"):
            known.invalidate_caches()


def _threads_left() -> list[str]:
    """Return the names of threads that would keep a program from ending."""
    # Those of executors do not: Python ends them at its own end, and frameworks leave them idle.
    futures: Any = sys.modules.get("concurrent.futures.thread")
    pooled = getattr(futures, "_threads_queues", {})
    others = [
        thread
        for thread in threading.enumerate()
        if thread is not threading.current_thread() and not thread.daemon and thread not in pooled
    ]
    end = time.monotonic() + _GRACE
    for thread in others:
        thread.join(max(0.0, end - time.monotonic()))
    return [thread.name for thread in others if thread.is_alive()]


def _leave_no_core() -> None:
    """Let a crash write no image of the memory, and let the system choose a block first where memory runs out."""
    if resource:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        # Not by a file object, whose making is the dearest thing before the block.
        score = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        try:
            os.write(score, b"1000")
        finally:
            os.close(score)


def _processes_left() -> list[str]:
    """Return the names of processes that the block started and that do not end by themselves, and end them."""
    end = time.monotonic() + _GRACE
    try:
        while time.monotonic() < end:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)
    except (ChildProcessError, AttributeError):  # there are none; or this is Windows
        return []
    names = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            # Python's own helpers stay until the program ends.
            if not any("multiprocessing" in argument for argument in process.cmdline()):
                names.append(process.name())
            process.kill()
    return names


def _redirect(output: str) -> None:
    """Let this process read nothing, and write into a file, whether by Python's streams or below them."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(nothing, 0)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.close(nothing)
    os.close(file)
