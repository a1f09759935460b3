"""The digest of a file's content: what tells whether it has changed."""

from __future__ import annotations

import os
import stat
from functools import cache

from sphinx_paramdoc.machine import regular

ABSENT = "absent"
"""In place of the digest of a file that is not there, or is none to read."""

_LARGEST = 2**30
"""A larger file than this is told from others by its size: no build can read it each time."""


def digest(file: str) -> str:
    """Return the digest of a file's content, or `ABSENT`; of a file inside an archive, that of the archive."""
    place = file
    try:
        while place and not os.path.exists(place):  # noqa: PTH110 - asked for every file of every record
            parent = os.path.dirname(place)  # noqa: PTH120
            if parent == place or os.path.isdir(parent):  # noqa: PTH112
                return ABSENT
            place = parent
        status = os.stat(place)  # noqa: PTH116
    except (OSError, ValueError):  # no file can have such a name
        return ABSENT
    if not stat.S_ISREG(status.st_mode):
        return ABSENT
    if status.st_size > _LARGEST:
        return f"{status.st_size} bytes"
    return _digest_of(place, status.st_mtime_ns, status.st_size)


@cache
def _digest_of(file: str, _modified: int, _size: int) -> str:
    try:
        return regular.digest(file)[:32]
    except OSError:
        return ABSENT
