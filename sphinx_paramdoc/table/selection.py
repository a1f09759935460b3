"""Which layers of a table are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from msgspec.structs import replace

from sphinx_paramdoc.table.grouping import Layer
from sphinx_paramdoc.table.rows import Row, Table


def selected(layers: Iterable[Layer], patterns: Sequence[str]) -> Iterator[Layer]:
    """Yield the layers whose paths fit one of the patterns, with all that is inside them.

    Of several equal ones that are one row, those that fit are one row.
    """
    for layer in layers:
        fitting = [path for path in (layer.row.path, *layer.row.copies) if _fits(path, patterns)]
        if fitting:
            yield _reduced(layer, fitting)
        else:
            yield from selected(layer.inside, patterns)


def unmatched(table: Table, patterns: Iterable[str]) -> list[str]:
    """Return the patterns that no layer fits which has a row."""
    paths = [path for row in table.rows for path in (row.path, *row.copies)]
    return [pattern for pattern in patterns if not any(fnmatchcase(path, pattern) for path in paths)]


def _fits(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def _reduced(layer: Layer, paths: Sequence[str]) -> Layer:
    """Let a row stand for those of its layers alone that are at `paths`."""
    if len(paths) == layer.row.repeat:
        return layer
    path, *copies = paths
    here = f"{layer.row.path}/"

    def renamed(inside: Layer) -> Layer:
        row = replace(inside.row, path=f"{path}/{inside.row.path.removeprefix(here)}", copies=_moved(inside.row))
        return Layer(row, [renamed(each) for each in inside.inside])

    def _moved(row: Row) -> list[str]:
        return [f"{path}/{copy.removeprefix(here)}" for copy in row.copies]

    explained = replace(layer.row.explained, repeat=len(paths), path=path)
    row = replace(layer.row, path=path, copies=copies, repeat=len(paths), explained=explained)
    return Layer(row, [renamed(each) for each in layer.inside])
