"""Calls with arguments of an old form."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

from flake8_paramdoc.changes import (
    ARGUMENTS,
    CALLED,
    DISTINCTIVE,
    FIRST_PLACES,
    LITERALS,
    OLD_ARGUMENTS,
    PLACED,
    POSITIONS,
    REQUIRED,
    VALUES,
    old_arguments,
)
from flake8_paramdoc.changes.argument_forms import called_as, with_slash
from flake8_paramdoc.changes.keras_names import HISTORY
from flake8_paramdoc.changes.shapes import NOT_LITERAL, PositionChanged, ValueChange, ValueUnfit
from flake8_paramdoc.matching.accuracy import Accuracy, literal, parts
from flake8_paramdoc.matching.callees import Callee, callee, handing_on, layer_call, partial
from flake8_paramdoc.matching.finding import Match, Site
from flake8_paramdoc.matching.made_elsewhere import is_made_elsewhere
from flake8_paramdoc.matching.namespaces import in_namespace
from flake8_paramdoc.matching.passed import Passed
from flake8_paramdoc.reading.call_arguments import Named, named, placed
from flake8_paramdoc.reading.keras_packages import origin
from flake8_paramdoc.reading.origins import imported, is_of_another
from flake8_paramdoc.reading.scopes import asked_for
from flake8_paramdoc.reading.written import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flake8_paramdoc.matching.target import Target
    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.object_types import Values
    from flake8_paramdoc.reading.scopes import Names

_CALLED_NAMES = frozenset(name.rpartition(".")[2] for name in CALLED)

_WRAPPING = frozenset({"__init__", "partial", "partialmethod", *_CALLED_NAMES})
"""Attributes that pass arguments on to something else, or are told by any of them."""
_COMPARED = frozenset(name.removesuffix("()").rpartition(".")[2] for name in PLACED if name.endswith("()"))
"""The last parts of the names of functions whose results are other ones today."""
_NAME_GONE = frozenset(name.rpartition(".")[2] for name, argument in ARGUMENTS if argument == "name")
"""The last parts of the names of functions and methods that no longer take a ``name``."""
_OF_LAYER_CALLS = frozenset(argument for name, argument in ARGUMENTS if name.endswith(".__call__"))


def match_calls(reading: Reading, values: Values, target: Target) -> Iterator[Match]:
    """Yield the arguments of an old form."""
    accuracy, passed = Accuracy(reading), Passed(reading, values)
    for call, scope in reading.calls:
        given, suspects = _suspects(call, scope, reading, passed) if call.keywords else ([], [])
        if not suspects and not _may_be_placed(call, reading):
            continue
        given = given or list(named(call.keywords, scope))
        found = callee(call.func, scope, values)
        args = call.args
        if found is None and not _OF_LAYER_CALLS.isdisjoint(argument.name for argument in suspects):
            found = layer_call(call.func, scope, values)
        if found is None:
            found, args = partial(call, scope, values), args[1:]
            found = found._replace(places=True) if found is not None else None
        if found is None and any(argument.name == "name" for argument in suspects):
            found = handing_on(call.func, scope, values)
            if found is not None:
                suspects, args = [argument for argument in suspects if argument.name == "name"], []
        if found is None:
            for argument, method in (
                _distinctive(call.func, suspects, values) if reading.uses_keras and not reading.trains_otherwise else ()
            ):
                if not (_is_of_another(call.func, scope, reading, values) or reading.guards.cover(call)):
                    by_itself = _match_named(method, [argument], given, scope, accuracy, passed, target, by_itself=True)
                    yield from _at(call, scope, method, by_itself)
            continue
        matches = [
            *_match_named(found, suspects, given, scope, accuracy, passed, target),
            *_match_placed(found, args, given, scope, accuracy, passed, target),
            *_match_called(found, call, scope, given, target),
            *_match_required(found, call, given, target),
        ]
        if matches and not reading.guards.cover(call):
            yield from _at(call, scope, found, matches)
    yield from _match_keys(reading, values, accuracy, target)
    yield from _match_compared(reading, values, target)


def _at(call: ast.Call, scope: Names, found: Callee, matches: Iterable[Match]) -> Iterator[Match]:
    """Yield matches in a call, with the call."""
    site = Site(scope, found.package, call=call, callee=found.name, skip=found.skip)
    for match in matches:
        yield match._replace(site=site._replace(name=match.site.name) if match.site is not None else site)


def _suspects(call: ast.Call, scope: Names, reading: Reading, passed: Passed) -> tuple[list[Named], list[Named]]:
    """Return what a call passes by keyword, and what of it is an old argument of anything that is called so."""
    func = call.func
    if type(func) is ast.Attribute:
        old = _old(func.attr)
    elif type(func) is ast.Name and (called := reading.is_called_as(func.id)) is not None:
        old = _OF_LAYER_CALLS.union(*[_old(dotted.rpartition(".")[2]) for dotted in called])
    else:
        old = OLD_ARGUMENTS
    for keyword in call.keywords:
        name = keyword.arg
        if name is None or (name in old and _is_of_interest(func, name, keyword.value, reading, passed)):
            given = list(named(call.keywords, scope))
            return given, [
                argument
                for argument in given
                if argument.name in old and _is_of_interest(func, argument.name, argument.value, reading, passed)
            ]
    return [], []


def _is_of_interest(func: ast.expr, argument: str, value: ast.expr, reading: Reading, passed: Passed) -> bool:
    """Tell whether an argument may be of an old form: a ``name`` only where it may have a sign that Keras refuses.

    Nearly every layer is given one, and to find out what is called takes long.
    """
    if not _may_be_old(argument, value):
        return False
    if argument != "name" or called_as(func) in _NAME_GONE:
        return True
    if type(value) is ast.Name:
        return value.id in reading.texts_bound or value.id in passed.parameters
    return type(value) is not ast.Attribute and (with_slash(value) or passed.may_be_in(value))


def _may_be_old(argument: str, value: ast.expr) -> bool:
    """Tell whether an argument may be of an old form by its value, as far as that is seen without following names."""
    literals = LITERALS.get(argument)
    if literals is None:
        return True
    if type(value) is ast.Constant:
        return value.value in literals
    return type(value) not in (ast.Call, ast.Attribute)


@cache
def _old(last: str) -> frozenset[str]:
    """Return the old arguments of all that may be called so, by the last part of its name."""
    if last in _WRAPPING:
        return OLD_ARGUMENTS
    # A class may be a kind of one that is listed; an attribute may be a layer, which is called.
    return old_arguments(last) | _OF_LAYER_CALLS


def _may_be_placed(call: ast.Call, reading: Reading) -> bool:
    """Tell whether a call may be of an old form for what it passes by its place, or does not pass."""
    func = call.func
    if type(func) is ast.Attribute:
        return _counts(func.attr, len(call.args))
    if type(func) is not ast.Name:
        return type(func) is ast.Call and _counts(asked_for(func), len(call.args))
    called = reading.is_called_as(func.id)
    return called is None or any(_counts(dotted.rpartition(".")[2], len(call.args)) for dotted in called)


def _counts(last: str, given: int) -> bool:
    """Tell whether so many arguments by place may be of an old form, of what may be called so."""
    first = FIRST_PLACES.get(last)
    return (first is not None and given > first) or (given > 0 and last in _WRAPPING)


def _match_named(
    found: Callee,
    suspects: list[Named],
    given: list[Named],
    scope: Names,
    accuracy: Accuracy,
    passed: Passed,
    target: Target,
    *,
    by_itself: bool = False,
) -> Iterator[Match]:
    """Yield what is passed by keyword.

    :param by_itself: whether nothing but the argument itself tells that the method is one of Keras.
    """
    for argument in suspects:
        for kind in found.kinds:
            for change in ARGUMENTS.get((kind, argument.name), ()):
                if by_itself and not change.distinctive:
                    continue
                if target.applies(change, found.package) and found.name not in change.but:
                    message = change.message(found.said(kind), argument.name, literal(argument.value))
                    yield Match(argument.node, change, in_namespace(message, found.package))
            for value_change in VALUES.get((kind, argument.name), ()):
                if by_itself and not value_change.distinctive:
                    continue
                if target.applies(value_change, found.package) and found.name not in value_change.but:
                    value = argument.value
                    yield from _match_value(
                        value_change, found, kind, argument.name, value, given, scope, accuracy, passed
                    )


def _match_placed(
    found: Callee,
    args: list[ast.expr],
    given: list[Named],
    scope: Names,
    accuracy: Accuracy,
    passed: Passed,
    target: Target,
) -> Iterator[Match]:
    if not found.places:
        return
    known = placed(args, found.skip)
    for kind in found.kinds:
        for change in PLACED.get(kind, ()):
            if (
                change.position is not None
                and change.position < len(known)
                and target.applies(change, found.package)
                and found.name not in change.but
            ):
                value = known[change.position]
                yield from _match_value(change, found, kind, change.arguments[0], value, given, scope, accuracy, passed)
    for position in _positions(found):
        if (
            position.position < len(known)
            and (not position.spelled or found.spelled in position.spelled)
            and target.applies(position, found.package)
            and position.looks(written(known[position.position], scope))
        ):
            yield Match(
                known[position.position],
                position,
                in_namespace(position.message(found.said(found.name)), found.package),
                doubtful=position.doubtful,
            )


def _match_required(found: Callee, call: ast.Call, given: list[Named], target: Target) -> Iterator[Match]:
    """Yield a call without an argument that must be passed, where it is sure that it is not."""
    if found.name not in REQUIRED or not found.whole or found.origin is None:
        return
    if any(keyword.arg is None for keyword in call.keywords) or any(isinstance(arg, ast.Starred) for arg in call.args):
        return
    names = {argument.name for argument in given}
    renamed = {
        change.old.get(name) for name in names for kind in found.kinds for change in ARGUMENTS.get((kind, name), ())
    }
    for change in REQUIRED[found.name]:
        if change.argument in renamed:
            continue  # it is called otherwise, which is told there
        is_given = change.argument in names or len(call.args) - found.skip > change.position
        if not is_given and target.applies(change, found.package):
            message = change.message(found.said(found.name))
            yield Match(call.func, change, in_namespace(message, found.package))


def _positions(found: Callee) -> Iterator[PositionChanged]:
    # A method may be that of a class above; the places of a class's arguments are its own.
    for name in found.kinds if found.is_method else (found.name,):
        yield from POSITIONS.get(name, ())


def _match_value(
    change: ValueChange,
    found: Callee,
    kind: str,
    argument: str,
    value: ast.expr,
    given: list[Named],
    scope: Names,
    accuracy: Accuracy,
    passed: Passed,
) -> Iterator[Match]:
    if change.named_accuracy and not accuracy.is_named():
        return
    if isinstance(change, ValueUnfit):
        others = {other.name: other.value for other in given}
        if any(name in others for name in change.unless):
            return
        if any(
            literal(written(others[name], scope)) != wanted if name in others else True
            for name, wanted in change.only_with.items()
        ):
            return
        if change.beside and not any(name in others and not _is_none(others[name]) for name in change.beside):
            return
    for part in parts(passed.written(value, scope)) if change.inside else (value,):
        said = found.said(kind)
        message = change.message(said, argument, passed.written(part, scope))
        if message is None:
            told = (change.message(said, argument, text) for text in passed.texts(part, scope))
            message = next((text for text in told if text is not None), None)
        if message is not None:
            yield Match(part, change, in_namespace(message, found.package))


def _match_called(found: Callee, call: ast.Call, scope: Names, given: list[Named], target: Target) -> Iterator[Match]:
    """Yield a call whose replacement depends on an argument, such as ``merge(x, mode="sum")``."""
    change = CALLED.get(found.name)
    if change is None or found.guarded or not target.applies(change, found.package):
        return
    name = found.name.rpartition(".")[2]
    argument = change.called_with(name)
    told = next((one for one in given if one.name == argument), None)
    value = told.value if told is not None else call.args[1] if len(call.args) > 1 else None
    node: ast.AST = told.node if told is not None else value if value is not None else call.func
    message = change.call_message(name, literal(value) if value is not None else NOT_LITERAL)
    site = Site(scope, found.package, name)
    yield Match(node, change, in_namespace(message, found.package), site=site)


def _distinctive(func: ast.expr, suspects: list[Named], values: Values) -> Iterator[tuple[Named, Callee]]:
    """Yield arguments that no method of this name has but that of Keras, so that its receiver need not be known."""
    if not isinstance(func, ast.Attribute):
        return
    for argument in suspects:
        name = DISTINCTIVE.get((func.attr, argument.name))
        if name is not None:
            yield argument, Callee(name, values.package, (name,), func.attr)


def _is_of_another(func: ast.expr, scope: Names, reading: Reading, values: Values) -> bool:
    """Tell whether what is called is known to be no method of one of Keras' objects."""
    if not isinstance(func, ast.Attribute) or func.attr in reading.functions:
        return True
    receiver = func.value
    if values.of(receiver, scope) is not None:
        return True  # of a class that is known, and has no such change
    root = receiver
    while isinstance(root, (ast.Attribute, ast.Subscript)):
        root = root.value
    if not isinstance(root, ast.Name):
        return False
    if any(map(is_of_another, scope.lookup(root.id, lambda _: False))) or is_made_elsewhere(receiver, scope, values):
        return True
    meanings = imported(receiver, scope)
    return any(origin(meaning.dotted) is None for meaning in meanings)


