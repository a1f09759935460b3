"""Models made by hand, compared."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import json

from sphinx_paramdoc import facts
from sphinx_paramdoc.comparison import of_text
from sphinx_paramdoc.difference import of_model
from sphinx_paramdoc.difference.changes import Difference
from sphinx_paramdoc.difference.comparing import compare
from sphinx_paramdoc.difference.parts import Maker
from sphinx_paramdoc.records import packing
from sphinx_paramdoc.records.reading import SCHEMA, Record, sealed
from sphinx_paramdoc.rendering import formats
from sphinx_paramdoc.rendering.changes.text import render
from sphinx_paramdoc.table import build
from tests.sphinx_paramdoc import makers


def model(build: Callable[[makers.Maker], list[facts.Layer]]) -> facts.Model:
    make = makers.Maker()
    return makers.of(build(make), make.weights)


def difference(before: facts.Model, after: facts.Model) -> Difference:
    make = Maker()
    return compare(of_model.whole(before, make), of_model.whole(after, make))


def record(model: facts.Model) -> str:
    """Return the record of a model."""
    return json.encode(sealed(Record(paramdoc=SCHEMA, request={}, model=packing.pack(model)))).decode()


def table(model: facts.Model, *, unfold: bool = False) -> str:
    """Return what ``--format json`` says of a model."""
    return formats.write(build(model, unfold=unfold), "json")


def of_texts(before: str, after: str) -> Difference:
    make = Maker()
    return compare(of_text(before, make), of_text(after, make))


def told(before: facts.Model, after: facts.Model, depth: int = 0) -> list[str]:
    """Return the lines of what changed, without the totals and what is equal."""
    lines = render(difference(before, after), depth=depth).split("\n\n")
    return lines[1].split("\n") if len(lines) > 1 else []
