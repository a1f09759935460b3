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
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from sphinx_paramdoc.execution import wire
from sphinx_paramdoc.execution.messages import MARK, Prefetch, Reply, Run, ServerSetup, Started, Waiting
from sphinx_paramdoc.execution.request import LONGEST_IMPORT, Failure, Job, Response, refusal

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "AF_UNIX") and sys.platform != "darwin"
"""Whether a process that has imported a framework may be forked: on macOS, system libraries forbid it."""

_PATIENCE = 0.25
"""Seconds between two calls of what tells a person that a block is waited for."""

_TRIES = 3
"""How often a server is started for a block, and ends before it is ready, until it is said that there is none."""

_MOST_STARTS = 10
"""How often a server is started for a block, whatever ends it: others may end those that it waits for."""

_GRACE = 20.0
"""Seconds by which an answer may be late, as on a machine that has too much to do."""

_LONGEST_SILENCE = 1e9
"""Seconds for which an answer is waited for, however long a block may take: a socket counts no further everywhere."""

_SHORTLY = 0.02
"""Seconds between two tries of what another process keeps busy for a moment."""

_LONGEST_FOLDER = 70


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

    def __init__(self, setup: ServerSetup, environment: Mapping[str, str]) -> None:
        """Start nothing yet.

        :param environment: variables that the servers get besides those of this process.
        """
        self._setup = setup
        self._environment = environment
        self._can_fork = CAN_FORK
        self._owner = os.getpid()
        self._opening = threading.Lock()
        self._folder: Path | None = None
        self._lifeline = (-1, -1)
        self._servers: list[subprocess.Popen[bytes]] = []
        self._seen: set[str] = set()

    def open(self) -> None:
        """Make the private folder; processes that are forked afterwards share it, and the servers found there."""
        with self._opening:
            if self._folder is not None or not self._can_fork:
                return
            self._owner = os.getpid()
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
                connection, _ = self._connect(backend)
                with connection:
                    connection.settimeout(LONGEST_IMPORT + _GRACE)
                    runnable = [job for job in jobs if refusal(job.request) is None]
                    connection.sendall(wire.encode(Prefetch(runnable)) + b"\n")

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
                does = "does not answer" if gone.was_silent else "ends"
                when = "before it runs this one" if gone.was_ready else "before it is ready"
                because = f": {gone.reason}" if gone.reason else ""
                message = f"the process that imports Keras and runs the blocks {does} {when}{because}"
                if gone.was_silent and not gone.was_ready:
                    break  # it has had its time
                time.sleep(_SHORTLY * starts)  # one that ends may still hold its socket
        return Failure(message=message, output=self._log(job.request.backend), depends_on_weights=False)

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
        if self._folder is None or os.getpid() != self._owner:
            return
        atexit.unregister(self.close)
        os.close(self._lifeline[1])
        for server in self._servers:
            server.terminate()  # all at once
        for server in self._servers:
            for wait_on in (server.terminate, server.kill):
                with contextlib.suppress(subprocess.TimeoutExpired):
                    wait_on()
                    server.wait(10)
                    break
        for address in self._folder.glob("*.socket"):  # of servers that other processes of the build started
            _wait_until_gone(address)
        os.close(self._lifeline[0])
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = None
        self._servers.clear()

    def _ask(self, message: Run, waiting: Callable[[bool], None] | None) -> Response:
        started = is_alive = False
        server = reason = ""
        silent = 0.0
        try:
            connection, server = self._connect(message.job.request.backend)
            with connection:
                connection.settimeout(self._patience(message.job, is_alive))
                connection.sendall(wire.encode(message) + b"\n")
                connection.settimeout(_PATIENCE)
                received = b""
                while True:
                    while b"\n" in received:
                        line, _, received = received.partition(b"\n")
                        reply: Reply = wire.decode(line, Reply)
                        if not isinstance(reply, (Started, Waiting)):
                            return reply
                        started = started or isinstance(reply, Started)
                        is_alive, silent = True, 0.0
                    try:
                        part = connection.recv(2**20)
                    except TimeoutError:
                        # Not by the clock: a machine that slept, or stopped all of the build, has kept nobody waiting.
                        silent += _PATIENCE
                        if not is_alive and self._is_ready(server):
                            is_alive, silent = True, 0.0
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
            was_silent = isinstance(error, TimeoutError) and bool(server)
            was_ready = is_alive or self._is_ready(server)
            if was_silent:
                self._end(server)
            if not server and error.args:
                reason = str(getattr(error, "strerror", "") or "")
            raise _ServerGoneError(started, was_ready, was_silent, reason) from None

    def _patience(self, job: Job, is_alive: bool) -> float:
        """Return how many seconds a server may say nothing: while a block runs, and before it has imported Keras.

        While others run before a block, it gives a sign each second.
        """
        return min((0.0 if is_alive else LONGEST_IMPORT) + job.timeout + _GRACE, _LONGEST_SILENCE)

    def _is_ready(self, server: str) -> bool:
        """Tell whether a server had imported its framework."""
        return bool(server) and self._folder is not None and (self._folder / f"{server}.ready").exists()

    def _end(self, server: str) -> None:
        """End a server and all that it runs, and no other one."""
        from sphinx_paramdoc.execution.watch import end_marked

        end_marked(MARK, server)

    def _connect(self, backend: str | None) -> tuple[socket.socket, str]:
        """Connect to the server of a backend, and start it if there is none, once among all processes of the build.

        Gives its mark as well.

        :raises OSError: where that cannot be.
        """
        self.open()
        self._restore_folder()
        address = self._address(backend)
        with self._locked():
            connection = _connected(address)
            if connection is None:
                self._start(backend, address)
                connection = _connected(address)
            if connection is None:
                raise ConnectionRefusedError
            return connection, _mark_of(address).read_text(encoding="ascii")

    def _restore_folder(self) -> None:
        """Make the private folder anew where a block has deleted it, under the name that all processes know."""
        assert self._folder
        with contextlib.suppress(FileExistsError):
            self._folder.mkdir(mode=0o700)
        if self._folder.stat().st_uid != os.getuid():
            raise PermissionError(f"{self._folder} is somebody else's")

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Be the only one among the processes of the build."""
        import fcntl  # there is none on Windows

        assert self._folder
        latest = time.monotonic() + LONGEST_IMPORT
        with self._folder.joinpath("lock").open("w") as lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > latest:
                        raise
                    time.sleep(_SHORTLY)
            yield

    def _clear_up(self, backend: str | None) -> None:
        """End what a server left that was itself ended: processes that its blocks had started."""
        from sphinx_paramdoc.execution.watch import end_marked

        address = self._address(backend)
        with contextlib.suppress(OSError), self._locked():
            connection = _connected(address)
            if connection:
                connection.close()
            else:
                end_marked(MARK, _mark_of(address).read_text(encoding="ascii"))

    def _start(self, backend: str | None, address: Path) -> None:
        # What watches over processes is loaded where there are some: a build in which nothing changed starts none.
        from sphinx_paramdoc.execution import fresh
        from sphinx_paramdoc.execution.watch import end_marked

        address.unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError):
            end_marked(MARK, _mark_of(address).read_text(encoding="ascii"))
        mark = f"{address.parent.name}-{os.getpid()}-{time.monotonic_ns()}"
        _mark_of(address).write_text(mark, encoding="ascii")
        setup = address.with_suffix(".json")
        setup.write_bytes(wire.encode(self._setup))
        with socket.socket(socket.AF_UNIX) as listener, address.with_suffix(".log").open("wb") as log:
            listener.bind(str(address))
            listener.listen(128)
            descriptors = (listener.fileno(), self._lifeline[0])
            server = fresh.start(
                "server",
                self._setup.path,
                [str(setup), *map(str, descriptors)],
                pass_fds=descriptors,
                stdout=log,
                stderr=log,
                env={**fresh.environment(self._environment, backend), MARK: mark},
            )
        self._servers = [*(each for each in self._servers if each.poll() is None), server]

    def _address(self, backend: str | None) -> Path:
        assert self._folder
        return self._folder / f"{backend or '-'}.socket"

    def _log(self, backend: str | None) -> str:
        with contextlib.suppress(OSError):
            return self._address(backend).with_suffix(".log").read_text("utf-8", "replace")[-4000:]
        return ""


def _private_folder() -> Path:
    """Make a folder that only this user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="paramdoc-"))
    if len(str(folder)) > _LONGEST_FOLDER:  # the system knows no longer names of sockets
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="paramdoc-", dir="/tmp"))
    return folder


def _mark_of(address: Path) -> Path:
    """Return the file that names the latest server of a socket."""
    return address.with_suffix(".mark")


def _connected(address: Path) -> socket.socket | None:
    """Connect to a server; return ``None`` where none listens.

    :raises BlockingIOError: where more wait for it than the system lets wait.
    """
    latest = time.monotonic() + _GRACE
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(_GRACE)
    while True:
        try:
            connection.connect(str(address))
            return connection
        except BlockingIOError:
            if time.monotonic() > latest:
                connection.close()
                raise
            time.sleep(_SHORTLY)
        except OSError:
            connection.close()
            return None


def _wait_until_gone(address: Path) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end and (connection := _connected(address)):
        with connection:
            connection.settimeout(1)
            with contextlib.suppress(OSError):
                connection.recv(1)
