"""What passes between the documentation's process and the server: JSON, one message a line."""

from __future__ import annotations

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


class Run(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="run"):
    """Somebody waits for a block."""

    job: Job
    alone: bool = False
    """Whether nothing else may run at the same time: a server was ended while this block ran."""


class Prefetch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="prefetch"):
    """Somebody will soon ask for these."""

    jobs: list[Job]


class Started(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="started"):
    """The block that somebody waits for has a process now."""


class Waiting(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="waiting"):
    """Others run before the block that somebody waits for: the server lives."""


Reply: TypeAlias = Started | Waiting | Success | Failure


def read_line(connection: socket.socket) -> bytes:
    """Read up to the end of a line, or of what there is.

    :raises OSError: where the other end is silent for longer than the socket's timeout.
    """
    parts = []
    while part := connection.recv(65536):
        parts.append(part)
        if part.endswith(b"\n"):
            break
    return b"".join(parts)
