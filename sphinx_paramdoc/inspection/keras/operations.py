"""The operations of a graph of Keras 3, which are no layers: which they are, and what people call them.

A graph holds an object for each: ``x * 2`` and ``keras.ops.multiply(x, 2)`` are the same there, of a class that nobody
imports. The function that makes it is its name. Source: https://keras.io/api/ops/.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Collection
from types import FunctionType
from typing import Any

import keras

from sphinx_paramdoc.inspection.kinds import public_name

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
"""Where a word of a class' name ends: ``ExpandDims``, ``FFTOnly``."""


def of(layer: Any) -> Collection[Any]:
    """Return the layers and operations of a model that is a graph, in the order in which it calls them.

    Nothing of a ``Sequential``, which holds layers alone.
    """
    if isinstance(layer, keras.Sequential) or not isinstance(layer, keras.Model):
        return ()
    operations: Collection[Any] = getattr(layer, "operations", ()) if hasattr(layer, "_nodes_by_depth") else ()
    return operations


@functools.cache
def function_name(kind: type) -> str:
    """Return the public name of the function that makes operations of a class, or else that of the class."""
    module = vars(sys.modules[kind.__module__])
    snake = _WORD.sub("_", kind.__name__).lower()
    functions = {name: value for name, value in module.items() if isinstance(value, FunctionType)}
    # Where the names differ, as of `RMSNorm` and `rms_normalization`, the function is the one that makes it.
    named = sorted(name for name, maker in functions.items() if kind.__name__ in maker.__code__.co_names)
    part = kind.__module__.rpartition(".")[2]
    # Older versions have them in modules of other names, as `keras.api.ops`.
    namespaces = {"keras.ops": keras.ops, f"keras.ops.{part}": getattr(keras.ops, part, None)}
    for name in filter(functions.get, [snake, *named]):
        for namespace, holder in namespaces.items():
            if getattr(holder, name, None) is functions[name]:
                return f"{namespace}.{name}"
    return public_name(kind) or f"{kind.__module__}.{kind.__qualname__}"
