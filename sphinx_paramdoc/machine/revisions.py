"""A commit of a repository as files, for as long as they are needed: in a folder of their own, which always goes away.

The user's tree and index are never touched: git writes the commit into a temporary folder, and runs no hook.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_QUIET = (
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.fsmonitor=false"),  # which else starts a process that watches the folder
    *("-c", "advice.detachedHead=false"),
)

_LOCAL = {
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_WORK_TREE",
}
"""The variables that a hook runs with, which say what git is to work on: the user's index and folder. The others say
how, such as by which configuration, and hold here as well."""

_SIGNALS = [found for name in ("SIGINT", "SIGTERM", "SIGHUP") if (found := getattr(signal, name, None)) is not None]
"""Those that may come while a folder is taken away."""


class RevisionError(Exception):
    """There is no such commit, or no way to its files; the message says why."""


class Revision(NamedTuple):
    """The files of a commit."""

    top: Path
    """The folder of the repository."""
    tree: Path
    """The folder of the commit's files."""

    def there(self, path: str) -> str:
        """Return where a path of the repository lies among the commit's files; one of elsewhere stays."""
        try:
            return str(self.tree / Path(path).resolve().relative_to(self.top))
        except ValueError:
            return path

    def imported(self, folder: str) -> str:
        """Return from where is imported what this process imports from a folder.

        An environment may lie among the user's files, as ``.venv`` does: no commit has it, and it is that of today.
        """
        found = self.there(folder)
        return folder if not Path(found).exists() and self._is_no_source(folder) else found

    def _is_no_source(self, folder: str) -> bool:
        """Tell whether a folder is part of an environment, or one that git is told to ignore."""
        environments = (Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix))
        if any(Path(folder).resolve().is_relative_to(each) for each in environments):
            return True
        try:
            return bool(_git(str(self.top), "check-ignore", "--", folder))
        except RevisionError:
            return False


@contextlib.contextmanager
def checked_out(revision: str, folder: str) -> Iterator[Revision]:
    """Give the files of a commit of the repository that a folder is in.

    :raises RevisionError: where there is no repository, no such commit, or no git.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel")).resolve()
    try:
        commit = _git(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    except RevisionError:
        raise RevisionError(f"the repository has no commit {revision!r}") from None
    place = Path(tempfile.mkdtemp(prefix="paramsummary-")).resolve()
    try:
        _git(folder, *_QUIET, "worktree", "add", "--detach", "--force", "--quiet", str(place / "tree"), commit)
        yield Revision(top, place / "tree")
    finally:
        with _undisturbed():
            shutil.rmtree(place, ignore_errors=True)
            # What git knows of it, and of nothing else: to prune would forget other worktrees as well whose folders
            # cannot be seen, such as those of a disk that is not mounted.
            with contextlib.suppress(RevisionError):
                _git(folder, *_QUIET, "worktree", "remove", "--force", "--force", str(place / "tree"))


def _git(folder: str, *arguments: str) -> str:
    variables = {name: value for name, value in os.environ.items() if name not in _LOCAL}
    try:
        done = subprocess.run(
            ["git", "-C", folder, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={**variables, "LC_ALL": "C"},
            check=False,
        )
    except OSError as error:
        raise RevisionError(f"git cannot be run ({error.strerror})") from None
    if done.returncode:
        _, _, fatal = done.stderr.rpartition("fatal: ")  # and what git says of the way out
        raise RevisionError(" ".join(fatal.split()) or f"git {arguments[0]} ends with {done.returncode}")
    return done.stdout.strip()


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let no signal come between: one that asks this process to end has been heard, or waits."""
    heard = {}
    with contextlib.suppress(ValueError):  # signals are for the main thread alone
        heard = {each: signal.signal(each, signal.SIG_IGN) for each in _SIGNALS}
    try:
        yield
    finally:
        for each, handler in heard.items():
            signal.signal(each, handler)
