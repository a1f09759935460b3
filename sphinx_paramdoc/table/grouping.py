"""Layers that stand side by side → groups of them: what repeats, whose names begin alike, and what has no weights.

Equal layers that follow each other are one row of a `Table` already. Here rows become one that differ from each other:
a group is there for the eye, and nothing that programs read knows of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby

import msgspec

from sphinx_paramdoc.explanation import wording
from sphinx_paramdoc.explanation.sentence import Explanation
from sphinx_paramdoc.sameness import without_numbers
from sphinx_paramdoc.table.repetitions import Fold, Repetition, folds
from sphinx_paramdoc.table.rows import Row
from sphinx_paramdoc.table.stems import stems, words
from sphinx_paramdoc.table.view import Kind

_LEAST_HIDDEN = 4
"""A group that repeats folds where it hides so many rows, as five equal layers do."""

_MOST_ROWS = 30
"""Where stems inside of stems count, a table shows no more rows than this; else the outer ones count."""

_PLAIN_BLOCK = 12
"""In what opens, so many rows stand side by side whatever their names begin with."""


class Layer(msgspec.Struct, eq=False):
    """A row of the table with those inside it."""

    row: Row
    inside: list[Layer] = []

    @property
    def is_input(self) -> bool:
        """Whether it says what the model takes, for which readers look."""
        return self.row.short_class == "InputLayer"

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to say of it but that it has no weights."""
        explained = self.row.explained
        is_plain = explained.proof == "none" and not explained.is_not_built and not wording.has_remarks(explained)
        return is_plain and not self.inside and not self.is_input


class Group(msgspec.Struct, eq=False):
    """What becomes one row that a reader sees."""

    kind: Kind
    blocks: list[list[Layer]]
    """The layers of each of the blocks that repeat; where nothing repeats, there is one."""
    inside: list[Group]
    """What opens: the layers of the first block, or those inside of a layer."""
    texts: list[str] = []
    """The stem of each block, where they have stems."""
    members: list[tuple[str, list[Layer]]] = []
    """What the first block of several is made of: a stem and its layers, or '' and a layer."""

    @property
    def layers(self) -> list[Layer]:
        """The layers of the first block."""
        return self.blocks[0]


def nest(rows: Iterable[Row]) -> list[Layer]:
    """Return the outermost layers of rows that are in the order of a table."""
    outermost: list[Layer] = []
    around: list[Layer] = []
    for row in rows:
        layer = Layer(row)
        del around[row.depth :]
        (around[-1].inside if around else outermost).append(layer)
        around.append(layer)
    return outermost


def plain(layers: Sequence[Layer]) -> list[Group]:
    """Return a group for each layer, and for each of those inside it."""
    return [Group(Kind.LAYER, [[layer]], plain(layer.inside)) for layer in layers]


def grouped(layers: Sequence[Layer], *, is_outermost: bool = True) -> list[Group]:
    """Return the groups of layers that stand side by side.

    :param is_outermost: whether names count; in what opens they do only where there are many.
    """
    if not is_outermost and len(layers) <= _PLAIN_BLOCK:
        return _merged(_folded([_Item([layer]) for layer in layers]))
    named = [None if layer.is_input else words(layer.row.name, layer.row.short_class) for layer in layers]
    names = [layer.row.name for layer in layers]
    found = _merged(_folded(_items(layers, names, named, whole=False)))
    if len(found) > _MOST_ROWS:
        coarse = _merged(_folded(_items(layers, names, named, whole=True)))
        found = min(found, coarse, key=len)
    return found


class _Item(msgspec.Struct, eq=False):
    """A layer, or the layers of a stem."""

    layers: list[Layer]
    text: str = ""
    """The stem."""


def _items(
    layers: Sequence[Layer], names: Sequence[str], named: Sequence[tuple[str, ...] | None], *, whole: bool
) -> list[_Item]:
    items: list[_Item] = []
    done = 0
    for stem in stems(names, named, whole=whole):
        part = list(layers[stem.start : stem.end])
        if any(layer.row.params for layer in part):
            items += (_Item([layer]) for layer in layers[done : stem.start])
            items.append(_Item(part, stem.text))
            done = stem.end
    return [*items, *(_Item([layer]) for layer in layers[done:])]


def _folded(items: Sequence[_Item]) -> list[Group]:
    """Return a group for each item, and for those that repeat."""
    cuts = _Boundaries(items)

    def hidden(fold: Fold) -> int:
        block = [layer for item in items[fold.start : fold.start + fold.period] for layer in item.layers]
        if len(block) == 1 or not any(layer.row.params for layer in block):
            return 0  # one layer that equals its neighbours is a row already, from a number on that is its own
        saved = len(block) * (fold.repeat - 1)
        return saved if fold.period == 1 or saved >= _LEAST_HIDDEN else 0

    found: list[Group] = []
    done = 0
    known: dict[int, Hashable] = {}
    forms = [tuple(_form(layer, known) for layer in item.layers) for item in items]
    for fold in folds(forms, hidden, cuts.best):
        found += map(_alone, items[done : fold.start])
        found.append(_repeated([items[at : at + fold.period] for at in range(fold.start, fold.end, fold.period)]))
        done = fold.end
    return [*found, *map(_alone, items[done:])]


