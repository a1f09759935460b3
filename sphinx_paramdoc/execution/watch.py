"""The process of one block as it is seen from outside: its files, its limits, its end."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import time
from pathlib import Path
from typing import get_args

import msgspec
import psutil

from sphinx_paramdoc import facts
from sphinx_paramdoc.execution import wire
from sphinx_paramdoc.execution.request import Failure, Frame, Job, Part, Response, part_name, portable

_MOST_OUTPUT = 4000
"""Of a failed block's output this many bytes are kept, the last ones."""

_FLOOD = 64 * 2**20
"""A block that writes more bytes than this is ended, before it fills the disk."""

_MEASURE = 0.05
"""Seconds between two measurements of memory; each takes a tenth of that."""

_FAREWELL = 0.2
"""Seconds between the signal that lets a process say where it is and the one that it cannot refuse."""

_SHORTLY = 0.01
"""Seconds between two looks at processes that were told to end."""

_LONGEST_FAREWELL = 10.0
"""Seconds after which nobody waits any more for a process that the system itself keeps."""

_COLOUR = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_CONTROL = re.compile(rf"{_COLOUR.pattern}|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LAYOUT = "\n\t"
_TRACED = re.compile(r'  File "(?P<file><\w+>)", line (?P<line>\d+) in (?P<function>.*)')

_PARTS = frozenset(part_name(part) for part in get_args(Part))


class Desk:
    """The files through which the process of one block and the one that watches it speak."""

    def __init__(self, stem: str | Path) -> None:
        """Name the files.

        :param stem: the path that all their names begin with.
        """
        self.stem = str(stem)
        self.job, self.ready, self.answer, self.output, self.trace = self._all = [
            Path(f"{stem}.{name}") for name in ("job", "ready", "answer", "output", "trace")
        ]

    def tell_ready(self, memory: int) -> None:
        """Say, whole or not at all, that the framework is imported, and how many bytes that takes."""
        unfinished = Path(f"{self.stem}.unready")
        unfinished.write_text(str(memory), encoding="ascii")
        unfinished.replace(self.ready)

    def clear(self) -> None:
        """Remove the files."""
        for file in self._all:
            file.unlink(missing_ok=True)


class Watch:
    """Watches over one process that runs a block, which leads a process group of its own."""

    def __init__(self, process: int, job: Job, desk: Desk, seconds: float, memory_before: int = 0) -> None:
        """Begin to watch; the time of the block begins.

        :param seconds: how long it may still run.
        :param memory_before: the bytes that the framework takes, where the process does not share it with its parent.
        """
        self.process = process
        self._job = job
        self._desk = desk
        self._end = time.monotonic() + seconds
        self._verdict: Failure | None = None
        self._next_measurement = 0.0
        self._memory_before = memory_before

    @property
    def seconds_left(self) -> float:
        """How long the block may still run."""
        return self._end - time.monotonic()

    @property
    def is_overdue(self) -> bool:
        """Whether the process was told to end, and has not for so long that it never may."""
        return self._verdict is not None and self.seconds_left < -_LONGEST_FAREWELL

    def look(self) -> None:
        """End the process if it went beyond a limit; to be called again and again."""
        if self._verdict:
            if self.seconds_left < 0:
                end(self.process)
            return
        self._verdict = self._beyond()
        if self._verdict:
            self._end = time.monotonic() + _FAREWELL
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGABRT)

    def response(self, status: int) -> Response:
        """Return the answer of a process that has ended, whatever it left behind, and leave nothing behind.

        :param status: as `subprocess.Popen.returncode` has it.
        """
        _end_group(self.process)
        response = self._verdict or self._answer(status)
        if isinstance(response, Failure):
            response = _printable(
                msgspec.structs.replace(response, output=self._tail(), frames=response.frames or self._traced())
            )
        self._desk.clear()
        return response

    def _beyond(self) -> Failure | None:
        """Return what limit the block has gone beyond."""
        if self.seconds_left < 0:
            seconds = f"{self._job.timeout:g} second{'s' * (self._job.timeout != 1)}"
            message = f"the block did not end within {seconds}"
            return Failure(kind="timeout", message=message, depends_on_weights=False, way_out="timeout")
        memory = self._memory_if_due()
        if self._job.memory is not None and memory > self._job.memory:
            message = f"the block took {_size(memory)} of memory, more than the {_size(self._job.memory)} allowed"
            return Failure(kind="memory", message=message, depends_on_weights=False, way_out="memory")
        with contextlib.suppress(OSError):
            if self._desk.output.stat().st_size > _FLOOD:
                message = f"the block wrote more than {_size(_FLOOD)} of output"
                return Failure(message=message, depends_on_weights=False)
        return None

    def _memory_if_due(self) -> int:
        if self._job.memory is None or time.monotonic() < self._next_measurement:
            return 0
        self._next_measurement = time.monotonic() + _MEASURE
        return self._memory() - self._memory_before

    def _memory(self) -> int:
        """Return the resident bytes that are the block's alone, those of the processes that it started included."""
        total = 0
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(self.process)
            for each in (process, *process.children(recursive=True)):
                with contextlib.suppress(psutil.Error):
                    total += each.memory_full_info().uss
        return total

    def _answer(self, status: int) -> Response:
        try:
            response: Response = wire.decode(self._desk.answer.read_bytes(), Response)
        except (OSError, wire.UnreadableError):
            if status >= 0 and self._desk.answer.exists():
                message = "the answer of the block could not be written: the disk for temporary files may be full"
                return Failure(message=message, depends_on_weights=False)
            return Failure(message=f"the block {_how_it_ended(status)} before it gave a model")
        return response

    def _tail(self) -> str:
        try:
            with self._desk.output.open("rb") as output:
                output.seek(max(output.seek(0, os.SEEK_END) - _MOST_OUTPUT, 0))
                return portable(output.read().decode("utf-8", "replace"), self._job)
        except OSError:
            return ""

    def _traced(self) -> list[Frame]:
        """Read which lines of the block were being executed when the process was ended."""
        try:
            text = self._desk.trace.read_text("utf-8", "replace")
        except OSError:
            return []
        frames = []
        for match in filter(lambda match: match["file"] in _PARTS, _TRACED.finditer(text)):
            lines = getattr(self._job.request, match["file"][1:-1], "").splitlines()
            line = int(match["line"])
            shown = lines[line - 1].strip() if 0 < line <= len(lines) else ""
            frames.append(Frame(match["file"], line, match["function"], shown))
        return frames[::-1]


