"""A commit of a repository as files, for as long as they are needed: in a folder of their own, which always goes away.

The user's tree and index are never touched: git writes the commit into a temporary folder, and runs no hook.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_QUIET = ("-c", f"core.hooksPath={os.devnull}", "-c", "advice.detachedHead=false")

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
            with contextlib.suppress(RevisionError):
                _git(folder, *_QUIET, "worktree", "remove", "--force", "--force", str(place / "tree"))
            shutil.rmtree(place, ignore_errors=True)
            with contextlib.suppress(RevisionError):  # where it was begun, and not made
                _git(folder, "worktree", "prune")


def _git(folder: str, *arguments: str) -> str:
    # A hook runs with variables that say which index and which folder git is to use: those of the user.
    variables = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
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
        lines = [line.removeprefix("fatal: ") for line in done.stderr.strip().splitlines()]
        raise RevisionError(lines[-1] if lines else f"git {arguments[0]} ends with {done.returncode}")
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
