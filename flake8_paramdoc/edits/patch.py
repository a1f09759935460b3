"""One patch of many files, as ``git apply`` takes it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator


def patch(name: str, old: bytes, new: bytes) -> bytes:
    """Return what makes new content of a file's old one; nothing where they are the same.

    :param name: the file, from the folder that the patch is for, with slashes.
    """
    if old == new:
        return b""
    return b"".join(_lines(name.encode(errors="surrogateescape"), old, new))


def _lines(name: bytes, old: bytes, new: bytes) -> Iterator[bytes]:
    before, after = _split(old), _split(new)
    end = b"\t\n" if b" " in name else b"\n"  # a name with blanks ends at the tabulator
    yield b"--- a/" + name + end
    yield b"+++ b/" + name + end
    # Each byte is a letter, so that no encoding matters, and no line ends but where the bytes say so.
    for number, line in enumerate(difflib.unified_diff(before, after, n=3)):
        if number < 2:
            continue
        text = line.encode("latin-1")
        yield text if text.endswith(b"\n") else text + b"\n\\ No newline at end of file\n"


def _split(raw: bytes) -> list[str]:
    lines = raw.decode("latin-1").split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
