"""Why a model cannot be read, or not be built."""

from __future__ import annotations


class NotBuiltError(Exception):
    """The model has no weights yet, as it does not know the shape of its input."""


class BuiltError(Exception):
    """The model knows the shape of its input, and cannot be told another one."""
