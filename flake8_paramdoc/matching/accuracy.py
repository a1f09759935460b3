"""What models are compiled with: whether a metric of theirs is called ``accuracy``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.shapes import NOT_LITERAL
from flake8_paramdoc.reading.call_arguments import named
from flake8_paramdoc.reading.scopes import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.reading.collected import Reading
    from flake8_paramdoc.reading.scopes import Names


class Accuracy:
    """Whether the models of a file are compiled with a metric that is called ``accuracy``, and none with ``acc``."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._named: bool | None = None

    def is_named(self) -> bool:
        """Tell it."""
        if self._named is None:
            names = set(self._metrics())
            self._named = "accuracy" in names and "acc" not in names
        return self._named

    def _metrics(self) -> Iterator[object]:
        for call, scope in self._reading.calls:
            if not (isinstance(call.func, ast.Attribute) and call.func.attr == "compile"):
                continue
            if self._reading.guards.cover(call):
                continue
            given = [argument.value for argument in named(call.keywords, scope) if argument.name == "metrics"]
            for metrics in (*given, *call.args[2:3]):
                followed = _followed(metrics, scope)
                if isinstance(followed, (ast.List, ast.Tuple, ast.Dict, ast.Constant)):
                    yield from map(_called_metric, parts(followed))
                else:
                    yield "acc"  # it may be so


def _called_metric(node: ast.expr) -> object:
    """Return what a metric is called, as far as it is written: a string, a function, or ``name=`` of an object."""
    if isinstance(node, ast.Call):
        return next((literal(keyword.value) for keyword in node.keywords if keyword.arg == "name"), NOT_LITERAL)
    if isinstance(node, (ast.Name, ast.Attribute)):
        return node.id if isinstance(node, ast.Name) else node.attr
    return "acc" if isinstance(node, ast.Starred) else literal(node)


def _followed(node: ast.expr, scope: Names) -> ast.expr:
    if isinstance(node, ast.Name):
        bindings = list(scope.lookup(node.id, lambda _: False))
        if len(bindings) == 1 and isinstance(bindings[0], Value):
            return bindings[0].node
    return node


def parts(value: ast.expr) -> Iterator[ast.expr]:
    """Yield the items of lists, tuples and dictionaries, however they are nested; or what is none of them itself."""
    pending = [value]
    while pending:
        part = pending.pop()
        if isinstance(part, (ast.List, ast.Tuple)):
            pending += reversed(part.elts)
        elif isinstance(part, ast.Dict):
            pending += reversed(part.values)
        else:
            yield part


def literal(node: ast.expr) -> object:
    """Return the value that is written, or what stands for none."""
    return node.value if isinstance(node, ast.Constant) else NOT_LITERAL
