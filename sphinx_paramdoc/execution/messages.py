"""What passes between the documentation's process and the server: JSON, one message a line."""

from __future__ import annotations

import os
import socket
from typing import TypeAlias

import msgspec

from sphinx_paramdoc.execution.request import Failure, Job, Success
from sphinx_paramdoc.machine.first_party import FirstParty

MARK = "PARAMDOC_SERVER"
"""The variable by which the processes are known that a server and its blocks have started."""


class ServerSetup(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a server needs to know before the first block."""

    preamble: str
    path: list[str]
    """Where Python imports from."""
    first_party: FirstParty
    warm: bool = True
    """Whether what the preamble imports of installed packages is imported once, by the server."""
    keep: float = 0
    """Seconds without work after which a server ends that outlives builds; 0: it ends with the one that started it."""
    slots: int | None = None
    """How many blocks run at a time; ``None``: as many as there are cores."""


class Visit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a build brings to a server that was not started for it alone, and its blocks are to find.

    With it, over the socket, comes the end of a pipe from which something can be read once the build has ended.
    """

    build: str
    """A name that no other build has."""
    keep: float
    """Seconds without work after which the server is to end."""
    path: list[str]
    """Where the build imports from."""
    first_party: FirstParty
    environment: dict[str, str]
    umask: int
    limits: dict[str, int]
    """The name of a limit, as the module ``resource`` has it → what it is at present."""


class Run(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="run"):
    """Somebody waits for a block."""

    job: Job
    alone: bool = False
    """Whether nothing else may run at the same time: a server was ended while this block ran."""
    visit: Visit | None = None


class Prefetch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="prefetch"):
    """Somebody will soon ask for these."""

    jobs: list[Job]
    visit: Visit | None = None


class Tell(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="tell"):
    """Somebody wants to know what the server does."""


class Stop(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="stop"):
    """The server is to end."""


Message: TypeAlias = Run | Prefetch | Tell | Stop


class Started(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="started"):
    """The block that somebody waits for has a process now."""


class Waiting(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="waiting"):
    """Others run before the block that somebody waits for: the server lives."""


class Refused(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="refused"):
    """The server, which was not started for this build, cannot be of use to it."""

    reason: str


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="about", kw_only=True):
    """What a server does."""

    process: int
    interpreter: str
    preamble: str
    backend: str
    since: float
    """When it was started, in seconds since 1970."""
    keep: float
    """Seconds without work after which it ends."""
    idle: float
    """Seconds that it has been without work."""
    builds: int
    """The builds that go on."""
    running: int
    """The blocks that run."""
    ran: int
    """The blocks that have run."""
    memory: int
    """Resident bytes."""


Reply: TypeAlias = Started | Waiting | Refused | About | Success | Failure


def read_line(connection: socket.socket) -> tuple[bytes, list[int]]:
    """Read up to the end of a line, or of what there is, and the descriptors that come with it.

    :raises OSError: where the other end is silent for longer than the socket's timeout.
    """
    part, descriptors, _, _ = socket.recv_fds(connection, 65536, 1)
    parts = [part]
    try:
        while part and not part.endswith(b"\n"):
            part = connection.recv(65536)
            parts.append(part)
    except OSError:
        for descriptor in descriptors:
            os.close(descriptor)
        raise
    return b"".join(parts), descriptors
