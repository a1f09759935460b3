"""What was most likely meant where code fails: a name that is near, a module that is not imported, a download."""

from __future__ import annotations

import builtins
import contextlib
import difflib
import inspect
import pkgutil
import re
import sys
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from importlib.util import find_spec
from itertools import pairwise
from types import FrameType, FunctionType, ModuleType, TracebackType
from typing import Any

from sphinx_paramdoc.execution.argument import UnknownNameError
from sphinx_paramdoc.execution.request import WayOut

_NEAR = 0.75
"""Names that are less alike than this mean different things."""

_SAME_BEGIN = 0.05
"""What counts as much for a name as its first letter: classes begin with a capital, modules and functions do not."""

_CUSTOMARY = {
    "np": "import numpy as np",
    "tf": "import tensorflow as tf",
    "jnp": "import jax.numpy as jnp",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "K": "from keras import backend as K",
}
"""Short names that code takes for granted → the line that makes them."""

_NETWORK = frozenset({"urllib", "urllib3", "http", "requests", "httpx", "socket"})
"""Packages whose errors tell that something could not be had."""

_UNEXPECTED = re.compile(r"(?P<called>[\w.]+)\(\) got an unexpected keyword argument '(?P<name>\w+)'$")
_UNRECOGNISED = re.compile(r"Unrecognized keyword arguments passed to \w+: \{'(?P<name>\w+)'")
"""How Python refuses an argument, and Keras one of a layer."""

_OF_EVERY_LAYER = ("name", "dtype", "trainable", "autocast", "activity_regularizer")
"""The arguments that layers hand on."""

_NO_SHAPE = re.compile(r"Cannot convert '(?P<axis>\d+)' to a shape")
"""How Keras refuses ``keras.Input(4)``."""

_DIGITS = re.compile(r"[0-9]+(\.[0-9]+)?")

_CANNOT_IMPORT = re.compile(r"cannot import name '(\w+)' from")
_LONGEST_CHAIN = 10


def message(error: BaseException) -> str:
    """Return what kind of error it is and what it says, without the guesses that some versions of Python add."""
    if not isinstance(error, (AttributeError, ImportError, NameError)):
        return "".join(traceback.format_exception_only(error)).strip()
    kind = next(each for each in type(error).__mro__ if each is not UnknownNameError)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return "\n".join([f"{name}: {error}".removesuffix(": "), *getattr(error, "__notes__", ())])


def with_hint(said: str, hint: str) -> str:
    """Return what an error says, and behind its first line what was meant."""
    first, *rest = said.split("\n")
    return "\n".join([f"{first} ({hint})" if hint else first, *rest])


def nearest(name: str, known: Collection[str]) -> str:
    """Return the one of the known names that is most like another one; '' where none is near."""
    close = difflib.get_close_matches(name, known, 5, _NEAR) or [each for each in known if each.lower() == name.lower()]
    return max(close, key=lambda each: _likeness(name, each), default="")


def _likeness(name: str, other: str) -> float:
    return difflib.SequenceMatcher(None, name, other).ratio() + _SAME_BEGIN * (name[:1] == other[:1])


