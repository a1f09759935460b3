"""What a reader sees of a table → the graph of the model: boxes with counts, and arrows between what reads what.

A box is a row that a reader sees, and opens to boxes as the row opens to rows. Two things differ, as a list has one
direction and a graph has many. Layers without weights are one box only where one reads the other alone. And of blocks
that are built alike the first is open wherever more happens in it than that each layer reads the one before: what a
picture is there to show, such as the way around a block, would be hidden in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.naming import span
from sphinx_paramdoc.explanation.pieces import COLON
from sphinx_paramdoc.said import run_on
from sphinx_paramdoc.table.columns import share
from sphinx_paramdoc.table.diagram import Arrow, Box, Diagram
from sphinx_paramdoc.table.rows import Row
from sphinx_paramdoc.table.runs import Mark
from sphinx_paramdoc.table.together import without_stem
from sphinx_paramdoc.table.view import Kind, View, ViewRow

_MOST_INSIDE = 24
"""A block of more layers than this does not open by itself."""

_LARGE = 24
"""In a picture of more boxes, those of blocks hold several layers each."""

_HUGE = 60
"""In a picture of more boxes all do, and nothing opens by itself any more."""

_LONGEST_CHAIN = 9
"""So many layers one box holds."""

_FROZEN: frozenset[facts.Reason] = frozenset({"frozen_layer", "frozen_variable", "lora_base_frozen"})
"""Why a weight is not trained that could be."""


def graph_of(view: View) -> Diagram:
    """Return the graph of what a reader sees of a table."""
    drawing = _Drawing(view)
    drafts = drawing.drafts(view.rows, ())
    arrows = drawing.arrows()
    arrows = _merge(drafts, arrows)
    numbers = {id(draft): number for number, draft in enumerate(_walk(drafts))}
    maker = _Maker(view, numbers)
    found = dict.fromkeys(Arrow(numbers[id(source)], numbers[id(target)]) for source, target in arrows)
    return Diagram(
        name=view.table.name,
        class_name=view.table.class_name,
        total=view.table.total,
        boxes=tuple(maker.box(draft, 1) for draft in drafts),
        arrows=tuple(sorted(found)),
        is_wired=_is_wired(drafts),
    )


@dataclass(eq=False)
class _Draft:
    """What is going to be a box."""

    name: str
    titles: list[tuple[str, int]]
    """What it is called, each with how many parameters that adds."""
    rows: tuple[Row, ...]
    """The rows of the table that it stands for."""
    params: int
    repeat: int
    blocks: int
    """How many times what its rows count."""
    is_group: bool = False
    may_merge: bool = False
    inside: list[_Draft] = field(default_factory=list)


_Chain = tuple[tuple[int, int], ...]
"""The groups around a layer that are open, each with the number of the block that the layer is in."""

_Drawn = tuple[_Draft, _Draft]
"""An arrow between drafts."""


class _Place(NamedTuple):
    """Where a layer is drawn."""

    draft: _Draft
    around: _Chain


class _Drawing:
    """Finds the boxes and the arrows of one view."""

    def __init__(self, view: View) -> None:
        self._rows = {row.path: row for row in view.table.rows}
        self._places: dict[str, _Place] = {}
        self._known: set[tuple[object, ...]] = set()
        """The forms of the blocks that are open."""
        self._boxes = 0
        self._groups = 0

    def drafts(self, rows: Iterable[ViewRow], around: _Chain) -> list[_Draft]:
        """Return the boxes of rows that stand side by side."""
        found: list[_Draft] = []
        for row in rows:
            if row.kind is Kind.QUIET:
                found += [self._layer(layer, around) for layer in row.layers]
            else:
                found.append(self._draft(row, around))
        return found

    def _layer(self, layer: Row, around: _Chain) -> _Draft:
        """Return the box of a layer that others without weights stand beside, which may have nothing to do with it."""
        self._boxes += 1
        is_plain = layer.repeat == 1 and layer.explained.calls == 1
        name = span(layer.names)
        draft = _Draft(
            name,
            [(run_on(name, f" ({layer.short_class})"), layer.all_params)],
            (layer,),
            layer.all_params,
            layer.repeat,
            1,
            may_merge=is_plain,
        )
        self._put([layer], draft, around)
        return draft

    def _draft(self, row: ViewRow, around: _Chain) -> _Draft:
        self._boxes += 1
        name = run_on(*(run.text for run in row.names))
        is_layer = row.kind is Kind.LAYER
        blocks = 1 if is_layer else row.repeat
        draft = _Draft(
            name,
            [(run_on(name, " (", row.what, ")"), row.params)],
            row.layers,
            row.params,
            row.repeat,
            blocks,
            is_group=not is_layer,
        )
        if row.rows and (row.is_open or self._is_worth_seeing(row)):
            if row.kind is Kind.REPEAT:
                draft.titles = [
                    (run_on(f"× {row.repeat:,} (", row.what, ")"), row.params)
                ]  # what is in it has names of its own
            if is_layer:
                self._put(row.layers, draft, around)
                draft.inside = self.drafts(row.rows, around)
            elif row.kind is Kind.STEM:
                self._groups += 1
                self._open(row, draft, around, self._groups)
                _shorten(draft.inside, next(run.text for run in row.names if run.mark is Mark.NAME))
            else:
                self._groups += 1
                self._open(row, draft, around, self._groups)
            return draft
        first = row.layers[0]
        draft.may_merge = (
            is_layer
            and row.repeat == first.explained.calls == 1
            and not (row.rows or first.shared_with or first.explained.is_not_built)
            and first.short_class != "InputLayer"
        )
        self._put(row.layers, draft, around)
        if not is_layer:
            self._put((self._rows[path] for copy in row.copies for path in copy), draft, around)
        return draft

    def _open(self, row: ViewRow, draft: _Draft, around: _Chain, group: int) -> None:
        """Draw the first block; the layers of the others are where their like in the first one are."""
        draft.inside = self.drafts(row.rows, (*around, (group, 0)))
        for block, copy in enumerate(row.copies, 1):
            for layer, path in zip(row.layers, copy, strict=True):
                place = self._places[layer.path]
                moved = tuple((each, block if each == group else number) for each, number in place.around)
                self._put([self._rows[path]], place.draft, moved)

    def _put(self, layers: Iterable[Row], draft: _Draft, around: _Chain) -> None:
        for layer in layers:
            for path in (layer.path, *layer.copies):
                self._places[path] = _Place(draft, around)

    def _is_worth_seeing(self, row: ViewRow) -> bool:
        """Tell whether a block is to open by itself: in it, for the first time, layers read others than the one before.

        :param row: one of several layers.
        """
        if row.kind is Kind.LAYER or len(row.layers) > _MOST_INSIDE or self._boxes > _HUGE:
            return False
        numbers = {path: number for number, layer in enumerate(row.layers) for path in (layer.path, *layer.copies)}
        read = [tuple(numbers.get(path, -1) for path in layer.connected_to) for layer in row.layers]
        form = tuple((layer.class_name, sources) for layer, sources in zip(row.layers, read, strict=True))
        is_chain = all(sources == (number - 1,) for number, sources in enumerate(read) if number)
        if is_chain or form in self._known:
            return False
        self._known.add(form)
        return True

    # Arrows

    def arrows(self) -> list[_Drawn]:
        """Return the arrows between boxes, each once."""
        found: dict[tuple[int, int], _Drawn] = {}
        for row in self._rows.values():
            for path, sources in _reads(row):
                target = self._places.get(path)
                if target is None:
                    continue
                for name in self._sources(sources, set()):
                    source = self._places[name]
                    if _is_drawn(source, target, is_itself=name == path):
                        found.setdefault((id(source.draft), id(target.draft)), (source.draft, target.draft))
        return list(found.values())

    def _sources(self, paths: Sequence[str], seen: set[str]) -> Iterator[str]:
        """Yield the layers of these that are drawn; in place of one that is not wanted, what that reads."""
        for path in paths:
            if path in self._places:
                yield path
            elif path in self._rows and path not in seen:
                seen.add(path)
                yield from self._sources(self._rows[path].connected_to, seen)


def _shorten(drafts: Iterable[_Draft], stem: str) -> None:
    """Leave out of names what the box around says already."""
    for draft in drafts:
        draft.name = without_stem(draft.name, stem)
        draft.titles = [(without_stem(title, stem), params) for title, params in draft.titles]
        _shorten(draft.inside, stem)


def _reads(row: Row) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the path of each layer that a row stands for, with the paths of those that it reads."""
    yield row.path, row.connected_to
    yield from zip(row.copies, row.copies_connected_to, strict=True)


