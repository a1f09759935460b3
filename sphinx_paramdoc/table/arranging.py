"""The rows of a table → what a reader sees of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from sphinx_paramdoc.explanation import wording
from sphinx_paramdoc.explanation.pieces import Piece
from sphinx_paramdoc.explanation.sentence import Explanation
from sphinx_paramdoc.table import naming
from sphinx_paramdoc.table.grouping import Group, Layer, grouped, nest, plain
from sphinx_paramdoc.table.rows import Table
from sphinx_paramdoc.table.runs import Run
from sphinx_paramdoc.table.saying import Notes, Saying, Told, with_names
from sphinx_paramdoc.table.selection import selected
from sphinx_paramdoc.table.together import together
from sphinx_paramdoc.table.view import Kind, View, ViewRow


def arrange(table: Table, *, depth: int = 0, unfold: bool = False, layers: Sequence[str] = ()) -> View:
    """Return what a reader sees of a table.

    :param depth: how deep rows are open; all others are there as well, closed.
    :param unfold: whether each layer has a row of its own, as in a table that was built so.
    :param layers: patterns as of a shell, for the paths of the only layers that are wanted; none: all are. With some,
        the table has to be unfolded.
    """
    wanted = nest(table.rows)
    if layers:
        wanted = list(selected(wanted, layers))
    sayings = _Sayings()
    drafts = [_Draft(group, (), sayings) for group in (plain(wanted) if unfold else grouped(wanted))]
    notes = Notes([Saying(draft.pieces, level <= depth) for draft, level in _walk(drafts, 0)])
    rows = _Writer(depth, notes, {row.path for row in table.rows}).rows(drafts, 0, Told())
    standing: dict[str, ViewRow] = {}
    for draft, row in zip(drafts, rows, strict=True):
        _stand(draft, row, standing)
    return View(table=table, rows=rows, notes=notes.all(), is_partial=bool(layers), standing=standing)


class _Sayings:
    """Writes explanations, each once: equal layers have one together."""

    def __init__(self) -> None:
        self._written: dict[int, tuple[Explanation, list[Piece]]] = {}
        """An explanation by its identity, which stays its own as it is kept here."""

    def pieces(self, explained: Explanation) -> list[Piece]:
        """Return the text of an explanation, the same object for the same explanation."""
        known = self._written.get(id(explained))
        if known is None:
            known = self._written[id(explained)] = (explained, list(wording.pieces(explained)))
        return known[1]


class _Draft:
    """A group that is going to be a row, with what it would say."""

    def __init__(self, group: Group, around: Sequence[str], sayings: _Sayings) -> None:
        """Take a group, and the paths of the layers around it, which have rows of their own."""
        self.group = group
        self.explained = _without_what_is_said(_explained(group), around)
        self.pieces = (
            list(wording.pieces_of_quiet([layer.row.explained for layer in group.layers]))
            if group.kind is Kind.QUIET
            else sayings.pieces(self.explained)
        )
        inner = (*around, group.layers[0].row.path) if group.kind is Kind.LAYER and group.inside else around
        self.inside = [_Draft(each, inner, sayings) for each in group.inside]


def _walk(drafts: Iterable[_Draft], level: int) -> Iterator[tuple[_Draft, int]]:
    for draft in drafts:
        yield draft, level
        yield from _walk(draft.inside, level + 1)


def _explained(group: Group) -> Explanation:
    return group.layers[0].row.explained if group.kind in {Kind.LAYER, Kind.QUIET} else together(group)


def _without_what_is_said(explained: Explanation, around: Sequence[str]) -> Explanation:
    """Leave out that a layer around is frozen: its row says so."""
    what = explained.non_trainable
    if what and what.is_all and any(cause.frozen_by in around for cause in what.causes):
        return replace(explained, non_trainable=None)
    return explained


class _Writer:
    """Makes the rows, once it is known what they say."""

    def __init__(self, depth: int, notes: Notes, taken: set[str]) -> None:
        """Take how deep rows are open, the notes, and the keys of layers."""
        self._depth = depth
        self._notes = notes
        self._taken = taken
        self._named: dict[tuple[int, str], tuple[Run, ...]] = {}
        """What a row says, by its identity, which stays its own as the notes keep it → the same with names."""

    def rows(self, drafts: Iterable[_Draft], level: int, told: Told) -> tuple[ViewRow, ...]:
        """Return the rows of drafts that stand side by side."""
        return tuple(self._row(draft, level, told) for draft in drafts)

    def _row(self, draft: _Draft, level: int, told: Told) -> ViewRow:
        group = draft.group
        rows = [layer.row for layer in group.layers]
        names = told.names(draft.explained)
        within = told if level < self._depth or not draft.inside else told.inside()
        inside = self.rows(draft.inside, level + 1, within)
        every = [layer.row for block in group.blocks for layer in block]
        own = {path for row in every for path in (row.path, *row.copies)}
        read = (
            path
            for row in every
            for sources in (row.connected_to, *row.copies_connected_to)
            for path in sources
            if path not in own
        )
        times = len(group.blocks)
        return ViewRow(
            kind=group.kind,
            key=rows[0].path if group.kind is Kind.LAYER else self._key(group),
            depth=level,
            is_open=level < self._depth,
            names=tuple(naming.names(group, is_outermost=not level)),
            what=naming.what(group),
            layers=tuple(rows),
            repeat=rows[0].repeat if group.kind is Kind.LAYER else times,
            copies=tuple(_copies(group)),
            others=tuple(naming.others(group)),
            params=times * sum(row.all_params for row in rows),
            trainable=times * sum(row.trainable * row.repeat for row in rows),
            non_trainable=times * sum(row.non_trainable * row.repeat for row in rows),
            size_bytes=times * sum(row.size_bytes * row.repeat for row in rows),
            dtypes=tuple(dict.fromkeys(dtype for layer in group.layers for dtype in _dtypes(layer))),
            input_shape=rows[0].input_shape,
            output_shape=rows[-1].output_shape,
            connected_to=tuple(dict.fromkeys(read)),
            explanation=self._explanation(draft.pieces, level, names),
            rows=inside,
        )

    def _explanation(self, pieces: Sequence[Piece], level: int, names: str | None) -> tuple[Run, ...]:
        """Return what a row says.

        Rows that say the same get the same runs, so that whoever writes them may do so once.
        """
        runs = self._notes.runs(Saying(pieces, level <= self._depth))
        if names is None:
            return runs
        key = (id(runs), names)
        if key not in self._named:
            self._named[key] = with_names(runs, names)
        return self._named[key]

    def _key(self, group: Group) -> str:
        """Return a key for a group that no other row has."""
        key = naming.plain_name(group)
        while key in self._taken:
            key += " and others"
        self._taken.add(key)
        return key


def _copies(group: Group) -> Iterator[tuple[str, ...]]:
    if group.kind is Kind.LAYER:
        yield from ((path,) for path in group.layers[0].row.copies)
    yield from (tuple(layer.row.path for layer in block) for block in group.blocks[1:])


def _dtypes(layer: Layer) -> Iterator[str]:
    yield from (weight.dtype for weight in layer.row.weights)
    for inside in layer.inside:
        yield from _dtypes(inside)


def _stand(draft: _Draft, row: ViewRow, standing: dict[str, ViewRow]) -> None:
    """Enter which row stands for each layer of a draft, and for those inside it."""
    if draft.group.kind in {Kind.LAYER, Kind.QUIET}:
        standing.update((path, row) for each in row.layers for path in (each.path, *each.copies))
    for inside, below in zip(draft.inside, row.rows, strict=True):
        _stand(inside, below, standing)
    first, *others = draft.group.blocks
    for block in others:
        _stand_alike(first, block, standing)


def _stand_alike(first: Sequence[Layer], others: Sequence[Layer], standing: dict[str, ViewRow]) -> None:
    """Let what stands for the layers of the first block stand for those of another one as well."""
    for one, other in zip(first, others, strict=True):
        standing.update((path, standing[one.row.path]) for path in (other.row.path, *other.row.copies))
        _stand_alike(one.inside, other.inside, standing)
