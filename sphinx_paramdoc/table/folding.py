"""Layers that stand side by side → groups of equal ones, each of which is one row of a table.

A language model repeats one block a hundred times. Its blocks are equal where the rows that they would have are: names
do not count, nor does what a layer is connected to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.proof import is_known
from sphinx_paramdoc.sameness import row_form

_LEAST_COMPOSITE = 2
"""So many equal layers that are made of other layers fold."""

_LEAST_PLAIN = 5
"""So many equal layers without others inside fold; readers know fewer by name, such as the convolutions of VGG19."""


class Group(msgspec.Struct, frozen=True):
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
        for _, equals in groupby(alike, lambda group: row_form(group.layer, weights, group.counted, _arguments)):
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
        held = list(dict.fromkeys(layer.all_weights() if layer.children else layer.weights))
        counted = left.intersection(held)
        left -= counted
        yield Group(layer, held, counted, [])


def _arguments(layer: facts.Layer) -> dict[str, facts.Argument] | None:
    """Return the arguments as far as a row may show them: what a formula is made of, and no block's own number."""
    return layer.arguments if is_known(layer) else None
