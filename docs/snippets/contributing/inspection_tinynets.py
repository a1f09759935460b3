"""A live model of tinynets → facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import tinynets

from sphinx_paramdoc.inspection.adapter import Adapter, Named


class TinyNets(Adapter):
    """What is known of the objects of tinynets."""

    base = tinynets.Layer
    base_name = "tinynets.Layer"
    packages = ("tinynets",)

    def held(self, layer: Any) -> tuple[Iterable[Named], Sequence[Named]]:
        """Return the weights that a layer owns, and the layers inside it."""
        return layer.weights.items(), [(child.name, child) for child in layer.layers]
