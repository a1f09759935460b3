"""What classes and functions lead to whichever layer they are of: looked up once for a model, not once for a layer.

A model has a hundred layers of a few classes. Nearly all that their code refers to besides themselves are functions
and modules of a framework, which lead to nothing.
"""

from __future__ import annotations

import functools
import inspect
from types import FunctionType, MethodType
from typing import Any, NamedTuple

from sphinx_paramdoc.inspection.adapter import Named
from sphinx_paramdoc.inspection.references import Reference, references
from sphinx_paramdoc.inspection.values import (
    MISSING,
    Kind,
    Method,
    content,
    defaults,
    function_below,
    is_foreign,
    kind_of,
    own_classes,
    taken_around,
)

_IDLE = frozenset({Kind.NOTHING, Kind.CLASS, Kind.MODULE})
"""What nobody computes with by itself."""

_KEPT = frozenset({Kind.VARIABLE, Kind.LAYER, Kind.CONTAINER, Kind.TENSOR})
"""What a class may keep for all layers of it."""

_DEEPEST = 8
"""So many functions deep, it is found out whether one leads to anything."""


class OfClass(NamedTuple):
    """What a layer has by one of its classes that is none of a framework."""

    kept: list[Named]
    call: Any
    """The function that says what it computes; ``None`` where the class has none."""


class Surroundings:
    """Looks up what does not depend on a layer; it lasts as long as one inspection, as a global may change later."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._references: dict[FunctionType, list[Reference]] = {}
        self._leads: dict[int, tuple[Any, bool]] = {}
        """The identity of a function → the function, so that it stays one, and whether it leads to anything."""
        self._members: dict[tuple[Any, str], Any] = {}
        self.of_classes = functools.cache(_of_classes)

    def references(self, function: FunctionType) -> list[Reference]:
        """Return the references of a function that may lead to something."""
        known = self._references.get(function)
        if known is None:
            known = self._references[function] = self._found(function, _DEEPEST)
        return known

    def member(self, kind: Any, name: str) -> Any:
        """Return what a class has of a name, without a call of anything; ``None`` where it has nothing."""
        key = (kind, name)
        if key not in self._members:
            self._members[key] = inspect.getattr_static(kind, name, None)
        return self._members[key]

    def _found(self, function: FunctionType, most: int) -> list[Reference]:
        return [
            reference
            for reference in references(function.__code__)
            if (reference.attributes if reference.kind == "self" else self._may_lead(function, reference, most))
        ]

    def _may_lead(self, function: FunctionType, reference: Reference, most: int) -> bool:
        """Tell whether a reference, which is none to the first argument, may lead to something."""
        value = around(function, reference)
        for name in reference.attributes:
            kind = kind_of(value)
            if kind is not Kind.MODULE:
                return kind is not Kind.NOTHING and kind is not Kind.FUNCTION
            value = MISSING if is_foreign(value.__name__) else vars(value).get(name, MISSING)
        return self._is_telling(value, most)

    def _is_telling(self, value: Any, most: int) -> bool:
        kind = kind_of(value)
        return kind not in _IDLE and (kind is not Kind.FUNCTION or self._function_leads(value, most - 1))

    def _function_leads(self, value: Any, most: int) -> bool:
        """Tell whether a function may lead to something when it is called with anything.

        While that is found out it is taken for granted, as for one that calls itself.
        """
        if not most or isinstance(value, (functools.partial, MethodType, Method)):
            return True
        if known := self._leads.get(id(value)):
            return known[1]
        self._leads[id(value)] = value, True
        function = function_below(value)
        if function is None:
            leads = next(taken_around(value), None) is not None
        else:
            leads = any(self._is_telling(default, most) for _, default in defaults(function)) or any(
                reference.kind != "self" for reference in self._found(function, most)
            )
        self._leads[id(value)] = value, leads
        return leads


def around(function: FunctionType, reference: Reference) -> Any:
    """Return what a function refers to that is none of its arguments, or `MISSING`."""
    if reference.kind == "global":
        return function.__globals__.get(reference.name, MISSING)
    position = function.__code__.co_freevars.index(reference.name)
    return content((function.__closure__ or ())[position])


def _of_classes(kind: type) -> list[OfClass]:
    """Return what the layers of a class have by those of their classes that are none of a framework."""
    return [
        OfClass(
            [(name, value) for name, value in list(vars(base).items()) if kind_of(value) in _KEPT],
            function_below(vars(base).get("call")),
        )
        for base in own_classes(kind)
    ]
