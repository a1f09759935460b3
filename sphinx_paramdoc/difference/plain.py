"""Layers and weights of the JSON form of facts, as a proof reads them: no structure of `facts` is made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any, NamedTuple


class PlainOffer(NamedTuple):
    """What a function that explains layers of a class gave."""

    explainer: str
    formula: Any = None
    trouble: str = ""


class PlainLayer:
    """A layer, in which none is said to be a copy of another."""

    __slots__ = ("_plain",)

    def __init__(self, plain: Mapping[str, Any]) -> None:
        """Read the JSON form of a layer, which leaves out what is as it mostly is."""
        self._plain = plain

    @property
    def path(self) -> str:
        """The names from the outermost layer down to this one."""
        return self._text("path")

    @property
    def name(self) -> str:
        """What it is called."""
        return self._text("name")

    @property
    def class_name(self) -> str:
        """The public full name of its class."""
        return self._text("class")

    def _text(self, field: str) -> str:
        text: str = self._plain[field]
        return text

    @property
    def bases(self) -> Sequence[str]:
        """Those of the classes that it inherits from."""
        bases: Sequence[str] = self._plain.get("bases", ())
        return bases

    @property
    def input_shape(self) -> Any:
        """The shape of what it takes."""
        return self._plain.get("input_shape")

    @property
    def output_shape(self) -> Any:
        """The shape of what it gives."""
        return self._plain.get("output_shape")

    @property
    def arguments(self) -> Mapping[str, Any]:
        """What its constructor was given."""
        arguments: Mapping[str, Any] = self._plain.get("arguments", {})
        return arguments

    @property
    def children(self) -> Sequence[PlainLayer]:
        """The layers inside it."""
        return [PlainLayer(child) for child in self._plain.get("children", ())]

    @property
    def frozen_by(self) -> str | None:
        """The path of the layer that freezes something in it."""
        path: str | None = self._plain.get("frozen_by")
        return path

    @property
    def offer(self) -> PlainOffer | None:
        """What explains it, where that is no formula of ours."""
        offer = self._plain.get("offer")
        return None if offer is None else PlainOffer(**offer)

    def all_weights(self) -> Iterator[int]:
        """Yield the number of every weight below it."""
        yield from self._plain.get("weights", ())
        for child in self.children:
            yield from child.all_weights()


class PlainWeight:
    """A weight."""

    __slots__ = ("name", "path", "shape")

    def __init__(self, plain: Mapping[str, Any]) -> None:
        """Read the JSON form of a weight."""
        self.path: str = plain["path"]
        self.name: str = plain["name"]
        self.shape: Sequence[int] = plain["shape"]

    @property
    def count(self) -> int:
        """How many numbers it holds."""
        return prod(self.shape)
