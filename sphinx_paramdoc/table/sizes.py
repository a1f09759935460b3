"""How much memory weights take, as people read it."""

from __future__ import annotations

_BITS_OF_A_FLOAT = 1024
"""A larger number is none that fractions are calculated with."""


def size(count: int) -> str:
    """Write a number of bytes in the largest unit of two to the power of ten that it fills."""
    units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
    power = min(max(count.bit_length() - 1, 0) // 10, len(units) - 1)
    if power == 0:
        return f"{count} B"
    if count.bit_length() < _BITS_OF_A_FLOAT:
        return f"{count / 1024**power:,.2f} {units[power]}"
    return f"{count // 1024**power:,} {units[power]}"