def _alone(item: _Item) -> Group:
    if not item.text:
        [layer] = item.layers
        return Group(Kind.LAYER, [[layer]], grouped(layer.inside, is_outermost=False))
    inside = grouped(item.layers, is_outermost=False)
    if len(inside) == 1:  # all of it is one group that repeats
        return inside[0]
    return Group(Kind.STEM, [item.layers], inside, [item.text])


def _repeated(blocks: Sequence[Sequence[_Item]]) -> Group:
    layers = [[layer for item in block for layer in item.layers] for block in blocks]
    inside = grouped(layers[0], is_outermost=False)
    if len(blocks[0]) == 1:
        return Group(Kind.STEM, layers, inside, [block[0].text for block in blocks])
    return Group(Kind.REPEAT, layers, inside, members=[(item.text, item.layers) for item in blocks[0]])


def _merged(groups: Sequence[Group]) -> list[Group]:
    """Make neighbours without weights one group."""
    found: list[Group] = []
    for is_quiet, run in groupby(groups, lambda group: group.kind is Kind.LAYER and group.layers[0].is_quiet):
        alike = list(run)
        if is_quiet and len(alike) > 1:
            found.append(Group(Kind.QUIET, [[group.layers[0] for group in alike]], []))
        else:
            found += alike
    return found


# What is equal


def _form(layer: Layer, known: dict[int, Hashable]) -> Hashable:
    """Return a value that is equal for layers whose rows, and those inside, say the same, whatever they are called.

    :param known: the form of a row by the identity of its explanation, which plain layers that are equal share.
    """
    if layer.inside or layer.row.repeat > 1:
        return _row_form(layer, known)
    form = known.get(id(layer.row.explained))
    if form is None:
        form = known[id(layer.row.explained)] = _row_form(layer, known)
    return form


def _row_form(layer: Layer, known: dict[int, Hashable]) -> Hashable:
    row, explained = layer.row, layer.row.explained
    causes = explained.non_trainable.causes if explained.non_trainable else ()
    return (
        row.class_name,
        str(row.input_shape),
        str(row.output_shape),
        row.repeat,
        row.params,
        row.proof,
        row.formula,
        row.symbolic,
        tuple((without_numbers(_last(w.path)), *w.shape, w.dtype, w.trainable, w.reason) for w in row.weights),
        *(getattr(explained, name) for name in _SAID_ALIKE),
        tuple((cause.reason, cause.frozen_by.removeprefix(row.path)) for cause in causes),
        tuple(_form(each, known) for each in layer.inside),
    )


_SAID_ALIKE = tuple(name for name in Explanation.__struct_fields__ if name not in {"main", "non_trainable", "path"})
"""What an explanation is made of that names no layer of the group."""


def _last(path: str) -> str:
    return path.rpartition("/")[2]


# Where a block begins


class _Boundaries:
    """What speaks for it that a block begins at an item, where it may as well begin at a later one."""

    def __init__(self, items: Sequence[_Item]) -> None:
        self._items = items
        self._crossings: list[int] = []
        """For each item, how many of those before it are read by it or by those behind it."""

    def best(self, found: Repetition) -> int:
        """Return how many items later than a repetition its first block begins.

        It begins where names change most and fewest layers are read across, as a block mostly reads the one before it
        alone; or else with a layer that has weights.
        """
        if not found.spare:
            return 0
        return min(range(found.spare + 1), key=lambda later: self._cost(found, later))

    def _cost(self, found: Repetition, later: int) -> tuple[int, int, bool, int]:
        first = found.start + later
        begins = range(first, first + found.period * found.repeat, found.period)
        alike = sum(map(self._alike, begins))
        across = sum(self._across()[begin] for begin in begins)
        return alike, across, not self._items[first].layers[0].row.params, later

    def _alike(self, at: int) -> int:
        """Return how much the names of an item and of the one before it have in common."""
        if not at:
            return 0
        one, other = (words(row.name, row.short_class) for row in self._rows_at(at))
        same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
        return same + bool(one and other and one[-1] == other[-1] and one[-1].isdigit())

    def _rows_at(self, at: int) -> tuple[Row, Row]:
        return self._items[at - 1].layers[-1].row, self._items[at].layers[0].row

    def _across(self) -> list[int]:
        if not self._crossings:
            rows = [(n, layer.row) for n, item in enumerate(self._items) for layer in item.layers]
            places = {path: n for n, row in rows for path in (row.path, *row.copies)}
            last = dict(enumerate(range(len(self._items))))
            for n, row in rows:
                for path in row.connected_to:
                    source = places.get(path, n)
                    last[source] = max(last[source], n)
            ends = Counter(last.values())
            self._crossings, open_ones = [], 0
            for n in range(len(self._items)):
                self._crossings.append(open_ones)
                open_ones += 1 - ends[n]
        return self._crossings
