"""A live model of ``tf_keras``, which is Keras 2 → facts, in the form that those of Keras 3 have.

Counting rules: a layer's weights are the variables among `Layer.weights`, each once by identity, and an axis of any
size counts as none, as in ``tf_keras``' own ``count_params``; the state of metrics, which a subclassed model counts
among its weights, is no weight, and nor is that of optimizers and random generators. Source:
https://github.com/keras-team/tf-keras. What has no public name there is read from the attributes that its own
``Model.summary`` reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Literal

import tensorflow as tf
import tf_keras

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection import tf_keras_shapes as shapes
from sphinx_paramdoc.inspection import tf_module
from sphinx_paramdoc.inspection.common import Weights, installed_versions
from sphinx_paramdoc.inspection.errors import BuiltError, NotBuiltError
from sphinx_paramdoc.inspection.kinds import LayerClass, classes_of
from sphinx_paramdoc.inspection.naming import distinct
from sphinx_paramdoc.inspection.symbolic import call

_ONE_AXIS = frozenset({"BatchNormalization", "BatchNormalizationBase"})
"""The layers that keep an axis as a list, though Keras 3 keeps it as a number."""

_BATCH_STATISTICS = frozenset({"moving_mean", "moving_variance", "moving_stddev", "renorm_mean", "renorm_stddev"})
_BY_DESIGN: dict[str, tuple[frozenset[str], facts.Reason]] = {
    "BatchNormalizationBase": (_BATCH_STATISTICS, "moving_statistics"),
    "Normalization": (frozenset({"mean", "variance", "count"}), "adapted"),
    "Discretization": (frozenset({"summary"}), "adapted"),
    "IndexLookup": (frozenset({"idf_weights", "num_documents"}), "adapted"),
    "SpectralNormalization": (frozenset({"sn_u", "vector_u"}), "power_iteration"),
}
"""The classes of layers that make weights which no gradient reaches: their names, and why."""

_BUILD_NOTHING = frozenset({"Layer", "BaseRandomLayer"})
"""The classes whose `build` makes no weights."""

_ADVICE = "say it (:input-shape: in a page, --input-shape in a terminal), or call it once on tf_keras.Input(shape)"


def is_model(value: object) -> bool:
    """Tell whether `value` is something a table can be made of: a layer, and so any model, but no metric."""
    return isinstance(value, tf_keras.layers.Layer) and not isinstance(value, tf_keras.metrics.Metric)


def build(model: tf_keras.layers.Layer, shape: facts.Shape) -> None:
    """Let a model or layer that is not built yet make its weights.

    :param shape: that of its input, the axis of the batch first; nested for several inputs.
    :raises BuiltError: where it knows the shape already.
    """
    if _is_built(model) and _weights(model):
        raise BuiltError(f"{model.name} ({type(model).__name__}) knows the shape of its input")
    call(model, shape, lambda axes: tf_keras.Input(batch_shape=axes))


def inspect(model: tf_keras.layers.Layer) -> facts.Model:
    """Read the facts of a model or a single layer.

    :raises NotBuiltError: where the model has no weights yet.
    """
    if not _is_built(model) or (not _weights(model) and not _is_whole(model)):
        raise NotBuiltError(
            f"{model.name} ({type(model).__name__}) has no weights yet, because it does not know the shape of its "
            f"input: {_ADVICE}"
        )
    reader = _Reader(model, Weights())
    return facts.Model(
        name=model.name,
        class_name=_kind(type(model)).name,
        layers=list(reader.outermost(model)),
        weights=reader.weights.found,
        variables="real",
        frameworks=versions(),
    )


def inspect_inside(layer: tf_keras.layers.Layer, path: str, weights: Weights) -> facts.Layer:
    """Read a layer that an object of another framework holds."""
    around, slash, name = path.rpartition("/")
    return _Reader(layer, weights).read(layer, around + slash, name, None, None)


def versions() -> dict[str, str]:
    """Return the versions of ``tf_keras`` and of TensorFlow."""
    return installed_versions("tf_keras", "tensorflow")


class _Graph:
    """The calls of layers that a functional or sequential model consists of."""

    def __init__(self, calls: Iterable[Any], layers: Iterable[Any]) -> None:
        self._calls = {id(call) for call in calls}
        self._layers = {id(layer) for layer in layers}

    @classmethod
    def of(cls, layer: tf_keras.layers.Layer, inside: Iterable[Any]) -> _Graph | None:
        """Return the graph of a model, or ``None`` where it has none: a subclassed model, or a layer."""
        by_depth = getattr(layer, "_nodes_by_depth", None)
        return None if by_depth is None else cls(chain.from_iterable(by_depth.values()), inside)

    def calls(self, layer: tf_keras.layers.Layer) -> list[Any]:
        """Return the calls of `layer` that belong to the graph, in their order."""
        return [call for call in layer._inbound_nodes if id(call) in self._calls]

    def sources(self, layer: tf_keras.layers.Layer) -> list[str]:
        """Return the names of the layers that `layer` reads from: to Keras 2, an operation on tensors is a layer."""
        tensors = chain.from_iterable(call.keras_inputs for call in self.calls(layer))
        layers = [tensor._keras_history.layer for tensor in tensors]
        return list(dict.fromkeys(_name(source) for source in layers if id(source) in self._layers))


class _Reader:
    """Walks the layers below one model, and numbers its weights as it meets them."""

    def __init__(self, model: tf_keras.layers.Layer, weights: Weights) -> None:
        self.weights = weights
        self._kinds: dict[type, LayerClass] = {}
        self._trainable = {id(variable) for variable in _weights(model, "trainable_weights")}

    def outermost(self, model: tf_keras.layers.Layer) -> Iterator[facts.Layer]:
        """Read the layers of a model, and first of all the weights that it owns by itself.

        A layer of Keras' own is one thing to a reader, whatever it is made of, and so is one that inherits from it:
        where such a layer is documented by itself, it is the outermost one.
        """
        inside = _inside(model)
        if not inside or _is_one_thing(model):
            yield self.read(model, "", _name(model), None, None)
            return
        frozen_by = None if model.trainable else _name(model)
        own = self._own(model, inside, _name(model), frozen_by)
        if own:
            kind = self._kind(model)
            yield facts.Layer(_name(model), _name(model), kind.name, kind.bases, weights=own, frozen_by=frozen_by)
        yield from self._children(model, inside, "", frozen_by, taken=[_name(model)] if own else [])

    def _children(
        self,
        layer: tf_keras.layers.Layer,
        inside: list[Any],
        prefix: str,
        frozen_by: str | None,
        taken: Sequence[str] = (),
    ) -> Iterator[facts.Layer]:
        graph = _Graph.of(layer, inside)
        names = list(distinct([*taken, *map(_name, inside)]))[len(taken) :]
        for child, name in zip(inside, names, strict=True):
            if is_model(child):
                yield self.read(child, prefix, name, graph, frozen_by)
            else:
                yield tf_module.Reader(self.weights, self._trainable).read(child, prefix + name, frozen_by)

    def read(
        self, layer: tf_keras.layers.Layer, prefix: str, name: str, graph: _Graph | None, frozen_by: str | None
    ) -> facts.Layer:
        """Read one layer and those inside it.

        :param prefix: the path of the layer around it, with the slash behind.
        :param graph: the graph that the layer is called in, if any.
        :param frozen_by: the path of the outermost frozen layer around it.
        """
        path = prefix + name
        if frozen_by is None and not layer.trainable:
            frozen_by = path
        inside = _inside(layer)
        calls = graph.calls(layer) if graph else layer._inbound_nodes
        kind = self._kind(layer)
        return facts.Layer(
            path=path,
            name=name,
            class_name=kind.name,
            bases=kind.bases,
            built=_is_built(layer),
            input_shape=shapes.input_shape(layer, calls),
            output_shape=shapes.output_shape(layer, calls, is_whole=_is_whole(layer)),
            arguments=_arguments(layer, kind),
            weights=self._own(layer, inside, path, frozen_by),
            children=list(self._children(layer, inside, f"{path}/", frozen_by)),
            frozen_by=frozen_by,
            connected_to=[prefix + source for source in graph.sources(layer)] if graph else [],
        )

    def _kind(self, layer: tf_keras.layers.Layer) -> LayerClass:
        if type(layer) not in self._kinds:
            self._kinds[type(layer)] = _kind(type(layer))
        return self._kinds[type(layer)]

    def _own(self, layer: tf_keras.layers.Layer, inside: list[Any], path: str, frozen_by: str | None) -> list[int]:
        """Return the positions of the weights that `layer` owns, and none of the layers inside it."""
        elsewhere = {id(variable) for child in inside for variable in _weights(child)}
        elsewhere |= {id(variable) for metric in layer._metrics for variable in metric.variables}
        own = [variable for variable in _weights(layer) if id(variable) not in elsewhere]
        names = tf_module.names_of(own, {id(value): name for name, value in vars(layer).items()})
        return [self._number(variable, layer, path, name, frozen_by) for variable, name in zip(own, names, strict=True)]

    def _number(
        self, variable: tf.Variable, layer: tf_keras.layers.Layer, path: str, name: str, frozen_by: str | None
    ) -> int:
        """Return the position of a variable among `weights`, where it is added if it is new."""
        if (number := self.weights.number(variable)) is not None:
            return number
        trainable = id(variable) in self._trainable
        weight = facts.Weight(
            path=f"{path}/{name}",
            name=name,
            shape=[axis or 0 for axis in variable.shape.as_list()],
            dtype=variable.dtype.base_dtype.name,
            trainable=trainable,
            reason=None if trainable else _reason(variable, name, layer, frozen_by),
            frozen_by=frozen_by,
        )
        return self.weights.add(variable, weight)


def _reason(variable: tf.Variable, name: str, layer: tf_keras.layers.Layer, frozen_by: str | None) -> facts.Reason:
    """Say why a variable is not trainable."""
    if frozen_by is not None:
        return "frozen_layer"
    if variable.trainable:  # it was made to be trained, and the layer's list says otherwise
        return "frozen_variable"
    for kind in classes_of(type(layer), tf_keras.layers.Layer):
        names, reason = _BY_DESIGN.get(kind.__name__, (frozenset(), "declared"))
        if name in names and _is_of_keras(kind):
            return reason
    return "declared"


def _inside(layer: tf_keras.layers.Layer) -> list[Any]:
    """Return the layers and other modules that `layer` itself tracks, as `Model.layers` orders them."""
    tracked = {id(module): module for module in layer._flatten_modules(recursive=False, include_self=False)}
    is_sequential = isinstance(layer, tf_keras.Sequential)
    return [m for m in tracked.values() if not (is_sequential and isinstance(m, tf_keras.layers.InputLayer))]


def _weights(layer: Any, which: Literal["weights", "trainable_weights"] = "weights") -> list[tf.Variable]:
    """Return the variables among the weights of a layer or module, without what else is there, such as a vocabulary.

    Keras does not answer for a model that holds one which is not built: its weights are found one by one.
    """
    if not is_model(layer):
        return list(layer.variables if which == "weights" else layer.trainable_variables)
    if _is_built(layer) and _is_whole(layer):
        return [variable for variable in getattr(layer, which) if isinstance(variable, tf.Variable)]
    if which == "trainable_weights" and not layer.trainable:
        return []
    own = [*layer._trainable_weights, *(layer._non_trainable_weights if which == "weights" else ())]
    found = chain(own, *(_weights(child, which) for child in _inside(layer)))
    return list({id(variable): variable for variable in found if isinstance(variable, tf.Variable)}.values())


def _is_built(layer: Any) -> bool:
    """Tell whether a layer has all its weights; one that leaves `build` as it is and holds no layers never has any."""
    if not is_model(layer) or layer.built:
        return True
    builder = next(kind for kind in type(layer).__mro__ if "build" in vars(kind))
    return builder.__name__ in _BUILD_NOTHING and _is_of_keras(builder) and not _inside(layer)


def _is_whole(layer: tf_keras.layers.Layer) -> bool:
    """Tell whether everything inside a layer is built."""
    return all(_is_built(child) and (not is_model(child) or _is_whole(child)) for child in _inside(layer))


def _is_of_keras(kind: type) -> bool:
    return kind.__module__.partition(".")[0] == "tf_keras"


def _is_one_thing(layer: tf_keras.layers.Layer) -> bool:
    """Tell whether a layer is one of Keras' own, such as an LSTM, or inherits from one."""
    if isinstance(layer, tf_keras.Model):
        return False
    return any(map(_is_of_keras, classes_of(type(layer), tf_keras.layers.Layer)))


def _name(layer: tf_keras.layers.Layer) -> str:
    """Return the name of a layer, which may hold the sign that separates names in a path: ``conv1/conv``."""
    return str(layer.name).replace("/", ".")


def _kind(kind: type) -> LayerClass:
    known = LayerClass(kind, tf_keras.layers.Layer, "tf_keras.layers.Layer")
    # That of several devices does not inherit from the plain one here, but from what both are made of.
    if known.name.endswith(".SyncBatchNormalization"):
        known.bases.append("tf_keras.layers.BatchNormalization")
    return known


def _arguments(layer: tf_keras.layers.Layer, kind: LayerClass) -> dict[str, facts.Argument]:
    """Return the plain arguments of the constructor, in the form that the same layer of Keras 3 keeps them in."""
    arguments = kind.arguments(layer)
    axis = arguments.get("axis")
    if isinstance(axis, list) and len(axis) == 1 and _ONE_AXIS & {base.__name__ for base in type(layer).__mro__}:
        arguments["axis"] = axis[0]
    return arguments
