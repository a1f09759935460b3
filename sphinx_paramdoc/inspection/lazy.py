"""Whether a layer may make weights or layers when it is called for the first time, as its code tells."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Iterator
from typing import Any

from sphinx_paramdoc.inspection.references import Reference, references
from sphinx_paramdoc.inspection.values import (
    MISSING,
    Kind,
    content,
    function_below,
    is_class_of,
    kind_of,
    own_classes,
)

_MAKERS = frozenset({"add_weight", "add_variable", "build", "create_variable"})
"""The methods of layers that make weights."""

_MOST = 100
"""So many functions are looked at; with more, it is taken for granted."""


@functools.cache
def may_make(kind: type) -> bool:
    """Tell whether calling a layer of a class may make weights or layers, as far as its user wrote the code."""
    pending = [function for base in own_classes(kind) if (function := function_below(vars(base).get("call")))]
    seen: set[Any] = set()
    while pending:
        function = pending.pop()
        if function in seen:
            continue
        seen.add(function)
        if len(seen) > _MOST:
            return True
        cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
        for reference in references(function.__code__):
            if reference.attributes and reference.attributes[-1] in _MAKERS:
                return True
            for value in _values(reference, kind, function.__globals__, cells):
                if is_class_of(value, Kind.LAYER) or is_class_of(value, Kind.VARIABLE):
                    return True
                if inner := function_below(value):
                    pending.append(inner)
    return False


def _values(reference: Reference, kind: type, names: dict[str, Any], cells: dict[str, Any]) -> Iterator[Any]:
    """Yield what a reference leads to through modules, or through the class whose method refers to itself."""
    if reference.kind == "self":
        if reference.attributes:
            yield inspect.getattr_static(kind, reference.attributes[0], None)
        return
    free = reference.kind == "free"
    value = content(cells[reference.name]) if free else names.get(reference.name, MISSING)
    for name in reference.attributes:
        if kind_of(value) is not Kind.MODULE:
            break
        value = vars(value).get(name, MISSING)
    yield value
