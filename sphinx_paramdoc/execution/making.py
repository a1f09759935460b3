"""What an expression calls to get a model: where its source is, found in the process that runs the block.

What a name stands for is often known only there: a name that the preamble gives, a method of an object, a function that
another one made.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Sequence
from types import FunctionType, MethodType, ModuleType
from typing import Any

from sphinx_paramdoc import facts
from sphinx_paramdoc.execution.request import Maker, part_name

_MOST_STEPS = 50
"""Through so many objects that stand around another one, it is looked for."""


def maker(start: object, attributes: Sequence[str]) -> Maker | None:
    """Return where what a dotted name leads to is defined; ``None`` where that is no code of a module.

    No code of the object runs for it.

    :param start: the object that the name begins with.
    :param attributes: those behind it, up to the first call or index.
    """
    try:
        found = start
        for attribute in attributes:
            found = _unwrapped(_attribute(found, attribute))
        made_by = _defined(_unwrapped(found))
    except Exception:  # objects may be of any kind; the model is there without it
        return None
    return made_by if facts.is_printable(made_by) else None


def _attribute(found: Any, name: str) -> Any:
    # A module may make its names when they are asked for, and has made this one.
    return getattr(found, name) if isinstance(found, ModuleType) else inspect.getattr_static(found, name)


def _unwrapped(found: Any) -> Any:
    """Return the function that a decorator, a partial call or the like has been put around, if one has."""
    for _ in range(_MOST_STEPS):
        if isinstance(found, (staticmethod, classmethod, MethodType)):
            found = found.__func__
        elif isinstance(found, property):
            found = found.fget
        elif isinstance(found, (functools.partial, functools.partialmethod, functools.cached_property)):
            found = found.func
        elif isinstance(found, FunctionType) and "__wrapped__" in vars(found):
            found = vars(found)["__wrapped__"]
        else:
            break
    return found


def _defined(found: Any) -> Maker | None:
    if isinstance(found, FunctionType):
        code, module = found.__code__, str(found.__globals__.get("__name__"))
        if code.co_filename == part_name("preamble"):
            return Maker("", found.__qualname__, code.co_firstlineno)
        if code.co_filename != getattr(sys.modules.get(module), "__file__", None):
            return None
        return Maker(module, found.__qualname__, code.co_firstlineno)
    if isinstance(found, type) and hasattr(sys.modules.get(found.__module__), "__file__"):
        return Maker(found.__module__, found.__qualname__)
    return None
