"""Which layers read others than before, among those that stand side by side; shapes and counts need not tell of it.

What is told of a layer that has come, or is gone, is not told once more of those that it stands between: they are said
to read what it reads. So only what nothing else says is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from sphinx_paramdoc.difference.matching import Pair
from sphinx_paramdoc.difference.parts import Layer
from sphinx_paramdoc.said import listed, said

_MOST_NAMES = 3
"""Of more inputs than this, those are named that are others."""


class Wiring(NamedTuple):
    """What is read otherwise."""

    rewired: Mapping[str, str]
    """The names of layers of the second model → which inputs they had, and have."""
    tied: Mapping[str, str]
    """The names of layers that are gone → the layer that is used in their place."""
    untied: Mapping[str, str]
    """The names of layers that have come → the layer that was used in their place."""

    def is_retied(self, pair: Pair) -> bool:
        """Tell whether a layer that one of the models has alone stands in the place of another."""
        if pair.before and pair.after:
            return False
        return bool((pair.after and pair.after.name in self.untied) or (pair.before and pair.before.name in self.tied))


def wiring(pairs: Sequence[Pair]) -> Wiring:
    """Return what is read otherwise among layers that stand side by side."""
    both = [(pair.before, pair.after) for pair in pairs if pair.before and pair.after]
    if all(one.reads == other.reads and one.name == other.name for one, other in both):
        return Wiring({}, {}, {})
    before = _Side(
        {one.name: other.name for one, other in both}, [it.before for it in pairs if it.before and not it.after]
    )
    after = _Side({it.name: it.name for _, it in both}, [it.after for it in pairs if it.after and not it.before])
    known = [(one, other) for one, other in both if one.reads and other.reads]
    tied = dict(_in_place(before, ((one, other.name, after.read(other)) for one, other in known)))
    untied = dict(_in_place(after, ((other, other.name, before.read(one)) for one, other in known)))
    before, after = before.with_owners(tied), after.with_owners(untied)
    called = {other.name: one.name for one, other in both}
    owners = {*tied.values(), *untied.values()}
    rewired = {}
    for one, other in known:
        was, now = before.read(one), after.read(other)
        left, new = [it for it in was if it not in now], [it for it in now if it not in was]
        if was == now or None in (*left, *new) or other.name in owners:
            continue
        names = [called.get(it, it) for it in was if it], [it for it in now if it]
        if all(names):
            rewired[other.name] = _told(*names)
    return Wiring(rewired, tied, untied)


_Reads: TypeAlias = tuple[str | None, ...]
"""What a layer reads, by the names of the second model; ``None`` for a layer that only one of the models has."""


class _Side:
    """The layers of one model, and what those read that both have."""

    def __init__(
        self, names: Mapping[str, str], alone: Sequence[Layer], owners: Mapping[str, str] | None = None
    ) -> None:
        """Take the layers.

        :param names: the names of those that both models have → what they are called in the second.
        :param alone: those that this one alone has.
        :param owners: the names of some of them → the layer in whose place they stand, as the second calls it.
        """
        self._names = names
        self.alone = {layer.name: layer for layer in alone}
        self._owners = owners or {}

    def with_owners(self, owners: Mapping[str, str]) -> _Side:
        """Return the same, where some layers that this model alone has stand in the place of others."""
        return _Side(self._names, list(self.alone.values()), owners)

    def read(self, layer: Layer) -> _Reads:
        """Return what a layer reads."""
        return tuple(dict.fromkeys(map(self._read, layer.reads)))

    def _read(self, name: str) -> str | None:
        for _ in range(len(self.alone) + 1):  # and not for ever, where a file has them read each other in a circle
            if name in self._owners:
                return self._owners[name]
            if name not in self.alone:
                return self._names.get(name, name)
            if len(self.alone[name].reads) != 1:
                return None
            [name] = self.alone[name].reads
        return None


def _in_place(side: _Side, both: Iterable[tuple[Layer, str, _Reads]]) -> Iterator[tuple[str, str]]:
    """Yield layers that one model alone has and that stand in the place of another, and the name of that.

    They are like it, and read what it reads in the other model, and no longer here.

    :param both: layers of this model that both have, what the second calls them, and what they read in the other.
    """
    free: dict[int, list[tuple[str, _Reads]]] = {}
    for layer in side.alone.values():
        if layer.reads and layer.part.params:
            free.setdefault(layer.part.form, []).append((layer.name, side.read(layer)))
    for layer, name, there in both:
        if layer.part.form in free and (left := {*there} - {*side.read(layer), None}):
            yield from ((other, name) for other, reads in free[layer.part.form] if left.issuperset(reads))


def _told(was: Sequence[str], now: Sequence[str]) -> str:
    """Return which inputs a layer had, and has."""
    if max(len(was), len(now)) > _MOST_NAMES:
        left, new = [it for it in was if it not in now], [it for it in now if it not in was]
        if left and new:
            was, now = left, new
    return said("inputs: {before} → {after}", before=_few(was), after=_few(now))


def _few(names: Sequence[str]) -> str:
    if len(names) <= _MOST_NAMES + 1:
        return listed(names)
    more = said("{number:,} more", number=len(names) - _MOST_NAMES)
    return listed([*names[:_MOST_NAMES], more])
