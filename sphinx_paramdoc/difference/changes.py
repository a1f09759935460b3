"""What a difference is made of."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from sphinx_paramdoc.difference.parts import Layer, Part, Whole

Kind: TypeAlias = Literal["added", "removed", "renamed", "changed", "frozen", "unfrozen", "tied", "untied", "dtype"]
"""What happened to a layer; what has several of them has a change for each."""


About: TypeAlias = Literal["", "shape", "inputs"]
"""What a change is about that says nothing of weights: the shape of what a layer gives, or what it reads."""


class Change(NamedTuple):
    """One thing that happened to a layer, or to several in the same way.

    The changes of layers that stand side by side add up, in parameters and in what of them is trainable: where several
    things happened to a layer, one of them has the numbers, and the others begin or end with those.
    """

    kind: Kind
    before: tuple[Layer, ...]
    """The layers of the first model."""
    after: tuple[Layer, ...]
    """The layers of the second; as many, unless layers or blocks were added to others that equal them."""
    params: tuple[int, int]
    """Of all of them, before and after."""
    trainable: tuple[int, int]
    because: tuple[str, ...]
    """Why, in texts that can be said in another language."""
    inside: tuple[Change, ...] = ()
    """What happened to the layers inside one of them: these changes add up to that of each."""
    period: int = 0
    """Of how many layers a block consists, where several follow each other that are equal."""
    about: About = ""

    @property
    def delta(self) -> int:
        """By how much the count grew."""
        return self.params[1] - self.params[0]

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers by their names of today, or by those of before where there were more of them."""
        return self.after if len(self.after) >= len(self.before) else self.before

    @property
    def is_mere_name(self) -> bool:
        """Tell whether no count, shape, type or trainable weight differs, in none of the layers inside either."""
        if self.kind in {"added", "removed"}:
            return not any(layer.part.params for layer in self.layers)
        if self.kind == "changed" and len(self.before) == len(self.after):
            kept = [_kept(layers[0].part) for layers in (self.before, self.after)]
            return kept[0] == kept[1] and all(change.is_mere_name for change in self.inside)
        return self.kind == "renamed"


def _kept(part: Part) -> tuple[object, ...]:
    """Return what is the same of a part where a name is another, or the order of what is inside it."""
    return (part.class_name, part.shared_with is None, [weight.shape for weight in part.own], repr(part.output_shape))


class Difference(NamedTuple):
    """What changed between two models."""

    before: Whole
    after: Whole
    changes: tuple[Change, ...]
    """Those of the outermost layers, in the order of the second model."""
    equal: tuple[Layer, ...]
    """The outermost layers to which nothing happened."""
    moved: tuple[Layer, ...] = ()
    """Outermost layers that stand elsewhere, as few as account for the order of the second model."""

    @property
    def is_material(self) -> bool:
        """Tell whether a count, a shape, a type or a trainable weight differs."""
        return any(not change.is_mere_name for change in self.changes)