def end(process: int) -> None:
    """End a process that still runs, and all that it started."""
    with contextlib.suppress(psutil.Error):
        parent = psutil.Process(process)
        for each in (*parent.children(recursive=True), parent):
            with contextlib.suppress(psutil.Error):
                each.kill()
    _end_group(process)


def end_marked(variable: str, value: str) -> None:
    """End every process whose environment has a variable of that value, and wait until they hold nothing any more."""
    ended = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get(variable) == value:
                process.kill()
                ended.append(process)
    latest = time.monotonic() + _LONGEST_FAREWELL
    while any(map(_lives, ended)) and time.monotonic() < latest:
        time.sleep(_SHORTLY)


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _end_group(process: int) -> None:
    """End what is left of the group that a process led, which may have ended itself."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process, signal.SIGKILL)


def _printable(failure: Failure) -> Failure:
    """Leave out colours, which Keras puts into messages, and show other signs that no page can hold.

    What a program writes is meant for a terminal: there, all signs that steer it are left out.
    """
    return msgspec.structs.replace(
        failure,
        message=facts.printable(_COLOUR.sub("", failure.message), _LAYOUT),
        output=facts.printable(_CONTROL.sub("", failure.output), _LAYOUT),
        frames=[
            msgspec.structs.replace(
                frame,
                file=facts.printable(frame.file),
                text=facts.printable(_CONTROL.sub("", frame.text), _LAYOUT),
            )
            for frame in failure.frames
        ],
    )


def _how_it_ended(status: int) -> str:
    if status >= 0:
        return f"ended its process with status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    return f"was ended by {name}"


def _size(count: float) -> str:
    """Return a number of bytes as a person reads it: ``64 MiB``."""
    for unit in ("bytes", "KiB", "MiB"):
        if count < 1024:
            return f"{count:.3g} {unit}"
        count /= 1024
    return f"{count:.3g} GiB"
