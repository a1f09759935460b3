"""Layers that stand side by side → groups of equal ones, each of which is one row of a table.

A language model repeats one block a hundred times. Its blocks are equal where the rows that they would have are: names
do not count, nor does what a layer is connected to. What lies inside a block counts by where it lies there, as Keras
numbers the layers of each copy on (``dropout_1``); what lies outside, such as the owner of a shared weight, by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.proof import is_known

_LEAST_COMPOSITE = 2
"""So many equal layers that are made of other layers fold."""

_LEAST_PLAIN = 5
"""So many equal layers without others inside fold; readers know fewer by name, such as the convolutions of VGG19."""

_NUMBER = re.compile(r"_?\d+")
"""What a name may hold of the number of its block, or of Keras' own."""


@dataclass(frozen=True, slots=True)
class Group:
    """A layer, those that equal it, and which of its weights it counts."""

    layer: facts.Layer
    """The first; `held` and `counted` are its own."""
    held: list[int]
    """Every weight below it, once."""
    counted: set[int]
    """Those of them that no earlier layer has counted."""
    copies: list[facts.Layer]
    """The others."""

    @property
    def repeat(self) -> int:
        """How many layers it stands for."""
        return 1 + len(self.copies)

    @property
    def names(self) -> str:
        """How the layers are called: ``block_0``, ``block_0 and block_1``, ``block_0 to block_11``."""
        return span([self.layer.name, *(copy.name for copy in self.copies)])


def span(names: Sequence[str]) -> str:
    """Write the names of layers that follow each other: ``block_0 to block_11``, or all that do not count up."""
    return "".join(text for text, _ in name_runs(names))


def name_runs(names: Sequence[str]) -> list[tuple[str, bool]]:
    """Return the runs of text that `span` writes, and whether each is a name."""
    if len(names) < 3 or not _count_up(names):
        named = list(names) if len(names) <= _MOST_NAMES else [*names[: _MOST_NAMES - 1]]
        rest = len(names) - len(named)
        found = [piece for name in named for piece in ((name, True), (", ", False))][:-1]
        if rest:
            return [*found, (f" and {rest:,} more", False)]
        return [(" and ", False) if number == len(found) - 2 else piece for number, piece in enumerate(found)]
    return [(names[0], True), (" to ", False), (names[-1], True)]


def _count_up(names: Sequence[str]) -> bool:
    """Tell whether names are numbered one after the other; the first that Keras gives has no number."""
    stems, numbers = zip(*(_ENDING.fullmatch(name).groups() for name in names), strict=True)  # type: ignore[union-attr]
    counted = [int(number or 0) for number in numbers]
    return len(set(stems)) == 1 and counted == list(range(counted[0], counted[0] + len(counted)))


_ENDING = re.compile(r"(.*?)_?(\d*)", re.DOTALL)
_MOST_NAMES = 4
"""Of more layers whose names do not count up, the last are only counted."""


def groups(
    layers: Iterable[facts.Layer], weights: Sequence[facts.Weight], free: set[int], *, unfold: bool = False
) -> Iterator[Group]:
    """Yield the groups of `layers`, which stand side by side.

    :param weights: those of the model.
    :param free: the positions of the weights that no earlier layer has counted.
    :param unfold: whether each layer is a group by itself.
    """
    for _, run in groupby(_single(layers, free), lambda group: (group.layer.class_name, not group.layer.children)):
        alike = list(run)
        least = _LEAST_COMPOSITE if alike[0].layer.children else _LEAST_PLAIN
        if unfold or len(alike) < least:
            yield from alike
            continue
        for _, equals in groupby(alike, lambda group: _signature(group, weights)):
            first, *others = equals
            if 1 + len(others) < least:
                yield first
                yield from others
            else:
                yield Group(first.layer, first.held, first.counted, [other.layer for other in others])


def _single(layers: Iterable[facts.Layer], free: set[int]) -> Iterator[Group]:
    """Yield each layer by itself, with the weights that it counts."""
    left = set(free)
    for layer in layers:
        held = list(dict.fromkeys(layer.all_weights()))
        counted = left.intersection(held)
        left -= counted
        yield Group(layer, held, counted, [])


def _signature(group: Group, weights: Sequence[facts.Weight]) -> list[Any]:
    """Return a value that is equal for layers whose rows, and those of the layers inside, differ in names alone."""
    inside = list(_walk(group.layer))
    places = {layer.path: place for place, layer in enumerate(inside)}
    numbers: dict[int, int] = {}

    def weight(position: int) -> Any:
        if position not in group.counted:
            return ("elsewhere", position)
        if position in numbers:
            return numbers[position]
        numbers[position] = len(numbers)
        it = weights[position]
        owner = it.path.rpartition("/")[0]
        frozen_by = places.get(it.frozen_by, it.frozen_by) if it.frozen_by else None
        return (
            _NUMBER.sub("", it.name),
            places.get(owner, owner),
            it.shape,
            it.dtype,
            it.trainable,
            it.reason,
            frozen_by,
        )

    return [
        (
            _NUMBER.sub("", layer.name) if place else "",
            layer.class_name,
            layer.bases,
            layer.built,
            layer.input_shape,
            layer.output_shape,
            _arguments(layer),
            layer.offer,
            places.get(layer.frozen_by, layer.frozen_by) if layer.frozen_by else None,
            len(layer.children),
            [weight(position) for position in layer.weights],
        )
        for place, layer in enumerate(inside)
    ]


def _walk(layer: facts.Layer) -> Iterator[facts.Layer]:
    """Yield a layer and all inside it, in the order of their rows."""
    stack = [layer]
    while stack:
        here = stack.pop()
        yield here
        stack.extend(reversed(here.children))


def _arguments(layer: facts.Layer) -> dict[str, facts.Argument] | None:
    """Return the arguments as far as a row may show them: what a formula is made of, and no block's own number."""
    return layer.arguments if is_known(layer) else None
