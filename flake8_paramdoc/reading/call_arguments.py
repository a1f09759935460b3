"""The arguments of a call, whichever way they are written: by name, by place, or spread from a dictionary."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from flake8_paramdoc.reading.scopes import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flake8_paramdoc.reading.scopes import Names


class Named(NamedTuple):
    """An argument that is passed by its name."""

    name: str
    node: ast.AST
    """Where the name is written: the keyword, or a dictionary's key."""
    value: ast.expr


def named(keywords: Sequence[ast.keyword], scope: Names) -> Iterator[Named]:
    """Yield the arguments that are passed by name, those of dictionaries that are spread into the call among them."""
    for keyword in keywords:
        if keyword.arg is not None:
            yield Named(keyword.arg, keyword, keyword.value)
        else:
            yield from _spread(keyword.value, scope)


def _spread(node: ast.expr, scope: Names) -> Iterator[Named]:
    if isinstance(node, ast.Name):
        if isinstance(scope.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            spread = scope.node.args.kwarg
            if spread is not None and spread.arg == node.id:
                # What the function was called with is not known, but what it puts there is.
                yield from _put(scope.node, node.id)
                return
        # A dictionary that is bound once, in the same scope; what is put into it later has names of its own.
        bindings = scope.bindings.get(node.id, [])
        if len(bindings) != 1 or not isinstance(bindings[0], Value):
            return
        node, scope = bindings[0].node, bindings[0].scope
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield Named(key.value, key, value)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict":
        for keyword in node.keywords:
            if keyword.arg is not None:
                yield Named(keyword.arg, keyword, keyword.value)


def _put(function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> Iterator[Named]:
    """Yield what a function puts into its spread arguments: ``kwargs["input_dtype"] = "int32"``."""
    for statement in function.body:
        target = statement.targets[0] if type(statement) is ast.Assign else None
        if type(target) is not ast.Subscript or type(target.value) is not ast.Name or target.value.id != name:
            continue
        key = target.slice
        if type(statement) is ast.Assign and type(key) is ast.Constant and isinstance(key.value, str):
            yield Named(key.value, key, statement.value)


def placed(args: Sequence[ast.expr], skip: int = 0) -> list[ast.expr]:
    """Return the arguments whose place is known: those before one that is spread, without the first ``skip``."""
    known: list[ast.expr] = []
    for arg in args:
        if isinstance(arg, ast.Starred):
            break
        known.append(arg)
    return known[skip:]
