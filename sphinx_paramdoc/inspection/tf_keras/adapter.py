"""A live model of ``tf_keras``, which is Keras 2 → facts, in the form that those of Keras 3 have.

Counting rules: a layer's weights are the variables among `Layer.weights`, each once by identity, and an axis of any
size counts as none, as in ``tf_keras``' own ``count_params``; the state of metrics, which a subclassed model counts
among its weights, is no weight, and nor is that of optimizers and random generators. Source:
https://github.com/keras-team/tf-keras. What has no public name there is read from the attributes that its own
``Model.summary`` reads.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import tensorflow as tf
import tf_keras
from tf_keras.src.utils import layer_utils

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection.adapter import Adapter, Form, Named
from sphinx_paramdoc.inspection.both_keras import BATCH_STATISTICS, BothKeras
from sphinx_paramdoc.inspection.errors import BuiltError
from sphinx_paramdoc.inspection.kinds import LayerClass
from sphinx_paramdoc.inspection.naming import names_without_scopes
from sphinx_paramdoc.inspection.symbolic import call
from sphinx_paramdoc.inspection.tf_keras import shapes
from sphinx_paramdoc.inspection.tf_module import TfModule

_ONE_AXIS = frozenset({"BatchNormalization", "BatchNormalizationBase"})
"""The layers that keep an axis as a list, though Keras 3 keeps it as a number."""

_BUILD_ONLY_INSIDE = frozenset(
    {"BaseRandomLayer", "Bidirectional", "Layer", "Model", "Sequential", "TimeDistributed", "Wrapper"}
)
"""The classes whose `build` makes no weights but those of the layers inside."""

_BATCH_NORMALIZATION_V1 = "tf_keras.src.layers.normalization.batch_normalization_v1.BatchNormalization"
"""The batch normalization of TensorFlow 1, which ``tf_keras`` itself does not export."""

_BY_DESIGN: dict[str, tuple[frozenset[str], facts.Reason]] = {
    "BatchNormalizationBase": (BATCH_STATISTICS, "moving_statistics"),
    "Normalization": (frozenset({"mean", "variance", "count"}), "adapted"),
    "Discretization": (frozenset({"summary"}), "adapted"),
    "IndexLookup": (frozenset({"idf_weights", "num_documents"}), "adapted"),
    "SpectralNormalization": (frozenset({"sn_u", "vector_u"}), "power_iteration"),
}
"""The classes of layers that make weights which no gradient reaches: their names, and why."""


_MODULES = TfModule()


class TfKeras(BothKeras):
    """What is known of the objects of Keras 2."""

    base = tf_keras.layers.Layer
    base_name = "tf_keras.layers.Layer"
    packages = ("tf_keras", "tensorflow")
    model = tf_keras.Model
    by_design = _BY_DESIGN

    def is_model(self, value: object) -> bool:
        """Tell whether `value` is a layer, and so any model, but no metric."""
        return isinstance(value, tf_keras.layers.Layer) and not isinstance(value, tf_keras.metrics.Metric)

    def build(self, model: tf_keras.layers.Layer, shape: facts.Shape) -> None:
        """Let a model or layer that is not built yet make its weights.

        :raises BuiltError: where it knows the shape already.
        """
        if model.built and self.weights(model):
            raise BuiltError(f"{model.name} ({type(model).__name__}) knows the shape of its input")
        call(model, shape, lambda axes: tf_keras.Input(batch_shape=axes))

    def kind(self, kind: type) -> LayerClass:
        """Return what the class of a layer says."""
        known = super().kind(kind)
        # That of several devices does not inherit from the plain one here, but from what both are made of.
        if known.name.endswith(".SyncBatchNormalization"):
            known.bases.append("tf_keras.layers.BatchNormalization")
        if known.name == _BATCH_NORMALIZATION_V1:
            known.name = "tf.compat.v1.keras.layers.BatchNormalization"
            known.bases.append("tf_keras.layers.BatchNormalization")
        return known

    def inside(self, layer: Any) -> list[Any]:
        """Return the layers and other modules that a layer itself tracks, as `Model.layers` orders them."""
        if not self.is_model(layer):
            return []
        tracked = {id(module): module for module in layer._flatten_modules(recursive=False, include_self=False)}
        is_sequential = isinstance(layer, tf_keras.Sequential)
        return [m for m in tracked.values() if not (is_sequential and isinstance(m, tf_keras.layers.InputLayer))]

    def reader_of(self, child: object) -> Adapter:
        """Return what knows a layer or a module that a layer holds."""
        return self if self.is_model(child) else _MODULES

    def weights(self, layer: Any, which: str = "weights") -> list[tf.Variable]:
        """Return the variables among the weights of a layer or module, without what else is there, as a vocabulary.

        Keras does not answer for a model that holds one which is not built: its weights are found one by one.
        """
        if not self.is_model(layer):
            return list(layer.variables if which == "weights" else layer.trainable_variables)
        if layer.built and self.is_whole(layer):
            with contextlib.suppress(ValueError):
                return [variable for variable in getattr(layer, which) if isinstance(variable, tf.Variable)]
        if which == "trainable_weights" and not layer.trainable:
            return []
        own = [*layer._trainable_weights, *(layer._non_trainable_weights if which == "weights" else ())]
        found = chain(own, *(self.weights(child, which) for child in self.inside(layer)))
        return list({id(variable): variable for variable in found if isinstance(variable, tf.Variable)}.values())

    def _own(self, layer: tf_keras.layers.Layer, inside: Iterable[Any]) -> Iterator[Named]:
        return super()._own(layer, [*inside, *layer._metrics])

    def own_total(self, model: Any) -> int | None:
        """Return how many numbers the summary of a model counts, the state of metrics in its attributes among them."""
        if not isinstance(model, tf_keras.Model):
            return None
        with contextlib.suppress(ValueError, AttributeError):  # it does not answer for what is not built
            return int(layer_utils.count_params(model.weights))
        return None

    def weight_names(self, layer: tf_keras.layers.Layer, own: Sequence[tf.Variable]) -> list[str]:
        """Return the names of the weights that a layer owns."""
        return names_without_scopes(own, vars(layer))

    def arguments(self, layer: tf_keras.layers.Layer, kind: LayerClass) -> dict[str, facts.Argument]:
        """Return the plain arguments of the constructor, in the form that the same layer of Keras 3 keeps them in."""
        arguments = kind.arguments(layer)
        axis = arguments.get("axis")
        if isinstance(axis, list) and len(axis) == 1 and _ONE_AXIS & {base.__name__ for base in type(layer).__mro__}:
            # To normalise parts of a batch it has an axis more inside.
            arguments["axis"] = axis[0] - (getattr(layer, "virtual_batch_size", None) is not None)
        return arguments

    def builds_only_inside(self, layer: Any) -> bool:
        """Tell whether building a layer makes no weights of its own."""
        builder = next(kind for kind in type(layer).__mro__ if "build" in vars(kind))
        return self.is_own(builder) and builder.__name__ in _BUILD_ONLY_INSIDE

    def shapes(self, layer: Any, calls: Sequence[Any], _path: str) -> tuple[facts.Shape, facts.Shape]:
        """Return the shapes of what a layer takes and gives."""
        is_whole = self.is_whole(layer)
        return shapes.input_shape(layer, calls), shapes.output_shape(layer, calls, is_whole=is_whole)

    def sources(self, calls: Sequence[Any], graph: Collection[int]) -> Iterable[str]:
        """Return the names of the layers that calls read from: to Keras 2, an operation on tensors is a layer."""
        tensors = chain.from_iterable(call.keras_inputs for call in calls)
        layers = [tensor._keras_history.layer for tensor in tensors]
        return dict.fromkeys(self.path_name(source) for source in layers if id(source) in graph)

    def arguments_of_call(self, call: Any) -> Iterable[Any]:
        """Return what a call takes, tensors of the graph among them."""
        return () if call.is_input else (*call.call_args, *call.call_kwargs.values())

    def form(self, variable: tf.Variable) -> Form:
        """Return what a variable is by itself."""
        axes, dtype = variable.shape.as_list(), variable.dtype.base_dtype.name
        holds = None if None not in axes else [int(axis) for axis in variable.read_value().shape]
        return Form([axis or 0 for axis in axes], dtype, holds=holds)

    def reason(self, layer: tf_keras.layers.Layer, variable: tf.Variable, name: str) -> facts.Reason:
        """Say why a variable is not trainable."""
        if variable.trainable:  # it was made to be trained, and the layer's list says otherwise
            return "frozen_variable"
        return self.reason_of_class(layer, name) or "declared"
