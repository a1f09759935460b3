"""The server: a process that imports the framework once, and forks a child for each block.

It never builds a model itself: forking a process that has done so can hang for ever, on the locks of threads that the
fork does not have. It answers on a socket in a folder that is its user's alone, and ends when nobody is left who holds
the other end of a pipe, which the system closes however the documentation's process ends. One that is kept serves
several builds, each with such a pipe of its own, and ends when it has been without work for a while.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import os
import select
import selectors
import shutil
import signal
import socket
import sys
import time
from pathlib import Path
from typing import NoReturn

import msgspec
import psutil

from sphinx_paramdoc.execution import framework, importing, wire
from sphinx_paramdoc.execution.keeping import Keeping
from sphinx_paramdoc.execution.messages import (
    MARK,
    About,
    Message,
    Prefetch,
    Refused,
    Reply,
    Run,
    ServerSetup,
    Started,
    Stop,
    Tell,
    Visit,
    read_line,
)
from sphinx_paramdoc.execution.request import Failure, Job
from sphinx_paramdoc.execution.runner import Runner, send
from sphinx_paramdoc.execution.tasks import Build, Task
from sphinx_paramdoc.execution.uses import file_of, own_modules
from sphinx_paramdoc.execution.visit import shadowed
from sphinx_paramdoc.inspection import DEFAULT
from sphinx_paramdoc.machine import linux
from sphinx_paramdoc.machine.installed import FRAMEWORKS

_TICK = 0.05
"""Seconds between two looks at the limits of the running blocks."""


class Server:
    """Runs the blocks that it is asked for, as many at a time as there are cores, each content once."""

    is_safe = True
    """Whether the process may be forked: what the preamble imports has started no threads."""

    def __init__(
        self, listener: socket.socket, lifeline: int | None, folder: Path, setup: ServerSetup, since: float
    ) -> None:
        """Load the framework.

        :param listener: where those who want a block run connect to.
        :param lifeline: what can be read from once the build has ended that the server ends with, if there is one.
        :param folder: the private folder, where answers are kept.
        :param since: when this process was started, in seconds since 1970.
        """
        self._listener = listener
        self._folder = folder
        self._setup = setup
        self._since = since
        with framework.kept():
            self._framework = framework.load()
            threads = psutil.Process().num_threads()
            if setup.warm:
                framework.import_installed(setup.preamble, setup.path, setup.first_party)
        if setup.warm:
            framework.warm(setup.first_party, [file for name in FRAMEWORKS if (file := file_of(name))])
            self.is_safe = psutil.Process().num_threads() == threads
        self._keeping = Keeping(folder, os.environ[MARK], setup.keep, self._since) if lifeline is None else None
        self._builds: dict[str, Build] = {}
        if lifeline is not None:
            self._builds[""] = Build(lifeline, None, own_modules(setup.first_party, list(sys.modules)))
        self._numbers = itertools.count()
        self._selector = selectors.DefaultSelector()
        self._runner = Runner(self._framework, folder, self._let_go, self._selector.unregister, setup.slots)
        self._woken, self._wake = os.pipe()
        self._stopping = False
        self._is_orphan = False
        """Whether nobody else is left to clear up."""

    def serve(self) -> None:
        """Answer until nobody is left to answer."""
        self._listen_to_signals()
        self._selector.register(self._listener, selectors.EVENT_READ)
        for build in self._builds.values():
            self._selector.register(build.lifeline, selectors.EVENT_READ, build)
        self._selector.register(self._woken, selectors.EVENT_READ)
        # What is there now is shared with every child for as long as nobody writes to it, the collector included.
        gc.collect()
        gc.freeze()
        while not self._stopping:
            for key, _ in self._selector.select(self._longest_wait()):
                self._hear(key.fileobj, key.data)
            self._runner.look()
            if self._keeping and not self._stopping:
                self._keep(self._keeping)
        if self._keeping:  # whoever comes now is to start another
            self._keeping.remove()
        self._listener.close()
        self._runner.end()
        if self._is_orphan:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _longest_wait(self) -> float | None:
        if self._runner.is_busy:
            return _TICK
        return self._keeping.wait() if self._keeping else None

    def _keep(self, keeping: Keeping) -> None:
        """Stay, or not."""
        if self._runner.is_busy or self._builds:
            keeping.work()
        if keeping.is_displaced() or (keeping.idle >= keeping.seconds and keeping.leave(self._is_called)):
            self._stopping = True

    def _is_called(self) -> bool:
        return bool(select.select([self._listener], [], [], 0)[0])

    def _listen_to_signals(self) -> None:
        for descriptor in (self._woken, self._wake):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, self._stop)

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _hear(self, source: object, data: object) -> None:
        if source is self._listener:
            self._accept()
        elif isinstance(data, Build):
            self._end_build(data)
        elif source == self._woken:
            with contextlib.suppress(BlockingIOError):
                os.read(self._woken, 4096)
        elif isinstance(source, socket.socket) and source.fileno() >= 0:
            self._forget(source)

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:  # it has gone again, or there are no more descriptors
            time.sleep(_TICK)
            return
        connection.settimeout(1)
        descriptors: list[int] = []
        try:
            line, descriptors = read_line(connection)
            message = wire.decode(line, Message)
        except OSError:
            connection.close()
            return
        except wire.UnreadableError as error:
            _say(connection, Failure(message=f"the block cannot be run as it is asked for: {error}"))
            return
        finally:
            lifeline = descriptors.pop() if descriptors else None
        connection.settimeout(10)
        if isinstance(message, Tell):
            _say(connection, self._about())
        elif isinstance(message, Stop):
            self._stopping = True
            connection.close()
        else:
            build = self._build(message.visit, lifeline)
            if isinstance(build, Build):
                self._serve(build, message, connection)
                return
            if build:
                _say(connection, build)
            else:  # it ends before it answers, and whoever asked starts another
                self._stopping = True
                if self._keeping:
                    self._keeping.remove()
                self._listener.close()
                connection.close()
        if lifeline is not None:
            os.close(lifeline)

    def _build(self, visit: Visit | None, lifeline: int | None) -> Build | Refused | None:
        """Return the build that asks; ``None`` where this process is no longer what it should be."""
        build = self._builds.get(visit.build if visit else "")
        own = build.own_modules if build else own_modules(visit.first_party, list(sys.modules)) if visit else {}
        if self._keeping and self._keeping.outdated(own.values()):
            return None
        if build is None and visit is not None and lifeline is not None and self._keeping:
            if file := shadowed(visit.path, list(sys.modules)):
                return Refused(f"{file} stands before a module that it has imported")
            visit.first_party.prepare()
            build = self._builds[visit.build] = Build(lifeline, visit, own)
            self._keeping.seconds = visit.keep
            self._selector.register(lifeline, selectors.EVENT_READ, build)
        elif lifeline is not None:
            os.close(lifeline)
        return build

    def _serve(self, build: Build, message: Run | Prefetch, connection: socket.socket) -> None:
        if isinstance(message, Prefetch):
            connection.close()
            for job in message.jobs:
                self._task(build, job).prefetched = True
            return
        task = self._task(build, message.job)
        if task.answer == b"" and not self._runner.answer_file(task).exists():  # a block has deleted it
            build.forget(task)
            task = self._task(build, message.job)
        task.alone = task.alone or message.alone
        task.waiters.append(connection)
        if task.answer is not None:
            self._runner.tell(task)
            return
        self._selector.register(connection, selectors.EVENT_READ, task)
        if task.watch:
            send(connection, Started())

    def _task(self, build: Build, job: Job) -> Task:
        task, is_new = build.task(job, self._numbers)
        if is_new:
            self._runner.queue.append(task)
        return task

    def _about(self) -> About:
        return About(
            process=os.getpid(),
            interpreter=sys.executable,
            preamble=self._setup.preamble,
            backend=os.environ.get(DEFAULT.backend_variable, ""),
            since=self._since,
            keep=self._keeping.seconds if self._keeping else 0,
            idle=self._keeping.idle if self._keeping else 0,
            builds=len(self._builds),
            running=len(self._runner.running),
            ran=self._runner.ran,
            memory=psutil.Process().memory_info().rss,
        )

    def _end_build(self, build: Build) -> None:
        """End what a build has asked for: it has ended itself."""
        self._selector.unregister(build.lifeline)
        os.close(build.lifeline)
        self._builds = {name: each for name, each in self._builds.items() if each is not build}
        if not self._keeping:
            self._stopping = self._is_orphan = True
            return
        for task in build.tasks():
            for connection in task.waiters:
                self._selector.unregister(connection)
                connection.close()
            task.waiters.clear()
            task.prefetched = False
            self._runner.drop(task)
            if task.answer is not None:
                self._runner.answer_file(task).unlink(missing_ok=True)

    def _forget(self, connection: socket.socket) -> None:
        """Nobody waits at the other end any more: what only they wanted ends."""
        task = self._selector.unregister(connection).data
        connection.close()
        task.waiters.remove(connection)
        if not task.is_wanted:
            task.build.forget(task)
            self._runner.drop(task)

    def _let_go(self) -> None:
        """Let go, in the process of a block, what is this one's."""
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        self._selector.close()
        self._listener.close()
        for descriptor in (self._woken, self._wake):
            os.close(descriptor)
        for build in self._builds.values():
            os.close(build.lifeline)
            for task in build.tasks():
                for connection in task.waiters:
                    connection.close()


def _say(connection: socket.socket, message: Reply) -> None:
    """Say the one thing that there is to say."""
    send(connection, message)
    connection.close()


def main() -> NoReturn:
    """Serve: ``sys.argv`` names the setting's file, the descriptor of the socket, and that of the lifeline if any."""
    setup_file = Path(sys.argv[1])
    setup = wire.decode(setup_file.read_bytes(), ServerSetup)
    listener, lifeline = int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else None
    if lifeline is None and os.fork():
        os._exit(0)  # what is left is no child of the build
    linux.adopt_orphans()

    def start_again() -> NoReturn:
        setup_file.write_bytes(wire.encode(msgspec.structs.replace(setup, warm=False)))
        os.execv(sys.executable, sys.orig_argv)

    with importing.watched(lifeline, setup_file.parent, start_again if setup.warm else None):
        server = Server(socket.socket(fileno=listener), lifeline, setup_file.parent, setup, setup_file.stat().st_mtime)
    if not server.is_safe:
        start_again()
    setup_file.with_name(f"{os.environ[MARK]}.ready").touch()
    server.serve()
    os._exit(0)
