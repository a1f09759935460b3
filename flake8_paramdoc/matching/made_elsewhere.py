"""Objects of classes that other modules define: a method of theirs may be called as one of Keras, and be another."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.reading.object_types import Local
from flake8_paramdoc.reading.origins import defined, is_of_another
from flake8_paramdoc.reading.scopes import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flake8_paramdoc.reading.object_types import Values
    from flake8_paramdoc.reading.scopes import Names

_MOST_STEPS = 20
"""How far an object is followed to where it is made."""


def is_made_elsewhere(node: ast.expr, scope: Names, values: Values, steps: int = _MOST_STEPS) -> bool:
    """Tell whether an object may be of a class that is imported from elsewhere than Keras.

    It is followed through names, attributes of ``self`` and what functions of the file return.
    """
    if not steps:
        return False
    if isinstance(node, ast.Name):
        return _any_is(scope.lookup(node.id, lambda _: False), values, steps)
    if isinstance(node, ast.Attribute):
        owner = values.of(node.value, scope)
        own = owner.definition.inside.attributes.get(node.attr, ()) if isinstance(owner, Local) else ()
        return _any_is(own, values, steps)
    if not isinstance(node, ast.Call):
        return False
    if is_of_another(Value(node, scope)):
        return True
    function = defined(node.func, scope)
    if isinstance(node.func, ast.Attribute):
        function = values.method(values.of(node.func.value, scope), node.func.attr)
    if function is None or isinstance(function.node, ast.ClassDef):
        return False
    return any(is_made_elsewhere(value, function.inside, values, steps - 1) for value in function.inside.returns)


def _any_is(bindings: Iterable[object], values: Values, steps: int) -> bool:
    return any(
        is_made_elsewhere(binding.node, binding.scope, values, steps - 1)
        for binding in bindings
        if isinstance(binding, Value)
    )
