"""The command that makes records, run as people run it, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.sphinx_paramdoc.projects import NO_PROCESS, Project

EXECUTORS = """
import concurrent.futures


def pool():
    return concurrent.futures.ProcessPoolExecutor(2)


def dask():
    from distributed import LocalCluster

    cluster = LocalCluster(
        processes=True, n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    )
    return cluster.get_client().get_executor()


def one():
    return concurrent.futures.ProcessPoolExecutor(1)


def missing():
    raise ConnectionRefusedError("nobody listens")


def none():
    return object()


number = 3
"""
"""The text of a module, for the folder that the command is called in."""


class Recorded:
    """What a call of the command did and said."""

    def __init__(self, project: Project, done: subprocess.CompletedProcess[str]) -> None:
        self.status = done.returncode
        self.log = done.stdout
        self.errors = done.stderr
        self.warnings = [
            line.replace(f"{project.docs}/", "") for line in done.stderr.splitlines() if ": WARNING: " in line
        ]
        last = done.stdout.rstrip().rpartition("\n")[2]
        self.summary = last.rpartition(": ")[2] if last.startswith("records in ") else ""


def command(project: Project, *options: str, folder: str = "records") -> list[str]:
    """Give the words of a call that keeps its records in a folder of the project."""
    return [sys.executable, "-m", "sphinx_paramdoc.records", "docs", "--records", folder, *options]


def record(project: Project, *options: str, folder: str = "records", may_run: bool = True, **more: str) -> Recorded:
    """Make the records of a project, in its folder.

    :param may_run: whether any process may be started.
    :param more: variables of the environment.
    """
    project.write(**{"docs/conf.py": project.conf if may_run else project.conf + NO_PROCESS})
    done = subprocess.run(
        command(project, *options, folder=folder),
        cwd=project.folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **more},
        timeout=600,
    )
    return Recorded(project, done)


def same(project: Project, one: str, other: str) -> bool:
    """Tell whether two folders hold the same records, to the byte."""
    first, second = project.records(one), project.records(other)
    return bool(first) and first == second


def all_files(folder: Path) -> set[str]:
    """Give the files below a folder, without what Python compiles."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
