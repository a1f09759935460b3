"""The digest of a file's content: what tells whether it has changed."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

ABSENT = "absent"
"""In place of the digest of a file that is not there."""


def digest(file: str) -> str:
    """Return the digest of a file's content, or `ABSENT`; of a file inside an archive, that of the archive."""
    place = file
    while place and not os.path.exists(place):  # noqa: PTH110 - asked for every file of every record
        parent = os.path.dirname(place)  # noqa: PTH120
        if parent == place or os.path.isdir(parent):  # noqa: PTH112
            return ABSENT
        place = parent
    try:
        status = os.stat(place)  # noqa: PTH116
    except OSError:
        return ABSENT
    return _digest_of(place, status.st_mtime_ns, status.st_size)


@cache
def _digest_of(file: str, _modified: int, _size: int) -> str:
    try:
        content = Path(file).read_bytes()
    except OSError:
        return ABSENT
    # Git may give another machine other ends of lines.
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:32]
