"""What the class of a layer of Keras 3 says of it: its public name, and the arguments that it keeps."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Iterator
from numbers import Integral
from typing import Any

import keras

from sphinx_paramdoc import facts

BLOCK_MODULE = "paramsummary"
"""The name of the module that the code of a block runs as; no part of a class' name that a reader should see."""

_PUBLIC_NAMESPACES = ("layers", "models", "")
_NO_DIMENSIONS = frozenset({"self", "name", "dtype", "trainable", "autocast", "seed"})
"""Constructor arguments that say nothing of a layer's dimensions; a seed may be drawn anew for each run."""


class Kind:
    """What is known of a layer by its class alone."""

    def __init__(self, kind: type[keras.Layer]) -> None:
        classes = layer_classes(kind)
        names = dict.fromkeys(name for name in map(public_name, classes) if name)
        # A class that Keras keeps to itself has the name of the nearest public one, and else its own.
        self.name, *self.bases = names or [_full_name(kind)]
        self._arguments = list(_argument_names(classes))

    def arguments(self, layer: keras.Layer) -> dict[str, facts.Argument]:
        """Give the plain arguments of the constructor that `layer` keeps, and how it was quantised."""
        own = vars(layer)
        values = {name: own.get(name, own.get(f"_{name}")) for name in self._arguments} | _quantisation(layer)
        return {name: plain for name, value in values.items() if (plain := plain_argument(value)) is not None}


def layer_classes(kind: type[keras.Layer]) -> list[type[keras.Layer]]:
    """Give a layer class and those it inherits from, the nearest first, without `keras.Layer` itself."""
    return [base for base in kind.__mro__ if issubclass(base, keras.Layer) and base is not keras.Layer]


def public_name(kind: type[keras.Layer]) -> str | None:
    """Give the name that people import a class by: ``keras.layers.Dense``, not ``keras.src.layers.core.dense.Dense``.

    ``None`` for a class that Keras keeps to itself, such as its ``Functional``.
    """
    if kind.__module__ in {"__main__", BLOCK_MODULE}:
        return kind.__qualname__
    package, private, _ = kind.__module__.partition(".src.")
    for namespace in _PUBLIC_NAMESPACES if private else ():
        public = sys.modules.get(package)
        public = getattr(public, namespace, None) if namespace else public
        if name := _name_in(public, kind):
            return ".".join(filter(None, (package, namespace, name)))
    return None if package == "keras" else _full_name(kind)


def _name_in(namespace: Any, kind: type) -> str | None:
    """Give what a namespace calls a class: mostly by its own name, now and then by another."""
    if getattr(namespace, kind.__name__, None) is kind:
        return str(kind.__name__)
    names = vars(namespace) if namespace else {}
    return min((str(name) for name, value in names.items() if value is kind), default=None)


def _full_name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


_BY_KEYWORD = ("rms_scaling",)
"""Arguments that no signature names: constructors take them out of ``**kwargs``."""


def _argument_names(classes: Iterable[type[keras.Layer]]) -> Iterator[str]:
    yield from _BY_KEYWORD
    for base in classes:
        if "__init__" in vars(base):
            yield from (name for name in inspect.signature(base.__init__).parameters if name not in _NO_DIMENSIONS)


def _quantisation(layer: keras.Layer) -> dict[str, Any]:
    """Give what decides in which form a layer keeps its matrix; it is set after the layer was made."""
    mode = getattr(layer, "quantization_mode", None)
    if not isinstance(mode, str):
        return {}
    policy, config = layer.dtype_policy, getattr(layer, "quantization_config", None)

    def setting(name: str) -> Any:
        value = getattr(policy, name, None)
        return getattr(config, name, None) if value is None else value

    size = getattr(layer, "_int4_block_size", None) if mode == "int4" else setting("group_size")
    given = {
        "quantization_mode": mode,
        "block_size": None if size == -1 else size,
        "amax_history_length": setting("amax_history_length"),
    }
    if mode in {"gptq", "awq"}:
        # The float kernel stays until calibration has found the quantised one.
        given |= {"weight_bits": setting("weight_bits"), "is_calibrated": not hasattr(layer, "_kernel")}
    return given


def plain_argument(value: Any) -> facts.Argument | None:
    """Give an argument that is plain data and the same on every machine; ``None`` for any other."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):  # a path or a longer text is no dimension, and may differ from machine to machine
        return value if len(value) <= 80 and not {"/", "\\"} & set(value) else None
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, list | tuple) and value and all(isinstance(part, Integral) for part in value):
        return [int(part) for part in value]
    return None
