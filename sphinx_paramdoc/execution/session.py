"""The documentation's side of the server: starts one when the first block needs it, shares it, and ends it."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sphinx_paramdoc.execution import environment, wire
from sphinx_paramdoc.execution.messages import (
    MARK,
    Prefetch,
    Refused,
    Reply,
    Run,
    ServerSetup,
    Started,
    Visit,
)
from sphinx_paramdoc.execution.request import LONGEST_IMPORT, Failure, Job, Response, Success, refusal
from sphinx_paramdoc.machine import streams

if TYPE_CHECKING:
    from sphinx_paramdoc.execution.places import Place

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "AF_UNIX") and sys.platform != "darwin"
"""Whether a process that has imported a framework may be forked: on macOS, system libraries forbid it."""

_PATIENCE = 0.25
"""Seconds between two calls of what tells a person that a block is waited for."""

_TRIES = 3
"""How often a server is started for a block, and ends before it is ready, until it is said that there is none."""

_TRIES_OF_KEPT = 2
"""How often that is a server which is to be kept, until the build has one for itself."""

_MOST_STARTS = 10
"""How often a server is started for a block, whatever ends it: others may end those that it waits for."""

_GRACE = 20.0
"""Seconds by which an answer may be late, as on a machine that has too much to do."""

_LONGEST_SILENCE = 1e9
"""Seconds for which an answer is waited for, however long a block may take: a socket counts no further everywhere."""

_SHORTLY = 0.02
"""Seconds between two tries of what another process keeps busy for a moment."""

_LONGEST_FOLDER = 70


class _Connected(NamedTuple):
    """A connection to a server."""

    connection: socket.socket
    place: Place
    mark: str
    """Its name among those that have listened there."""

    @property
    def is_ready(self) -> bool:
        """Whether it has imported its framework."""
        return self.place.is_ready(self.mark)


class _ServerGoneError(Exception):
    """The server ended before it answered, or was given up."""

    def __init__(self, started: bool, was_ready: bool, was_silent: bool, reason: str) -> None:
        super().__init__()
        self.started = started
        """Whether the block was running."""
        self.was_ready = was_ready
        """Whether the server had imported its framework."""
        self.was_silent = was_silent
        """Whether it lived, and did not answer."""
        self.reason = reason
        """Why the system refused to start it, if that is known."""


class Session:
    """The servers of one build: one for each backend, shared with the processes that this one forks."""

    def __init__(
        self, setup: ServerSetup, environment: Mapping[str, str], tell: Callable[[str], None] | None = None
    ) -> None:
        """Start nothing yet.

        :param environment: variables that the servers get besides those of this process.
        :param tell: called with a sentence where a server cannot be kept that is to be.
        """
        self._setup = setup
        self._environment = environment
        self._tell = tell or (lambda _: None)
        self._visits: dict[str | None, Visit] = {}
        self._kept: dict[str | None, Place | None] = {}
        """The place of the kept server of a backend; ``None`` where it was of no use."""
        self._can_fork = CAN_FORK
        self._owner = os.getpid()
        self._opening = threading.Lock()
        self._folder: Path | None = None
        self._lifeline = (-1, -1)
        self._servers: list[subprocess.Popen[bytes]] = []
        self._leaving: list[subprocess.Popen[bytes]] = []
        """Those that are to outlive the build: each ends at once, and another process goes on that is no child."""
        self._seen: set[str] = set()

    def open(self) -> None:
        """Make the private folder; processes that are forked afterwards share it, and the servers found there."""
        with self._opening:
            if self._folder is not None:
                return
            if not self._can_fork:
                if self._setup.keep:
                    self._tell("no server is kept: on this system, processes that have a framework cannot be forked")
                return
            self._owner = os.getpid()
            streams.restore()
            # A server ends when no process is left that holds the other end. The system gives no such end to
            # processes that are started anew, only to those that are forked.
            self._lifeline = os.pipe()
            self._folder = _private_folder()
            atexit.register(self.close)

    def start(self, backend: str | None = None) -> None:
        """Let a server import its framework, for blocks that will be asked for soon."""
        self.prefetch([], backend)

    def prefetch(self, jobs: Iterable[Job], backend: str | None = None) -> None:
        """Let blocks run that will be asked for soon, all on one backend."""
        if self._can_fork:
            with contextlib.suppress(OSError):
                server = self._connect(backend)
                with server.connection as connection:
                    connection.settimeout(LONGEST_IMPORT + _GRACE)
                    runnable = [job for job in jobs if refusal(job.request) is None]
                    self._send(server, Prefetch(runnable, self._visit(server.place, backend)))

    def run(self, job: Job, waiting: Callable[[bool], None] | None = None) -> Response:
        """Run a block; with real weights where it cannot run with abstract ones.

        Nothing that the block does reaches this process. Whatever goes wrong is in the answer.

        :param waiting: called now and then, with whether the framework is imported.
        """
        if refused := refusal(job.request):
            return refused
        if not self._can_fork:
            from sphinx_paramdoc.execution import fresh

            return fresh.run(job, self._environment, waiting)
        alone = False
        starts = not_ready = 0
        message = ""
        while not_ready < _TRIES and starts < _MOST_STARTS:
            starts += 1
            try:
                return self._ask(Run(job, alone), waiting)
            except _ServerGoneError as gone:
                does = "did not answer any more" if gone.was_silent else "was ended"
                if gone.started and alone:
                    self._clear_up(job.request.backend)
                    message = f"the process that runs the blocks {does} while it ran this one"
                    return Failure(message=message, depends_on_weights=False)
                # Another block may have ended it. The one that does so again, alone, is the culprit.
                alone = alone or gone.started
                not_ready += not gone.was_ready
                if not_ready == _TRIES_OF_KEPT and self._kept.get(job.request.backend):
                    self._keep_none(job.request.backend, gone.reason or "it ends before it is ready")
                does = "does not answer" if gone.was_silent else "ends"
                when = "before it runs this one" if gone.was_ready else "before it is ready"
                because = f": {gone.reason}" if gone.reason else ""
                message = f"the process that imports Keras and runs the blocks {does} {when}{because}"
                if gone.was_silent and not gone.was_ready:
                    break  # it has had its time
                time.sleep(_SHORTLY * starts)  # one that ends may still hold its socket
        output = self._place(job.request.backend).log if self._folder else ""
        return Failure(message=message, output=output, depends_on_weights=False)

    def first_time(self, name: str) -> bool:
        """Tell whether this is the first time in the build, in any of its processes, that `name` is asked for."""
        if name in self._seen:
            return False
        self._seen.add(name)
        if self._folder is None:
            return True
        try:
            self._folder.joinpath(f"{name}.once").touch(exist_ok=False)
        except OSError:
            return False
        return True

    def has_seen(self, name: str) -> bool:
        """Tell whether `first_time` was asked for a name in this build, by any of its processes."""
        return name in self._seen or (self._folder is not None and (self._folder / f"{name}.once").exists())

    def close(self) -> None:
        """End the servers and what they run, and remove the private folder."""
        with self._opening:  # the end of the process and a thread of it may both do so
            if self._folder is not None and os.getpid() == self._owner:
                self._close(self._folder)

    def _close(self, folder: Path) -> None:
        atexit.unregister(self.close)
        os.close(self._lifeline[1])
        for server in self._leaving:
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(10)
        for server in self._servers:
            server.terminate()  # all at once
        for server in self._servers:
            for wait_on in (server.terminate, server.kill):
                with contextlib.suppress(subprocess.TimeoutExpired):
                    wait_on()
                    server.wait(10)
                    break
        for address in folder.glob("*.socket"):  # of servers that other processes of the build started
            from sphinx_paramdoc.execution.places import Place

            Place(address).wait_until_gone()
        os.close(self._lifeline[0])
        shutil.rmtree(folder, ignore_errors=True)
        self._folder = None
        self._servers.clear()

    def _ask(self, message: Run, waiting: Callable[[bool], None] | None) -> Response:
        started = is_alive = is_ready = had_begun = False
        server: _Connected | None = None
        reason = ""
        silent = 0.0
        backend = message.job.request.backend
        try:
            server = self._connect(backend)
            had_begun = server.is_ready  # one that is kept takes its folder with it when it ends
            with server.connection as connection:
                connection.settimeout(self._patience(message.job, is_alive))
                self._send(server, msgspec.structs.replace(message, visit=self._visit(server.place, backend)))
                connection.settimeout(_PATIENCE)
                received = b""
                while True:
                    while b"\n" in received:
                        line, _, received = received.partition(b"\n")
                        reply: Reply = wire.decode(line, Reply)
                        if isinstance(reply, Refused):
                            self._keep_none(backend, reply.reason)
                            return self._ask(message, waiting)
                        if isinstance(reply, (Success, Failure)):
                            return reply
                        started = started or isinstance(reply, Started)
                        is_alive, silent = True, 0.0
                    try:
                        part = connection.recv(2**20)
                    except TimeoutError:
                        # Not by the clock: a machine that slept, or stopped all of the build, has kept nobody waiting.
                        silent += _PATIENCE
                        if not (is_ready or is_alive) and server.is_ready:
                            is_ready, silent = True, 0.0
                            # One that is kept says so: no other build may have heard of it for long.
                            is_alive = not server.place.is_kept
                        if is_ready and not is_alive and silent > _GRACE:
                            raise
                        if silent > self._patience(message.job, is_alive):
                            raise
                        if waiting:
                            waiting(started)
                        continue
                    if not part:
                        raise ConnectionResetError
                    received += part
                    silent = 0.0
        except (OSError, wire.UnreadableError) as error:
            was_silent = isinstance(error, TimeoutError) and server is not None
            was_ready = is_alive or had_begun or (server is not None and server.is_ready)
            if server and was_silent:
                self._end(server.mark)
            if not server and error.args:
                reason = str(getattr(error, "strerror", "") or "")
            raise _ServerGoneError(started, was_ready, was_silent, reason) from None

    def _patience(self, job: Job, is_alive: bool) -> float:
        """Return how many seconds a server may say nothing: while a block runs, and before it has imported Keras.

        While others run before a block, it gives a sign each second.
        """
        return min((0.0 if is_alive else LONGEST_IMPORT) + job.timeout + _GRACE, _LONGEST_SILENCE)

    def _end(self, mark: str) -> None:
        """End a server and all that it runs, and no other one."""
        from sphinx_paramdoc.execution.watch import end_marked

        end_marked(MARK, mark)

    def _connect(self, backend: str | None) -> _Connected:
        """Connect to the server of a backend, and start it if there is none, once among all processes that may use it.

        :raises OSError: where that cannot be.
        """
        self.open()
        assert self._folder
        place = self._place(backend)
        with place.locked():
            connection = place.connect()
            if connection and not place.has_mark:  # somebody has deleted it
                connection.close()
                connection = None
            if connection is None:
                variables = environment.of(self._environment, backend)
                lifeline = None if place.is_kept else self._lifeline[0]
                server = place.start(self._setup, variables, lifeline)
                started = self._leaving if place.is_kept else self._servers
                started[:] = [*(each for each in started if each.poll() is None), server]
                connection = place.connect()
            if connection is None:
                raise ConnectionRefusedError
            return _Connected(connection, place, place.mark)

    def _place(self, backend: str | None) -> Place:
        """Return where the server of a backend listens.

        :raises OSError: where there is no folder for it.
        """
        from sphinx_paramdoc.execution import kept
        from sphinx_paramdoc.execution.places import Place

        assert self._folder
        if self._setup.keep and backend not in self._kept:
            try:
                found = kept.folder(self._setup, environment.of(self._environment, backend))
                self._kept[backend] = Place(kept.address(found), is_kept=True)
            except OSError as error:
                self._keep_none(backend, ": ".join(str(part) for part in (error.filename, error.strerror) if part))
        return self._kept.get(backend) or Place(self._folder / f"{backend or '-'}.socket")

    def _keep_none(self, backend: str | None, reason: str) -> None:
        """Do without a kept server, with one that this build has for itself."""
        self._kept[backend] = None
        if self.first_time(f"unkept-{backend or ''}"):
            self._tell(f"the server of this build is not kept: {reason}")

    def _visit(self, place: Place, backend: str | None) -> Visit | None:
        """Return what a server is to know of this build that was not started for it alone."""
        if not place.is_kept:
            return None
        from sphinx_paramdoc.execution import visit

        assert self._folder
        if backend not in self._visits:
            self._visits[backend] = visit.of(
                self._folder.name,
                self._setup.keep,
                self._setup.path,
                self._setup.first_party,
                environment.of(self._environment, backend),
            )
        return self._visits[backend]

    def _send(self, connected: _Connected, message: Run | Prefetch) -> None:
        data = wire.encode(message) + b"\n"
        if message.visit:
            sent = socket.send_fds(connected.connection, [data[:1]], [self._lifeline[0]])
            data = data[sent:]
        connected.connection.sendall(data)

    def _clear_up(self, backend: str | None) -> None:
        """End what a server left that was itself ended: processes that its blocks had started."""
        with contextlib.suppress(OSError):
            place = self._place(backend)
            with place.locked():
                connection = place.connect()
                if connection:
                    connection.close()
                else:
                    place.end()


def _private_folder() -> Path:
    """Make a folder that only this user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="paramdoc-"))
    if len(str(folder)) > _LONGEST_FOLDER:  # the system knows no longer names of sockets
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="paramdoc-", dir="/tmp"))
    return folder
