"""Runs of text: what a cell of a table is made of, whatever form the table takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from sphinx_paramdoc.explanation.pieces import SEMICOLON
from sphinx_paramdoc.said import run_on


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
    CLAUSE = "clause"
    """What parts two clauses, ``; ``."""
    NAMES = "names"
    """What the numbers of the formula before it are: on a line of its own, and quieter."""
    NOTE = "note"
    """The number of a note below the table, which stands directly behind the text before it."""
    LINK = "link"
    """The name of another layer, whose row a form may link to; `Run.path` is that of the layer."""
    FORMULA = "formula"
    """A sum in the arguments of a builder, which breaks between what it adds."""
    TABLE = "table"
    """Another table of the model, which a form may link to; `Run.path` is what the record of the model is called."""


class Run(NamedTuple):
    """A run of text in a cell."""

    text: str
    mark: Mark | None = None
    label: str = ""
    """What a number of a formula stands for."""
    path: str = ""
    """The path of the layer that a name or a link is about."""


class Lines(NamedTuple):
    """The lines of a cell."""

    first: Sequence[Run]
    names: str
    """What the numbers of a formula on the first line are; mostly nothing."""
    rest: Sequence[Run]
    """What is said behind that."""


def parted(runs: Iterable[Run]) -> Lines:
    """Part the runs of a cell into lines."""
    every = list(runs)
    place = next((place for place, run in enumerate(every) if run.mark is Mark.NAMES), None)
    if place is None:
        return Lines(every, "", ())
    return Lines(every[:place], every[place].text, every[place + 1 :])


def written(runs: Iterable[Run]) -> str:
    """Return the text of runs on one line: the numbers of notes in brackets, and without what numbers are."""
    first, names, rest = parted(runs)
    text = "".join([f" [{run.text}]" if run.mark is Mark.NOTE else run.text for run in first])
    return run_on(text, SEMICOLON, written(rest)) if names and rest else text
