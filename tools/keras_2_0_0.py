"""Print what Keras 2.0.0 makes of the forms of Keras 1, which it still took: ``python -m tools.keras_2_0_0 FOLDER``.

In the folder lies its source distribution, unpacked. It runs without a backend: its layers know their arguments before
they are built. For each form of `tests.flake8_paramdoc.rows` that gives a layer, the configuration is printed as JSON;
``tests/data/keras-2.0.0-layers.json`` holds it.
"""

from __future__ import annotations

import argparse
import collections
import importlib.machinery
import inspect
import json
import sys
import types
import warnings
from collections import abc
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from unittest.mock import MagicMock

from tests.flake8_paramdoc.rows import ROWS, sources

_ABSENT = {"PIL", "h5py", "scipy", "tensorflow", "theano", "yaml"}
"""What it imports, and needs no more of to know what a layer is asked for."""


class _Absent(types.ModuleType):
    """A module that has whatever is asked of it."""

    def __init__(self, name: str) -> None:
        """Be a package."""
        super().__init__(name)
        self.__path__ = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return MagicMock()


class _Finder:
    """Finds what is absent."""

    def find_spec(self, name: str, *_: Any) -> importlib.machinery.ModuleSpec | None:
        """Return how to load a module that is absent."""
        is_absent = name.partition(".")[0] in _ABSENT
        return importlib.machinery.ModuleSpec(name, self, is_package=True) if is_absent else None  # type: ignore[arg-type]

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Return a module that has whatever is asked of it."""
        return _Absent(spec.name)

    def exec_module(self, _: types.ModuleType) -> None:
        """Run nothing."""


class _Specification(NamedTuple):
    args: list[str]
    varargs: str | None
    keywords: str | None
    defaults: tuple[Any, ...] | None


def _specification(function: Callable[..., Any]) -> _Specification:
    """Return the arguments of a function as Python told them when Keras 2.0.0 was written."""
    found = inspect.getfullargspec(function)
    return _Specification(found.args, found.varargs, found.varkw, found.defaults)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the configurations."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", help="the unpacked source distribution of Keras 2.0.0")
    folder = parser.parse_args(arguments).folder
    for name in ("Callable", "Iterable", "Mapping"):
        setattr(collections, name, getattr(abc, name))
    setattr(inspect, "getargspec", _specification)  # noqa: B010 - Python has no such name any more
    sys.meta_path.insert(0, _Finder())
    sys.path.insert(0, folder)
    warnings.simplefilter("ignore")
    import keras
    from keras import initializers
    from keras.layers import Layer

    if keras.__version__ != "2.0.0":
        parser.error(f"{folder} holds Keras {keras.__version__}")
    known = {}
    for row in ROWS:
        if row.step != "1->2":
            continue
        names: dict[str, Any] = {"scale": abs}
        try:
            exec(sources(row)[0], names)
        except Exception:  # what takes more than its arguments, or had gone by then
            continue
        layer = names.get("x")
        if isinstance(layer, Layer):
            configuration = layer.get_config()
            for name in configuration.keys() & vars(layer).keys():
                if name.endswith("_initializer"):  # that of a Dense tells of its kernel's for its bias
                    configuration[name] = initializers.serialize(getattr(layer, name))
            known[str(row)] = {name: value for name, value in configuration.items() if name != "name"}
    lines = (
        f"{json.dumps(row)}: {json.dumps(made, sort_keys=True, default=str)}" for row, made in sorted(known.items())
    )
    print("{", ",\n".join(lines), "}", sep="\n")


if __name__ == "__main__":
    main()
