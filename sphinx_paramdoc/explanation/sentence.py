"""The explanation of a count before it becomes text: what the count comes about by, remarks, and what is shared."""

from __future__ import annotations

from math import prod
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.dimensions import Formula
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


class Part(msgspec.Struct, frozen=True):
    """What a layer inside a composite one adds to its count, or several equal ones, or weights of its own."""

    names: tuple[str, ...]
    """The names of the layers, or of the one weight; none for several weights of its own."""
    each: int
    """What one of them adds."""
    is_own: bool = False

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
    """The weights one by one."""

    weights: tuple[Sized, ...]


class ByParts(msgspec.Struct, frozen=True):
    """What the layers inside add."""

    parts: tuple[Part, ...]


class ByAnother(msgspec.Struct, frozen=True):
    """A layer that is almost the same, and what sets this one apart from it."""

    name: str
    base: int
    """The count of the other."""
    differences: tuple[Difference, ...]
    count: int


class WithoutWeights(msgspec.Struct, frozen=True):
    """Why there are none."""

    why: Literal["not_built", "kind", "layers", "creates_none"]
    phrase: str = ""
    """What layers of this kind do instead, in words of `weightless`."""


Main: TypeAlias = ByFormula | ByWeights | ByParts | ByAnother | WithoutWeights
"""What a count comes about by."""


class Cause(NamedTuple):
    """Why some weights are not trainable."""

    reason: facts.Reason
    names: tuple[str, ...]
    """The weights, each once; chosen ones by their paths from the layer, others by their kinds."""
    is_of_each: bool = False
    """Whether there are several of the one name."""
    frozen_by: str = ""
    """The path of the layer around them that is frozen."""


class NonTrainable(msgspec.Struct, frozen=True):
    """What of a count is not trainable, and why."""

    count: int
    causes: tuple[Cause, ...]
    frozen_inside: tuple[str, ...]
    """The layers inside that are frozen, by their paths from the layer that is explained."""
    is_all: bool
    """Whether nothing of it is trainable."""


class Explanation(msgspec.Struct, frozen=True):
    """The explanation of one count, or of that of several equal layers."""

    proof: Proof
    main: Main
    count: int = 0
    """The count of one layer."""
    logical: int | None = None
    """What it would be without quantisation, where layers inside are quantised."""
    non_trainable: NonTrainable | None = None
    overwritten: int = 0
    """How many of the trainable numbers no gradient changes."""
    shared: tuple[tuple[str, int], ...] = ()
    """The layers that count the other weights of this one, each with how many numbers."""
    calls: int = 1
    """How often the model calls the layer, whose weights count once all the same."""
    path: str = ""
    """The path of the layer."""
    repeat: int = 1

    @property
    def formula(self) -> Expression | None:
        """The formula that is proven, if one is."""
        return self.main.formula.count if isinstance(self.main, ByFormula) else None

    @property
    def is_not_built(self) -> bool:
        """Whether the layer has not been given its weights yet."""
        return isinstance(self.main, WithoutWeights) and self.main.why == "not_built" and not self.shared
