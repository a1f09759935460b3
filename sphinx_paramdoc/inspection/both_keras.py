"""What Keras 3 and Keras 2 have in common, in what they know of a layer and in how they name it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection.adapter import Adapter, Named
from sphinx_paramdoc.inspection.kinds import classes_of

BATCH_STATISTICS = frozenset({"moving_mean", "moving_variance", "moving_stddev", "renorm_mean", "renorm_stddev"})
"""The weights of batch normalization that follow the data."""


class BothKeras(Adapter):
    """What is known of the objects of either Keras."""

    may_lack_weights = True
    model: type
    """The class of models, which are made of layers and are none of Keras' own."""
    by_design: Mapping[str, tuple[frozenset[str], facts.Reason]]
    """The classes of layers that make weights which no gradient reaches: their names, and why."""

    def weights(self, layer: Any) -> Iterable[Any]:
        """Return the weights of a layer and of all that is inside it."""
        raise NotImplementedError

    def not_built(self, model: Any) -> str:
        """Say that a model has no weights yet, and what to do."""
        return (
            f"{super().not_built(model)}, because it does not know the shape of its input: say it (:input-shape: in a "
            f"page, --input-shape in a terminal), or call it once on {self.packages[0]}.Input(shape)"
        )

    def is_one_thing(self, layer: Any) -> bool:
        """Tell whether a layer is one of Keras' own, such as an LSTM, or inherits from one.

        A layer of Keras' own is one thing to a reader, whatever it is made of, and so is one that inherits from it:
        where such a layer is documented by itself, it is the outermost one.
        """
        return not isinstance(layer, self.model) and any(map(self.is_own, classes_of(type(layer), self.base)))

    def is_own(self, kind: type) -> bool:
        """Tell whether a class is one of Keras' own."""
        return kind.__module__.partition(".")[0] == self.packages[0]

    def is_trainable(self, layer: Any) -> bool:
        """Tell whether a layer is not frozen."""
        return bool(layer.trainable)

    def unheld(self, layer: Any, inside: Iterable[Named], *others: Any) -> list[Any]:
        """Return the weights that a layer owns, and none of the layers inside it.

        :param others: further variables that are none of its weights.
        """
        held = {id(variable) for variable in chain(others, *(self.weights(child) for _, child in inside))}
        return [variable for variable in self.weights(layer) if id(variable) not in held]

    def reason_of_class(self, layer: Any, name: str) -> facts.Reason | None:
        """Return why the class of a layer lets no gradient reach a weight of a name, or ``None``."""
        for kind in classes_of(type(layer), self.base):
            names, reason = self.by_design.get(kind.__name__, ((), None))
            if name in names and self.is_own(kind):
                return reason
        return None


class Graph:
    """The calls of layers that a functional or sequential model consists of."""

    def __init__(self, by_depth: Mapping[int, Iterable[Any]], layers: Iterable[Any]) -> None:
        """Hold the calls of a model.

        :param by_depth: its calls, as Keras keeps them.
        :param layers: the layers inside the model.
        """
        self._calls = {id(call) for call in chain.from_iterable(by_depth.values())}
        self._layers = {id(layer) for layer in layers}

    @classmethod
    def of(cls, functional: Any, layers: Iterable[Any]) -> Graph | None:
        """Return the graph of a model, or ``None`` where it has none: a subclassed model, or a layer."""
        by_depth = getattr(functional, "_nodes_by_depth", None)
        return None if by_depth is None else cls(by_depth, layers)

    def has(self, layer: object) -> bool:
        """Tell whether something is a layer of the model."""
        return id(layer) in self._layers

    def calls(self, layer: Any) -> list[Any]:
        """Return the calls of `layer` that belong to the graph, in their order."""
        return [call for call in layer._inbound_nodes if id(call) in self._calls]
