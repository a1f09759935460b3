"""The shapes of tensors, nested as a layer takes or gives them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sphinx_paramdoc import facts


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
