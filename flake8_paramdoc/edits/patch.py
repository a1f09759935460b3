"""One patch of many files, as ``git apply`` takes it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Literal


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
    for group in _Matcher(before, after).get_grouped_opcodes():
        _, first, _, first_after, _ = group[0]
        _, _, last, _, last_after = group[-1]
        yield f"@@ -{_range(first, last)} +{_range(first_after, last_after)} @@\n"
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from (f" {line}" for line in before[i1:i2])
                continue
            yield from (f"-{line}" for line in before[i1:i2])
            yield from (f"+{line}" for line in after[j1:j2])


class _Matcher(difflib.SequenceMatcher[str]):
    """Finds what lines became of others, and joins lines that come often, too, where others changed around them."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        """Take the lines of both."""
        super().__init__(None, before, after)
        self._before, self._after = before, after

    def get_opcodes(self) -> list[tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]]:
        """Return what is to be done, block by block; in a long file, difflib passes by lines that come often."""
        found = []
        for opcode in super().get_opcodes():
            tag, i1, i2, j1, j2 = opcode
            if tag != "replace":
                found.append(opcode)
                continue
            inner = difflib.SequenceMatcher(None, self._before[i1:i2], self._after[j1:j2], autojunk=False)
            found += [(kind, i1 + k1, i1 + k2, j1 + m1, j1 + m2) for kind, k1, k2, m1, m2 in inner.get_opcodes()]
        return found


def _range(start: int, stop: int) -> str:
    """Return lines as the head of a hunk names them."""
    length = stop - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _split(raw: bytes) -> list[str]:
    lines = raw.decode("latin-1").split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