class Hints:
    """Guesses what was meant, with what is known of one block."""

    def __init__(
        self,
        names: Mapping[str, Any],
        imported: Mapping[str, ModuleType],
        is_users: Callable[[FrameType], bool],
    ) -> None:
        """Take what is there for the block.

        :param names: its names, as they are now.
        :param imported: the modules among them that the preamble gives.
        :param is_users: tells whether a frame runs the user's own code.
        """
        self._names = names
        self._imported = imported
        self._is_users = is_users

    def of(self, error: BaseException) -> tuple[str, WayOut | None]:
        """Return what was meant, in a sentence, and what else may help."""
        with contextlib.suppress(Exception):  # an object may answer anything when it is asked for its names
            if is_of_network(error):
                return _of_download(error.__traceback__), None
            if isinstance(error, ModuleNotFoundError):
                return self._of_module(error.name or "")
            if isinstance(error, UnknownNameError):
                hint = self._of_name(str(error.name), self._names)
                return (hint, None) if hint else self._of_module(str(error.name))
            if no_shape := _NO_SHAPE.match(str(error)):
                return f"a shape is a tuple, of one axis ({no_shape['axis']},)", None
            if isinstance(error, (TypeError, ValueError)):
                return _did_you_mean(_argument(error, self._names)) or self._of_quoted_number(error), None
            frame = _asking(error)
            if frame is None or not self._is_users(frame):
                return "", None
            if isinstance(error, NameError) and error.name:
                return self._of_name(error.name, {**frame.f_globals, **frame.f_locals}), None
            if isinstance(error, AttributeError) and error.name == "py" and isinstance(error.obj, ModuleType):
                module = error.obj.__name__
                return f"{module}.py is a file: write {module}:NAME, for what in it gives the model", None
            if isinstance(error, AttributeError) and error.name:
                return _did_you_mean(nearest(error.name, _attributes(error.obj, error.name))), None
            if isinstance(error, ImportError):
                return _of_import(error), None
        return "", None

    def _of_quoted_number(self, error: TypeError | ValueError) -> str:
        """Return that an argument is a number in quotes, which what the user's code called refuses; '' where none is.

        Messages of a framework show such a string like the number: ``Received: units=3``.
        """
        trace = list(traceback.walk_tb(error.__traceback__))
        refused = next((inner for (outer, _), (inner, _) in pairwise(trace) if self._asks(outer, inner)), None)
        if refused is None:
            return ""
        code = refused.f_code
        for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]:
            value = refused.f_locals.get(name)
            is_told = name in str(error) or "'str'" in str(error)
            if is_told and name != "name" and isinstance(value, str) and _DIGITS.fullmatch(value):
                return f"{name} is the string {value!r}: write the number {value}, without quotes"
        return ""

    def _asks(self, outer: FrameType, inner: FrameType) -> bool:
        return self._is_users(outer) and not self._is_users(inner)

    def _of_module(self, name: str) -> tuple[str, WayOut | None]:
        package, _, last = name.rpartition(".")
        holder = sys.modules.get(package)
        if holder is not None:
            return _did_you_mean(nearest(last, list(_submodules(holder))), package), None
        near = nearest(name, [module.name for module in pkgutil.iter_modules()])
        return (_did_you_mean(near), None) if near else ("", "module")

    def _of_name(self, name: str, known: Mapping[str, Any]) -> str:
        """Return what is meant by a name that is not defined.

        :param known: the names that are there where it is asked for.
        """
        is_in_block = known.get("__name__") == self._names.get("__name__")
        if is_in_block and (there := next(self._places(name), "")):
            imported = " and ".join(self._imported)
            what = f"only {imported} is" if len(self._imported) == 1 else f"{imported} are"
            return f"{what} imported: write {there}, or import it"
        if name in _CUSTOMARY:
            return f"nothing imports it: begin with {_CUSTOMARY[name]}"
        own = [each for each in known if not each.startswith("__")]
        if near := nearest(name, own) or nearest(name, dir(builtins)):
            return _did_you_mean(near)
        if find_spec(name) is not None:
            return f"nothing imports it: begin with import {name}"
        # Of so many names, some are like anything.
        inside = [each for each in self._names_inside() if each[:1].lower() == name[:1].lower()] if is_in_block else []
        return _did_you_mean(next(self._places(nearest(name, inside)), ""))

    def _places(self, name: str) -> Iterator[str]:
        """Yield where a name is, in the modules that are imported and those inside them."""
        if not name:
            return
        for alias, module in self._imported.items():
            if hasattr(module, name):
                yield f"{alias}.{name}"
            for inner, value in _inner_modules(module):
                if hasattr(value, name):
                    yield f"{alias}.{inner}.{name}"

    def _names_inside(self) -> set[str]:
        """Return all the public names in the modules that are imported, and in those inside them."""
        names: set[str] = set()
        for module in self._imported.values():
            names.update(*map(dir, (module, *(inner for _, inner in _inner_modules(module)))))
        return {name for name in names if not name.startswith("_")}


