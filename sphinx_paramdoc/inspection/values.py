"""What any value is to the search for what a layer computes with, without knowing the frameworks that it may be of."""

from __future__ import annotations

import functools
import math
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from enum import Enum
from types import FunctionType, MethodType, ModuleType
from typing import Any, NamedTuple

from sphinx_paramdoc.inspection.adapter import Named
from sphinx_paramdoc.inspection.kinds import public_name

_FRAMEWORKS = frozenset(
    {"keras", "tf_keras", "tensorflow", "jax", "jaxlib", "torch", "numpy", "optree", "wrapt", "absl"}
)
"""The packages whose own objects and functions are not looked into: what they keep is no part of a model's code."""

_OPEN = frozenset({"SimpleNamespace"})
"""The classes of Python itself whose objects are looked into."""

_STATE = frozenset(
    {"BaseOptimizer", "Callback", "Constraint", "Generator", "Initializer", "Loss", "Metric", "Optimizer"}
    | {"RandomSeedGenerator", "Regularizer", "SeedGenerator"}
)
"""The classes of frameworks whose objects keep what is no weight."""


_NO_COMPUTATION = ("_initializer", "_regularizer", "_constraint", "build", "quantize")
"""How the attributes of a layer end whose functions make no part of its output."""

_MOST_WRAPPERS = 8
"""So many decorators may lie around a function."""


class Kind(Enum):
    """What a value is to the search."""

    NOTHING = 0
    VARIABLE = 1
    LAYER = 2
    CONTAINER = 3
    FUNCTION = 4
    OBJECT = 5
    CLASS = 6
    MODULE = 7
    TENSOR = 8


class Method(NamedTuple):
    """A function of a class, and the object that it is called on."""

    function: FunctionType
    owner: Any


MISSING = object()
"""Stands for a value that there is not."""


@functools.cache
def _kind_of_class(kind: type) -> Kind:
    bases = [(base.__name__, _package(base.__module__)) for base in kind.__mro__]
    known = {name for name, package in bases if package in _FRAMEWORKS}
    if kind is Method or issubclass(kind, (FunctionType, MethodType, functools.partial)):
        return Kind.FUNCTION
    if known & _STATE or issubclass(kind, (str, bytes, int, float, complex)) or kind is type(None):
        return Kind.NOTHING
    if known & {"Variable", "KerasVariable", "Parameter"}:
        return Kind.VARIABLE
    if known & {"Layer", "Module"} and _package(kind.__module__) != "jax":
        return Kind.LAYER
    if issubclass(kind, (list, tuple, set, frozenset, deque, Mapping)):
        return Kind.CONTAINER
    if issubclass(kind, type):
        return Kind.CLASS
    if issubclass(kind, ModuleType):
        return Kind.MODULE
    if known & {"Tensor", "ArrayImpl", "Array", "ndarray"}:
        return Kind.TENSOR
    if kind.__name__ == "_lru_cache_wrapper":
        return Kind.FUNCTION
    if _is_own(kind) or kind.__name__ in _OPEN:
        return Kind.OBJECT
    # What a framework makes of a function, as `tf.function` and `jax.jit` do, is as good as that.
    return Kind.FUNCTION if _package(kind.__module__) in _FRAMEWORKS and "__call__" in dir(kind) else Kind.NOTHING


def kind_of(value: object) -> Kind:
    """Return what a value is to the search, which its class tells."""
    kind: Any = type(value)
    return _kind_of_class(kind)


def is_class_of(value: object, kind: Kind) -> bool:
    """Tell whether a value is a class whose objects are of a kind."""
    made: Any = value
    return isinstance(value, type) and _kind_of_class(made) is kind


def _package(module: str) -> str:
    return str(module).partition(".")[0]


@functools.cache
def is_foreign(module: str) -> bool:
    """Tell whether a module is none that a model is written in: one of a framework, or of Python itself."""
    package = _package(module)
    return package in _FRAMEWORKS or (package in sys.stdlib_module_names and package != "__main__")


@functools.cache
def own_classes(kind: type) -> tuple[type, ...]:
    """Return those of the classes of a layer that are none of a framework."""
    return tuple(base for base in kind.__mro__ if _is_own(base))


def _is_own(kind: type) -> bool:
    # What `exec` made in a namespace without a name pretends to be a part of Python.
    return not is_foreign(kind.__module__) or (kind.__module__ == "builtins" and bool(kind.__flags__ & _MADE_LATER))


_MADE_LATER = 1 << 9
"""The flag of classes that a ``class`` statement made."""


@functools.cache
def calls_what_it_keeps(kind: type) -> bool:
    """Tell whether code of a framework decides what a layer computes, as of a ``Lambda``, or a part of that.

    What a user's own code calls, its references tell.
    """
    return any(
        "call" in vars(base) and base.__name__ not in _BARE for base in kind.__mro__ if base not in own_classes(kind)
    )


_BARE = frozenset({"Functional", "Layer", "Model", "Operation", "Sequential"})
"""The classes of frameworks that compute nothing by themselves."""


