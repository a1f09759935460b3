"""What a formula may ask a layer for; whatever the layer cannot answer ends the formula, not the build.

Nothing here, nor what is made of it, needs `msgspec`: the difference of two records proves formulas without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from sphinx_paramdoc.expression import Dimension, Expression
from sphinx_paramdoc.said import label, pattern, said

if TYPE_CHECKING:
    from sphinx_paramdoc import facts


class Offer(Protocol):
    """What a proof reads of what somebody else explains."""

    @property
    def explainer(self) -> str: ...
    @property
    def formula(self) -> Any: ...
    @property
    def trouble(self) -> str: ...


class Layer(Protocol):
    """What a proof reads of a layer: one of `facts` is such a layer, and so is its JSON form where that is read."""

    @property
    def path(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def class_name(self) -> str: ...
    @property
    def bases(self) -> Sequence[str]: ...
    @property
    def input_shape(self) -> facts.Shape: ...
    @property
    def output_shape(self) -> facts.Shape: ...
    @property
    def arguments(self) -> Mapping[str, facts.Argument]: ...
    @property
    def children(self) -> Sequence[Layer]: ...
    @property
    def frozen_by(self) -> str | None: ...
    @property
    def offer(self) -> Offer | None: ...
    def all_weights(self) -> Iterator[int]: ...


class Weight(Protocol):
    """What a proof reads of a weight."""

    @property
    def path(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def shape(self) -> Sequence[int]: ...
    @property
    def count(self) -> int: ...


class NoFormulaError(Exception):
    """The layer's facts do not hold what a formula needs: the layer is explained by its weights."""


class Formula(NamedTuple):
    """What the count of a layer is made of."""

    expression: Expression
    note: str = ""
    """A few words on what surprises in it."""
    logical: Expression | None = None
    """The count that the layer would have without quantisation, where it is quantised."""


class Dimensions(NamedTuple):
    """The dimensions of one layer: its constructor's arguments, the shapes of its input and output, and its parts.

    Every method raises `NoFormulaError` where the layer has no such dimension.
    """

    layer: Layer
    formula_of: Callable[[Layer], Formula]
    """Gives the formula of a layer inside this one."""

    def integer(self, argument: str) -> int:
        """Return an argument that is a whole number, such as ``units``."""
        value = self.layer.arguments.get(argument)
        if isinstance(value, bool) or not isinstance(value, int):
            raise NoFormulaError(argument)
        return value

    def integers(self, argument: str) -> list[int]:
        """Return an argument that is a list of whole numbers, such as ``kernel_size``."""
        value = self.layer.arguments.get(argument)
        if not isinstance(value, list):
            raise NoFormulaError(argument)
        return [_size(axis) for axis in value]

    def sizes(self, argument: str) -> list[int]:
        """Return an argument that is one whole number or a list of them, such as ``output_shape``."""
        value = self.layer.arguments.get(argument)
        return self.integers(argument) if isinstance(value, list) else [self.integer(argument)]

    def flag(self, argument: str, default: bool | None = None) -> bool:
        """Return an argument that is true or false, such as ``use_bias``."""
        value = self.layer.arguments.get(argument, default)
        if not isinstance(value, bool):
            raise NoFormulaError(argument)
        return value

    def text(self, argument: str) -> str:
        """Return an argument that is a word, such as ``data_format``."""
        value = self.layer.arguments.get(argument)
        if not isinstance(value, str):
            raise NoFormulaError(argument)
        return value

    def has(self, argument: str) -> bool:
        """Tell whether an argument is given."""
        return argument in self.layer.arguments

    def input(self) -> list[int | None]:
        """Return the shape of the input; of several inputs, that of the first."""
        return _first(self.layer.input_shape)

    def output(self) -> list[int | None]:
        """Return the shape of the output; of several outputs, that of the first."""
        return _first(self.layer.output_shape)

    def input_axis(self, axis: int) -> int:
        """Return the size of one axis of the input, counted with the batch axis as 0, or from the end if negative."""
        shape = self.input()
        if not -len(shape) <= axis < len(shape):
            raise NoFormulaError("input_shape")
        return _size(shape[axis])

    def axis_sizes(self, argument: str = "axis") -> list[int]:
        """Return the sizes of the axes of the input that an argument names."""
        return [self.input_axis(axis) for axis in self.axes(argument)]

    def axes(self, argument: str = "axis") -> list[int]:
        """Return an argument that names one axis of the input or several, as positions from 0."""
        rank = len(self.input())
        return [axis + rank if axis < 0 else axis for axis in self.sizes(argument)]

    def channels(self) -> int:
        """Return the size of the axis of the channels, where ``data_format`` says it is."""
        return self.input_axis(1 if self.text("data_format") == "channels_first" else -1)

    def positions(self) -> tuple[list[int], list[int]]:
        """Return the sizes of the axes of input and output that are neither batch nor channels."""
        first = 2 if self.text("data_format") == "channels_first" else 1

        def without(shape: list[int | None]) -> list[int]:
            return [_size(axis) for axis in shape[first : len(shape) + first - 2]]

        return without(self.input()), without(self.output())

    def part(self, name: str) -> Dimensions:
        """Return the dimensions of the layer of that name inside this one."""
        for child in self.layer.children:
            if child.name == name:
                return Dimensions(child, self.formula_of)
        raise NoFormulaError(name)

    def parts(self) -> Iterator[Layer]:
        """Yield the layers inside this one that have weights."""
        return (child for child in self.layer.children if next(child.all_weights(), None) is not None)

    def only_part(self) -> Layer:
        """Return the one layer inside this one that has weights."""
        parts = list(self.parts())
        if len(parts) != 1:
            raise NoFormulaError("children")
        return parts[0]


def _first(shape: facts.Shape) -> list[int | None]:
    """Return the shape of the first of the tensors that `shape` is about."""
    found: Any = shape
    while isinstance(found, dict) or (isinstance(found, list) and found and isinstance(found[0], (list, dict))):
        found = next(iter(found.values()), None) if isinstance(found, dict) else found[0]
    if not isinstance(found, list) or not found:
        raise NoFormulaError("shape")
    return found


def _size(axis: int | None) -> int:
    if axis is None:
        raise NoFormulaError("an axis of any size")
    return axis


SCALE_EACH = pattern("{axis}, with a scale each")
SLOPE_EACH = pattern("{axis}, with a slope each")
WEIGHT_EACH = pattern("{axis}, with a {weight} each")
GROUP_EACH = pattern("{axis}, with a number of its group each")
PROTECTING_SCALE_EACH = pattern("{axis}, with a protecting scale each")
"""What the elements of an axis have of their own."""


def with_each(axis: Dimension, what: str, **values: str) -> Dimension:
    """Return the size of an axis of which each element has something of its own, and let it say so.

    :param what: one of the patterns above.
    """
    return Dimension(axis.value, said(what, axis=label(axis.label), **values), axis.name())


class Family(NamedTuple):
    """How the layers of one class are explained."""

    formula: Callable[[Dimensions], Formula]
    weights: frozenset[str]
    """The names of the weights that a layer of it may own itself, in any version of Keras. The formula speaks of no
    others: a class that inherits from this one and owns something else is none of the family."""
    note: str = ""
    """What is true of its layers also where what is inside them has no formula."""
