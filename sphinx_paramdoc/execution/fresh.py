"""A fresh process for each block: the way to run one that works on every system, and for one block the quickest."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from sphinx_paramdoc.execution import environment, wire
from sphinx_paramdoc.execution.request import LONGEST_IMPORT, Failure, Job, Response, later, refusal
from sphinx_paramdoc.execution.watch import Desk, Watch, end

_FAREWELL = 10.0
"""Seconds that a process may take to end that was told to."""

_LOOK = 0.02
"""Seconds between two looks at a running process."""


def run(job: Job, added: Mapping[str, str] = {}, waiting: Callable[[bool], None] | None = None) -> Response:
    """Run a block; with real weights where it cannot run with abstract ones.

    Nothing that the block does reaches this process. Whatever goes wrong is in the answer.

    :param added: variables that the process gets besides those of this one.
    :param waiting: called now and then, with whether the framework is imported.
    """
    if refused := refusal(job.request):
        return refused
    response, seconds_left = _run_once(job, job.timeout, added, waiting)
    may_be_real = job.request.weights == "abstract" and not job.request.vary
    if isinstance(response, Failure) and may_be_real and response.depends_on_weights:
        request = msgspec.structs.replace(job.request, weights="real")
        job = msgspec.structs.replace(job, request=request)
        real, _ = _run_once(job, seconds_left, added, waiting)
        return later(response, real) if isinstance(real, Failure) else real
    return response


def start(module: str, path: list[str] | None, arguments: list[str], **options: object) -> subprocess.Popen[bytes]:
    """Start a process that runs ``main()`` of a module of this package.

    It imports from where this process does, so that the package is found however it was installed, and leads a process
    group of its own, so that the terminal's Ctrl-C ends this process alone.

    :param path: where the new process imports from; ``None``: where Python does by itself, and this package lies.
    """
    imports = f"sys.path.append({str(Path(__file__).parents[2])!r})" if path is None else f"sys.path[:] = {path!r}"
    code = f"import sys; {imports}; from sphinx_paramdoc.execution import {module}; {module}.main()"
    process: subprocess.Popen[bytes] = subprocess.Popen(
        [sys.executable, "-P", "-c", code, *arguments],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        **options,  # type: ignore[call-overload]
    )
    return process


def _run_once(
    job: Job, seconds: float, added: Mapping[str, str], waiting: Callable[[bool], None] | None
) -> tuple[Response, float]:
    """Return the answer, and the seconds that the block has left."""
    try:
        with tempfile.TemporaryDirectory(prefix="paramdoc-", ignore_cleanup_errors=True) as folder:
            return _run_in(folder, job, seconds, added, waiting)
    except OSError as error:
        message = f"no process could be started for the block: {error.strerror}"
        return Failure(message=message, depends_on_weights=False), seconds


def _run_in(
    folder: str, job: Job, seconds: float, added: Mapping[str, str], waiting: Callable[[bool], None] | None
) -> tuple[Response, float]:
    desk = Desk(Path(folder, "block"))
    desk.job.write_bytes(wire.encode(job))
    process = start(
        "child",
        job.path,
        [desk.stem],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment.of(added, job.request.backend),
    )
    watch = None
    latest = time.monotonic() + LONGEST_IMPORT
    try:
        while process.poll() is None:
            if watch:
                watch.look()
                if watch.is_overdue:
                    break
            elif desk.ready.exists():
                watch = Watch(process.pid, job, desk, seconds, int(desk.ready.read_text(encoding="ascii")))
            elif time.monotonic() > latest:
                _end(process)
                message = f"the import of Keras did not end within {LONGEST_IMPORT:g} seconds"
                return Failure(message=message, depends_on_weights=False), seconds
            if waiting:
                waiting(watch is not None)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK)
    except BaseException:  # Ctrl-C, most of all
        _end(process)
        raise
    watch = watch or Watch(process.pid, job, desk, seconds)
    return watch.response(process.returncode or 0), watch.seconds_left


def _end(process: subprocess.Popen[bytes]) -> None:
    end(process.pid)
    with contextlib.suppress(subprocess.TimeoutExpired):  # what hangs in the system itself cannot be ended
        process.wait(_FAREWELL)
