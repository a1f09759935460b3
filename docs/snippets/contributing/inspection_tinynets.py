"""What is known of the objects of tinynets."""

from __future__ import annotations

import tinynets

from sphinx_paramdoc.inspection.adapter import Adapter, Named


class TinyNets(Adapter):
    """What is known of the objects of tinynets."""

    base = tinynets.Layer
    base_name = "tinynets.Layer"
    packages = ("tinynets",)

    def held(self, layer: tinynets.Layer) -> tuple[list[Named], list[Named]]:
        """Return the weights that a layer owns, and the layers inside it."""
        return list(layer.weights.items()), [(child.name, child) for child in layer.layers]
