"""The shapes of what a live layer of ``tf_keras`` takes and gives."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Integral
from typing import Any

import tensorflow as tf
import tf_keras

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection.nesting import nested_shapes


def input_shape(layer: tf_keras.layers.Layer, calls: Sequence[Any]) -> facts.Shape:
    """Return the shape of what a layer takes, nested as it takes it.

    :param calls: the calls of the layer in the model, as nodes of Keras' graph; the first counts.
    """
    if not calls:
        return _plain_shape(layer._build_input_shape)
    if calls[0].is_input:
        return _shapes_of_tensors(calls[0].outputs)
    given = (_shapes_of_tensors(argument) for argument in (*calls[0].call_args, *calls[0].call_kwargs.values()))
    shapes = [shape for shape in given if shape is not None]
    return shapes[0] if len(shapes) == 1 else shapes or None


def output_shape(layer: tf_keras.layers.Layer, calls: Sequence[Any], *, is_whole: bool) -> facts.Shape:
    """Return the shape of what a layer gives, nested as it gives it.

    :param calls: the calls of the layer in the model, as nodes of Keras' graph; the first counts.
    :param is_whole: whether all layers inside it are built. Asking for the shape would build the others.
    """
    if calls:
        return _shapes_of_tensors(calls[0].outputs)
    if layer._build_input_shape is None or not is_whole:
        return None
    try:
        return _plain_shape(layer.compute_output_shape(layer._build_input_shape))
    except Exception:  # a layer's own code, which may raise anything: the shape is unknown, the count is not
        return None


def _shapes_of_tensors(structure: Any) -> facts.Shape:
    return nested_shapes(structure, _shape_of_tensor)


def _shape_of_tensor(value: Any) -> facts.Shape:
    return _plain_shape(value.shape) if isinstance(value, tf_keras.__internal__.KerasTensor) else None


def _plain_shape(shape: Any) -> facts.Shape:
    """Turn tuples and TensorFlow's own shapes into lists, dictionaries and plain integers."""
    if isinstance(shape, tf.TensorShape):
        return None if shape.rank is None else list(shape.as_list())
    if isinstance(shape, dict):
        return {str(name): _plain_shape(part) for name, part in shape.items()}
    if isinstance(shape, (tuple, list)):
        # An int is one, too, and asking the abstract class is slow.
        return [int(part) if isinstance(part, (int, Integral)) else _plain_shape(part) for part in shape]
    return None
