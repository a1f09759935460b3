"""When two layers are the same but for their names: what folds into one row, and what a record says only once.

What lies inside a layer counts by where it lies there, as frameworks number the layers of each copy on (``dropout_1``);
what lies outside, such as the owner of a shared weight, counts by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx_paramdoc import facts

_NUMBER = re.compile(r"_?\d+")
_ENDING = re.compile(r"[_#]\d+$")


_HUMPS = (r"(.)([A-Z][a-z]+)", r"([a-z])([A-Z])")
"""Where Keras parts the words of a class, one after the other."""


def without_numbers(name: str) -> str:
    """Return a name without the numbers in it: that of its block, or the framework's own."""
    return _NUMBER.sub("", name)


def without_ending(name: str) -> str:
    """Return a name without what a framework adds to one that it has given before."""
    return _ENDING.sub("", name)


@cache
def automatic_name(short_class: str) -> str:
    """Return the name that Keras gives a layer of a class, ``batch_normalization``, without numbers."""
    for hump in _HUMPS:
        short_class = re.sub(hump, r"\1_\2", short_class)
    return without_numbers(short_class.lower())


def walk(layer: facts.Layer) -> Iterator[facts.Layer]:
    """Yield a layer and all inside it, in the order of their rows."""
    stack = [layer]
    while stack:
        here = stack.pop()
        yield here
        stack.extend(reversed(here.children))


def row_form(
    layer: facts.Layer,
    weights: Sequence[facts.Weight],
    counted: Collection[int],
    arguments: Callable[[facts.Layer], object],
) -> list[Any]:
    """Return a value that is equal for layers whose rows, and those of the layers inside, differ in names alone.

    What the layer itself reads does not count, as that of its copies stands in its row.

    :param weights: those of the model.
    :param counted: the positions of those that the layer counts.
    :param arguments: gives the arguments of a layer, as far as its row may show them.
    """

    def of_layer(inside: facts.Layer, places: _Places) -> Any:
        if inside is layer:
            return arguments(inside)
        reads = [places[path] for path in inside.connected_to] if inside.connected_to else ()
        return (without_numbers(inside.name), arguments(inside), reads)

    def of_weight(weight: facts.Weight) -> Any:
        return without_numbers(weight.name)

    return _form(layer, weights, counted, of_layer, of_weight)


def copy_form(layer: facts.Layer, weights: Sequence[facts.Weight], own: Collection[int]) -> list[Any]:
    """Return a value that is equal for layers that differ in names and paths alone, and in what they are connected to.

    :param weights: those of the model.
    :param own: the positions of those that lie in the layer.
    """

    def of_layer(inside: facts.Layer, places: _Places) -> Any:
        if inside is layer:
            return layer.arguments
        tail = inside.path.rpartition("/")[2]
        odd_name = (tail, inside.name) if tail != inside.name else None  # its path does not follow from its name
        return (odd_name, inside.arguments, [places[path] for path in inside.connected_to])

    def of_weight(weight: facts.Weight) -> Any:
        return (weight.name, weight.path.rpartition("/")[2], weight.overwritten)

    return _form(layer, weights, own, of_layer, of_weight)


class _Places(dict[str, int | str]):
    """The paths of a layer and of those inside it → where they lie there; other paths stand for themselves."""

    def __init__(self, layer: facts.Layer) -> None:
        super().__init__((inside.path, place) for place, inside in enumerate(walk(layer)))

    def __missing__(self, path: str) -> str:
        return path


def _form(
    layer: facts.Layer,
    weights: Sequence[facts.Weight],
    own: Collection[int],
    of_layer: Callable[[facts.Layer, _Places], Any],
    of_weight: Callable[[facts.Weight], Any],
) -> list[Any]:
    """Return what a layer is made of, with places instead of paths."""
    places = _Places(layer)
    numbers: dict[int, int] = {}

    def form(position: int) -> Any:
        if position not in own:
            return ("elsewhere", position)
        if position in numbers:
            return numbers[position]
        numbers[position] = len(numbers)
        it = weights[position]
        owner = places[it.path.rpartition("/")[0]]
        around = [places[path] if path else None for path in (it.frozen_by, it.unheeded)]
        return (of_weight(it), owner, it.shape, it.dtype, it.trainable, it.reason, around, it.holds)

    return [
        (
            of_layer(inside, places),
            inside.class_name,
            inside.bases,
            inside.built,
            inside.input_shape,
            inside.output_shape,
            inside.offer,
            inside.calls,
            inside.is_operation,
            inside.outside,
            inside.is_searched,
            inside.borrows,
            inside.copied,
            places[inside.frozen_by] if inside.frozen_by else None,
            len(inside.children),
            [form(position) for position in inside.weights],
        )
        for inside in walk(layer)
    ]
