"""Measure whole builds side by side, and hold the ratios against targets.

Times are wall-clock seconds of a whole process, from its start to its end. A build that fails, whose pages lack what
they should show, or that leaves a process behind, ends the benchmark: it must never look like a fast one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from benchmarks import processes

_LONGEST = 3600
"""A build that takes longer hangs, in seconds."""

_SHOWN_LINES = 40
"""Of the output of a build that failed so many lines are shown, the last ones."""

_PACKAGES = ("sphinx-paramdoc", "sphinx", "docutils", "keras", "tensorflow")

_BUSY = 0.5
"""From this load on (processes that want a core, over the last minute) the figures are said to be doubtful."""


class BenchmarkError(Exception):
    """Something did not do what is measured, so there is no figure."""


@dataclass(frozen=True)
class Process:
    """A process that ended well."""

    seconds: float
    output: str
    """Its standard output and standard error."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of everything that is measured, the same for all.

    :param home: an empty folder for what frameworks and kernels keep; nothing of the user's own settings is read.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SPHINX", "JUPYTER", "IPYTHON"))}
    folders = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "KERAS_HOME", "MPLCONFIGDIR")
    return {
        **kept,
        **{name: str(home / name.lower()) for name in folders},
        "JUPYTER_PREFER_ENV_PATH": "1",  # a kernel that the user has installed elsewhere is another Python
        "KERAS_BACKEND": "tensorflow",
        "MPLBACKEND": "agg",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        **more,
    }


def run(
    command: Sequence[str],
    environment: Mapping[str, str],
    log: Path,
    watch: Callable[[int, str], contextlib.AbstractContextManager[object]] | None = None,
) -> Process:
    """Run a command to its end.

    :param log: the file that takes its output.
    :param watch: is entered with the number of the process and the mark of all that it starts, while it runs. Watching
        costs time: what is watched is not what is timed.
    :raises BenchmarkError: where it fails, or leaves a process behind.
    """
    mark = f"{time.monotonic_ns()}-{os.getpid()}"
    begin = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env={**environment, processes.MARK: mark},
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        with watch(process.pid, mark) if watch else contextlib.nullcontext(), _at_most(_LONGEST, process):
            # Without a timeout of its own: with one, Python looks every 0.05 s only.
            status = process.wait()
            seconds = time.perf_counter() - begin
        left = processes.wait_for_end(mark)
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        processes.end(mark)
        raise
    text = log.read_text(encoding="utf-8", errors="replace")
    if status:
        raise BenchmarkError(f"{' '.join(command)}\nended with status {status}:\n{_tail(text)}")
    if left:
        processes.end(mark)
        raise BenchmarkError(f"{' '.join(command)}\nleft processes behind: {', '.join(left)}")
    return Process(seconds, text)


@contextlib.contextmanager
def _at_most(seconds: float, process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End a process that hangs."""
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def python(core: int | None = None) -> list[str]:
    """Return the words that call Python, kept on a core with all that it starts, if that is asked for."""
    if core is None:
        return [sys.executable]
    pin = f"os.sched_setaffinity(0, {{{core}}})"
    return [sys.executable, "-c", f"import os, sys; {pin}; os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"]


@dataclass(frozen=True)
class Build:
    """A Sphinx project, and where it is built."""

    source: Path
    target: Path
    """The folder of everything that the build makes: pages, doctrees, caches and its log."""
    environment: Mapping[str, str]
    check: Callable[[Path], None]
    """Is given the folder of the pages; raises `BenchmarkError` where they lack what they should show."""
    jobs: int = 1
    core: int | None = None
    """Keep the build, and all that it starts, on this core."""

    def clean(self) -> None:
        """Forget every earlier build."""
        shutil.rmtree(self.target, ignore_errors=True)
        self.target.mkdir(parents=True)

    def run(
        self,
        *options: str,
        watch: Callable[[int, str], contextlib.AbstractContextManager[object]] | None = None,
    ) -> float:
        """Build, check the pages, and give how long the build took, in seconds.

        :param options: further ones for ``sphinx-build``.
        """
        pages = self.target / "html"
        # -W: a build with a warning has failed.
        arguments = ["-b", "html", "-W", "-j", str(self.jobs), "-d", str(self.target / "doctrees"), *options]
        command = [*python(self.core), "-m", "sphinx", *arguments, str(self.source), str(pages)]
        seconds = run(command, self.environment, self.target / "build.log", watch).seconds
        try:
            self.check(pages)
        except BenchmarkError as error:
            log = (self.target / "build.log").read_text(encoding="utf-8", errors="replace")
            raise BenchmarkError(f"{self.source.name}: {error}\n{_tail(log)}") from None
        return seconds


@dataclass(frozen=True)
class Subject:
    """One of the things that are measured side by side."""

    name: str
    meaning: str
    measure: Callable[[], float]
    """Return the seconds of one run."""


@dataclass
class Timings:
    """How long each subject took, in seconds, run by run."""

    seconds: dict[str, list[float]] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        """Tell whether a subject was measured."""
        return name in self.seconds

    def least(self, name: str) -> float:
        """Return the fastest run of a subject: the one that the rest of the machine disturbed least."""
        return min(self.seconds[name])

    def median(self, name: str) -> float:
        """Return the median of the runs of a subject."""
        return statistics.median(self.seconds[name])


def interleaved(subjects: Sequence[Subject], runs: int) -> Timings:
    """Measure A B C, A B C, …: a machine that grows slower or busier meanwhile does so for all."""
    timings = Timings()
    for number in range(1, runs + 1):
        for subject in subjects:
            seconds = subject.measure()
            timings.seconds.setdefault(subject.name, []).append(seconds)
            print(f"  run {number} of {runs}: {subject.name} {seconds:.2f} s", file=sys.stderr, flush=True)
    return timings


class Verdicts:
    """Prints targets as they are held against figures, and remembers whether all were reached."""

    def __init__(self) -> None:
        """Begin with nothing missed."""
        self.missed = 0

    def hold(self, target: str, figure: str, reached: bool) -> None:
        """Print whether a target is reached."""
        self.missed += not reached
        print(f"{'PASS' if reached else 'FAIL'}  {target}: {figure}")

    def status(self) -> int:
        """Return the exit status: 0 where every target is reached."""
        return 1 if self.missed else 0


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: the first column to the left, figures to the right, the last one (what it means) to the left."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    last = len(headings) - 1
    for row in (headings, ["-" * width for width in widths], *rows):
        cells = (
            cell.ljust(width) if i in (0, last) else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join(cells).rstrip())


def introduce() -> None:
    """Print what the figures that follow were measured with."""
    print(f"Python {sys.version.split()[0]}, {', '.join(_versions())}; {len(_cores())} cores")
    load = os.getloadavg()[0]
    if load > _BUSY:
        print(f"The machine is busy (load {load:.1f}): ratios are doubtful, seconds more so.")
    print(flush=True)


def last_core() -> int | None:
    """Return a core to keep a process on; `None` where the system cannot."""
    return max(_cores()) if hasattr(os, "sched_setaffinity") else None


def _cores() -> set[int]:
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))


def _versions() -> Iterator[str]:
    for package in _PACKAGES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            yield f"{package} {metadata.version(package)}"


def _tail(text: str) -> str:
    return "\n".join(text.splitlines()[-_SHOWN_LINES:])
