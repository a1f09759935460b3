"""The forms that a difference can be written in; each is a file of this folder, and loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sphinx_paramdoc.difference.changes import Difference

FORMATS = ("text", "markdown", "html", "json")


def write(difference: Difference, form: str, **how: Any) -> str:
    """Write a difference in a form; the form says what else there is to be said.

    :param form: one of `FORMATS`.
    """
    text: str = import_module(f"{__package__}.{form}").render(difference, **how)
    return text
