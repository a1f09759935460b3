"""The server: a process that imports the framework once, and forks a child for each block.

It never builds a model itself: forking a process that has done so can hang for ever, on the locks of threads that the
fork does not have. It answers on a socket in a folder that is its user's alone, and ends when nobody is left who holds
the other end of a pipe, which the system closes however the documentation's process ends.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import itertools
import os
import select
import selectors
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import msgspec
import psutil

from sphinx_paramdoc.execution import child, framework, wire
from sphinx_paramdoc.execution.messages import MARK, Prefetch, Reply, Run, ServerSetup, Started, Waiting, read_line
from sphinx_paramdoc.execution.request import LONGEST_IMPORT, Failure, Job, Response, later
from sphinx_paramdoc.execution.uses import Uses, own_modules
from sphinx_paramdoc.execution.watch import Desk, Watch, end
from sphinx_paramdoc.machine import linux

_TICK = 0.05
"""Seconds between two looks at the limits of the running blocks."""

_SIGN = 1.0
"""Seconds between two signs of life to those whose blocks have not begun."""

_LATER = 2.0
"""Seconds for which a process that cannot be started, as the system has no more, is tried again."""


class _Task:
    """One job, from the moment it is asked for."""

    def __init__(self, job: Job, number: int) -> None:
        self.job: Job | None = job
        self.number = number
        self.waiters: list[socket.socket] = []
        self.alone = False
        self.prefetched = False
        self.watch: Watch | None = None
        self.seconds_left = job.timeout
        self.given_up_at: float | None = None
        """When it is too late to start a process for it, where one could not be started."""
        self.abstract: Failure | None = None
        """What went wrong with abstract weights."""
        self.answer: bytes | None = None
        """Empty where it lies on disk."""


class Server:
    """Runs the blocks that it is asked for, as many at a time as there are cores, each content once."""

    is_safe = True
    """Whether the process may be forked: what the preamble imports has started no threads."""

    def __init__(self, listener: socket.socket, lifeline: int, folder: Path, setup: ServerSetup) -> None:
        """Load the framework.

        :param listener: where those who want a block run connect to.
        :param lifeline: what can be read from once the documentation's process has ended.
        :param folder: the private folder, where answers are kept.
        """
        self._listener = listener
        self._lifeline = lifeline
        self._folder = folder
        self._framework = framework.load()
        if setup.warm:
            threads = psutil.Process().num_threads()
            framework.import_installed(setup.preamble, setup.path, setup.first_party)
            self.is_safe = psutil.Process().num_threads() == threads
        self._own_modules = own_modules(setup.first_party, list(sys.modules))
        self._tasks: dict[bytes, _Task] = {}
        self._numbers = itertools.count()
        self._queue: list[_Task] = []
        self._running: dict[int, _Task] = {}
        self._slots = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._selector = selectors.DefaultSelector()
        self._next_sign = 0.0
        self._woken, self._wake = os.pipe()
        self._stopping = False
        self._is_orphan = False
        """Whether nobody else is left to clear up."""

    def serve(self) -> None:
        """Answer until nobody is left to answer."""
        self._listen_to_signals()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._lifeline, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)
        # What is there now is shared with every child for as long as nobody writes to it, the collector included.
        gc.collect()
        gc.freeze()
        while not self._stopping:
            for key, _ in self._selector.select(_TICK if self._running or self._queue else None):
                self._hear(key.fileobj)
            self._reap()
            for task in self._running.values():
                if task.watch:
                    task.watch.look()
            self._start_more()
            self._give_signs()
        for process in list(self._running):
            end(process)
        self._end_strangers()
        if self._is_orphan:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _listen_to_signals(self) -> None:
        for descriptor in (self._woken, self._wake):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, self._stop)

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _hear(self, source: object) -> None:
        if source is self._listener:
            self._accept()
        elif source == self._lifeline:
            self._stopping = self._is_orphan = True
        elif source == self._woken:
            with contextlib.suppress(BlockingIOError):
                os.read(self._woken, 4096)
        elif isinstance(source, socket.socket):
            self._forget(source)

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:  # it has gone again, or there are no more descriptors
            time.sleep(_TICK)
            return
        connection.settimeout(1)
        try:
            message = wire.decode(read_line(connection), Run | Prefetch)
        except OSError:
            connection.close()
            return
        except wire.UnreadableError as error:
            self._send(connection, Failure(message=f"the block cannot be run as it is asked for: {error}"))
            connection.close()
            return
        connection.settimeout(10)
        if isinstance(message, Prefetch):
            connection.close()
            for job in message.jobs:
                self._task(job).prefetched = True
            return
        task = self._task(message.job)
        if task.answer == b"" and not self._answer_file(task).exists():  # a block has deleted it
            del self._tasks[self._key(message.job)]
            task = self._task(message.job)
        task.alone = task.alone or message.alone
        task.waiters.append(connection)
        if task.answer is not None:
            self._tell(task)
            return
        self._selector.register(connection, selectors.EVENT_READ)
        if task.watch:
            self._send(connection, Started())

    def _task(self, job: Job) -> _Task:
        key = self._key(job)
        if key not in self._tasks:
            self._tasks[key] = _Task(job, next(self._numbers))
            self._queue.append(self._tasks[key])
        return self._tasks[key]

    def _key(self, job: Job) -> bytes:
        return hashlib.sha256(wire.encode(job)).digest()

    def _forget(self, connection: socket.socket) -> None:
        """Nobody waits at the other end any more: what only they wanted ends."""
        self._selector.unregister(connection)
        connection.close()
        for key, task in list(self._tasks.items()):
            if connection in task.waiters:
                task.waiters.remove(connection)
                if not task.waiters and not task.prefetched:
                    del self._tasks[key]
                    if task in self._queue:
                        self._queue.remove(task)
                    elif task.watch:
                        end(task.watch.process)

    def _start_more(self) -> None:
        """Start what can be started, first what somebody waits for."""
        self._queue.sort(key=lambda task: not task.waiters)
        while self._queue and len(self._running) < self._slots:
            if self._running and (self._queue[0].alone or any(task.alone for task in self._running.values())):
                return
            if not self._start(self._queue[0]):
                return

    def _give_signs(self) -> None:
        """Let those know that this process lives whose blocks must wait for others."""
        if self._queue and time.monotonic() > self._next_sign:
            self._next_sign = time.monotonic() + _SIGN
            for task in self._queue:
                for connection in task.waiters:
                    self._send(connection, Waiting())

    def _start(self, task: _Task) -> bool:
        """Start the first of those that wait; tell whether that, or giving it up, was possible."""
        assert task.job
        self._folder.mkdir(mode=0o700, exist_ok=True)  # a block may have deleted it
        desk = Desk(self._folder / f"{os.getpid()}-{task.number}")
        server = os.getpid()
        if task.given_up_at is None:
            # Before it begins: the block may stop this process.
            for connection in task.waiters:
                self._send(connection, Started())
        try:
            process = os.fork()
        except OSError as error:
            return self._put_off(task, error)
        self._queue.remove(task)
        if process == 0:
            try:
                self._become_child(server)
                child.run(task.job, desk, self._framework, Uses(task.job.first_party, self._own_modules))
            finally:
                os._exit(os.EX_SOFTWARE)
        task.watch = Watch(process, task.job, desk, task.seconds_left)
        self._running[process] = task
        return True

    def _put_off(self, task: _Task, error: OSError) -> bool:
        """Let a block wait until another ends, or for a little while; then give it up, which is told by the result."""
        if task.given_up_at is None or self._running:
            task.given_up_at = time.monotonic() + _LATER
        if time.monotonic() < task.given_up_at:
            return False
        self._queue.remove(task)
        message = f"no process could be started for the block: {error.strerror}"
        self._answer(task, Failure(message=message, depends_on_weights=False))
        return True

    def _become_child(self, server: int) -> None:
        os.setsid()
        linux.end_with_parent()
        if os.getppid() != server:
            os._exit(os.EX_SOFTWARE)
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        self._selector.close()
        self._listener.close()
        for descriptor in (self._lifeline, self._woken, self._wake):
            os.close(descriptor)
        for task in self._tasks.values():
            for connection in task.waiters:
                connection.close()

    def _reap(self) -> None:
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if process == 0:
                break
            task = self._running.pop(process, None)
            if task:
                self._finish(task, os.waitstatus_to_exitcode(status))
        if not self._running:
            self._end_strangers()

    def _finish(self, task: _Task, status: int) -> None:
        assert task.watch
        assert task.job
        task.seconds_left = task.watch.seconds_left
        response = task.watch.response(status)
        task.watch = None
        if (
            isinstance(response, Failure)
            and response.depends_on_weights
            and task.job.request.weights == "abstract"
            and (task.waiters or task.prefetched)
        ):
            request = msgspec.structs.replace(task.job.request, weights="real")
            task.job = msgspec.structs.replace(task.job, request=request)
            task.abstract = response
            self._queue.insert(0, task)
            return
        if task.abstract and isinstance(response, Failure):
            response = later(task.abstract, response)
        self._answer(task, response)

    def _answer(self, task: _Task, response: Response) -> None:
        answer = wire.encode(response) + b"\n"
        # On disk: what is kept here makes every later fork dearer.
        with contextlib.suppress(OSError):  # a full disk: the answer stays in memory
            self._answer_file(task).write_bytes(answer)
            answer = b""
        task.answer = answer
        task.job = None
        for connection in task.waiters:
            self._selector.unregister(connection)
        self._tell(task)

    def _answer_file(self, task: _Task) -> Path:
        return self._folder / f"{os.getpid()}-{task.number}.final"

    def _tell(self, task: _Task) -> None:
        try:
            data = task.answer or self._answer_file(task).read_bytes()
        except OSError as error:
            message = f"the answer of the block is gone: {error.strerror}"
            data = wire.encode(Failure(message=message, depends_on_weights=False)) + b"\n"
        for connection in task.waiters:
            with contextlib.suppress(OSError):
                connection.sendall(data)
            connection.close()
        task.waiters.clear()

    def _send(self, connection: socket.socket, message: Reply) -> None:
        with contextlib.suppress(OSError):
            connection.sendall(wire.encode(message) + b"\n")

    def _end_strangers(self) -> None:
        """End the processes that blocks set free, which the system hands to this one."""
        with contextlib.suppress(OSError):
            children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
            for process in children.split():
                if int(process) not in self._running:
                    end(int(process))


def main() -> NoReturn:
    """Serve: ``sys.argv`` names the setting's file, the descriptors of the socket and of the lifeline."""
    setup_file = Path(sys.argv[1])
    setup = wire.decode(setup_file.read_bytes(), ServerSetup)
    listener, lifeline = (int(text) for text in sys.argv[2:4])
    linux.adopt_orphans()

    def start_again() -> NoReturn:
        setup_file.write_bytes(wire.encode(msgspec.structs.replace(setup, warm=False)))
        os.execv(sys.executable, sys.orig_argv)

    with _watched(lifeline, setup_file.parent, start_again if setup.warm else None):
        server = Server(socket.socket(fileno=listener), lifeline, setup_file.parent, setup)
    if not server.is_safe:
        start_again()
    setup_file.with_name(f"{os.environ[MARK]}.ready").touch()
    server.serve()
    os._exit(0)


@contextlib.contextmanager
def _watched(lifeline: int, folder: Path, give_up: Callable[[], NoReturn] | None) -> Iterator[None]:
    """Watch over an import, which this process cannot interrupt by itself.

    :param give_up: what to do about one that does not end; where there is nothing to be done, the process ends.
    """
    done, tell = os.pipe()

    def watch() -> None:
        ready, _, _ = select.select([lifeline, done], [], [], LONGEST_IMPORT)
        if done in ready:
            return
        if lifeline in ready:
            shutil.rmtree(folder, ignore_errors=True)
        elif give_up:
            give_up()
        os._exit(os.EX_SOFTWARE)

    # A thread that has ended before the first fork does no harm to it.
    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        os.write(tell, b".")
        thread.join()
        os.close(done)
        os.close(tell)
