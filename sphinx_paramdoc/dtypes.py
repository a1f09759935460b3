"""How much memory numbers take, by their type.

A part of the language that the rooms speak, beside `facts`, which takes longer to load.
"""

from __future__ import annotations

_BITS = {
    "bool": 8,
    "int4": 4,
    "uint4": 4,
    "int8": 8,
    "uint8": 8,
    "float8_e4m3fn": 8,
    "float8_e5m2": 8,
    "int16": 16,
    "uint16": 16,
    "float16": 16,
    "bfloat16": 16,
    "int32": 32,
    "uint32": 32,
    "float32": 32,
    "int64": 64,
    "uint64": 64,
    "float64": 64,
    "complex64": 64,
    "complex128": 128,
}


def bits(dtype: str) -> int:
    """Return how many bits a number of a type takes."""
    return _BITS.get(dtype, 32)
