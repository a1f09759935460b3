"""Runs blocks, each in a fork of this process, as many at a time as there are cores, or as are asked for."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from sphinx_paramdoc.execution import child, wire
from sphinx_paramdoc.execution.kept import KEPT
from sphinx_paramdoc.execution.messages import MARK, Reply, Started, Waiting
from sphinx_paramdoc.execution.request import Failure, Response, later
from sphinx_paramdoc.execution.tasks import Task
from sphinx_paramdoc.execution.uses import Uses
from sphinx_paramdoc.execution.visit import enter
from sphinx_paramdoc.execution.watch import Desk, Watch, end
from sphinx_paramdoc.inspection import Inspection
from sphinx_paramdoc.machine import linux

_SIGN = 1.0
"""Seconds between two signs of life to those whose blocks have not begun."""

_LATER = 2.0
"""Seconds for which a process that cannot be started, as the system has no more, is tried again."""


def send(connection: socket.socket, message: Reply) -> None:
    """Say something to somebody who may have gone."""
    with contextlib.suppress(OSError):
        connection.sendall(wire.encode(message) + b"\n")


_MANY = 24
"""Where so many blocks have run or wait, the time that it takes to make forks cheaper is well spent."""


class Runner:
    """The blocks that wait and those that run, whichever builds they are of."""

    def __init__(
        self,
        framework: Inspection | Failure,
        folder: Path,
        let_go: Callable[[], None],
        forget: Callable[[socket.socket], object],
        slots: int | None = None,
    ) -> None:
        """Run nothing yet.

        :param folder: where answers are kept.
        :param let_go: called in a fork: it lets go what is of no concern to a block.
        :param forget: called with a connection at whose end nobody waits any more.
        :param slots: how many blocks run at a time; ``None``: as many as there are cores.
        """
        self._framework = framework
        self._folder = folder
        self._let_go = let_go
        self._forget = forget
        self.queue: list[Task] = []
        self.running: dict[int, Task] = {}
        self.ran = 0
        """How many processes of blocks have ended."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._slots = slots or cores
        self._next_sign = 0.0
        self._is_gathered = False

    @property
    def is_busy(self) -> bool:
        """Whether a block runs, or waits."""
        return bool(self.running or self.queue)

    def look(self) -> None:
        """Hold the running blocks to their limits, and start others where one has ended."""
        self._reap()
        for task in self.running.values():
            if task.watch:
                task.watch.look()
        self._start_more()
        self._give_signs()

    def end(self) -> None:
        """End all that runs."""
        for process in list(self.running):
            end(process)
        self._end_strangers()

    def drop(self, task: Task) -> None:
        """End a task that nobody wants."""
        if task in self.queue:
            self.queue.remove(task)
        elif task.watch:
            end(task.watch.process)

    def _start_more(self) -> None:
        """Start what can be started, first what somebody waits for."""
        self.queue.sort(key=lambda task: not task.waiters)
        if self.ran + len(self.queue) >= _MANY and not self._is_gathered and not self.running:
            self._is_gathered = True
            linux.gather_memory()
        while self.queue and len(self.running) < self._slots:
            if self.running and (self.queue[0].alone or any(task.alone for task in self.running.values())):
                return
            if not self._start(self.queue[0]):
                return

    def _give_signs(self) -> None:
        """Let those know that this process lives whose blocks must wait for others."""
        if self.queue and time.monotonic() > self._next_sign:
            self._next_sign = time.monotonic() + _SIGN
            for task in self.queue:
                for connection in task.waiters:
                    send(connection, Waiting())

    def _start(self, task: Task) -> bool:
        """Start the first of those that wait; tell whether that, or giving it up, was possible."""
        assert task.job
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # a block may have deleted it
        desk = Desk(self._folder / f"{os.getpid()}-{task.number}")
        server = os.getpid()
        if task.given_up_at is None:
            # Before it begins: the block may stop this process.
            for connection in task.waiters:
                send(connection, Started())
        try:
            process = os.fork()
        except OSError as error:
            return self._put_off(task, error)
        self.queue.remove(task)
        if process == 0:
            try:
                os.setsid()
                linux.end_with_parent()
                if os.getppid() != server:
                    os._exit(os.EX_SOFTWARE)
                self._let_go()
                if task.build.visit:
                    enter(task.build.visit, {name: os.environ[name] for name in (MARK, KEPT)})
                child.run(task.job, desk, self._framework, Uses(task.job.first_party, task.build.own_modules))
            finally:
                os._exit(os.EX_SOFTWARE)
        task.watch = Watch(process, task.job, desk, task.seconds_left)
        self.running[process] = task
        return True

    def _put_off(self, task: Task, error: OSError) -> bool:
        """Let a block wait until another ends, or for a little while; then give it up, which is told by the result."""
        if task.given_up_at is None or self.running:
            task.given_up_at = time.monotonic() + _LATER
        if time.monotonic() < task.given_up_at:
            return False
        self.queue.remove(task)
        message = f"no process could be started for the block: {error.strerror}"
        self._answer(task, Failure(message=message, depends_on_weights=False))
        return True

    def _reap(self) -> None:
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if process == 0:
                break
            task = self.running.pop(process, None)
            if task:
                self._finish(task, os.waitstatus_to_exitcode(status))
        if not self.running:
            self._end_strangers()

    def _finish(self, task: Task, status: int) -> None:
        assert task.watch
        assert task.job
        task.seconds_left = task.watch.seconds_left
        response = task.watch.response(status)
        task.watch = None
        self.ran += 1
        if not task.is_wanted:
            return
        request = task.job.request
        may_be_real = request.weights == "abstract" and not request.vary
        if isinstance(response, Failure) and response.depends_on_weights and may_be_real:
            request = msgspec.structs.replace(request, weights="real")
            task.job = msgspec.structs.replace(task.job, request=request)
            task.abstract = response
            self.queue.insert(0, task)
            return
        if task.abstract and isinstance(response, Failure):
            response = later(task.abstract, response)
        self._answer(task, response)

    def _answer(self, task: Task, response: Response) -> None:
        answer = wire.encode(response) + b"\n"
        # On disk: what is kept here makes every later fork dearer.
        with contextlib.suppress(OSError):  # a full disk: the answer stays in memory
            self.answer_file(task).write_bytes(answer)
            answer = b""
        task.answer = answer
        task.job = None
        for connection in task.waiters:
            self._forget(connection)
        self.tell(task)

    def answer_file(self, task: Task) -> Path:
        return self._folder / f"{os.getpid()}-{task.number}.final"

    def tell(self, task: Task) -> None:
        try:
            data = task.answer or self.answer_file(task).read_bytes()
        except OSError as error:
            message = f"the answer of the block is gone: {error.strerror}"
            data = wire.encode(Failure(message=message, depends_on_weights=False)) + b"\n"
        for connection in task.waiters:
            with contextlib.suppress(OSError):
                connection.sendall(data)
            connection.close()
        task.waiters.clear()

    def _end_strangers(self) -> None:
        """End the processes that blocks set free, which the system hands to this one."""
        with contextlib.suppress(OSError):
            children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
            for process in children.split():
                if int(process) not in self.running:
                    end(int(process))