def _did_you_mean(name: str, package: str = "") -> str:
    return f"did you mean {f'{package}.{name}' if package else name}?" if name else ""


def _asking(error: BaseException) -> FrameType | None:
    """Return the frame that asked for what is missing; a `__getattr__` only answers."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    while frames and "getattr" in frames[-1].f_code.co_name:
        frames.pop()
    return frames[-1] if frames else None


def _attributes(value: object, name: str) -> list[str]:
    """Return the names of what an object has, and of the modules inside a package; private ones for a private name."""
    return [each for each in {*dir(value), *_submodules(value)} if name.startswith("_") or not each.startswith("_")]


def _submodules(module: object) -> Iterator[str]:
    yield from (each.name for each in pkgutil.iter_modules(getattr(module, "__path__", None) or []))


def _inner_modules(module: ModuleType) -> Iterator[tuple[str, ModuleType]]:
    """Yield the public modules that a package has as attributes."""
    for name in dir(module):
        value = None if name.startswith("_") else getattr(module, name, None)
        if isinstance(value, ModuleType) and value.__name__.startswith(f"{module.__name__}."):
            yield name, value


def _argument(error: TypeError | ValueError, names: Mapping[str, Any]) -> str:
    """Return the argument that was meant for one that is refused; '' where none is near.

    :param names: where what is called may be, besides in modules.
    """
    if match := _UNRECOGNISED.match(str(error)):
        *_, (frame, _) = traceback.walk_tb(error.__traceback__)
        makers = [vars(each).get("__init__") for each in type(frame.f_locals["self"]).__mro__]
        known = [name for maker in makers if isinstance(maker, FunctionType) for name in _arguments(maker)]
        return nearest(match["name"], [*known, *_OF_EVERY_LAYER])
    if match := _UNEXPECTED.match(str(error)):
        likely = (nearest(match["name"], _arguments(called)) for called in _called(match["called"], names))
        return next(filter(None, likely), "")
    return ""


def _called(name: str, names: Mapping[str, Any]) -> Iterator[Callable[..., Any]]:
    """Yield the functions that Python calls so: those among some names, then those of modules, the latest first."""
    first, *rest = name.split(".")
    modules = [module for module in sys.modules.values() if isinstance(module, ModuleType)]
    for scope in (names, *map(vars, reversed(modules))):
        value = scope.get(first)
        for attribute in rest:
            value = getattr(value, attribute, None)
        if isinstance(value, FunctionType) and value.__qualname__ == name:
            yield value


def _arguments(function: Callable[..., Any]) -> list[str]:
    return [name for name in inspect.signature(function).parameters if name != "self"]


def _of_import(error: ImportError) -> str:
    match = _CANNOT_IMPORT.match(str(error))
    module = sys.modules.get(error.name or "")
    return _did_you_mean(nearest(match[1], _attributes(module, match[1]))) if match and module else ""


def is_of_network(error: BaseException | None) -> bool:
    """Tell whether an error comes from something that could not be had from another machine."""
    for _ in range(_LONGEST_CHAIN):
        if error is None:
            return False
        if type(error).__module__.partition(".")[0] in _NETWORK:
            return True
        error = error.__cause__ or error.__context__
    return False


def _of_download(trace: TracebackType | None) -> str:
    for frame, _ in traceback.walk_tb(trace):
        code = frame.f_code
        if "weights" in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount] and isinstance(
            frame.f_locals.get("weights"), str
        ):
            return "weights=None gives the same counts, and needs no download"
    return "what a block downloads must be there wherever the documentation is built: keep a copy, or do without"
