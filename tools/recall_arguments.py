"""Arguments for functions and classes that an old file defines and does not call, guessed by the parameters' names."""

from __future__ import annotations

import inspect
import re
from typing import Any

_TENSOR = re.compile(r"input|tensor|^x\d*$|^inp|image|^net$|layer$|feature|_in$|^l\d?$|^prev|^ip$|^y$|skip|short")
_NO_TENSOR = re.compile(r"size|dim|num|^n_|nb|chan|count|name|path|dir|file")
_OTHER_SIZE = re.compile(r"vocab|hidden|batch|image|img|embed")


def guess(name: str, annotation: Any, keras: Any) -> Any:
    """Return an argument for a parameter, by its name."""
    low = name.lower()
    layers = keras.layers
    if annotation in (int, "int"):
        return 8
    if annotation in (float, "float"):
        return 0.1
    if annotation in (bool, "bool"):
        return True
    if annotation in (str, "str"):
        return "name"
    if "model" in low or low in ("net", "network", "base", "generator", "discriminator", "encoder", "decoder"):
        i = layers.Input((8,))
        return keras.models.Model(i, layers.Dense(8)(layers.Dense(8)(i)))
    if "target_shape" in low or "shape" in low:
        return (64, 64, 3)
    if _TENSOR.search(low) and not _NO_TENSOR.search(low):
        return layers.Input((64, 64, 3))
    if re.search(r"name|path|file|dir|stage|mode|type|block$", low):
        return "a" if "block" in low or "name" in low else "1"
    if re.search(r"stride", low):
        return 1
    if re.search(r"kernel|ksize|^k$|size", low) and not _OTHER_SIZE.search(low):
        return 3
    if re.search(r"filters$", low):
        return [8, 8, 8, 8]
    if re.search(r"rate|^lr$|dropout|alpha|decay|epsilon|momentum|ratio|prob", low):
        return 0.1
    if re.search(r"activation", low):
        return "relu"
    if re.search(r"pad", low):
        return "same"
    if re.search(r"y_true|y_pred", low):
        return (keras.ops if hasattr(keras, "ops") else keras.backend).ones((4, 4))
    return 16


def arguments(function: Any, keras: Any, *, variant: int = 0) -> dict[str, Any] | None:
    """Return arguments for what a function must be given."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    given = {}
    for parameter in signature.parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.POSITIONAL_ONLY):
            continue
        if parameter.default is parameter.empty:
            value = guess(parameter.name, parameter.annotation, keras)
            if variant and isinstance(value, list):
                value = 8
            given[parameter.name] = value
    return given
