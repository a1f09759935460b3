"""Runs of text: what a cell of a table is made of, whatever form the table takes."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple


class Mark(Enum):
    """What a run of text in a cell is, where a form may show it in a way of its own."""

    NAME = "name"
    """The name of a layer; `Run.path` is that of the layer, where it may have an id of its own."""
    CLASS = "class"
    """The class of a layer, ``(Dense)``, or how many layers a row stands for, which is quieter than a name."""
    SHAPE = "shape"
    """The shape of one tensor, which stays whole."""
    TERM = "term"
    """A number of a formula."""
    SHARE = "share"
    """A percentage of the model's total, which a form may draw as a bar; `ViewRow.params` has the count."""
    NOTE = "note"
    """The number of a note below the table, which stands directly behind the text before it."""
    LINK = "link"
    """The name of another layer, whose row a form may link to; `Run.path` is that of the layer."""


class Run(NamedTuple):
    """A run of text in a cell."""

    text: str
    mark: Mark | None = None
    label: str = ""
    """What a number of a formula stands for."""
    path: str = ""
    """The path of the layer that a name or a link is about."""


def written(runs: Iterable[Run]) -> str:
    """Return the text of runs, the numbers of notes in brackets."""
    return "".join([f" [{run.text}]" if run.mark is Mark.NOTE else run.text for run in runs])
