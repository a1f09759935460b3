"""What a server has to do: the blocks of the builds that it runs them for."""

from __future__ import annotations

import hashlib
import itertools
import socket

from sphinx_paramdoc.execution import wire
from sphinx_paramdoc.execution.messages import Visit
from sphinx_paramdoc.execution.request import Failure, Job
from sphinx_paramdoc.execution.watch import Watch


class Task:
    """One job, from the moment it is asked for."""

    def __init__(self, job: Job, number: int, build: Build) -> None:
        self.job: Job | None = job
        self.number = number
        self.build = build
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

    @property
    def is_wanted(self) -> bool:
        """Whether somebody waits for it, or soon will."""
        return bool(self.waiters) or self.prefetched


class Build:
    """One build, and the tasks that it asks for: each content once."""

    def __init__(self, lifeline: int, visit: Visit | None, own_modules: dict[str, str]) -> None:
        """Begin without a task.

        :param lifeline: what can be read from once the build has ended.
        :param visit: what it brings, where the server was not started for it alone.
        :param own_modules: its first-party modules that are imported already, with their files.
        """
        self.lifeline = lifeline
        self.visit = visit
        self.own_modules = own_modules
        self._tasks: dict[bytes, Task] = {}

    def task(self, job: Job, numbers: itertools.count[int]) -> tuple[Task, bool]:
        """Return the task of a job, and whether it is a new one."""
        key = _key(job)
        is_new = key not in self._tasks
        if is_new:
            self._tasks[key] = Task(job, next(numbers), self)
        return self._tasks[key], is_new

    def tasks(self) -> list[Task]:
        """Return all."""
        return list(self._tasks.values())

    def forget(self, task: Task) -> None:
        """Let a task be none of its tasks."""
        self._tasks = {key: each for key, each in self._tasks.items() if each is not task}


def _key(job: Job) -> bytes:
    return hashlib.sha256(wire.encode(job)).digest()
