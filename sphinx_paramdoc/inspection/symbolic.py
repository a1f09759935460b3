"""Builds a model that does not know the shape of its input yet, by calling it on tensors that hold nothing."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from sphinx_paramdoc import facts

_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)

_NO_INPUTS = frozenset({"training", "mask"})
"""Arguments that Keras gives by itself."""


def call(model: Any, shape: facts.Shape, make_input: Callable[[Sequence[int | None]], Any]) -> None:
    """Call a model on inputs of a shape.

    Several inputs go to it as it takes them: shapes by name to arguments of those names, a list of shapes to as many
    arguments if the model takes more than one, and else the whole structure as the one input.

    :param make_input: makes a symbolic tensor; its shape begins with the axis of the batch.
    """

    def inputs(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: inputs(inner) for name, inner in part.items()}
        if part and isinstance(part[0], (list, dict)):
            return [inputs(inner) for inner in part]
        return make_input(tuple(part))

    given = inputs(shape)
    parameters = inspect.signature(model.call).parameters
    takes = [name for name, each in parameters.items() if _may_be_input(each)]
    required = [name for name in takes if parameters[name].default is inspect.Parameter.empty]
    try:
        if isinstance(given, dict) and given.keys() <= parameters.keys():
            model(**given)
        elif isinstance(given, list) and len(required) > 1:
            model(*given)
        else:
            _call_with_one(model, given, len(takes))
    except Exception as error:
        error.add_note(
            f"({model.name}, which takes {', '.join(takes)}, was called on inputs of the shape {written(shape)}, whose "
            "first axis is the batch.)"
        )
        raise


def _may_be_input(parameter: inspect.Parameter) -> bool:
    # What has another default than None is no tensor: return_attention_scores=False.
    has_tensor = parameter.default is inspect.Parameter.empty or parameter.default is None
    return parameter.kind in _POSITIONAL and has_tensor and parameter.name not in _NO_INPUTS


def _call_with_one(model: Any, given: Any, most: int) -> None:
    """Call a model that asks for one argument; where it cannot do with a list, the others are further arguments."""
    try:
        model(given)
    except Exception:
        if not isinstance(given, list) or not 1 < len(given) <= most:
            raise
        model(*given)


def written(shape: Any) -> str:
    """Write a shape as people do: ``(None, 4)``, ``[(None, 4), (None, 5)]``, ``{'a': (None, 4)}``."""
    if isinstance(shape, dict):
        return "{" + ", ".join(f"{name!r}: {written(part)}" for name, part in shape.items()) + "}"
    if shape and isinstance(shape[0], (list, dict)):
        return f"[{', '.join(map(written, shape))}]"
    return str(tuple(shape))
