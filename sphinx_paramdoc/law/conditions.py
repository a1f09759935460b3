"""Conditions on arguments, ``d_ff = 4 * width``: what one is, where others are known."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import NamedTuple

from sphinx_paramdoc.law.settings import Setting

_SIGNS = str.maketrans({"×": "*", "−": "-", "÷": "/"})

_OPERATIONS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.FloorDiv: lambda a, b: a // b,
}


class Condition(NamedTuple):
    """What an argument is to be."""

    name: str
    text: str
    """The expression, as Python has it."""

    def value(self, arguments: Mapping[str, int]) -> int:
        """Return what the argument is, where others are as given.

        :raises ZeroDivisionError: where it divides by 0.
        """
        return _value(ast.parse(self.text, mode="eval").body, arguments)

    @property
    def names(self) -> set[str]:
        """The arguments that it is made of."""
        return {node.id for node in ast.walk(ast.parse(self.text)) if isinstance(node, ast.Name)}


def read(text: str) -> Condition:
    """Return the condition that a text is: ``d_ff = 4 * width``.

    :raises ValueError: where it is none.
    """
    name, equals, given = (part.strip() for part in text.translate(_SIGNS).partition("="))
    if not (equals and name.isidentifier() and given):
        raise ValueError(f"{text!r} is no condition such as 'd_ff = 4 * width'")
    try:
        body = ast.parse(given, mode="eval").body
        _check(body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(
            f"{text!r} is no condition of whole numbers, names, + − × and //, such as 'd_ff = 4 * width'"
        ) from None
    return Condition(name, ast.unparse(body))


def completed(conditions: tuple[Condition, ...], arguments: Setting) -> Setting | None:
    """Return arguments with those that conditions give; ``None`` where one of these is no number from 1 on."""
    made = dict(arguments)
    for condition in conditions:
        try:
            made[condition.name] = condition.value(made)
        except (ZeroDivisionError, KeyError):
            return None
        if made[condition.name] <= 0:
            return None
    return made


def ordered(conditions: tuple[Condition, ...], known: Mapping[str, int]) -> tuple[Condition, ...]:
    """Return conditions so that each comes behind those that it needs.

    :param known: the arguments that there are.
    :raises ValueError: where one is about something else, two say what one argument is, or they need each other.
    """
    for condition in conditions:
        for name in (condition.name, *sorted(condition.names)):
            if name not in known:
                raise ValueError(f"{name} is none of the arguments that are varied: {', '.join(known)}")
    given = [condition.name for condition in conditions]
    if twice := next((name for name in given if given.count(name) > 1), None):
        raise ValueError(f"two conditions say what {twice} is")
    left, found = list(conditions), list[Condition]()
    while left:
        names = {condition.name for condition in left}
        ready = next((condition for condition in left if not condition.names & names), None)
        if ready is None:
            raise ValueError(f"the conditions of {' and '.join(sorted(names))} need each other")
        left.remove(ready)
        found.append(ready)
    return tuple(found)


def _check(node: ast.expr) -> None:
    match node:
        case ast.BinOp(left, operator, right) if type(operator) in _OPERATIONS:
            _check(left)
            _check(right)
        case ast.Name():
            pass
        case ast.Constant(value) if type(value) is int:
            pass
        case _:
            raise ValueError


def _value(node: ast.expr, arguments: Mapping[str, int]) -> int:
    match node:
        case ast.BinOp(left, operator, right):
            return _OPERATIONS[type(operator)](_value(left, arguments), _value(right, arguments))
        case ast.Name(name):
            return arguments[name]
        case ast.Constant(value) if isinstance(value, int):
            return value
    raise ValueError(ast.unparse(node))