def functions_given_to(layer: Any) -> Iterator[Named]:
    """Yield the functions of a user's that a layer of a framework's own was given, and what they are to be called with.

    Other objects that can be called are as good as functions.
    """
    for name, value in vars(layer).items():
        if type(value) in _NO_FUNCTIONS:
            continue
        kind = kind_of(value)
        if kind not in {Kind.FUNCTION, Kind.OBJECT}:
            _NO_FUNCTIONS.add(type(value))
        elif not name.endswith(_NO_COMPUTATION):
            is_own = isinstance(value, (functools.partial, MethodType)) or kind is Kind.OBJECT
            if is_own or function_below(value) is not None or next(taken_around(value), None) is not None:
                yield name.lstrip("_"), value
    if (arguments := vars(layer).get("arguments")) and isinstance(arguments, Mapping):  # of a `Lambda`
        yield "arguments", arguments


_NO_FUNCTIONS: set[type] = set()
"""Classes whose objects are known to be no functions: nearly all that a layer keeps, and to ask is slow."""


def attributes_of(value: Any) -> dict[str, Any]:
    """Return what an object keeps, by the names of its attributes."""
    kept: dict[str, Any] = dict(getattr(value, "__dict__", {}))
    kind: Any = type(value)
    for name in _slots(kind):
        if hasattr(value, name):
            kept[name] = getattr(value, name)
    return kept


def attribute_of(value: Any, name: str) -> Any:
    """Return one of the attributes that an object keeps, or `MISSING`."""
    kind: Any = type(value)
    if name in _slots(kind) and hasattr(value, name):
        return getattr(value, name)
    return getattr(value, "__dict__", {}).get(name, MISSING)


@functools.cache
def _slots(kind: type) -> tuple[str, ...]:
    """Return the names of the attributes that the objects of a class keep without a dictionary."""
    listed = [vars(base).get("__slots__", ()) for base in kind.__mro__]
    return tuple(name for names in listed for name in ([names] if isinstance(names, str) else names))


def function_below(value: Any) -> FunctionType | None:
    """Return a function, or what a framework's decorators lie around; ``None`` where that is none of a user's."""
    for _ in range(_MOST_WRAPPERS):
        if isinstance(value, FunctionType) and not is_foreign(str(value.__globals__.get("__name__"))):
            return value
        inner = getattr(value, "__wrapped__", None) or getattr(value, "python_function", None)
        if inner is None:
            return None
        value = inner
    return None


def taken_around(value: Any, most: int = _MOST_WRAPPERS) -> Iterator[Any]:
    """Yield what a framework's own function took from around it and may call, as ``keras.remat`` takes a function.

    :param most: so many functions deep.
    """
    if not isinstance(value, FunctionType) or not is_foreign(str(value.__globals__.get("__name__"))):
        return
    for cell in value.__closure__ or ():
        kind = kind_of(taken := content(cell))
        if kind in {Kind.LAYER, Kind.OBJECT} or isinstance(taken, (functools.partial, MethodType)):
            yield taken
        elif kind is Kind.FUNCTION and most:
            if function_below(taken) is not None:
                yield taken
            else:
                yield from taken_around(taken, most - 1)


def defaults(function: FunctionType) -> Iterator[Named]:
    """Yield the values that a function's arguments have of themselves, by the names of the arguments."""
    code, given = function.__code__, function.__defaults__ or ()
    yield from zip(code.co_varnames[code.co_argcount - len(given) : code.co_argcount], given, strict=True)
    yield from (function.__kwdefaults__ or {}).items()


def content(cell: Any) -> Any:
    """Return what a function took from one around it, or `MISSING`."""
    try:
        return cell.cell_contents
    except ValueError:  # nothing was assigned yet
        return MISSING


def kept_attribute(layer: Any, name: str) -> Any:
    """Return what a layer keeps, or a weight that it gives by a property; nothing that would have to be computed."""
    found = attribute_of(layer, name)
    if found is MISSING:
        found = attribute_of(layer, f"_{name}")
    return found if found is not MISSING and kind_of(type(found)) is not Kind.NOTHING else MISSING


def size(variable: Any) -> int:
    """Return how many numbers a variable holds; an axis of any size counts as none."""
    return math.prod(int(axis or 0) for axis in tuple(variable.shape))


def class_name(kind: type) -> str:
    """Return the public name of the class of a variable, or of a module that no adapter knows."""
    names = [f"{_package(base.__module__)}.{base.__name__}" for base in kind.__mro__]
    for name, public in _PUBLIC.items():
        if name in names:
            return public
    return public_name(kind) or f"{kind.__module__}.{kind.__qualname__}"


_PUBLIC = {
    "keras.KerasVariable": "keras.Variable",
    "keras.Variable": "keras.Variable",
    "tensorflow.Variable": "tf.Variable",
    "torch.Parameter": "torch.nn.Parameter",
}
"""The classes of variables → what people import them by."""