def _is_drawn(source: _Place, target: _Place, *, is_itself: bool) -> bool:
    """Tell whether an arrow shows: one from a block to the next has no place where one stands for all.

    :param is_itself: whether a layer reads what it gives.
    """
    if source.draft is target.draft:
        return is_itself and not target.draft.inside
    blocks = dict(target.around)
    return all(blocks.get(group, 0) == block == 0 for group, block in source.around if group in blocks)


def _merge(drafts: list[_Draft], arrows: Sequence[_Drawn]) -> list[_Drawn]:
    """Make one box of layers that only read each other; return the arrows that are left.

    In a small picture that are layers without weights, in a large one all that are in blocks, in a huge one all.
    """
    count = sum(1 for _ in _walk(drafts))
    reads: dict[int, list[_Draft]] = {}
    readers: dict[int, int] = {}
    for source, target in arrows:
        reads.setdefault(id(target), []).append(source)
        readers[id(source)] = readers.get(id(source), 0) + 1
    merged: dict[int, _Draft] = {}
    for siblings in list(_families(drafts)):
        takes_weights = count > (_HUGE if siblings is drafts else _LARGE)
        kept: dict[int, _Draft] = {}
        for draft in siblings:
            sources = reads.get(id(draft), [])
            first = merged.get(id(sources[0]), sources[0]) if len(sources) == 1 else None
            if (
                first
                and id(first) in kept
                and readers[id(sources[0])] == 1
                and draft.may_merge
                and first.may_merge
                and (takes_weights or not (draft.params or first.params))
                and len(first.titles) < _LONGEST_CHAIN
            ):
                merged[id(draft)] = first
                first.name = draft.name
                first.titles += draft.titles
                first.rows += draft.rows
                first.params += draft.params
            else:
                kept[id(draft)] = draft
        siblings[:] = kept.values()
    left = ((merged.get(id(source), source), merged.get(id(target), target)) for source, target in arrows)
    ends = {id(first) for first in merged.values()}  # what was an arrow inside of one of these is none any more
    return [(source, target) for source, target in left if source is not target or id(source) not in ends]


