"""The form that two models are compared in, wherever they come from: facts, a table, or the JSON of one of them.

It holds what all of these say: layers with their own weights and what is inside them. Layers that are the same but for
their names are one part, and a number stands for it, so that comparing a hundred blocks compares two numbers. No field
is a structure of `msgspec`, which takes longer to load than two records of a large language model take to compare.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from math import prod
from typing import Any, Literal, NamedTuple, TypeAlias

from sphinx_paramdoc.sameness import without_numbers
from sphinx_paramdoc.successors import today


class Weight(NamedTuple):
    """One weight."""

    name: str
    shape: tuple[int, ...]
    dtype: str
    trainable: bool
    reason: str | None

    @property
    def params(self) -> int:
        """How many numbers it holds."""
        return prod(self.shape)

    @property
    def text(self) -> str:
        """Its name and shape, as in a row: ``kernel 3 × 3 × 8 × 16``."""
        return f"{self.name} {self.axes}" if self.shape else self.name

    @property
    def axes(self) -> str:
        """Its shape: ``3 × 3 × 8 × 16``."""
        return " × ".join(map(str, self.shape)) or "1"


Frozen: TypeAlias = Literal["", "itself", "around"]
"""A layer itself, one around it, or none."""


class Formula(NamedTuple):
    """The formula of a count that was proven."""

    text: str
    symbolic: str
    terms: tuple[tuple[int, str], ...]
    """Each number with what it is."""


class Part(NamedTuple):
    """What one layer is, or several that differ in names alone."""

    class_name: str
    """Its full name today: a class of Keras 2 and its successor are one."""
    own: tuple[Weight, ...]
    """The weights that it counts itself."""
    inside: tuple[Layer, ...]
    output_shape: Any
    shared_with: str | None
    """Whose weights it uses; they are counted there."""
    frozen: Frozen
    """Which layer is frozen, so that something in it is not trained."""
    params: int
    """Those of the layers inside it as well."""
    trainable: int
    form: int
    """The same for parts with the same class and the same weights, whatever their types, and whether these train."""
    full: int
    """The same for parts that are the same in everything."""
    formula: Callable[[], Formula | None]
    """Finds the formula, which only that of a few parts is asked for."""

    @property
    def short_class(self) -> str:
        """The class without its module."""
        return self.class_name.rpartition(".")[2]

    def weights(self) -> Iterator[Weight]:
        """Yield its weights and those of the layers inside it."""
        yield from self.own
        for layer in self.inside:
            yield from layer.part.weights()


class Layer(NamedTuple):
    """One layer: what it is called, and what it is."""

    name: str
    """Of an outermost layer the path; else the rest of the path, behind that of the layer around it."""
    part: Part
    reads: tuple[str, ...] = ()
    """The names of the layers beside it whose outputs it reads; none where it reads none, or it is not known. One that
    stands elsewhere has its path."""


class Whole(NamedTuple):
    """One model."""

    name: str
    class_name: str
    total: int
    trainable: int
    size_bytes: Callable[[], int]
    """Adds up what its weights take."""
    layers: tuple[Layer, ...]

    @property
    def non_trainable(self) -> int:
        """How many of its parameters are not trainable."""
        return self.total - self.trainable


class Maker:
    """Makes the parts of two models, and gives the same number to what is the same."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._numbers: dict[Hashable, int] = {}

    def part(
        self,
        class_name: str,
        own: Iterable[Weight],
        inside: Sequence[Layer],
        *,
        output_shape: Any,
        shared_with: str | None,
        frozen: Frozen,
        formula: Callable[[], Formula | None],
    ) -> Part:
        """Return a part."""
        own, inside, class_name = tuple(own), tuple(inside), today(class_name)
        # What Keras 2 called depthwise_kernel, Keras 3 calls kernel: names of weights are told, and decide nothing.
        shapes, forms = tuple(it.shape for it in own), tuple(it.part.form for it in inside)
        form = self._number((class_name, shapes, forms, not shared_with))
        kept = tuple((without_numbers(it.name), it.part.full) for it in inside)
        params = trainable = 0
        for weight in own:
            params += weight.params
            trainable += weight.params * weight.trainable
        for layer in inside:
            params += layer.part.params
            trainable += layer.part.trainable
        # Which layer is frozen says why something is not trained; where all is, or it is counted elsewhere, nothing.
        why = frozen if trainable != params else ""
        full = self._number((form, tuple(it[2:] for it in own), kept, _wires(inside), why, repr(output_shape)))
        return Part(class_name, own, inside, output_shape, shared_with, frozen, params, trainable, form, full, formula)

    def _number(self, what: Hashable) -> int:
        return self._numbers.setdefault(what, len(self._numbers))


def _wires(layers: Sequence[Layer]) -> Hashable:
    """Return which layers read which, by their places, as names may count on."""
    if not any(layer.reads for layer in layers):
        return ()
    places = {layer.name: place for place, layer in enumerate(layers)}
    return tuple(tuple(places.get(name, -1) for name in layer.reads) for layer in layers)


def inner(path: str, around: str) -> str:
    """Return the name of a layer beside others: what of its path stands behind that of the layer around them."""
    return path.removeprefix(f"{around}/") if around else path


def frozen(path: str, by: str | None) -> Frozen:
    """Return which layer is frozen.

    :param path: that of the layer that is asked of.
    :param by: that of the layer that is frozen, if one is.
    """
    return "" if by is None else "itself" if by == path else "around"
