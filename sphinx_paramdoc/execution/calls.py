"""The outermost call of what gives a model: with which whole numbers it is made, and how with others.

``pkg.models:build(layers=12, width=768)`` is called as it is written, and what it is given is noted on the way. Where
other values are asked for, they take the place of those, however they are given: by name, by place or by default. In
code without such an expression each statement may be the one: which of them gave the model is known when it is there.
"""

from __future__ import annotations

import ast
import inspect
import numbers
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import FunctionType, MethodType
from typing import Any, TypeAlias, TypeVar

from sphinx_paramdoc import facts
from sphinx_paramdoc.execution.request import Request

_NAME = "__paramsummary_call_{}__"
"""What the code that runs calls the object that notes one of its calls."""

_MOST_DIGITS = 18
"""A larger number is no size of a layer."""

_GIVE_NONE = {"compile", "fit", "load_weights", "summary"}
"""The methods that people call of a model once it is made."""

Node = TypeVar("Node", bound=ast.AST)


class NotTakenError(Exception):
    """A call does not take what it is to be made with."""


def outermost(node: ast.expr | None) -> ast.Call | None:
    """Return the last call of an expression, behind which attributes and indices may stand; ``None`` without one."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node if isinstance(node, ast.Call) else None


_Statement: TypeAlias = ast.Expr | ast.Assign | ast.AnnAssign


def _once(body: Sequence[ast.stmt]) -> Iterator[_Statement]:
    """Yield the statements that are executed once, in their order, whose outermost call may give the model."""
    for statement in body:
        if isinstance(statement, ast.With):
            yield from _once(statement.body)
        elif isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign)) and (call := outermost(statement.value)):
            match call.func:
                case ast.Attribute(ast.Name(), attr) if attr in _GIVE_NONE:
                    continue
            yield statement


class Calls:
    """Notes what calls are given, and lets the one that gives the model be given something else."""

    def __init__(self, request: Request) -> None:
        self._vary = request.vary
        self._number = request.call
        self._expression: _Call | None = None
        """The call of an expression, which gives the model itself."""
        self._statements: list[_Call] = []
        """The calls of code, the last one first."""
        self._likeliest = 0
        """Which of them is varied where nothing says otherwise, counted from 1."""

    @property
    def names(self) -> dict[str, Any]:
        """What the code needs that was changed."""
        return {each.name: each for each in [*self._statements, *([self._expression] if self._expression else [])]}

    def note(self, tree: Node, value: ast.expr | None) -> Node:
        """Let the outermost call in a tree be noted; the tree itself is changed.

        :param value: the expression in it that gives the model.
        """
        call = outermost(value)
        if call is not None:
            self._expression = _Call(_NAME.format(0), self._vary)
            self._expression.put_into(call)
        return tree

    def note_statements(self, tree: ast.Module, *, is_model_named: bool) -> ast.Module:
        """Let the outermost call of each statement be noted that may give the model; the tree itself is changed.

        :param is_model_named: whether an expression says which model it is: then without a number none is varied.
        """
        self._likeliest = 0 if is_model_named else 1
        varied = self._number or self._likeliest
        for number, statement in enumerate(reversed(list(_once(tree.body))), 1):
            made = _Call(_NAME.format(number), self._vary if number == varied else {})
            self._statements.append(made)
            value = statement.value
            call = outermost(value)
            assert value is not None
            assert call is not None
            made.put_into(call)
            statement.value = made.wrapped("statement", value)
        return tree

    def made(self, function: Callable[[], Any]) -> Any:
        """Call what is called without arguments."""
        self._expression = _Call("", self._vary)
        return self._expression.function(function)()

    def arguments(self, model: Any, around: Any = None) -> tuple[dict[str, int], int]:
        """Return the whole numbers that the call was given, or has by default, by their names in its signature.

        There are none where no call gave the model, or anything that holds it. With them comes which call of the code
        it was, counted from the last one; 0 where that goes without saying.

        :param around: what an expression takes the model from, as ``gan`` of ``gan.generator``.
        """
        if self._expression is not None:
            return self._expression.arguments(), 0
        calls = list(enumerate(self._statements, 1))[::-1]
        # The first that gives the model makes it; others, as a callback, may have it later.
        ways: tuple[Callable[[_Call], bool], ...] = (
            lambda call: call.gave(model),
            lambda call: around is not None and call.gave(around),
            lambda call: call.gave_around(model),
        )
        gave = [each for gives in ways for each in calls if gives(each[1])]
        number, found = gave[0] if gave else (0, None)
        return (found.arguments(), 0 if number == self._likeliest else number) if found else ({}, 0)


class _Call:
    """Notes what one call is given, and lets it be given something else."""

    def __init__(self, name: str, vary: Mapping[str, int]) -> None:
        self.name = name
        self._vary = vary
        self._signature: Callable[[], inspect.Signature | None] = lambda: None
        self._given: tuple[list[Any], dict[str, Any]] = [], {}
        self._value: Callable[[], Any] = lambda: None

    def wrapped(self, how: str, node: ast.expr, *more: str) -> ast.expr:
        """Return an expression whose value is handed to a method of this."""
        called = ast.Attribute(ast.Name(self.name, ast.Load()), how, ast.Load())
        made = ast.Call(called, [node, *map(ast.Constant, more)], [])
        return ast.fix_missing_locations(ast.copy_location(made, node))

    def put_into(self, call: ast.Call) -> None:
        """Let a call be noted: it is changed."""
        call.func = self.wrapped("function", call.func)
        call.args = [
            ast.copy_location(ast.Starred(self.wrapped("unpacked", each.value), ast.Load()), each)
            if isinstance(each, ast.Starred)
            else self.wrapped("placed", each)
            for each in call.args
        ]
        for keyword in call.keywords:
            how = "named" if keyword.arg else "mapped"
            keyword.value = self.wrapped(how, keyword.value, *([keyword.arg] if keyword.arg else []))

    # What the changed code calls: each gives back what it gets.

    def function(self, function: Any) -> Any:
        """Take what is called; where other values are asked for, give what calls it with these."""
        self._signature, self._given = _signature(function), ([], {})
        return self._varied(function) if self._vary else function

    def placed(self, value: Any) -> Any:
        """Take an argument that is given by its place."""
        self._given[0].append(_kept(value))
        return value

    def unpacked(self, values: Any) -> Any:
        """Take arguments behind an asterisk."""
        found = list(values)
        self._given[0].extend(map(_kept, found))
        return found

    def named(self, value: Any, name: str) -> Any:
        """Take an argument that is given by its name."""
        self._given[1][name] = _kept(value)
        return value

    def mapped(self, values: Any) -> Any:
        """Take arguments behind two asterisks."""
        if isinstance(values, Mapping):
            self._given[1].update({name: _kept(value) for name, value in values.items()})
        return values

    def statement(self, value: Any) -> Any:
        """Take what the statement gives, without keeping it in memory where that can be."""
        self._value = _reference(value)
        return value

    # What is known of it

    def gave(self, model: Any) -> bool:
        """Tell whether the call gave the model."""
        return self._value() is model

    def gave_around(self, model: Any) -> bool:
        """Tell whether the call gave what has the model as an item or attribute."""
        return _holds(self._value(), model)

    def arguments(self) -> dict[str, int]:
        """Return the whole numbers that the call was given, or has by default; none where nobody knows."""
        try:
            signature = self._signature()
            if signature is None:
                return {}
            bound = signature.bind(*self._given[0], **self._given[1])
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


def _signature(function: Any) -> Callable[[], inspect.Signature | None]:
    """Return what gives the signature of what is called, without keeping the object whose method it is.

    A file that is only written to is closed when nobody holds it any more.
    """
    if isinstance(function, (type, FunctionType)):
        return lambda: inspect.signature(function)
    if isinstance(function, MethodType):
        try:
            signature = inspect.signature(function)
        except (TypeError, ValueError):
            return lambda: None
        return lambda: signature
    try:
        reference = weakref.ref(function)
    except TypeError:
        return lambda: None
    return lambda: None if (held := reference()) is None else inspect.signature(held)


def _kept(value: Any) -> Any:
    """Return what is kept of an argument: a size itself, and of anything else, which may be large, only that it is."""
    return value if _is_size(value) else None


def _reference(value: Any) -> Callable[[], Any]:
    """Return what gives a value, or of a collection its items, as long as something else keeps them in memory."""
    if isinstance(value, (dict, tuple, list)):
        items = value.values() if isinstance(value, dict) else value
        references = [_reference(each) for each in items if not isinstance(each, (dict, tuple, list))]
        return lambda: [reference() for reference in references]
    try:
        return weakref.ref(value)
    except TypeError:  # what knows nothing of who holds it is kept where it is small
        return (lambda: value) if isinstance(value, (str, numbers.Number)) else lambda: None


def _holds(value: Any, model: Any) -> bool:
    """Tell whether a value has a model as an item or attribute."""
    items = value if isinstance(value, list) else getattr(value, "__dict__", {}).values()
    return any(each is model for each in items)


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
