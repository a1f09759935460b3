"""The graph of a model: boxes with counts, and arrows between what reads what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from sphinx_paramdoc.said import counted, said

UNKNOWN = said("which layer reads which is not known")
"""What is said of boxes without arrows between them: a layer that is no graph does not tell how it calls others."""

MOST_BOXES = 400
"""A picture of more boxes can neither be read nor laid out in a moment."""


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """One box of a diagram, with the boxes inside it."""

    number: int
    """Its place among all boxes, those inside it behind it."""
    titles: tuple[str, ...]
    """What it is called, with its class; several where layers without weights follow each other."""
    name: str
    """What others call it that read it."""
    path: str
    """The path of the layer, or of the first of those that it stands for."""
    is_group: bool
    """Whether it stands for layers that are no layer together."""
    params: int
    repeat: int
    """How many equal layers or blocks it stands for; what is inside it counts for one of them."""
    share: str | None
    """Its part of the model's total, as a percentage; ``None`` of what counts for one of several blocks."""
    part: float
    """The same between 0 and 1, all blocks together."""
    frozen: int
    """How many of its parameters are not trained as somebody froze them."""
    calls: int
    """How often the graph around it calls it."""
    boxes: tuple[Box, ...]
    is_wired: bool
    """Whether it is known which of the boxes inside it reads which."""

    @property
    def is_quiet(self) -> bool:
        """Whether it adds nothing."""
        return not self.params

    @property
    def is_frozen(self) -> bool:
        """Whether nothing of it is trained."""
        return bool(self.frozen) and self.frozen == self.params

    @property
    def says(self) -> tuple[str, ...]:
        """What it says besides what it is called: count, share, what is frozen, how often it is called, and more."""
        return tuple(self._says())

    def _says(self) -> Iterator[str]:
        if self.params:
            each = f"{self.repeat:,} × {self.params // self.repeat:,} = " if self.repeat > 1 else ""
            count = f"{each}{self.params:,}"
            yield said("together {count}", count=count) if len(self.titles) > 1 else count
            if self.share is not None:
                yield self.share
        if self.frozen:
            yield said("frozen") if self.is_frozen else said("{count:,} frozen", count=self.frozen)
        if self.calls > 1:
            yield counted(self.calls, "called {number:,} time", "called {number:,} times")
        if self.boxes and not self.is_wired:
            yield UNKNOWN

    def walk(self) -> Iterator[Box]:
        """Yield the box and all inside it, in their order."""
        yield self
        for box in self.boxes:
            yield from box.walk()


class Arrow(NamedTuple):
    """From a box to one that reads what it gives, both by their numbers."""

    source: int
    target: int


class Diagram(msgspec.Struct, frozen=True, kw_only=True):
    """The graph of one model."""

    name: str
    class_name: str
    total: int
    boxes: tuple[Box, ...]
    """The outermost boxes, in the order of the table's rows."""
    arrows: tuple[Arrow, ...]
    is_wired: bool
    """Whether it is known which of the outermost boxes reads which."""

    def walk(self) -> Iterator[Box]:
        """Yield the boxes of every depth, in their order."""
        for box in self.boxes:
            yield from box.walk()

    @property
    def trouble(self) -> str:
        """Why there is no picture of it, or ''."""
        count = sum(1 for _ in self.walk())
        if count <= MOST_BOXES:
            return ""
        return f"the diagram would have {count:,} boxes, more than {MOST_BOXES:,}: open or unfold fewer layers"
