"""The rows of a table → what a reader sees of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sphinx_paramdoc.explanation import wording
from sphinx_paramdoc.table.rows import Row, Table
from sphinx_paramdoc.table.runs import Mark, Run
from sphinx_paramdoc.table.view import Kind, View, ViewRow


@dataclass
class _Layer:
    """A row of the table with those inside it."""

    row: Row
    inside: list[_Layer] = field(default_factory=list)


def arrange(table: Table, *, depth: int = 0, unfold: bool = False, layers: Sequence[str] = ()) -> View:  # noqa: ARG001
    """Return what a reader sees of a table.

    :param depth: how deep rows are open; all others are there as well, closed.
    :param unfold: whether each layer has a row of its own, as in a table that was built so.
    :param layers: patterns as of a shell, for the paths of the only layers that are wanted; none: all are.
    """
    rows = tuple(_shown(layer, 0, depth) for layer in _nest(table.rows))
    view = View(table=table, rows=rows, notes=(), _standing={})
    standing = {path: row for row in view.walk() for layer in row.layers for path in (layer.path, *layer.copies)}
    return View(table=table, rows=rows, notes=(), _standing=standing)


def _nest(rows: Sequence[Row]) -> list[_Layer]:
    outermost: list[_Layer] = []
    around: list[_Layer] = []
    for row in rows:
        layer = _Layer(row)
        del around[row.depth :]
        (around[-1].inside if around else outermost).append(layer)
        around.append(layer)
    return outermost


def _shown(layer: _Layer, depth: int, open_to: int) -> ViewRow:
    row = layer.row
    inside = tuple(_shown(each, depth + 1, open_to) for each in layer.inside)
    return ViewRow(
        kind=Kind.LAYER,
        key=row.path,
        depth=depth,
        is_open=depth < open_to,
        names=tuple(_names(row)),
        what=f"({row.short_class})",
        layers=(row,),
        repeat=row.repeat,
        copies=tuple((path,) for path in row.copies),
        params=row.all_params,
        trainable=row.trainable * row.repeat,
        non_trainable=row.non_trainable * row.repeat,
        size_bytes=row.size_bytes * row.repeat,
        dtypes=tuple(dict.fromkeys([*(w.dtype for w in row.weights), *(t for each in inside for t in each.dtypes)])),
        input_shape=row.input_shape,
        output_shape=row.output_shape,
        connected_to=tuple(row.connected_to),
        explanation=tuple(_explanation(row)),
        symbols=None,
        rows=inside,
    )


def _names(row: Row) -> Iterator[Run]:
    paths = dict(zip(reversed(row.names), reversed((row.path, *row.copies)), strict=True))
    for text, is_name in wording.name_runs(row.names):
        yield Run(text, Mark.NAME, path=paths[text]) if is_name else Run(text)


def _explanation(row: Row) -> Iterator[Run]:
    for piece in wording.pieces(row.explained):
        yield Run(f"{piece.lead}{piece.text}", None if piece.label is None else Mark.TERM, piece.label or "")
