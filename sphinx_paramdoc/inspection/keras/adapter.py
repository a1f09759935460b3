"""A live model of Keras 3 → facts.

Counting rules: a layer's weights are `Layer.weights`, each variable once by identity; the state of seed
generators, of metrics and of optimizers is no weight. Source: https://keras.io/api/layers/base_layer/. What has
no public name there (the calls a graph consists of, the shapes a layer was built with) is read from the attributes
that Keras' own `Model.summary` reads.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

import keras

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection.adapter import Form, Named
from sphinx_paramdoc.inspection.both_keras import BATCH_STATISTICS, BothKeras
from sphinx_paramdoc.inspection.errors import BuiltError
from sphinx_paramdoc.inspection.keras import hooks, shapes, warming
from sphinx_paramdoc.inspection.keras.operations import function_name
from sphinx_paramdoc.inspection.keras.operations import of as operations_of
from sphinx_paramdoc.inspection.keras.quantisation import settings
from sphinx_paramdoc.inspection.keras.results import Results
from sphinx_paramdoc.inspection.kinds import LayerClass, plain_arguments
from sphinx_paramdoc.inspection.naming import weight_names
from sphinx_paramdoc.inspection.symbolic import call, written

_QUANTISATION_SUFFIXES = ("_scale", "_scales", "_zero", "zero_point", "g_idx")

_BUILD_ONLY_INSIDE = frozenset({"Bidirectional", "Functional", "Model", "Sequential", "TimeDistributed", "Wrapper"})
"""The classes whose `build` makes no weights but those of the layers inside."""

_BY_DESIGN: dict[str, tuple[frozenset[str], facts.Reason]] = {
    "BatchNormalization": (BATCH_STATISTICS, "moving_statistics"),
    "Normalization": (frozenset({"mean", "variance"}), "adapted"),  # the count is one that nothing sets
    "SpectralNormalization": (frozenset({"vector_u"}), "power_iteration"),
}
"""The layers that make weights which no gradient reaches: their names, and why."""


class Keras(BothKeras):
    """What is known of the objects of Keras 3."""

    base = keras.Layer
    base_name = "keras.layers.Layer"
    packages = ("keras", keras.backend.backend())
    model = keras.Model
    # A frozen model freezes all that is inside. A frozen layer of another model has told the layers inside it to be
    # frozen as well, once: one that was unfrozen again is trained.
    may_thaw = True
    by_design = _BY_DESIGN
    _results: Results | None = None
    """What `watched` sees at the moment."""

    def warm(self, read: Callable[[Any], object]) -> None:
        """Place what looks at blocks, once for all; make small models as blocks do, and read them."""
        hooks.place()
        with self.watched(lambda: None), self.abstract():
            warming.warm(read)

    @contextlib.contextmanager
    def abstract(self) -> Iterator[None]:
        """Let the variables that are made inside have a shape and a type but no memory.

        A scope of Keras' own, which a model is also read in: one that opened and closed outside would give memory to
        every variable. An optimizer makes a few numbers of its own when it is made, such as its step, and cannot do so
        without memory: for that moment the scope is left. What it keeps for each weight it makes when training begins,
        which raises in here.
        """
        with hooks.without_memory():
            yield

    @contextlib.contextmanager
    def watched(self, note: Callable[[], None]) -> Iterator[None]:
        """Call `note` wherever a layer is made inside, or a weight; see which plain tensors are results of layers."""
        self._results = results = Results(note)
        try:
            with results.followed(), hooks.looking(results):
                yield
        finally:
            self._results = None

    def results_of(self, tensor: object) -> Sequence[Any]:
        """Return the weights and loose layers that a plain tensor comes from, as far as `watched` saw it."""
        return self._results.of(tensor) if self._results else ()

    def build(self, model: keras.Layer, shape: facts.Shape) -> None:
        """Let a model or layer that is not built yet make its weights.

        :raises BuiltError: where it knows the shape already.
        """
        if model.built:
            inputs = getattr(model, "inputs", None)  # of a model that is a graph; another may call anything so
            among = inputs if isinstance(inputs, list) else []
            tensors = [each for each in among if isinstance(each, keras.KerasTensor)]
            known = shapes.shapes_of(tensors) if tensors else shapes.input_shape(model, model._inbound_nodes)
            if known is not None:
                kind = type(model).__name__
                raise BuiltError(f"{model.name} ({kind}) knows that its input has the shape {written(known)}")
        call(model, shape, lambda axes: keras.Input(batch_shape=axes))

    def inside(self, layer: keras.Layer) -> Collection[keras.Layer]:
        """Return the layers that a layer itself tracks, as `Model.layers` orders them where it is a model."""
        tracked = layer.layers if isinstance(layer, keras.Model) else []
        others = () if isinstance(layer, keras.Sequential) else layer._layers
        return {id(child): child for child in (*tracked, *others)}.values()

    def held(self, layer: keras.Layer) -> tuple[Iterable[Named], Sequence[Named]]:
        """Return the weights that a layer owns, the layers inside it, and the operations of its graph between them."""
        own, inside = super().held(layer)
        operations = operations_of(layer)
        if len(operations) <= len(inside):  # most graphs are made of layers alone
            return own, inside
        ordered = {id(each): (self.path_name(each), each) for each in operations}
        return own, list((ordered | {id(child): (name, child) for name, child in inside}).values())

    def operation(self, child: Any) -> str | None:
        """Return the public name of an operation of a graph; ``None`` of a layer."""
        if isinstance(child, keras.Layer):
            return None
        kind: type = type(child)
        return function_name(kind)

    def weight_names(self, layer: keras.Layer, own: Sequence[Any]) -> list[str]:
        """Return the names of the weights that a layer owns."""
        return weight_names(layer, own)

    def arguments(self, layer: keras.Layer, kind: LayerClass) -> dict[str, facts.Argument]:
        """Return the plain arguments of the constructor, and how a layer was quantised."""
        return kind.arguments(layer) | plain_arguments(settings(layer))

    def builds_only_inside(self, layer: keras.Layer) -> bool:
        """Tell whether building a layer makes no weights of its own."""
        if getattr(layer.build, "_is_default", False):
            return True
        builder = next(kind for kind in type(layer).__mro__ if "build" in vars(kind))
        return self.is_own(builder) and builder.__name__ in _BUILD_ONLY_INSIDE

    def graph(self, layer: keras.Layer, children: Iterable[keras.Layer]) -> set[int] | None:
        """Return the identities of the layers and calls that a model consists of, or ``None`` where it has no graph."""
        return super().graph(getattr(layer, "_functional", None) or layer, children)

    def shapes(self, layer: keras.Layer, calls: Sequence[Any], path: str) -> tuple[facts.Shape, facts.Shape]:
        """Return the shapes of what a layer takes and gives."""
        # Each layer inside would be traced once more for each one around it.
        return shapes.input_shape(layer, calls), shapes.output_shape(layer, calls, may_trace="/" not in path)

    def sources(self, calls: Sequence[Any], graph: Collection[int]) -> Iterable[str]:
        """Return the names of the layers and operations that calls read from.

        What a graph does not hold, as a ``Sequential`` holds no operations, is looked through.
        """
        names: dict[str, None] = {}
        pending = [tensor for call in calls for tensor in call.input_tensors]
        seen = set()
        while pending:
            history = pending.pop(0)._keras_history
            operation = history.operation
            if id(operation) in graph:
                names[self.path_name(operation)] = None
            elif operation is not None and (id(operation), history.node_index) not in seen:
                seen.add((id(operation), history.node_index))
                pending[:0] = operation._inbound_nodes[history.node_index].input_tensors
        return names

    def arguments_of_call(self, call: Any) -> Iterable[Any]:
        """Return what a call takes, tensors of the graph among them."""
        given = call.arguments
        if given._single_positional_tensor is not None:
            return ()
        return [each for each in (*given.args, *given.kwargs.values()) if not _is_of_graph(each)]

    def form(self, variable: Any) -> Form:
        """Return what a variable is by itself."""
        return Form(
            list(variable.shape),
            keras.backend.standardize_dtype(variable.dtype),
            # What a saved model brings are variables of TensorFlow, which Keras before 3.10 does not wrap.
            is_abstract=getattr(variable, "_value", variable) is None,
            is_overwritten=bool(getattr(variable, "overwrite_with_gradient", False)),
        )

    def reason(self, layer: keras.Layer, variable: Any, _name: str) -> facts.Reason:
        """Say why a variable is not trainable."""
        if any(variable is other for other in layer._trainable_variables):
            base = getattr(layer, "_kernel", None), getattr(layer, "_embeddings", None)
            is_base = getattr(layer, "lora_enabled", False) and any(variable is other for other in base)
            return "lora_base_frozen" if is_base else "frozen_variable"
        if reason := self.reason_of_class(layer, variable.name):
            return reason
        if getattr(layer, "quantization_mode", None):
            is_bookkeeping = variable.name.endswith(_QUANTISATION_SUFFIXES)
            return "quantisation_bookkeeping" if is_bookkeeping else "quantised_storage"
        return "declared"

    def reason_of_class(self, layer: keras.Layer, name: str) -> facts.Reason | None:
        """Return why the class of a layer lets no gradient reach a weight of a name, or ``None``."""
        if isinstance(layer, keras.layers.JaxLayer):  # its state, which a call in training gives anew
            return "moving_statistics"
        return super().reason_of_class(layer, name)


def _is_of_graph(value: Any) -> bool:
    """Tell whether an argument of a call is a tensor of the graph, or a list of such."""
    if isinstance(value, list):
        return all(isinstance(part, keras.KerasTensor) for part in value)
    return isinstance(value, keras.KerasTensor)
