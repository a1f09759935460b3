"""Which layers of a table are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from sphinx_paramdoc.table.grouping import Layer
from sphinx_paramdoc.table.rows import Table


def selected(layers: Iterable[Layer], patterns: Sequence[str]) -> Iterator[Layer]:
    """Yield the layers whose paths fit one of the patterns, with all that is inside them.

    :param layers: each with a row of its own, as of an unfolded table: what lies inside a copy has none otherwise.
    """
    for layer in layers:
        if any(fnmatchcase(layer.row.path, pattern) for pattern in patterns):
            yield layer
        else:
            yield from selected(layer.inside, patterns)


def unmatched(table: Table, patterns: Iterable[str]) -> list[str]:
    """Return the patterns that no layer of a table fits, which is unfolded."""
    paths = [row.path for row in table.rows]
    return [pattern for pattern in patterns if not any(fnmatchcase(path, pattern) for path in paths)]
