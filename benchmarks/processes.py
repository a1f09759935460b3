"""The processes of a build, found by a mark in their environment, and the memory that they take (Linux).

A process that has left its parent still carries the mark, so servers and what they fork are found as well. Memory is
read from ``/proc``, in bytes.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

MARK = "BENCHMARK_MARK"
"""The environment variable that marks the processes of one build."""

_PROC = Path("/proc")

_PATIENCE = 10.0
"""So long may a process outlive its build, in seconds."""


@dataclass(frozen=True)
class Memory:
    """What one process takes at one moment, in bytes."""

    resident: int
    """What it has in memory, whoever else has it too."""
    peak: int
    """The most that `resident` has been so far; the kernel keeps it, so that no peak is missed."""
    share: int
    """Its part of the memory: what it shares with others is divided by their number. The parts add up."""


@dataclass(frozen=True)
class Moment:
    """What all processes of a build take at one moment."""

    time: float
    """Seconds of `time.monotonic`, which is the same clock for every process."""
    memory: dict[int, Memory]
    """By the number of the process."""


@dataclass
class Watch:
    """What was seen of a build while it ran."""

    root: int
    """The number of the build's own process."""
    moments: list[Moment] = field(default_factory=list)


def measurable() -> bool:
    """Tell whether this system tells what this module needs."""
    return (_PROC / "self" / "smaps_rollup").exists()


def marked(mark: str, known: dict[int, bool] | None = None) -> list[int]:
    """Return the processes that carry `mark`.

    :param known: what an earlier call found; spares reading the environment of a process again.
    """
    known = {} if known is None else known
    there = {int(entry) for entry in os.listdir(_PROC) if entry.isdecimal()}  # noqa: PTH208 - a tenth of the time
    for gone in known.keys() - there:
        del known[gone]
    wanted = f"{MARK}={mark}\0".encode()
    for number in there - known.keys():
        with contextlib.suppress(OSError):  # it has ended, or belongs to somebody else
            known[number] = wanted in (_PROC / str(number) / "environ").read_bytes()
    return sorted(number for number, found in known.items() if found)


def wait_for_end(mark: str) -> list[str]:
    """Wait until nothing that carries `mark` runs, and give the command lines of what is still there after a while."""
    if not measurable():
        return []
    until = time.monotonic() + _PATIENCE
    while left := marked(mark):
        if time.monotonic() > until:
            return [_command(number) for number in left]
        time.sleep(0.02)
    return []


def end(mark: str) -> None:
    """End whatever carries `mark`."""
    for number in marked(mark) if measurable() else ():
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def watching(watch_list: list[Watch], interval: float) -> Callable[[int, str], contextlib.AbstractContextManager[None]]:
    """Return a watcher for `measure.run`, which appends what it sees to `watch_list`.

    :param interval: how long it waits between two looks, in seconds.
    """

    @contextlib.contextmanager
    def watch(root: int, mark: str) -> Iterator[None]:
        seen = Watch(root)
        watch_list.append(seen)
        over = threading.Event()
        # The build may not have become another program yet, and then its environment does not carry the mark.
        known = {root: True}

        def look() -> None:
            while not over.wait(interval):
                moment = _moment(mark, known)
                if moment:
                    seen.moments.append(moment)

        thread = threading.Thread(target=look, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    return watch


def _moment(mark: str, known: dict[int, bool]) -> Moment | None:
    """Look at all processes; give `None` where one came or went meanwhile.

    One that is forked between two readings would be counted twice: once in its parent, whole, and once by itself.
    """
    before = marked(mark, known)
    memory = {number: taken for number in before if (taken := _memory(number))}
    return Moment(time.monotonic(), memory) if before == marked(mark, known) else None


def _memory(number: int) -> Memory | None:
    folder = _PROC / str(number)
    try:
        status = _fields((folder / "status").read_text())
        rollup = _fields((folder / "smaps_rollup").read_text())
    except OSError:
        return None
    if "VmRSS" not in status:  # it has ended, and nobody has asked how
        return None
    return Memory(resident=status["VmRSS"], peak=status["VmHWM"], share=rollup["Pss"])


def _fields(text: str) -> dict[str, int]:
    """Read lines such as ``Pss:   1234 kB``."""
    parts = (line.split() for line in text.splitlines())
    return {part[0].rstrip(":"): int(part[1]) * 1024 for part in parts if len(part) == 3 and part[2] == "kB"}


def _command(number: int) -> str:
    with contextlib.suppress(OSError):
        return (_PROC / str(number) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    return str(number)
