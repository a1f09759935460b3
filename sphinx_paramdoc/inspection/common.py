"""What the readers of all frameworks share: names, plain arguments, and the numbering of variables."""

from __future__ import annotations

import inspect as signatures
import sys
from collections.abc import Iterable, Iterator, Sequence
from numbers import Integral
from typing import Any

from sphinx_paramdoc import facts, installed
from sphinx_paramdoc.inspection import BLOCK_MODULE

_PUBLIC_NAMESPACES = ("layers", "models", "layers.experimental", "")
_KERAS = frozenset({"keras", "tf_keras"})
_NO_DIMENSIONS = frozenset({"self", "name", "dtype", "trainable", "autocast", "seed"})
"""Constructor arguments that say nothing of a layer's dimensions; a seed may be drawn anew for each run."""


class Weights:
    """The weights of one model, numbered as they are met: each variable once, however many layers hold it."""

    def __init__(self) -> None:
        self.found: list[facts.Weight] = []
        self.variables: facts.Variables = "real"
        self._numbers: dict[int, int] = {}

    def number(self, variable: object) -> int | None:
        """Give the position of a variable that was met before."""
        return self._numbers.get(id(variable))

    def add(self, variable: object, weight: facts.Weight, *, is_abstract: bool = False) -> int:
        """Give a position to a variable that is new."""
        if is_abstract:
            self.variables = "abstract"
        self._numbers[id(variable)] = len(self.found)
        self.found.append(weight)
        return len(self.found) - 1


class Kind:
    """What is known of a layer by its class alone."""

    def __init__(self, kind: type, base: type, base_name: str) -> None:
        """Look at a class.

        :param base: the class that all layers of the framework inherit from, and its public name.
        """
        classes = classes_of(kind, base)
        names = dict.fromkeys(name for name in map(public_name, classes) if name)
        self.name, *self.bases = names or [base_name]
        self._arguments = list(_argument_names(classes))

    def arguments(self, layer: object) -> dict[str, facts.Argument]:
        """Give the plain arguments of the constructor that `layer` keeps under their own names."""
        values = ((name, vars(layer).get(name)) for name in self._arguments)
        return {name: plain for name, value in values if (plain := plain_argument(value)) is not None}


def classes_of(kind: type, base: type) -> list[type]:
    """Give a class and those it inherits from, the nearest first, up to `base` and without it."""
    return [each for each in kind.__mro__ if issubclass(each, base) and each is not base]


def public_name(kind: type) -> str | None:
    """Give the name that people import a class by: ``keras.layers.Dense``, not ``keras.src.layers.core.dense.Dense``.

    ``None`` for a class that Keras keeps to itself, such as its ``Functional``: the nearest public base speaks for it.
    """
    if kind.__module__ in {"__main__", BLOCK_MODULE}:
        return kind.__qualname__
    package, private, _ = kind.__module__.partition(".src.")
    for namespace in _PUBLIC_NAMESPACES if private else ():
        name = ".".join(filter(None, (namespace, kind.__name__)))
        if _attribute(sys.modules.get(package), name) is kind:
            return f"{package}.{name}"
    return None if package in _KERAS else f"{kind.__module__}.{kind.__qualname__}"


def _attribute(value: object, name: str) -> object:
    for part in name.split("."):
        value = getattr(value, part, None)
    return value


def plain_argument(value: Any) -> facts.Argument | None:
    """Give a constructor's argument as plain data; ``None`` where it is none, or no dimension."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):  # a path or a longer text is no dimension, and may differ from machine to machine
        return value if len(value) <= 80 and not {"/", "\\"} & set(value) else None
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, list | tuple) and value and all(isinstance(part, Integral) for part in value):
        return [int(part) for part in value]
    return None


def distinct(names: Sequence[str]) -> Iterator[str]:
    """Tell layers of the same name apart, which a subclassed model may have: ``dense``, ``dense#2``."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}#{seen[name]}"


def installed_versions(*modules: str) -> dict[str, str]:
    """Give the versions of imported frameworks, as they are installed."""
    imported = {name: str(getattr(sys.modules.get(name), "__version__", "")) for name in modules}
    return {name: installed.version(name) or version for name, version in imported.items()}


def _argument_names(classes: Iterable[type]) -> Iterator[str]:
    for base in classes:
        if "__init__" in vars(base):
            parameters = signatures.signature(vars(base)["__init__"]).parameters
            yield from (name for name in parameters if name not in _NO_DIMENSIONS)
