"""A live model of Keras 3 → facts.

Counting rules: a layer's weights are `Layer.weights`, each variable once by identity; the state of seed
generators, of metrics and of optimizers is no weight. Source: https://keras.io/api/layers/base_layer/. What has
no public name there (the calls a graph consists of, the shapes a layer was built with) is read from the attributes
that Keras' own `Model.summary` reads.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any
from unittest import mock

import keras

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection import keras_shapes as shapes
from sphinx_paramdoc.inspection.common import Weights, installed_versions
from sphinx_paramdoc.inspection.errors import BuiltError, NotBuiltError
from sphinx_paramdoc.inspection.keras_quantisation import settings
from sphinx_paramdoc.inspection.kinds import LayerClass, classes_of, plain_arguments
from sphinx_paramdoc.inspection.naming import distinct, weight_names
from sphinx_paramdoc.inspection.symbolic import call, written

_BY_DESIGN: dict[str, tuple[frozenset[str], facts.Reason]] = {
    "BatchNormalization": (
        frozenset({"moving_mean", "moving_variance", "moving_stddev", "renorm_mean", "renorm_stddev"}),
        "moving_statistics",
    ),
    "Normalization": (frozenset({"mean", "variance", "count"}), "adapted"),
    "SpectralNormalization": (frozenset({"vector_u"}), "power_iteration"),
}
"""The layers that make weights which no gradient reaches: their names, and why."""

_ADVICE = "say it (:input-shape: in a page, --input-shape in a terminal), or call it once on keras.Input(shape)"

_QUANTISATION_SUFFIXES = ("_scale", "_scales", "_zero", "zero_point", "g_idx")


def is_model(value: object) -> bool:
    """Tell whether `value` is something a table can be made of: a layer, and so any model."""
    return isinstance(value, keras.Layer)


@contextlib.contextmanager
def abstract() -> Iterator[None]:
    """Let the variables that are made inside have a shape and a type but no memory.

    An optimizer makes a few numbers of its own when it is made, such as its step, and cannot do so without memory: for
    that moment the scope is left. What it keeps for each weight it makes when training begins, which raises in here.
    """
    initialize = keras.optimizers.Optimizer.__init__
    scope = keras.StatelessScope(initialize_variables=False)

    def outside(self: Any, *args: Any, **kwargs: Any) -> None:
        scope.__exit__()
        try:
            initialize(self, *args, **kwargs)
        finally:
            scope.__enter__()

    with mock.patch.object(keras.optimizers.Optimizer, "__init__", outside), scope:
        yield


@contextlib.contextmanager
def watched(note: Callable[[], None]) -> Iterator[None]:
    """Call `note` wherever a layer is made inside, or a weight, be it one of TensorFlow's own."""
    make_layer, make_weight = keras.Layer.__new__, keras.Variable.__init__

    def layer(cls: type[keras.Layer], *args: Any, **kwargs: Any) -> Any:
        note()
        return make_layer(cls, *args, **kwargs)

    def weight(self: Any, *args: Any, **kwargs: Any) -> None:
        note()
        make_weight(self, *args, **kwargs)

    def variable(make: Callable[..., Any], **kwargs: Any) -> Any:
        note()
        return make(**kwargs)

    tensorflow: Any = sys.modules.get("tensorflow")
    scope = tensorflow.variable_creator_scope(variable) if tensorflow else contextlib.nullcontext()
    with (
        mock.patch.object(keras.Layer, "__new__", layer),
        mock.patch.object(keras.Variable, "__init__", weight),
        scope,
    ):
        yield


def build(model: keras.Layer, shape: facts.Shape) -> None:
    """Let a model or layer that is not built yet make its weights.

    :param shape: that of its input, the axis of the batch first; nested for several inputs.
    :raises BuiltError: where it knows the shape already.
    """
    if model.built:
        inputs = getattr(model, "inputs", None)  # of a model that is a graph; another may call anything so
        tensors = [each for each in inputs if isinstance(each, keras.KerasTensor)] if isinstance(inputs, list) else []
        known = shapes.shapes_of(tensors) if tensors else shapes.input_shape(model, model._inbound_nodes)
        if known is not None:
            kind = type(model).__name__
            raise BuiltError(f"{model.name} ({kind}) knows that its input has the shape {written(known)}")
    call(model, shape, lambda axes: keras.Input(batch_shape=axes))


