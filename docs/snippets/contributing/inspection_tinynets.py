"""A live model of tinynets → facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import tinynets

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection import BuiltError, NotBuiltError
from sphinx_paramdoc.inspection.common import Weights, installed_versions
from sphinx_paramdoc.inspection.kinds import LayerClass
from sphinx_paramdoc.inspection.naming import distinct


def is_model(value: object) -> bool:
    """Tell whether `value` is something a table can be made of: a layer, and so any chain."""
    return isinstance(value, tinynets.Layer)


def build(layer: Any, _shape: facts.Shape) -> None:
    """Refuse to: a layer is made with its weights.

    :raises BuiltError: always.
    """
    raise BuiltError(f"{layer.name} knows the shape of its input")


def inspect(model: Any) -> facts.Model:
    """Read the facts of a chain or a single layer.

    :raises NotBuiltError: where it has no weights.
    """
    weights = Weights()
    layers = list(_inside(model.layers or [model], "", weights))
    if not weights.found:
        raise NotBuiltError(f"{model.name} has no weights yet")
    return facts.Model(
        name=model.name,
        class_name=_kind(model).name,
        layers=layers,
        weights=weights.found,
        variables="real",
        frameworks=versions(),
    )


def inspect_inside(layer: Any, path: str, weights: Weights) -> facts.Layer:
    """Read a layer, with those inside it; a weight that was met before keeps its number."""
    kind = _kind(layer)
    return facts.Layer(
        path=path,
        name=path.rpartition("/")[2],
        class_name=kind.name,
        bases=kind.bases,
        arguments=kind.arguments(layer),
        weights=[_number(array, path, name, weights) for name, array in layer.weights.items()],
        children=list(_inside(layer.layers, f"{path}/", weights)),
    )


def versions() -> dict[str, str]:
    """Return the version of tinynets, as it is installed."""
    return installed_versions("tinynets")


def _inside(layers: Iterable[Any], prefix: str, weights: Weights) -> Iterator[facts.Layer]:
    layers = list(layers)
    for layer, name in zip(layers, distinct(layer.name for layer in layers), strict=True):
        yield inspect_inside(layer, prefix + name, weights)


def _number(array: Any, path: str, name: str, weights: Weights) -> int:
    if (number := weights.number(array)) is not None:
        return number
    weight = facts.Weight(f"{path}/{name}", name, list(array.shape), str(array.dtype), trainable=True)
    return weights.add(array, weight)


def _kind(layer: Any) -> LayerClass:
    return LayerClass(type(layer), tinynets.Layer, "tinynets.Layer")