def _match_keys(reading: Reading, values: Values, accuracy: Accuracy, target: Target) -> Iterator[Match]:
    """Yield the keys of a training's history that are called otherwise today: ``history.history["acc"]``."""
    if any(literal(node.slice) in ("accuracy", "val_accuracy") for node, _ in reading.subscripts):
        return  # it takes what there is
    for node, scope in reading.subscripts:
        record = node.value
        if not (isinstance(record, ast.Attribute) and record.attr == "history"):
            continue
        owner = values.keras_class(values.of(record.value, scope))
        if owner is None or owner.name != HISTORY:
            continue
        for change in PLACED[f"{HISTORY}.history[]"]:
            message = change.message(f"{HISTORY}.history", "", node.slice)
            if (
                message is not None
                and target.applies(change, owner.package)
                and accuracy.is_named()
                and not reading.guards.cover(node)
            ):
                yield Match(node.slice, change, in_namespace(message, owner.package), site=Site(scope, owner.package))


def _match_compared(reading: Reading, values: Values, target: Target) -> Iterator[Match]:
    """Yield what the result of a function is compared with and no longer equals: ``image_dim_ordering() == "th"``."""
    for node, scope in reading.compares:
        if not isinstance(node.left, ast.Call) or not _may_be_compared(node.left.func, reading):
            continue
        found = callee(node.left.func, scope, values)
        if found is None or found.guarded:
            continue
        for change in PLACED.get(f"{found.name}()", ()):
            message = change.message(found.name, "", node.comparators[0])
            if message is not None and target.applies(change, found.package) and not reading.guards.cover(node):
                yield Match(
                    node.comparators[0],
                    change,
                    in_namespace(message, found.package),
                    site=Site(scope, found.package, callee=found.name),
                )


def _may_be_compared(func: ast.expr, reading: Reading) -> bool:
    """Tell whether a function's result may be compared with what it no longer equals."""
    if isinstance(func, ast.Attribute):
        return func.attr in _COMPARED
    called = reading.is_called_as(func.id) if isinstance(func, ast.Name) else ()
    return called is None or any(dotted.rpartition(".")[2] in _COMPARED for dotted in called)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
