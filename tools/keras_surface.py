"""Print what a copy of Keras offers its users, as JSON: names, parameters with their defaults, members, base classes.

``python -m tools.keras_surface keras`` in any environment that has it; also ``tf_keras`` and ``tensorflow.keras``.
"""

from __future__ import annotations

import importlib
import inspect
import json
import os
import re
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

_HIDDEN = frozenset({"src", "api", "protobuf"})
"""Modules that are in the packages and that no documentation names."""


def surface(package: str) -> dict[str, Any]:
    """Return what a package offers, by full names under ``keras``."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # TensorFlow shows its Keras lazily: the module behind it is asked.
    root = importlib.import_module({"tensorflow.keras": "keras._tf_keras.keras"}.get(package, package))
    objects = dict(_public(root, "keras", ()))
    names: dict[int, list[str]] = {}
    for name, found in objects.items():
        names.setdefault(id(found), []).append(name)
    return {name: _described(found, names) for name, found in sorted(objects.items())}


def _public(module: ModuleType, name: str, above: tuple[int, ...]) -> Iterator[tuple[str, Any]]:
    for part in sorted(vars(module)):
        found = getattr(module, part)
        full = f"{name}.{part}"
        if part.startswith("_") or part in _HIDDEN:
            continue
        if not isinstance(found, ModuleType):
            yield full, found
        elif "keras" in found.__name__ and id(found) not in above:
            yield full, found
            yield from _public(found, full, (*above, id(found)))


def _described(found: Any, names: dict[int, list[str]]) -> dict[str, Any]:
    if isinstance(found, ModuleType):
        return {"kind": "module"}
    if not callable(found):
        return {"kind": "value"}
    described: dict[str, Any] = {"kind": "class" if inspect.isclass(found) else "function"}
    described["parameters"] = _parameters(found.__init__ if inspect.isclass(found) else found)
    if inspect.isclass(found):
        described["bases"] = sorted({name for base in found.__mro__[1:] for name in names.get(id(base), ())})
        described["members"] = {
            member: _parameters(value) if callable(value) and not inspect.isclass(value) else None
            for member in dir(found)
            if not member.startswith("_") and (value := inspect.getattr_static(found, member)) is not None
        }
    return described


def _parameters(function: Any) -> list[list[str]] | None:
    """Return name, kind and default of each parameter; ``None`` where Python cannot tell."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return None
    if parameters and parameters[0].name in ("self", "cls", "instance", "_", "metric_obj"):
        del parameters[0]
    return [[one.name, one.kind.name, _default(one)] for one in parameters]


def _default(parameter: inspect.Parameter) -> str:
    if parameter.default is parameter.empty:
        return ""
    # An address is of this run alone.
    return re.sub(r" at 0x\w+|<(function|class) [^>]*>", "<object>", repr(parameter.default))


if __name__ == "__main__":
    json.dump(surface(sys.argv[1]), sys.stdout, indent=0)
