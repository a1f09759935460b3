"""What Keras 3 and Keras 2 have in common: how their layers hold each other, and what is built, frozen and called."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection.adapter import Adapter, Named, Wiring
from sphinx_paramdoc.inspection.kinds import classes_of
from sphinx_paramdoc.inspection.lazy import may_make

BATCH_STATISTICS = frozenset({"moving_mean", "moving_variance", "moving_stddev", "renorm_mean", "renorm_stddev"})
"""The weights of batch normalization that follow the data."""


class BothKeras(Adapter):
    """What is known of the objects of either Keras; where they differ, each says its own."""

    may_lack_weights = True
    follows_all = False
    model: type
    """The class of models, which are made of layers and are none of Keras' own."""
    by_design: Mapping[str, tuple[frozenset[str], facts.Reason]]
    """The classes of layers that make weights which no gradient reaches: their names, and why."""

    # What each says

    def weights(self, layer: Any, which: str = "weights") -> list[Any]:
        """Return the weights of a layer and of all that is inside it.

        :param which: the attribute of the layer that lists them.
        """
        return getattr(layer, which)  # type: ignore[no-any-return]

    def inside(self, layer: Any) -> Collection[Any]:
        """Return the layers that a layer itself tracks, as `Model.layers` orders them."""
        raise NotImplementedError

    def weight_names(self, layer: Any, own: Sequence[Any]) -> Iterable[str]:
        """Return the names of the weights that a layer owns, all different."""
        raise NotImplementedError

    def shapes(self, layer: Any, calls: Sequence[Any], path: str) -> tuple[facts.Shape, facts.Shape]:
        """Return the shapes of what a layer takes and gives, as its calls in the model tell them, or it itself."""
        raise NotImplementedError

    def sources(self, calls: Sequence[Any], graph: Collection[int]) -> Iterable[str]:
        """Return the names of the layers of a graph that the calls of one layer read from."""
        raise NotImplementedError

    # What they share

    def not_built(self, model: Any) -> str:
        """Say that a model has no weights yet, or may not have all of them, and what to do."""
        what = f"{self.name(model)} ({type(model).__name__})"
        if count := len(self.weights(model)):
            holds = f"it holds {count:,} {'variable' if count == 1 else 'variables'}"
            said = f"{what} was never called and may lack some of its weights ({holds})"
        elif not self.inside(model) and self.builds_only_inside(model):
            said = f"{what} was never called and may lack its weights"
        else:
            said = super().not_built(model)
        return (
            f"{said}, because it does not know the shape of its input: call it once on {self.packages[0]}.Input(shape)"
        )

    def is_built(self, layer: Any) -> bool:
        """Tell whether a layer has all its weights.

        One that was never called may have all the same: where no code of a user's is run then, and everything inside is
        built, as in a ``Pipeline``; and a layer whose code makes none. Of a model that is not taken for granted.
        """
        if not self.is_model(layer) or layer.built:
            return True
        if not self.builds_only_inside(layer):
            return False
        caller = next(kind for kind in type(layer).__mro__ if "call" in vars(kind))
        if self.is_own(caller):
            return self.is_whole(layer)
        kind: Any = type(layer)
        return not isinstance(layer, self.model) and not self.inside(layer) and not may_make(kind)

    def builds_only_inside(self, layer: Any) -> bool:
        """Tell whether building a layer makes no weights of its own."""
        raise NotImplementedError

    def is_ready(self, model: Any) -> bool:
        """Tell whether a model has weights, or needs none."""
        return self.is_built(model) and (bool(self.weights(model)) or self.is_whole(model))

    def is_whole(self, layer: Any) -> bool:
        """Tell whether everything inside a layer is built."""
        return all(self.is_built(child) and self.is_whole(child) for child in self.inside(layer))

    def trainable(self, model: Any) -> set[int]:
        """Return the identities of the variables that training a model changes."""
        return {id(variable) for variable in self.weights(model, "trainable_weights")}

    def is_trainable(self, layer: Any) -> bool:
        """Tell whether a layer is not frozen."""
        return bool(layer.trainable)

    def is_one_thing(self, layer: Any) -> bool:
        """Tell whether a layer is one of Keras' own, such as an LSTM, or inherits from one.

        A layer of Keras' own is one thing to a reader, whatever it is made of, and so is one that inherits from it:
        where such a layer is documented by itself, it is the outermost one.
        """
        return not isinstance(layer, self.model) and any(map(self.is_own, classes_of(type(layer), self.base)))

    def is_own(self, kind: type) -> bool:
        """Tell whether a class is one of Keras' own."""
        return kind.__module__.partition(".")[0] == self.packages[0]

    def all_weights(self, layer: Any) -> Iterable[Any]:
        """Return the weights of a layer and of all that is inside it."""
        return self.weights(layer)

    def within(self, layer: Any) -> Iterator[Any]:
        """Yield the layers inside a layer, however deep, each once."""
        seen = {id(layer)}
        pending = [layer]
        while pending:
            for inside in self.inside(pending.pop()):
                if id(inside) not in seen:
                    seen.add(id(inside))
                    pending.append(inside)
                    yield inside

    def uncounted(self, layer: Any) -> Iterable[Any]:
        """Return the variables that a model holds, those that are no weights among them."""
        try:
            return list(layer.variables)
        except ValueError:  # Keras 2 does not answer for what is not built
            return ()

    def arguments_of_call(self, call: Any) -> Iterable[Any]:
        """Return what a call takes, tensors of the graph among them."""
        raise NotImplementedError

    def path_name(self, layer: Any) -> str:
        """Return the name of a layer without the sign that separates names in a path: ``conv1.conv``."""
        return self.name(layer).replace("/", ".")

    def held(self, layer: Any) -> tuple[Iterable[Named], Sequence[Named]]:
        """Return the weights that a layer owns, and the layers inside it."""
        inside = self.inside(layer)
        return self._own(layer, inside), [(self.path_name(child), child) for child in inside]

    def _own(self, layer: Any, inside: Iterable[Any]) -> Iterator[Named]:
        elsewhere = {id(variable) for child in inside for variable in self.weights(child)}
        own = [variable for variable in self.weights(layer) if id(variable) not in elsewhere]
        yield from zip(self.weight_names(layer, own), own, strict=True)

    def graph(self, layer: Any, children: Iterable[Any]) -> set[int] | None:
        """Return the identities of the layers and calls that a model consists of, or ``None`` where it has no graph.

        A subclassed model has none, nor has a layer.
        """
        by_depth = getattr(layer, "_nodes_by_depth", None)
        return None if by_depth is None else {id(part) for part in chain(children, *by_depth.values())}

    def wiring(self, layer: Any, graph: Any, path: str) -> Wiring:
        """Return the shapes of what a layer takes and gives, which layers it reads from, and how often it is called."""
        calls = [call for call in layer._inbound_nodes if graph is None or id(call) in graph]
        shapes = self.shapes(layer, calls, path)
        if graph is None:
            return Wiring(*shapes)
        given = [each for call in calls for each in self.arguments_of_call(call)]
        return Wiring(*shapes, self.sources(calls, graph), max(len(calls), 1), given)

    def reason_of_class(self, layer: Any, name: str) -> facts.Reason | None:
        """Return why the class of a layer lets no gradient reach a weight of a name, or ``None``."""
        for kind, (names, reason) in self.by_design.items():
            if name in names and any(base.__name__ == kind and self.is_own(base) for base in type(layer).__mro__):
                return reason
        return None
