"""What the class of a layer says of it, in whichever framework: its public name, and the arguments that it keeps."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Iterator
from numbers import Integral
from typing import Any

from sphinx_paramdoc import facts
from sphinx_paramdoc.inspection.registry import FRAMEWORKS

_PUBLIC_NAMESPACES = ("layers", "models", "layers.experimental", "")
_ALIASES = {"keras": [("tf.keras", "keras._tf_keras.keras")]}
"""A package → how others call it, and the module that they import then: TensorFlow exports more classes than Keras."""

_NO_DIMENSIONS = frozenset({"self", "name", "dtype", "trainable", "autocast", "seed"})
"""Constructor arguments that say nothing of a layer's dimensions; a seed may be drawn anew for each run."""

_BY_KEYWORD = ("rms_scaling",)
"""Arguments that no signature names: constructors take them out of ``**kwargs``."""

BLOCK_MODULE = "paramsummary"
"""The name of the module that the code of a block runs as; no part of a class' name that a reader should see."""


class LayerClass:
    """What is known of a layer by its class alone."""

    def __init__(self, kind: type, base: type, base_name: str) -> None:
        """Look at a class.

        :param base: the class that all layers of the framework inherit from, and its public name.
        """
        classes = classes_of(kind, base)
        names = dict.fromkeys(name for name in map(public_name, classes) if name)
        # A class that a framework keeps to itself has the name of the nearest public one, and else its own.
        self.name, *self.bases = names or [base_name if kind is base else _full_name(kind)]
        self._arguments = list(_argument_names(classes))

    def arguments(self, layer: object) -> dict[str, facts.Argument]:
        """Return the constructor's plain arguments that `layer` keeps, by their own names or with an underscore."""
        own = vars(layer)
        return plain_arguments({name: own.get(name, own.get(f"_{name}")) for name in self._arguments})


def classes_of(kind: type, base: type) -> list[type]:
    """Return a class and those it inherits from, the nearest first, up to `base` and without it."""
    return [each for each in kind.__mro__ if issubclass(each, base) and each is not base]


def public_name(kind: type) -> str | None:
    """Return the name that people import a class by: ``keras.layers.Dense``, not ``keras.src.layers.core.dense.Dense``.

    ``None`` for a class that a framework keeps to itself, such as the ``Functional`` of Keras.
    """
    if kind.__module__ in {"__main__", BLOCK_MODULE}:
        return kind.__qualname__
    package, private, _ = kind.__module__.partition(".src.")
    for namespace in _PUBLIC_NAMESPACES if private else ():
        if name := _name_in(_attribute(sys.modules.get(package), namespace), kind):
            return ".".join(filter(None, (package, namespace, name)))
    for alias, module in _ALIASES.get(package, ()):
        for namespace in _PUBLIC_NAMESPACES if private else ():
            if name := _name_in(_attribute(sys.modules.get(module), namespace), kind):
                return ".".join(filter(None, (alias, namespace, name)))
    return None if private and package in FRAMEWORKS else _full_name(kind)


def _attribute(value: object, path: str) -> object:
    for part in filter(None, path.split(".")):
        value = getattr(value, part, None)
    return value


def _name_in(namespace: object, kind: type) -> str | None:
    """Return a class' name in a namespace, which now and then is another than its own, or ``None``."""
    if getattr(namespace, str(kind.__name__), None) is kind:
        return str(kind.__name__)
    names = getattr(namespace, "__dict__", {})
    return min((str(name) for name, value in names.items() if value is kind), default=None)


def _full_name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _argument_names(classes: Iterable[type]) -> Iterator[str]:
    yield from _BY_KEYWORD
    for base in classes:
        if "__init__" in vars(base):
            parameters = inspect.signature(vars(base)["__init__"]).parameters
            yield from (name for name in parameters if name not in _NO_DIMENSIONS)


def plain_arguments(values: dict[str, Any]) -> dict[str, facts.Argument]:
    """Keep those arguments that are plain data and the same on every machine."""
    kept = {name: value for name, value in values.items() if value is not None}  # most are, and the rest is slow
    return {name: plain for name, value in kept.items() if (plain := plain_argument(value)) is not None}


def plain_argument(value: Any) -> facts.Argument | None:
    """Return an argument that is plain data and the same on every machine; ``None`` for any other."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):  # a path or a longer text is no dimension, and may differ from machine to machine
        return value if len(value) <= 80 and not {"/", "\\"} & set(value) else None
    if isinstance(value, (int, Integral)):  # to ask the abstract class is slow
        return int(value)
    if isinstance(value, (list, tuple)) and value and all(isinstance(part, Integral) for part in value):
        return [int(part) for part in value]
    return None
