"""What Keras notes of each layer that it makes, in fewer steps.

A layer of Keras on TensorFlow sets some eighty attributes. It asks of each ten times whether it is a weight, a layer or
a list of them, and it looks up the arguments of the functions of its class anew. That is half of the time of a model
of 450 layers. What a layer has in the end is the same.
"""

from __future__ import annotations

import contextlib
import inspect
import types
from collections.abc import Callable, Sequence
from typing import Any
from unittest import mock
from weakref import WeakKeyDictionary

import keras

_PLAIN = frozenset({type(None), bool, int, float, str})
"""The types of values that hold no weights: Keras gives an attribute the very value."""

_NAMES_KNOWN = {
    "Layer": {
        *("_setattr_hook", "hasattr", "_initialize_tracker", "_tracker", "track", "super", "__setattr__"),
        *("backend", "is_nnx_enabled", "object"),
    },
    "KerasAutoTrackable": {"getattr", "AttributeError", "sticky_attribute_assignment", "super", "__setattr__"},
    "AutoTrackable": {
        *("getattr", "AttributeError", "data_structures", "sticky_attribute_assignment", "super", "AutoTrackable"),
        "__setattr__",
    },
}
"""The classes that set attributes of a layer, the nearest first → all that they ask, from Keras 3.5 to 3.15."""


def shorten(patches: contextlib.ExitStack) -> None:
    """Let Keras take fewer steps as long as the patches stand; all of its own where these are not the known ones."""
    from keras.src.layers import layer
    from keras.src.ops import operation

    looks_up = {name: _remembering(getattr(inspect, name)) for name in ("signature", "getfullargspec")}
    for module in (layer, operation):
        if getattr(module, "inspect", None) is inspect:
            shorter = types.SimpleNamespace(**{**vars(inspect), **looks_up})
            patches.enter_context(mock.patch.object(module, "inspect", shorter))
    setters = _setters(keras.Layer.__mro__)
    if keras.backend.backend() == "tensorflow" and _are_known(setters):
        patches.enter_context(mock.patch.object(keras.Layer, "__setattr__", _setting(setters)))


def _remembering(look_up: Callable[..., Any]) -> Callable[..., Any]:
    """Return what looks up a function's arguments once; a method is its class' function without the first of them."""
    of_functions: WeakKeyDictionary[Any, tuple[list[Any], Any]] = WeakKeyDictionary()
    of_methods: WeakKeyDictionary[Any, tuple[list[Any], Any]] = WeakKeyDictionary()

    def looked_up(called: Any, **how: Any) -> Any:
        is_method = type(called) is types.MethodType
        function = called.__func__ if is_method else called
        if how or type(function) is not types.FunctionType or function.__dict__:  # a wrapper says what is inside it
            return look_up(called, **how)
        known = of_methods if is_method else of_functions
        parts = [function.__code__, function.__defaults__, function.__kwdefaults__]
        found = known.get(function)
        if found is None or any(part is not before for part, before in zip(parts, found[0], strict=True)):
            found = known[function] = (parts, look_up(called))
        return found[1]

    return looked_up


def _setters(kinds: Sequence[type]) -> list[type]:
    """Return those of some classes that have a say when an attribute is set."""
    return [kind for kind in kinds if "__setattr__" in vars(kind) and kind is not object]


def _are_known(setters: list[type]) -> bool:
    """Tell whether classes do no more than is known of them when an attribute is set."""
    return [setter.__name__ for setter in setters] == list(_NAMES_KNOWN) and all(
        _asks_only(names, vars(setter)["__setattr__"])
        for setter, names in zip(setters, _NAMES_KNOWN.values(), strict=True)
    )


def _asks_only(names: set[str], function: Any) -> bool:
    """Tell whether a function is Keras' own or TensorFlow's, and asks nothing but what is known."""
    return (
        type(function) is types.FunctionType
        and function.__module__.partition(".")[0] in {"keras", "tensorflow"}
        and not function.__dict__
        and set(function.__code__.co_freevars) <= {"__class__"}
        and set(function.__code__.co_names) <= names
    )


def _setting(setters: list[type]) -> Callable[[Any, str, Any], None]:
    """Return what sets an attribute of a layer to a plain value at once, and to any other in Keras' own way."""
    set_at_length: Any = vars(keras.Layer)["__setattr__"]
    hook = keras.Layer._setattr_hook
    are_usual: dict[type, bool] = {}
    """Whether nothing else has a say behind `keras.Layer` when an attribute is set, for each class."""

    def is_usual(kind: type) -> bool:
        behind = kind.__mro__[kind.__mro__.index(keras.Layer) :]
        return _setters(behind) == setters and kind._setattr_hook is hook  # type: ignore[attr-defined]

    def setting(layer: Any, name: str, value: Any) -> None:
        if type(value) not in _PLAIN or "_tracker" not in layer.__dict__ or name == "_tracker":
            set_at_length(layer, name, value)
            return
        kind = type(layer)
        usual = are_usual.get(kind)
        if usual is None:
            usual = are_usual[kind] = is_usual(kind)
        if not usual:
            set_at_length(layer, name, value)
            return
        try:
            if getattr(layer, name) is value:
                return  # also where that is an attribute of the class
        except AttributeError:
            pass
        object.__setattr__(layer, name, value)

    return setting
