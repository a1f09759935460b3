"""The outermost call of what gives a model: with which whole numbers it is made, and how with others.

``pkg.models:build(layers=12, width=768)`` is called as it is written, and what it is given is noted on the way. Where
other values are asked for, they take the place of those, however they are given: by name, by place or by default.
"""

from __future__ import annotations

import ast
import inspect
import numbers
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sphinx_paramdoc import facts
from sphinx_paramdoc.execution.request import Request

_NAME = "__paramsummary_call__"
"""What the code that runs calls the object of this file."""

_MOST_DIGITS = 18
"""A larger number is no size of a layer."""

Node = TypeVar("Node", bound=ast.AST)


class NotTakenError(Exception):
    """A call does not take what it is to be made with."""


def outermost(node: ast.expr | None) -> ast.Call | None:
    """Return the last call of an expression, behind which attributes and indices may stand; ``None`` without one."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node if isinstance(node, ast.Call) else None


def _last(tree: ast.Module) -> ast.Expr | ast.Assign | ast.AnnAssign | None:
    """Return the last statement of a code that may give the model; ``None`` where it neither gives nor assigns."""
    for statement in reversed(tree.body):
        if not isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign)):
            return None
        match statement.value:
            case ast.Call(ast.Attribute(ast.Name(), attr)) if attr in _GIVE_NONE:
                continue
        return statement
    return None


_GIVE_NONE = {"compile", "fit", "load_weights", "summary"}
"""The methods that people call of a model once it is made."""


class Calls:
    """Notes what one call is given, and lets it be given something else."""

    def __init__(self, request: Request) -> None:
        self._vary = request.vary
        self._function: Any = None
        self._given: tuple[list[Any], dict[str, Any]] = [], {}
        self._values: list[Any] | None = None
        """What a statement gave that is noted; ``None`` where an expression is, which gives the model itself."""

    @property
    def names(self) -> dict[str, Any]:
        """What the code needs that was changed."""
        return {_NAME: self}

    def note(self, tree: Node, value: ast.expr | None) -> Node:
        """Let the outermost call in a tree be noted; the tree itself is changed.

        :param value: the expression in it that gives the model.
        """
        call = outermost(value)
        if call is None:
            return tree
        call.func = _wrapped("function", call.func)
        call.args = [
            ast.copy_location(ast.Starred(_wrapped("unpacked", each.value), ast.Load()), each)
            if isinstance(each, ast.Starred)
            else _wrapped("placed", each)
            for each in call.args
        ]
        for keyword in call.keywords:
            how = "named" if keyword.arg else "mapped"
            keyword.value = _wrapped(how, keyword.value, *([keyword.arg] if keyword.arg else []))
        return tree

    def note_last(self, tree: ast.Module) -> ast.Module:
        """Let the outermost call of the last statement be noted that may give the model; the tree itself is changed."""
        statement = _last(tree)
        if statement is not None and statement.value is not None:
            self._values = []
            self.note(tree, statement.value)
            statement.value = _wrapped("statement", statement.value)
        return tree

    # What the changed code calls: each gives back what it gets.

    def function(self, function: Any) -> Any:
        """Take what is called; where other values are asked for, give what calls it with these."""
        self._function, self._given = function, ([], {})
        return self._varied(function) if self._vary else function

    def placed(self, value: Any) -> Any:
        """Take an argument that is given by its place."""
        self._given[0].append(value)
        return value

    def unpacked(self, values: Any) -> Any:
        """Take arguments behind an asterisk."""
        found = list(values)
        self._given[0].extend(found)
        return found

    def named(self, value: Any, name: str) -> Any:
        """Take an argument that is given by its name."""
        self._given[1][name] = value
        return value

    def mapped(self, values: Any) -> Any:
        """Take arguments behind two asterisks."""
        if isinstance(values, Mapping):
            self._given[1].update(values)
        return values

    def statement(self, value: Any) -> Any:
        """Take what the statement gives."""
        self._values = [value]
        return value

    # What is known of it

    def made(self, function: Callable[[], Any]) -> Any:
        """Call what is called without arguments."""
        return self.function(function)()

    def arguments(self, model: Any) -> dict[str, int]:
        """Return the whole numbers that the call was given, or has by default, by their names in its signature.

        There are none where it gave something else than the model, nor anything that holds it.
        """
        if self._function is None or not (self._values is None or any(_holds(each, model) for each in self._values)):
            return {}
        try:
            bound = inspect.signature(self._function).bind(*self._given[0], **self._given[1])
            bound.apply_defaults()
            rest = _rest(bound.signature)
            named = {**bound.arguments, **(bound.arguments.get(rest) or {} if rest else {})}
            return {name: int(value) for name, value in named.items() if _is_size(value) and facts.is_printable(name)}
        except Exception:  # a builder may be any object; the model is there without it
            return {}

    def _varied(self, function: Any) -> Callable[..., Any]:
        """Return what calls a function with the values that are asked for."""

        def call(*args: Any, **kwargs: Any) -> Any:
            bound = inspect.signature(function).bind(*args, **kwargs)
            rest = _rest(bound.signature)
            for name, value in self._vary.items():
                if name in bound.signature.parameters and name != rest:
                    bound.arguments[name] = value
                elif rest:
                    bound.arguments[rest] = {**bound.arguments.get(rest, {}), name: value}
                else:
                    raise NotTakenError(f"it takes no argument {name}")
            return function(*bound.args, **bound.kwargs)

        return call


def _holds(value: Any, model: Any) -> bool:
    """Tell whether a value is a model, or has it as an item or attribute."""
    if value is model:
        return True
    items = value.values() if isinstance(value, dict) else value if isinstance(value, (tuple, list)) else ()
    return any(each is model for each in [*items, *getattr(value, "__dict__", {}).values()])


def _rest(signature: inspect.Signature) -> str | None:
    """Return the name of the parameter that takes any name."""
    return next((name for name, each in signature.parameters.items() if each.kind is each.VAR_KEYWORD), None)


def _is_size(value: Any) -> bool:
    """Tell whether a value is a whole number, of Python's or a library's own kind; no switch, and no array."""
    try:
        return (
            isinstance(value, numbers.Integral) and not isinstance(value, bool) and abs(int(value)) < 10**_MOST_DIGITS
        )
    except Exception:  # an argument may be any object; the others are known without it
        return False


def _wrapped(how: str, node: ast.expr, *more: str) -> ast.expr:
    called = ast.Attribute(ast.Name(_NAME, ast.Load()), how, ast.Load())
    made = ast.Call(called, [node, *map(ast.Constant, more)], [])
    return ast.fix_missing_locations(ast.copy_location(made, node))
