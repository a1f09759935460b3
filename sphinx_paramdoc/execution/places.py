"""Where a server listens: a folder of its user alone, with a socket, a lock, and the name of the latest server."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from sphinx_paramdoc.execution import kept, wire
from sphinx_paramdoc.execution.messages import MARK, ServerSetup
from sphinx_paramdoc.execution.request import LONGEST_IMPORT

GRACE = 20.0
"""Seconds by which an answer may be late, as on a machine that has too much to do."""

SHORTLY = 0.02
"""Seconds between two tries of what another process keeps busy for a moment."""


class Place(msgspec.Struct, frozen=True):
    """Where the server of one backend listens, whichever process starts it."""

    address: Path
    """The socket."""
    is_kept: bool = False
    """Whether the server outlives builds."""

    @property
    def mark(self) -> str:
        """The name of the latest server that was started here.

        :raises OSError: where there was none.
        """
        return self._mark.read_text(encoding="ascii")

    @property
    def has_mark(self) -> bool:
        """Whether it is known which server is the latest."""
        return self._mark.exists()

    @property
    def _mark(self) -> Path:
        return self.address.with_suffix(".mark")

    def is_ready(self, mark: str) -> bool:
        """Tell whether a server has imported its framework."""
        return bool(mark) and (self.address.parent / f"{mark}.ready").exists()

    @property
    def log(self) -> str:
        """The end of what the latest server has written."""
        with contextlib.suppress(OSError):
            return self.address.with_suffix(".log").read_text("utf-8", "replace")[-4000:]
        return ""

    def restore(self) -> None:
        """Make the folder anew where a block has deleted it, under the name that all processes know.

        :raises OSError: where it cannot be made, or is somebody else's.
        """
        folder = self.address.parent
        if self.is_kept:
            kept.make(folder)
            return
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        if folder.stat().st_uid != os.getuid():
            raise PermissionError(f"{folder} is somebody else's")

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only one among all processes that looks for a server here.

        :raises OSError: where the folder is not to be had, or the lock for too long.
        """
        import fcntl  # there is none on Windows

        latest = time.monotonic() + LONGEST_IMPORT
        file = self.address.with_name(kept.LOCK)
        while True:
            self.restore()
            with contextlib.suppress(FileNotFoundError), file.open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    if time.monotonic() > latest:
                        raise
                    time.sleep(SHORTLY)
                    continue
                # A server that has ended in the meantime has taken the folder with it.
                if file.exists() and os.path.samestat(file.stat(), os.fstat(lock.fileno())):
                    yield
                    return

    def connect(self) -> socket.socket | None:
        """Connect to the server; return ``None`` where none listens.

        :raises BlockingIOError: where more wait for it than the system lets wait.
        """
        latest = time.monotonic() + GRACE
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(GRACE)
        while True:
            try:
                connection.connect(str(self.address))
                return connection
            except BlockingIOError:
                if time.monotonic() > latest:
                    connection.close()
                    raise
                time.sleep(SHORTLY)
            except OSError:
                connection.close()
                return None

    def wait_until_gone(self) -> None:
        """Wait until the server that listens has ended."""
        end = time.monotonic() + 10
        while time.monotonic() < end and (connection := self.connect()):
            with connection:
                connection.settimeout(1)
                with contextlib.suppress(OSError):
                    connection.recv(1)

    def end(self) -> None:
        """End what the latest server has started, and it as well."""
        # What watches over processes is loaded where there are some: a build in which nothing changed starts none.
        from sphinx_paramdoc.execution.watch import end_marked

        with contextlib.suppress(FileNotFoundError):
            end_marked(MARK, self.mark)

    def start(
        self, setup: ServerSetup, environment: Mapping[str, str], lifeline: int | None
    ) -> subprocess.Popen[bytes]:
        """Start a server, while the place is locked; whatever an earlier one left here goes.

        :param environment: all its variables.
        :param lifeline: what can be read from once the build has ended that it ends with, if there is one.
        """
        from sphinx_paramdoc.execution import fresh
        from sphinx_paramdoc.execution.watch import end_marked

        folder = self.address.parent
        self.end()
        if self.is_kept:
            end_marked(kept.KEPT, str(folder))  # also where somebody has deleted its mark
            _clear(folder)
            environment = {**environment, kept.KEPT: str(folder)}
        self.address.unlink(missing_ok=True)
        mark = f"{folder.name}-{os.getpid()}-{time.monotonic_ns()}"
        self._mark.write_text(mark, encoding="ascii")
        file = self.address.with_suffix(".json")
        file.write_bytes(wire.encode(setup if self.is_kept else msgspec.structs.replace(setup, keep=0)))
        with socket.socket(socket.AF_UNIX) as listener, self.address.with_suffix(".log").open("wb") as log:
            listener.bind(str(self.address))
            listener.listen(128)
            descriptors = (listener.fileno(), *(() if lifeline is None else (lifeline,)))
            return fresh.start(
                "server",
                None if self.is_kept else setup.path,
                [str(file), *map(str, descriptors)],
                pass_fds=descriptors,
                stdout=log,
                stderr=log,
                env={**environment, MARK: mark},
                cwd="/" if self.is_kept else None,  # a server that is kept is to keep no folder busy
            )


def _clear(folder: Path) -> None:
    """Remove what a server left that was killed, here and in the folders of others."""
    for file in folder.iterdir():
        if file.name != kept.LOCK:
            file.unlink(missing_ok=True)
    for other in kept.folders():
        if other != folder:
            clear_up(other)


def clear_up(folder: Path) -> None:
    """Remove the folder of a kept server that was killed."""
    import fcntl

    place = Place(kept.address(folder), is_kept=True)
    with contextlib.suppress(OSError), folder.joinpath(kept.LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if connection := place.connect():
            connection.close()
        else:
            place.end()
            shutil.rmtree(folder, ignore_errors=True)
