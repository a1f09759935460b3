"""The shapes of what a live layer of Keras 3 takes and gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from numbers import Integral
from typing import Any

import keras

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection.nesting import nested_shapes

_TRIAL = 83
"""Keras tries code out with this size on backends without symbolic tensors, where an axis has any size."""

_NESTINGS: dict[tuple[type, str, str], Any] = {}
"""The class of a layer, its configuration and what it is called on → how it nests its outputs, with zeros for tensors.

To call a layer once more takes as long as to make it, and those of a transformer are alike.
"""
_MOST_NESTINGS = 64

_COMPLETE = frozenset({"keras", "keras_hub", "keras_nlp", "keras_cv"})
"""The packages whose layers say all that they are made with."""


def input_shape(layer: keras.Layer, calls: Sequence[Any]) -> facts.Shape:
    """Return the shape of what a layer takes, nested as it takes it.

    :param calls: the calls of the layer in the model, as nodes of Keras' graph; the first counts.
    """
    if isinstance(layer, keras.layers.InputLayer):
        return _plain_shape(layer.batch_shape)
    if calls:
        given = calls[0].arguments
        shapes = [_shapes_of_tensors(argument) for argument in (*given.args, *given.kwargs.values())]
        return _one_or_all([shape for shape in shapes if shape is not None])
    if (inside := getattr(_functional(layer), "_inputs_struct", None)) is not None:
        return _shapes_of_tensors(inside)
    built_with = _built_with(layer)
    return _plain_shape(next(iter(built_with.values())) if len(built_with) == 1 else built_with or None)


def shapes_of(tensors: list[keras.KerasTensor]) -> facts.Shape:
    """Return the shapes of tensors: of one alone, or a list."""
    return _one_or_all([_plain_shape(tensor.shape) for tensor in tensors])


def output_shape(layer: keras.Layer, calls: Sequence[Any], *, may_trace: bool) -> facts.Shape:
    """Return the shape of what a layer gives, nested as it gives it.

    :param calls: the calls of the layer in the model, as nodes of Keras' graph; the first counts.
    :param may_trace: whether the layer may be called on tensors that hold nothing, where nothing else tells.
    """
    if calls:
        flat = [_plain_shape(tensor.shape) for tensor in calls[0].output_tensors]
        nested = _shapes_of_tensors(_output_structure(layer, calls[0]))
        # A node knows its tensors, not how the layer nests them: what tells that must agree about the tensors.
        return nested if list(_leaves(nested)) == flat else _one_or_all(flat)
    if (inside := getattr(_functional(layer), "_outputs_struct", None)) is not None:
        return _shapes_of_tensors(inside)
    given = _built_with(layer)
    if not given:
        return None
    # A layer may call the one shape in `build` otherwise than in `compute_output_shape`.
    one = next(iter(given.values())) if len(given) == 1 else None
    try:
        shape = layer.compute_output_shape(**given) if one is None else layer.compute_output_shape(one)
        return _plain_shape(shape)
    except NotImplementedError:
        return _traced(layer, one) if may_trace and one is not None else None
    except Exception:  # a layer's own code, which may raise anything: the shape is unknown, the count is not
        return None


def _built_with(layer: keras.Layer) -> dict[str, Any]:
    """Return the shapes that a layer was built with, by the names of its arguments.

    Inside a model that is called on symbolic tensors, NumPy's and Torch's backends build layers for batches of a trial
    size. The last axis is left as it is: what has weights knows the size of that.
    """
    given: dict[str, Any] = layer._build_shapes_dict or {}
    return _untried(given) if keras.backend.backend() in {"numpy", "torch"} else given


def _untried(shape: Any) -> Any:
    if isinstance(shape, dict):
        return {name: _untried(part) for name, part in shape.items()}
    if not isinstance(shape, (tuple, list)):
        return shape
    if shape and shape[0] == _TRIAL:
        return (*(None if size == _TRIAL else size for size in shape[:-1]), shape[-1])
    return tuple(map(_untried, shape))


def _traced(layer: keras.Layer, shape: Any) -> facts.Shape:
    """Return the shape of what a layer gives when it is called on the one shape that it was built with."""
    try:
        return _shapes_of_tensors(layer.compute_output_spec(keras.KerasTensor(shape)))
    except Exception:  # a layer's own code again
        return None


def _output_structure(layer: keras.Layer, call: Any) -> Any:
    """Return the output of a call, nested as the layer nests it; ``None`` where that cannot be told."""
    if hasattr(_functional(layer), "_outputs_struct"):
        return _functional(layer)._outputs_struct
    tensors = call.output_tensors
    if len(tensors) == 1:
        return tensors[0]
    key = _likeness(layer, call)
    try:
        if key in _NESTINGS:
            return keras.tree.pack_sequence_as(_NESTINGS[key], tensors)
        traced = layer.compute_output_spec(*call.arguments.args, **call.arguments.kwargs)
        if key and list(_leaves(_shapes_of_tensors(traced))) == [_plain_shape(tensor.shape) for tensor in tensors]:
            if len(_NESTINGS) == _MOST_NESTINGS:
                _NESTINGS.clear()
            _NESTINGS[key] = keras.tree.map_structure(lambda _: 0, traced)
        return traced
    except Exception:  # a layer's own code again
        return None


def _likeness(layer: keras.Layer, call: Any) -> tuple[type, str, str] | None:
    """Return what a layer of a library shares with those that nest their outputs as it does.

    ``None`` for any other layer: what it is made with need not be in what it says of itself.
    """
    if type(layer).__module__.partition(".")[0] not in _COMPLETE:
        return None
    try:
        given = keras.tree.map_structure(_described, (call.arguments.args, call.arguments.kwargs))
        return type(layer), repr({**layer.get_config(), "name": None}), repr(given)
    except Exception:  # what it is made with may be no part of a file
        return None


def _described(value: Any) -> Any:
    """Return what an argument is, where it is a tensor: how a layer nests its outputs may depend on anything else."""
    return ("tensor", tuple(value.shape)) if isinstance(value, keras.KerasTensor) else value


def _functional(layer: keras.Layer) -> Any:
    """Return the graph that a ``Sequential`` keeps, or a layer itself."""
    return getattr(layer, "_functional", None) or layer


def _shapes_of_tensors(structure: Any) -> facts.Shape:
    return nested_shapes(structure, _shape_of_tensor)


def _shape_of_tensor(value: Any) -> facts.Shape:
    return _plain_shape(value.shape) if isinstance(value, keras.KerasTensor) else None


def _leaves(shape: facts.Shape) -> Iterator[facts.Shape]:
    """Yield the shapes of single tensors, in the order in which Keras flattens what they are nested in."""
    if isinstance(shape, dict):
        for name in sorted(shape):
            yield from _leaves(shape[name])
    elif shape and all(isinstance(part, (list, dict)) for part in shape):
        for part in shape:
            yield from _leaves(part)
    else:
        yield shape


def _one_or_all(shapes: list[facts.Shape]) -> facts.Shape:
    return shapes[0] if len(shapes) == 1 else shapes or None


def _plain_shape(shape: Any) -> facts.Shape:
    """Turn tuples, tensors and Keras' own containers into lists, dictionaries and plain integers."""
    if isinstance(shape, dict):
        return {str(name): _plain_shape(part) for name, part in shape.items()}
    if isinstance(shape, (tuple, list)):
        # An int is one, too, and asking the abstract class is slow.
        return [int(part) if isinstance(part, (int, Integral)) else _plain_shape(part) for part in shape]
    return _plain_shape(tuple(shape.shape)) if hasattr(shape, "shape") else None