def inspect(model: keras.Layer) -> facts.Model:
    """Read the facts of a model or a single layer.

    A model with abstract variables is read inside `abstract`, where it was made: a scope of Keras' own that opened
    and closed outside would give memory to every variable.

    :raises NotBuiltError: where the model has no weights yet.
    """
    if not _is_built(model) or (not model.weights and not all(map(_is_built, _everything_inside(model)))):
        raise NotBuiltError(
            f"{model.name} ({type(model).__name__}) has no weights yet, because it does not know the shape of its "
            f"input: {_ADVICE}"
        )
    reader = _Reader(model, Weights(), model.name)
    return facts.Model(
        name=model.name,
        class_name=_kind(model).name,
        layers=list(reader.outermost(model)),
        weights=reader.weights.found,
        variables=reader.weights.variables,
        frameworks=versions(),
    )


def inspect_inside(layer: keras.Layer, path: str, weights: Weights) -> facts.Layer:
    """Read a layer that an object of another framework holds."""
    return _Reader(layer, weights, path).read(layer, path, None, None)


def versions() -> dict[str, str]:
    """Return the versions of Keras and of the framework that it runs on, as they are installed."""
    return installed_versions("keras", keras.backend.backend())


class _Graph:
    """The calls of layers that a functional or sequential model consists of."""

    def __init__(self, calls: Iterable[Any], layers: Iterable[keras.Layer]) -> None:
        self._calls = {id(call) for call in calls}
        self._layers = {id(layer) for layer in layers}

    @classmethod
    def of(cls, layer: keras.Layer, inside: Iterable[keras.Layer]) -> _Graph | None:
        """Return the graph of a model, or ``None`` where it has none: a subclassed model, or a layer."""
        functional = getattr(layer, "_functional", None) or layer
        by_depth = getattr(functional, "_nodes_by_depth", None)
        return None if by_depth is None else cls(chain.from_iterable(by_depth.values()), inside)

    def calls(self, layer: keras.Layer) -> list[Any]:
        """Return the calls of `layer` that belong to the graph, in their order."""
        return [call for call in layer._inbound_nodes if id(call) in self._calls]

    def sources(self, layer: keras.Layer) -> list[str]:
        """Return the names of the layers that `layer` reads from, looking through operations that are no layers."""
        names: dict[str, None] = {}
        pending = [tensor for call in self.calls(layer) for tensor in call.input_tensors]
        seen = set()
        while pending:
            history = pending.pop(0)._keras_history
            operation = history.operation
            if id(operation) in self._layers:
                names[operation.name] = None
            elif operation is not None and (id(operation), history.node_index) not in seen:
                seen.add((id(operation), history.node_index))
                pending[:0] = operation._inbound_nodes[history.node_index].input_tensors
        return list(names)


