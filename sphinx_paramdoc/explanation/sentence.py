"""The explanation of a count before it becomes text: what the count comes about by, remarks, and what is shared."""

from __future__ import annotations

from math import prod
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.dimensions import Formula
from sphinx_paramdoc.explanation.weightless import OPERATION
from sphinx_paramdoc.expression import Expression

Proof: TypeAlias = Literal["formula", "weights", "none"]
"""What an explanation rests on: a formula, the weights one by one, or nothing, as there is no weight."""


class Sized(msgspec.Struct, frozen=True):
    """One weight, with its shape."""

    name: str
    """Its path from the layer that is explained."""
    shape: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many numbers it holds."""
        return prod(self.shape)


class Alike(msgspec.Struct, frozen=True):
    """Several weights of one shape."""

    names: tuple[str, ...]
    """Their paths from the layer that is explained."""
    shape: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many numbers all of them hold."""
        return len(self.names) * prod(self.shape)


class Part(msgspec.Struct, frozen=True):
    """What a layer inside a composite one adds to its count, or several equal ones, or weights of its own."""

    names: tuple[str, ...]
    """The names of the layers, or of the one weight; none for several weights of its own."""
    each: int
    """What one of them adds."""
    is_own: bool = False
    kind: str = ""
    """The class of the layers, without its module."""
    how: Expression | tuple[Sized | Alike, ...] | None = None
    """How `each` comes about, where that is said: by a formula that is proven, or by weights."""

    @property
    def count(self) -> int:
        """What all of them add."""
        return self.each if self.is_own else self.each * len(self.names)


class Difference(NamedTuple):
    """What sets a layer apart from another: a weight of another shape, or what only one of them has."""

    here: Sized | Part | None
    there: Sized | Part | None


class ByFormula(msgspec.Struct, frozen=True):
    """A formula that is proven."""

    formula: Formula
    count: int


class ByWeights(msgspec.Struct, frozen=True):
    """The weights one by one, those of one shape together where they are many."""

    weights: tuple[Sized | Alike, ...]


class ByParts(msgspec.Struct, frozen=True):
    """What the layers inside add."""

    parts: tuple[Part, ...]


class Split(NamedTuple):
    """How a count is split among the layers inside a composite one."""

    parts: tuple[Part, ...] = ()
    """None where one layer owns all that is counted."""
    within: tuple[facts.Layer, ...] = ()
    """The layers between the one that is explained and the parts, from the outermost on, each of which holds all."""


class OfClass(msgspec.Struct, frozen=True):
    """What the layers of one class inside a composite one add, or weights of its own."""

    name: str
    """That of the class; of one layer alone, its own; none for weights of the composite layer itself."""
    number: int
    """How many layers there are."""
    count: int
    """What all of them add."""
    least: int
    """What the smallest of them adds."""
    most: int


class ByClass(msgspec.Struct, frozen=True):
    """What the layers inside add, class by class, as they are many."""

    classes: tuple[OfClass, ...]


class ByAnother(msgspec.Struct, frozen=True):
    """A layer that is almost the same, and what sets this one apart from it."""

    name: str
    base: int
    """The count of the other."""
    differences: tuple[Difference, ...]
    count: int


class WithoutWeights(msgspec.Struct, frozen=True):
    """Why there are none."""

    why: Literal["not_built", "kind", "layers", "creates_none", "uncertain"]
    phrase: str = ""
    """What layers of this kind do instead, in words of `weightless`."""


Main: TypeAlias = ByFormula | ByWeights | ByParts | ByClass | ByAnother | WithoutWeights
"""What a count comes about by."""


class Cause(msgspec.Struct, frozen=True):
    """Why some weights are not trainable."""

    reason: facts.Reason
    names: tuple[str, ...]
    """The weights, each once: those that are chosen among others of the same name by their paths from the layer, others
    by their names. Of what is frozen with layers inside, those layers, by their paths."""
    count: int = 0
    """How many numbers they hold."""
    is_of_each: bool = False
    """Whether there are several weights of the one name, or whether the layers are all that could be frozen."""
    frozen_by: str = ""
    """The path of the frozen layer around them, or of the one that is explained."""
    is_partly: bool = False
    """Whether something in the frozen layers is trained all the same."""


class NonTrainable(msgspec.Struct, frozen=True):
    """What of a count is not trainable, and why."""

    count: int
    causes: tuple[Cause, ...]
    """What would last if all were unfrozen comes first."""
    is_all: bool
    """Whether nothing of it is trainable."""


class Unheeded(msgspec.Struct, frozen=True):
    """What is trained although a layer around it says that it is not."""

    layers: tuple[str, ...]
    """The layers inside that say so, by their paths from the one that is explained; none: that one itself."""
    weights: tuple[str, ...]
    """The weights, by their names, where they are the layer's own and not those of layers inside."""
    count: int


class Explanation(msgspec.Struct, frozen=True):
    """The explanation of one count, or of that of several equal layers."""

    proof: Proof
    main: Main
    count: int = 0
    """The count of one layer."""
    note: str = ""
    """What is true of layers of this kind, whatever they hold; a formula has its own."""
    logical: int | None = None
    """What it would be without quantisation, where layers inside are quantised."""
    non_trainable: NonTrainable | None = None
    unheeded: tuple[Unheeded, ...] = ()
    """What is trained although a layer says that it is not."""
    trained_bases: tuple[str, ...] = ()
    """The matrices that LoRA adapts and that are trained all the same, by their paths from the layer."""
    uncounted: tuple[Sized, ...] = ()
    """What weights hold that count 0, as they may have any length."""
    overwritten: int = 0
    """How many of the trainable numbers no gradient changes."""
    shared: tuple[tuple[str, int], ...] = ()
    """The layers that count the other weights of this one, each with how many numbers."""
    uses: tuple[facts.Outside, ...] = ()
    """What the layer computes with that its framework does not track."""
    borrows: tuple[str, ...] = ()
    """The paths of the layers that it does not hold and whose weights it computes with."""
    copied: tuple[str, ...] = ()
    """The paths of the weights whose values it takes as plain values."""
    unbuilt: tuple[str, ...] = ()
    """The layers inside that have not been given their weights yet, by their paths from the layer."""
    calls: int = 1
    """How often the model calls the layer, whose weights count once all the same."""
    path: str = ""
    """The path of the layer."""
    repeat: int = 1

    @property
    def formula(self) -> Expression | None:
        """The formula that is proven, if one is."""
        return self.main.formula.expression if isinstance(self.main, ByFormula) else None

    @property
    def is_operation(self) -> bool:
        """Whether it is no layer that is explained, but an operation of a graph."""
        return self.main == WithoutWeights("kind", OPERATION)

    @property
    def formulas(self) -> list[Expression]:
        """The formulas that it is written with: its own, or those of the layers inside."""
        if isinstance(self.main, ByParts):
            return [part.how for part in self.main.parts if isinstance(part.how, Expression)]
        return [self.main.formula.expression] if isinstance(self.main, ByFormula) else []

    @property
    def is_not_built(self) -> bool:
        """Whether the layer has not been given its weights yet."""
        return isinstance(self.main, WithoutWeights) and self.main.why == "not_built" and not self.shared
