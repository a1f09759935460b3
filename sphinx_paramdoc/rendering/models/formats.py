"""The forms that a table of models can be written in; each is a file of this room, and an entry here."""

from __future__ import annotations

from importlib import import_module

from sphinx_paramdoc.rendering.formats import FORMATS as OF_LAYERS
from sphinx_paramdoc.table.models import ModelTable

FORMATS = ("text", "markdown", "rst", "html", "json")
"""What people call a form, each by the name of its file; the first is what they get who ask for none."""


def write(table: ModelTable, name: str, *, width: int | None = None, is_colored: bool = False) -> str:
    """Write a table of models in a form.

    :param width: the columns of a terminal; ``None``: no limit.
    :param is_colored: whether a terminal may show colours.
    """
    more = {"is_colored": is_colored} if OF_LAYERS[name].is_colored else {}
    written: str = import_module(f"{__package__}.{name}").render(table, width, **more)
    return written
