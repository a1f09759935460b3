"""The forms that a table can be written in; each is a file of this room, and an entry here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

import msgspec

from sphinx_paramdoc.table import Table
from sphinx_paramdoc.table.arranging import arrange
from sphinx_paramdoc.table.columns import chosen, with_formula


class Format(msgspec.Struct, frozen=True):
    """A form of text; its file holds ``render(view, columns, width)``."""

    file: str
    encoding: str | None = None
    """The encoding that programs expect; ``None``: that of the terminal."""
    is_colored: bool = False
    """Whether a terminal may show it with colours; ``render`` then takes ``is_colored`` besides."""
    is_drawn: bool = False
    """Whether it is a picture; ``render`` then takes ``draw`` besides, which makes one of a text of Graphviz."""

    @property
    def render(self) -> Callable[..., str]:
        """What writes a table: its file is loaded when a table is written so."""
        render: Callable[..., str] = import_module(f"{__package__}.{self.file}").render
        return render


class NoPictureError(ValueError):
    """There is no picture: the graph is too large for one, or what was drawn is none."""


FORMATS = {
    "text": Format("text", is_colored=True),
    "markdown": Format("markdown", encoding="utf-8"),
    "rst": Format("rst", encoding="utf-8"),
    "html": Format("html", encoding="utf-8"),
    "json": Format("json", encoding="utf-8"),
    "dot": Format("dot", encoding="utf-8"),
    "svg": Format("svg", encoding="utf-8", is_drawn=True),
}
"""What people call a form → the form; the first is what they get who ask for none."""


def write(
    table: Table,
    name: str,
    *,
    depth: int = 0,
    width: int | None = None,
    unfold: bool = False,
    columns: Sequence[str] = (),
    layers: Sequence[str] = (),
    is_colored: bool = False,
    draw: Callable[[str], str] | None = None,
) -> str:
    """Write a table in a form.

    :param depth: how deep rows open that stand for several layers, or for one that is made of others.
    :param width: the columns of a terminal; ``None``: no limit.
    :param unfold: whether each layer has a row of its own, as in a table that was built so.
    :param columns: the names of its columns; none: those that a table has by default.
    :param layers: patterns as of a shell, for the paths of the only layers that are wanted; none: all are.
    :param is_colored: whether a terminal may show colours.
    :param draw: makes a picture of a text of Graphviz, for forms that are pictures.
    """
    view = arrange(table, depth=depth, unfold=unfold, layers=layers)
    form = FORMATS[name]
    more = {**({"is_colored": is_colored} if form.is_colored else {}), **({"draw": draw} if form.is_drawn else {})}
    return form.render(view, chosen(with_formula(columns, table)), width, **more)
