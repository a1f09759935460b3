"""Layers and models of Keras 2 beside what is of Keras 3: packages made for Keras 2 take theirs from ``tf_keras``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import BEHAVIOURS
from flake8_paramdoc.changes.keras_names import LAYER, SEQUENTIAL, kinds
from flake8_paramdoc.matching.callees import callee
from flake8_paramdoc.matching.finding import Match
from flake8_paramdoc.matching.tensor_kinds import LIVE
from flake8_paramdoc.reading.bound_before import bound_before
from flake8_paramdoc.reading.keras_packages import KerasPackage
from flake8_paramdoc.reading.object_types import Instance, holder
from flake8_paramdoc.reading.origins import imported
from flake8_paramdoc.reading.scopes import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.matching.tensor_flow import Tensors
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Values
    from flake8_paramdoc.reading.scopes import Names

MADE_FOR_KERAS_2 = ("tensorflow_hub.KerasLayer", "tensorflow_probability.layers.", "transformers.TF")
"""How the names of what is made of ``tf_keras`` begin, wherever that is installed."""

_MAKING = frozenset({"from_pretrained", "from_config"})
_MOST_STEPS = 6


def match_mixed_copies(reading: Reading, values: Values, tensors: Tensors, target: Target) -> Iterator[Match]:
    """Yield layers of Keras 2 in models of Keras 3, and optimizers of Keras 3 that models of Keras 2 are given."""
    live = KerasPackage.KERAS if KerasPackage.KERAS in reading.packages else KerasPackage.TENSORFLOW
    for call, scope in reading.calls:
        for key, node, it, package in _mixed(call, scope, values, tensors):
            change = BEHAVIOURS[key]
            if target.applies(change, package or live) and not reading.guards.cover(node):
                yield Match(node, change, change.message(it=it), fixes=change.fixes())


def _mixed(
    call: ast.Call, scope: Names, values: Values, tensors: Tensors
) -> Iterator[tuple[str, ast.expr, str, KerasPackage | None]]:
    """Yield the behaviour, where it is, what is of Keras 2, and the package of what is of Keras 3, if one is named."""
    func = call.func
    if isinstance(func, ast.Attribute) and func.attr == "compile":
        it = _of_keras_2(func.value, scope, values)
        given = [word.value for word in call.keywords if word.arg == "optimizer"] or call.args[:1]
        made = _optimizer(given[0], scope, values) if it and given else None
        if made is not None:
            yield "optimizer_for_keras_2", given[0], it, made
        return
    if isinstance(func, ast.Attribute) and func.attr == "add" and len(call.args) == 1:
        found = values.keras_class(values.of(func.value, scope))
        added = call.args if found is not None and found.name == SEQUENTIAL and found.package in LIVE else []
        package = found.package if found is not None else KerasPackage.KERAS
    else:
        made_of = callee(func, scope, values)
        is_sequential = made_of is not None and made_of.name == SEQUENTIAL and made_of.package in LIVE
        listed = call.args[0] if is_sequential and call.args else None
        added = listed.elts if isinstance(listed, (ast.List, ast.Tuple)) else []
        package = made_of.package if made_of is not None else KerasPackage.KERAS
    for node in added:
        it = _of_keras_2(node, scope, values)
        if it:
            yield "layer_of_keras_2", node, it, package
    if not added and call.args and isinstance(func, (ast.Call, ast.Name, ast.Attribute)):
        it = _of_keras_2(func, scope, values)
        if it and any(tensors.has(arg, scope) for arg in call.args):
            yield "layer_of_keras_2", func, it, None


def _of_keras_2(node: ast.expr, scope: Names, values: Values, steps: int = _MOST_STEPS) -> str:
    """Return the name of the class of Keras 2 that something is an object of; '' where nobody knows that it is."""
    if not steps:
        return ""
    if isinstance(node, (ast.Name, ast.Attribute)):
        found = {_of_keras_2(one.node, one.scope, values, steps - 1) for one in values_bound(node, scope)}
        return found.pop() if len(found) == 1 else ""
    if not isinstance(node, ast.Call):
        return ""
    func = node.func
    is_made = isinstance(func, ast.Attribute) and func.attr in _MAKING
    cls = func.value if is_made and isinstance(func, ast.Attribute) else func
    names = {meaning.dotted for meaning in imported(cls, scope)}
    if len(names) == 1 and all(name.startswith(MADE_FOR_KERAS_2) for name in names):
        return names.pop()
    of_keras = values.of(node, scope)
    if not isinstance(of_keras, Instance) or of_keras.package is not KerasPackage.FROZEN:
        return ""
    if len(names) > 1 or LAYER not in kinds(of_keras.name):
        return ""  # it may be imported from Keras 3 as well
    return min(names, default=f"tf_keras.{of_keras.name[6:]}")


def values_bound(node: ast.expr, scope: Names) -> list[Value]:
    """Return what is bound to a name, or to an attribute of ``self``; nothing where not all of that is known."""
    if isinstance(node, ast.Name):
        bindings, _ = bound_before(node, scope)
        known = [binding for binding in bindings if isinstance(binding, Value)]
        return known if len(known) == len(bindings) else []
    if not isinstance(node, ast.Attribute) or holder(node, scope) is None:
        return []
    owner: Names | None = scope
    while owner is not None and (owner.first is None or owner.outer is None):
        owner = owner.outer
    return owner.outer.attributes.get(node.attr, []) if owner is not None and owner.outer is not None else []


def _optimizer(node: ast.expr, scope: Names, values: Values) -> KerasPackage | None:
    """Return the package of the optimizer of Keras 3 that an expression makes."""
    if isinstance(node, ast.Name):
        bound = values_bound(node, scope)
        if len(bound) != 1:
            return None
        node, scope = bound[0].node, bound[0].scope
    made = callee(node.func, scope, values) if isinstance(node, ast.Call) else None
    return (
        made.package
        if made is not None and made.name.startswith("keras.optimizers.") and made.package in LIVE
        else None
    )
