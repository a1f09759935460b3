"""One patch of many files, as ``git apply`` takes it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence


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
    for line in _hunks(before, after):
        text = line.encode("latin-1")
        yield text if text.endswith(b"\n") else text + b"\n\\ No newline at end of file\n"


def _hunks(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the hunks, in which no line goes that comes again at its place."""
    matcher = difflib.SequenceMatcher(None, before, after)
    matcher.opcodes = [part for opcode in matcher.get_opcodes() for part in _parts(before, after, *opcode)]
    for group in matcher.get_grouped_opcodes():
        _, first, _, first_after, _ = group[0]
        _, _, last, _, last_after = group[-1]
        yield f"@@ -{_range(first, last)} +{_range(first_after, last_after)} @@\n"
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from (f" {line}" for line in before[i1:i2])
                continue
            yield from (f"-{line}" for line in before[i1:i2])
            yield from (f"+{line}" for line in after[j1:j2])


def _parts(
    before: Sequence[str], after: Sequence[str], tag: str, i1: int, i2: int, j1: int, j2: int
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield what of a replaced block is replaced indeed: in a long file, difflib joins no lines that come often."""
    if tag != "replace":
        yield tag, i1, i2, j1, j2
        return
    inner = difflib.SequenceMatcher(None, before[i1:i2], after[j1:j2], autojunk=False)
    for kind, k1, k2, m1, m2 in inner.get_opcodes():
        yield kind, i1 + k1, i1 + k2, j1 + m1, j1 + m2


def _range(start: int, stop: int) -> str:
    """Return lines as the head of a hunk names them."""
    length = stop - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _split(raw: bytes) -> list[str]:
    lines = raw.decode("latin-1").split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
