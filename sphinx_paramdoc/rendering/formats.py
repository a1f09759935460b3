"""The forms that a table can be written in; each is a file of this room, and an entry here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import msgspec

from sphinx_paramdoc.table import Table


class Format(msgspec.Struct, frozen=True):
    """A form of text; its file holds ``render(table, width, depth)``."""

    file: str
    encoding: str | None = None
    """The encoding that programs expect; ``None``: that of the terminal."""

    @property
    def render(self) -> Callable[..., str]:
        """What writes a table: its file is loaded when a table is written so."""
        render: Callable[..., str] = import_module(f"{__package__}.{self.file}").render
        return render


FORMATS = {
    "text": Format("text"),
    "json": Format("json", encoding="utf-8"),
}
"""What people call a form → the form; the first is what they get who ask for none."""


def write(table: Table, name: str, *, depth: int = 0, width: int | None = None) -> str:
    """Write a table in a form.

    :param depth: how deep layers that are made of others open.
    :param width: the columns of a terminal; ``None``: no limit.
    """
    return FORMATS[name].render(table, width=width, depth=depth)