class _Reader:
    """Walks the layers below one model, and numbers its weights as it meets them."""

    def __init__(self, model: keras.Layer, weights: Weights, path: str) -> None:
        self.weights = weights
        self._kinds: dict[type[keras.Layer], LayerClass] = {}
        self._trainable = {id(variable) for variable in model.trainable_weights}
        self._all_frozen_by = None if model.trainable else path

    def outermost(self, model: keras.Layer) -> Iterator[facts.Layer]:
        """Read the layers of a model, and first of all the weights that it owns by itself.

        A layer of Keras' own is one thing to a reader, whatever it is made of, and so is one that inherits from it:
        where such a layer is documented by itself, it is the outermost one.
        """
        inside = _layers_inside(model)
        if not inside or _is_one_thing(model):
            yield self.read(model, model.name, None, None)
            return
        frozen_by = self._all_frozen_by
        own = self._own(model, inside, model.name, frozen_by)
        if own:
            kind = self._kind(model)
            yield facts.Layer(model.name, model.name, kind.name, kind.bases, weights=own, frozen_by=frozen_by)
        yield from self._inside(model, inside, "", frozen_by, taken=[model.name] if own else [])

    def _inside(
        self,
        layer: keras.Layer,
        inside: list[keras.Layer],
        prefix: str,
        frozen_by: str | None,
        taken: Sequence[str] = (),
    ) -> Iterator[facts.Layer]:
        graph = _Graph.of(layer, inside)
        names = list(distinct([*taken, *(child.name for child in inside)]))[len(taken) :]
        for child, name in zip(inside, names, strict=True):
            yield self.read(child, prefix + name, graph, frozen_by)

    def read(self, layer: keras.Layer, path: str, graph: _Graph | None, frozen_by: str | None) -> facts.Layer:
        """Read one layer and those inside it.

        :param graph: the graph that the layer is called in, if any.
        :param frozen_by: the path of the outermost frozen layer around it.
        """
        # A frozen model freezes all that is inside. A frozen layer of another model has told the layers inside it to be
        # frozen as well, once: one that was unfrozen again is trained.
        frozen_by = self._all_frozen_by or (None if layer.trainable else frozen_by or path)
        inside = _layers_inside(layer)
        calls = graph.calls(layer) if graph else layer._inbound_nodes
        kind = self._kind(layer)
        return facts.Layer(
            path=path,
            name=path.rpartition("/")[2],
            class_name=kind.name,
            bases=kind.bases,
            built=_is_built(layer),
            input_shape=shapes.input_shape(layer, calls),
            # Each layer inside would be traced once more for each one around it.
            output_shape=shapes.output_shape(layer, calls, may_trace="/" not in path),
            arguments=kind.arguments(layer) | plain_arguments(settings(layer)),
            weights=self._own(layer, inside, path, frozen_by),
            children=list(self._inside(layer, inside, f"{path}/", frozen_by)),
            frozen_by=frozen_by,
            connected_to=[path[: path.rfind("/") + 1] + name for name in graph.sources(layer)] if graph else [],
        )

    def _kind(self, layer: keras.Layer) -> LayerClass:
        if type(layer) not in self._kinds:
            self._kinds[type(layer)] = _kind(layer)
        return self._kinds[type(layer)]

    def _own(self, layer: keras.Layer, inside: list[keras.Layer], path: str, frozen_by: str | None) -> list[int]:
        """Return the positions of the weights that `layer` owns, and none of the layers inside it."""
        held = {id(variable) for child in inside for variable in child.weights}
        own = [variable for variable in layer.weights if id(variable) not in held]
        names = weight_names(layer, own)
        return [self._number(v, name, layer, path, frozen_by) for v, name in zip(own, names, strict=True)]

    def _number(self, variable: Any, name: str, layer: keras.Layer, path: str, frozen_by: str | None) -> int:
        """Return the position of a variable among `weights`, where it is added if it is new."""
        if (number := self.weights.number(variable)) is not None:
            return number
        trainable = id(variable) in self._trainable
        return self.weights.add(
            variable,
            facts.Weight(
                path=f"{path}/{name}",
                name=name,
                shape=list(variable.shape),
                dtype=keras.backend.standardize_dtype(variable.dtype),
                trainable=trainable,
                reason=None if trainable else _reason(variable, layer, frozen_by),
                frozen_by=None if trainable else frozen_by,
                overwritten=trainable and bool(getattr(variable, "overwrite_with_gradient", False)),
            ),
            is_abstract=variable._value is None,
        )


def _reason(variable: Any, layer: keras.Layer, frozen_by: str | None) -> facts.Reason:
    """Say why a variable is not trainable."""
    if frozen_by is not None:
        return "frozen_layer"
    if any(variable is other for other in layer._trainable_variables):
        base = getattr(layer, "_kernel", None), getattr(layer, "_embeddings", None)
        is_base = getattr(layer, "lora_enabled", False) and any(variable is other for other in base)
        return "lora_base_frozen" if is_base else "frozen_variable"
    for name, (weights, reason) in _BY_DESIGN.items():
        if variable.name in weights and isinstance(layer, getattr(keras.layers, name)):
            return reason
    if getattr(layer, "quantization_mode", None):
        is_bookkeeping = variable.name.endswith(_QUANTISATION_SUFFIXES)
        return "quantisation_bookkeeping" if is_bookkeeping else "quantised_storage"
    return "declared"


def _layers_inside(layer: keras.Layer) -> list[keras.Layer]:
    """Return the layers that `layer` itself tracks, as `Model.layers` orders them where it is a model."""
    tracked = layer.layers if isinstance(layer, keras.Model) else []
    others = () if isinstance(layer, keras.Sequential) else layer._layers
    return list({id(child): child for child in (*tracked, *others)}.values())


def _is_built(layer: keras.Layer) -> bool:
    """Tell whether a layer has all its weights; one that leaves `build` as it is and holds no layers never has any."""
    return bool(layer.built) or (getattr(layer.build, "_is_default", False) and not layer._layers)


def _is_one_thing(layer: keras.Layer) -> bool:
    """Tell whether a layer is one of Keras' own, such as an LSTM, or inherits from one."""
    if isinstance(layer, keras.Model):
        return False
    return any(base.__module__.partition(".")[0] == "keras" for base in classes_of(type(layer), keras.Layer))


def _everything_inside(layer: keras.Layer) -> Iterator[keras.Layer]:
    for child in _layers_inside(layer):
        yield child
        yield from _everything_inside(child)


def _kind(layer: keras.Layer) -> LayerClass:
    return LayerClass(type(layer), keras.Layer, "keras.layers.Layer")
