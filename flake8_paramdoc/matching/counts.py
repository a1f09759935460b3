"""Counts of parameters that change without a word: in layers of recurrent cells, and in variables."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import BEHAVIOURS
from flake8_paramdoc.changes.keras_names import LAYER, kinds
from flake8_paramdoc.matching.callees import callee
from flake8_paramdoc.matching.channel_order import match_channel_order
from flake8_paramdoc.matching.era import is_before_keras_2_4
from flake8_paramdoc.matching.finding import Match
from flake8_paramdoc.matching.namespaces import in_namespace
from flake8_paramdoc.reading.call_arguments import named
from flake8_paramdoc.reading.keras_packages import KerasPackage
from flake8_paramdoc.reading.object_types import Local
from flake8_paramdoc.reading.origins import imported

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flake8_paramdoc.matching.era import Era
    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Values
    from flake8_paramdoc.reading.scopes import Definition, Names

_GRU_INPUTS = 4
"""Of how many inputs a message counts the parameters of a layer."""
_GRU_UNITS = 3
_RESET_AFTER = 22
"""The place of ``reset_after`` among the arguments of a GRU."""

_VARIABLES = frozenset({
    "tensorflow.Variable", "tensorflow.compat.v1.Variable", "tensorflow.keras.backend.variable",
})  # fmt: skip
_MAKING_VARIABLES = frozenset(name.rpartition(".")[2] for name in _VARIABLES)


def match_counts(reading: Reading, values: Values, target: Target, found: Sequence[Match], era: Era) -> Iterator[Match]:
    """Yield what counts other parameters today.

    :param found: what was found in the file otherwise, which tells for which Keras it was written.
    :param era: what was known of that before.
    """
    yield from _variables(reading, values, target)
    if KerasPackage.KERAS in reading.packages:
        yield from _recurrent(reading, values, target, found, era)
        yield from match_channel_order(reading, values, target, found, era)


def _recurrent(reading: Reading, values: Values, target: Target, found: Sequence[Match], era: Era) -> Iterator[Match]:
    """Yield each GRU without ``reset_after`` in a file for Keras 2.3 or older."""
    if "GRU" not in reading.called or era.has_cudnn_gru:
        return
    change = BEHAVIOURS["gru"]
    old: bool | None = None
    for call, scope in reading.calls:
        if not _may_be(call.func, "GRU", reading):
            continue
        made = callee(call.func, scope, values)
        if made is None or made.name != "keras.layers.GRU" or made.package is not KerasPackage.KERAS:
            continue
        if not made.whole or made.origin is None or not _is_known(call):
            continue
        given = {argument.name: argument.value for argument in named(call.keywords, scope)}
        if "reset_after" in given or len(call.args) > _RESET_AFTER or not target.applies(change, made.package):
            continue
        old = (era.is_before_2_4 or is_before_keras_2_4(found, reading)) if old is None else old
        if not old:
            return
        units = _number(call.args[0] if call.args else given.get("units", given.get("output_dim"))) or _GRU_UNITS
        before = 3 * units * (_GRU_INPUTS + units + 1)
        if not reading.guards.cover(call):
            after = before + 3 * units
            told = change.message(units=units, inputs=_GRU_INPUTS, before=f"{before:,}", after=f"{after:,}")
            yield Match(call.func, change, told, fixes=change.fixes())


def _variables(reading: Reading, values: Values, target: Target) -> Iterator[Match]:
    """Yield variables and modules of TensorFlow in attributes of Keras' layers."""
    if reading.called.isdisjoint(_MAKING_VARIABLES):
        return
    for definition in reading.classes:
        base = values.keras_class(Local(definition))
        if base is None or LAYER not in kinds(base.name):
            continue
        for assigned in definition.inside.attributes.values():
            for value in assigned:
                for call in _calls(value.node):
                    change = BEHAVIOURS[_kind_of_variable(call, value.scope) or "variable"]
                    if (
                        _kind_of_variable(call, value.scope) is not None
                        and target.applies(change, base.package)
                        and not reading.guards.cover(call)
                    ):
                        size = _size(call, value.scope)
                        told = change.message(before="its" if size is None else f"its {size:,}")
                        yield Match(call.func, change, in_namespace(told, base.package), fixes=change.fixes())


def _calls(node: ast.expr) -> Iterator[ast.Call]:
    """Yield the calls that make a value, or the items of a list."""
    if isinstance(node, ast.Call):
        yield node
    elif isinstance(node, (ast.List, ast.Tuple)):
        for item in node.elts:
            yield from _calls(item)
    elif isinstance(node, ast.ListComp):
        yield from _calls(node.elt)


def _kind_of_variable(call: ast.Call, scope: Names) -> str | None:
    for meaning in imported(call.func, scope):
        return "variable" if meaning.dotted in _VARIABLES else None
    if isinstance(call.func, ast.Name):
        for binding in scope.lookup(call.func.id, lambda _: False):
            node = getattr(binding, "node", None)
            if isinstance(node, ast.ClassDef) and _is_module(node, binding):  # type: ignore[arg-type]
                return "module"
    return None


def _is_module(node: ast.ClassDef, definition: Definition) -> bool:
    """Tell whether a class derives from ``tf.Module`` itself, and makes variables."""
    derives = any(
        meaning.dotted == "tensorflow.Module" for base in node.bases for meaning in imported(base, definition.scope)
    )
    return derives and any(
        _kind_of_variable(call, value.scope) == "variable"
        for assigned in definition.inside.attributes.values()
        for value in assigned
        for call in _calls(value.node)
    )


def _size(call: ast.Call, scope: Names) -> int | None:
    """Return how many numbers a variable has, where its first value is made of a shape that is written out."""
    first = call.args[0] if call.args else next((k.value for k in call.keywords if k.arg == "initial_value"), None)
    if not isinstance(first, ast.Call):
        return 1 if isinstance(first, ast.Constant) and isinstance(first.value, (int, float)) else None
    if not any(
        meaning.dotted.rpartition(".")[2] in ("zeros", "ones", "normal", "uniform", "truncated_normal", "random_normal")
        for meaning in imported(first.func, scope)
    ):
        return None
    shape = first.args[0] if first.args else next((k.value for k in first.keywords if k.arg == "shape"), None)
    if not isinstance(shape, (ast.Tuple, ast.List)):
        return None
    total = 1
    for item in shape.elts:
        side = _number(item)
        if side is None:
            return None
        total *= side
    return total


def _number(node: ast.expr | None) -> int | None:
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int and node.value > 0 else None


def _is_known(call: ast.Call) -> bool:
    """Tell whether all arguments of a call are written there."""
    return not any(isinstance(arg, ast.Starred) for arg in call.args) and all(word.arg for word in call.keywords)


def _may_be(func: ast.expr, name: str, reading: Reading) -> bool:
    """Tell whether a call may be one of a class, by its name."""
    if isinstance(func, ast.Attribute):
        return func.attr == name
    called = reading.is_called_as(func.id) if isinstance(func, ast.Name) else ()
    return called is None or any(dotted.rpartition(".")[2] == name for dotted in called)
