"""JSON as processes on one machine send it: also what is no Unicode, as the name of a folder in another encoding."""

from __future__ import annotations

import json
from typing import Any

import msgspec


class UnreadableError(ValueError):
    """Bytes are not what they should be."""


def encode(value: Any) -> bytes:
    """Return the JSON of a value; a sign that is none, one half of a pair, is escaped as JavaScript writes it."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value), separators=(",", ":")).encode("ascii")


def decode(data: bytes, kind: Any) -> Any:
    """Read what `encode` gave.

    :param kind: the type of the value.
    :raises UnreadableError: where the bytes are anything else.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if b"\\ud" not in data.lower():
            raise UnreadableError(str(error)) from None
    try:
        return msgspec.convert(json.loads(data), kind)
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        raise UnreadableError(str(error)) from None
