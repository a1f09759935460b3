"""Reads files that may be anything: what is no regular file of a sane size is not opened, or read no further."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import BinaryIO

_PART = 2**20
_NON_BLOCKING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe that nobody writes to would keep a reader waiting for ever."""


def read(file: str | os.PathLike[str], most: int) -> bytes:
    """Return the content of a file.

    :raises OSError: where it cannot be read, is no regular file, or holds more than `most` bytes.
    """
    with _open(file) as opened:
        content = opened.read(most + 1)
    if len(content) > most:
        raise OSError(f"it holds more than {most:,} bytes")
    return content


def digest(file: str | os.PathLike[str]) -> str:
    r"""Return the SHA-256 of a file, whose lines end in ``\n`` for it.

    :raises OSError: where it cannot be read, or is no regular file.
    """
    found = hashlib.sha256()
    with _open(file) as opened:
        left = b""
        # Git may give another machine other ends of lines; one may lie across two parts.
        while part := opened.read(_PART):
            part = left + part
            left = part[-1:] if part.endswith(b"\r") else b""
            found.update(part[: len(part) - len(left)].replace(b"\r\n", b"\n"))
    found.update(left)
    return found.hexdigest()


def _open(file: str | os.PathLike[str]) -> BinaryIO:
    descriptor = os.open(file, os.O_RDONLY | _NON_BLOCKING)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("it is no regular file")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise
