"""Facts of models, made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sphinx_paramdoc import facts, table


class Maker:
    """Makes layers whose weights are numbered as they are made."""

    def __init__(self) -> None:
        self.weights: list[facts.Weight] = []

    def weight(self, owner: str, name: str, *shape: int, **values: Any) -> int:
        weight = facts.Weight(f"{owner}/{name}", name, list(shape), "float32", **{"trainable": True, **values})
        self.weights.append(weight)
        return len(self.weights) - 1

    def dense(self, path: str, inputs: int = 4, units: int = 8, **values: Any) -> facts.Layer:
        return facts.Layer(
            path,
            path.rpartition("/")[2],
            "keras.layers.Dense",
            input_shape=[None, inputs],
            output_shape=[None, units],
            arguments={"units": units, "use_bias": True},
            weights=[self.weight(path, "kernel", inputs, units), self.weight(path, "bias", units)],
            **values,
        )

    def block(self, path: str, first: int = 0, **values: Any) -> facts.Layer:
        """Make a block of two equal layers, which Keras would number on from `first`."""
        names = [f"dense_{number}" if number else "dense" for number in (first, first + 1)]
        children = [self.dense(f"{path}/{name}", 4, 4) for name in names]
        return layer(path, *children, **values)

    def table(self, *layers: facts.Layer, unfold: bool = False) -> table.Table:
        return table.build(of(layers, self.weights), unfold=unfold)


def layer(path: str, *children: facts.Layer, **values: Any) -> facts.Layer:
    return facts.Layer(
        path, path.rpartition("/")[2], **{"class_name": "mine.Block", "children": list(children), **values}
    )


def of(layers: Sequence[facts.Layer], weights: list[facts.Weight]) -> facts.Model:
    return facts.Model(
        name="m", class_name="mine.Net", layers=list(layers), weights=weights, variables="abstract", frameworks={}
    )
