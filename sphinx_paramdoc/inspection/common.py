"""What the readers of all frameworks share: numbered variables, shapes of nested tensors, installed versions."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from sphinx_paramdoc import facts
from sphinx_paramdoc.machine import installed


class Weights:
    """The weights of one model, numbered as they are met: each variable once, however many layers hold it."""

    def __init__(self) -> None:
        self.found: list[facts.Weight] = []
        self.variables: facts.Variables = "real"
        self._numbers: dict[int, int] = {}

    def number(self, variable: object) -> int | None:
        """Return the position of a variable that was met before."""
        return self._numbers.get(id(variable))

    def add(self, variable: object, weight: facts.Weight, *, is_abstract: bool = False) -> int:
        """Return a position to a variable that is new."""
        if is_abstract:
            self.variables = "abstract"
        self._numbers[id(variable)] = len(self.found)
        self.found.append(weight)
        return len(self.found) - 1


def installed_versions(*modules: str) -> dict[str, str]:
    """Return the versions of imported frameworks, as they are installed."""
    imported = {name: str(getattr(sys.modules.get(name), "__version__", "")) for name in modules}
    return {name: installed.version(name) or version for name, version in imported.items()}


def nested_shapes(structure: Any, shape_of: Callable[[Any], facts.Shape]) -> facts.Shape:
    """Put shapes in the places of tensors, in whatever they are nested; ``None`` where there is no tensor.

    :param shape_of: gives the shape of a tensor, and ``None`` of what is none.
    """
    if isinstance(structure, dict):
        named = {str(name): nested_shapes(part, shape_of) for name, part in structure.items()}
        return {name: shape for name, shape in named.items() if shape is not None} or None
    if isinstance(structure, (tuple, list)):
        shapes = [nested_shapes(part, shape_of) for part in structure]
        return [shape for shape in shapes if shape is not None] or None
    return shape_of(structure)
