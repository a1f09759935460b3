"""The JSON form of facts → what is compared, without a table: most layers of two models need no explanation.

A layer may be said to be a copy of one before it, as records say it; it is then no work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, TypeAlias

from sphinx_paramdoc.difference.parts import Formula, Layer, Maker, Part, Weight, Whole, frozen, inner
from sphinx_paramdoc.dtypes import bits


class SharedError(ValueError):
    """A weight is held twice: which row counts it, and what is said of the other, is for the table to tell."""


FormulaOf: TypeAlias = Callable[[Mapping[str, Any], Sequence[Mapping[str, Any]]], Formula | None]
"""Gives the formula of a layer, of which it is told all, and its weights."""


def whole(model: Mapping[str, Any], make: Maker, formula_of: FormulaOf) -> Whole:
    """Return a model.

    :param formula_of: gives the formula of a layer.
    :raises SharedError: where a weight is held twice.
    :raises LookupError, TypeError, ValueError: where `model` is no such thing.
    """
    reader = _Reader(model, make, formula_of)
    layers = tuple(reader.layers(model["layers"], ""))

    def size() -> int:
        weights = (weight for layer in layers for weight in layer.part.weights())
        return sum((weight.params * bits(weight.dtype) + 7) // 8 for weight in weights)

    total, trainable = (sum(getattr(each.part, name) for each in layers) for name in ("params", "trainable"))
    return Whole(model["name"], model["class"], total, trainable, size, layers)


class _Reader:
    """Reads layers, and finds weights that are held twice."""

    def __init__(self, model: Mapping[str, Any], make: Maker, formula_of: FormulaOf) -> None:
        self._make, self._formula_of = make, formula_of
        copied = {number for numbers in _of_copies(model["layers"]) for number in numbers}
        numbers = (number for number in count() if number not in copied)
        self._stated = dict(zip(numbers, model["weights"], strict=False))
        """The weights that are written out, by their numbers: those of copies are not."""
        self._given: set[int] = set()

    def layers(self, layers: Sequence[Mapping[str, Any]], around: str) -> list[Layer]:
        """Return layers that stand side by side."""
        known: dict[str, Part] = {}
        found = []
        for layer in layers:
            path = layer["path"]
            if "copy_of" in layer:
                first, number = layer["weights_at"]
                self._give(range(first, first + number))
                part = known[layer["copy_of"]]
            else:
                part = self._part(layer)
            known[path] = part
            reads = tuple(inner(other, around) for other in layer.get("connected_to", ()))
            found.append(Layer(inner(path, around), part, reads))
        return found

    def _give(self, positions: Sequence[int]) -> None:
        """Give weights to a layer.

        :raises SharedError: where another one has them.
        """
        if len(set(positions)) < len(positions) or not self._given.isdisjoint(positions):
            raise SharedError
        self._given.update(positions)

    def _part(self, layer: Mapping[str, Any]) -> Part:
        path = layer["path"]
        own = layer.get("weights", ())
        self._give(own)
        return self._make.part(
            layer["class"],
            [_weight(self._stated[position]) for position in own],
            self.layers(layer.get("children", ()), path),
            output_shape=layer.get("output_shape"),
            shared_with=None,
            frozen=frozen(path, layer.get("frozen_by")),
            formula=lambda: self._formula_of(layer, [self._stated[position] for position in _positions(layer)]),
        )


def _of_copies(layers: Sequence[Mapping[str, Any]]) -> Iterator[range]:
    """Yield the numbers of the weights of copies, which are not written out."""
    for layer in layers:
        if "copy_of" in layer:
            start, number = layer["weights_at"]
            yield range(start, start + number)
        else:
            yield from _of_copies(layer.get("children", ()))


def _positions(layer: Mapping[str, Any]) -> Iterator[int]:
    """Yield the numbers of the weights of a layer and of those inside it, as far as these are written out."""
    yield from layer.get("weights", ())
    for child in layer.get("children", ()):
        yield from _positions(child)


def _weight(plain: Mapping[str, Any]) -> Weight:
    name = plain["path"].rpartition("/")[2]
    return Weight(name, tuple(plain["shape"]), plain["dtype"], plain["trainable"], plain.get("reason"))
