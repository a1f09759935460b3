"""The columns of a source: Python's trees count bytes, and people characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def characters(column: int, line: int, lines: Sequence[str]) -> int:
    """Turn a column of a tree, which counts bytes of UTF-8, into one that counts characters."""
    text = lines[line - 1] if line <= len(lines) else ""
    if text.isascii():
        return column
    return len(text.encode(errors="surrogatepass")[:column].decode(errors="replace"))