def _families(drafts: list[_Draft]) -> Iterator[list[_Draft]]:
    """Yield the lists of drafts that stand side by side."""
    yield drafts
    for draft in drafts:
        yield from _families(draft.inside)


def _walk(drafts: Iterable[_Draft]) -> Iterator[_Draft]:
    for draft in drafts:
        yield draft
        yield from _walk(draft.inside)


def _is_wired(drafts: Sequence[_Draft]) -> bool:
    """Tell whether it is known which of these read which: a model that is no graph does not say."""
    return len(drafts) < 2 or any(sources for draft in drafts for row in draft.rows for _, sources in _reads(row))


class _Maker:
    """Makes boxes of drafts."""

    def __init__(self, view: View, numbers: Mapping[int, int]) -> None:
        self._view = view
        self._numbers = numbers
        self._frozen = _frozen(view.table.rows)

    def box(self, draft: _Draft, around: int) -> Box:
        """Return the box of a draft.

        :param around: how many blocks that one stands for in which it is.
        """
        total = self._view.table.total
        return Box(
            number=self._numbers[id(draft)],
            titles=tuple(
                run_on(title, COLON, f"{params:,}") if params and len(draft.titles) > 1 else title
                for title, params in draft.titles
            ),
            name=draft.name,
            path=draft.rows[0].path,
            is_group=draft.is_group,
            params=draft.params,
            repeat=draft.repeat,
            share=None if around > 1 else share(draft.params, self._view),
            part=around * draft.params / total if total else 0.0,
            frozen=draft.blocks * sum(self._frozen[row.path] * row.repeat for row in draft.rows),
            calls=draft.rows[0].explained.calls if len(draft.rows) == 1 else 1,
            boxes=tuple(self.box(each, around * draft.repeat) for each in draft.inside),
            is_wired=_is_wired(draft.inside),
        )


def _frozen(rows: Sequence[Row]) -> dict[str, int]:
    """Return the path of each layer → how many of its parameters somebody froze, those inside it included."""
    found: dict[str, int] = {}
    inside: dict[int, int] = {}
    for row in reversed(rows):
        of_layer = bool(row.frozen_by)
        own = sum(w.count for w in row.weights if not w.trainable and (of_layer or w.reason in _FROZEN))
        found[row.path] = own + inside.pop(row.depth + 1, 0)
        inside[row.depth] = inside.get(row.depth, 0) + found[row.path] * row.repeat
    return found
