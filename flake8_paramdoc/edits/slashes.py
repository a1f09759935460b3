"""Names of layers with a ``/``, which Keras 3 refuses: another sign stands for it, also where a layer is asked for."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from flake8_paramdoc.changes.argument_forms import with_slash
from flake8_paramdoc.changes.shapes import Safety, ValueUnfit
from flake8_paramdoc.edits.rewrite import Context, Rewrite
from flake8_paramdoc.edits.source import Edit
from flake8_paramdoc.reading.keras_packages import origin
from flake8_paramdoc.reading.origins import imported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.matching.finding import Match
    from flake8_paramdoc.reading.scopes import Names

_REASON = 'names of layers and weights have "_" for "/": weights are found by these names only in files that have them'


def of_slash(match: Match, context: Context) -> Rewrite | None:
    """Return what is written instead of a name with a ``/``; ``None`` where a match is none, or it cannot be told."""
    change, node = match.change, match.node
    if not isinstance(change, ValueUnfit) or change.looks is not with_slash:
        return None
    pieces = list(_pieces(node)) or list(_passed(node, context))
    edits: list[Edit] = []
    for piece in pieces:
        edits += _edits(piece, context)
    if isinstance(node, ast.Constant) and match.site is not None:
        for same in _names_of_layers(context, match.site.scope):
            if isinstance(same, ast.Constant) and same is not node and same.value == node.value:
                edits += _edits(same, context)
    if edits:
        for name in _names_of_unknown_layers(context):
            for piece in _pieces(name):
                edits += _edits(piece, context)
    return Rewrite(tuple(dict.fromkeys(edits)), (), Safety.UNSAFE, _REASON) if edits else None


def _pieces(node: ast.expr) -> Iterator[Any]:
    """Yield the parts of a name that are written out."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and "/" in node.value:
            yield node
    elif isinstance(node, ast.BinOp):
        yield from _pieces(node.left)
        if not isinstance(node.op, ast.Mod):
            yield from _pieces(node.right)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        yield from _pieces(node.func.value)


def _names_of_layers(context: Context, scope: Names) -> Iterator[ast.expr]:
    """Yield what names a layer, where one is made and where a model is asked for one; other texts may be paths.

    :param scope: whose names tell which functions are of Keras.
    """
    for call in ast.walk(context.source.tree):
        if not isinstance(call, ast.Call):
            continue
        if isinstance(call.func, ast.Attribute) and call.func.attr == "get_layer":
            yield from call.args[:1]
            yield from (keyword.value for keyword in call.keywords if keyword.arg == "name")
        elif any(origin(meaning.dotted) is not None for meaning in imported(call.func, scope)):
            yield from (keyword.value for keyword in call.keywords if keyword.arg == "name")


def _names_of_unknown_layers(context: Context) -> Iterator[ast.expr]:
    """Yield what names objects of classes that are called at once, as layers are, wherever the classes come from."""
    for call in ast.walk(context.source.tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Call):
            continue
        made = call.func
        called = getattr(made.func, "attr", getattr(made.func, "id", ""))
        if called[:1].isupper():
            yield from (keyword.value for keyword in made.keywords if keyword.arg == "name")


def _passed(name: ast.expr, context: Context) -> Iterator[Any]:
    """Yield the parts of what a name is made of: of its variables, and what its function is given for it."""
    nodes = list(ast.walk(context.source.tree))
    values = [name]
    seen: set[int] = set()
    for value in values:  # it grows: what a name is made of, and what that is made of
        for part in ast.walk(value):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
                for binder in context.uses.binders(part, part.id):
                    if id(binder) not in seen:
                        seen.add(id(binder))
                        values += _bound(binder, nodes, context)
    for value in values[1:]:
        yield from _pieces(value)


def _bound(binder: ast.AST, nodes: list[ast.AST], context: Context) -> list[ast.expr]:
    """Return what is bound by an assignment, or what the file's calls give a function for its parameter."""
    parents = context.source.parents
    around = parents.get(id(binder))
    if isinstance(binder, ast.Name):
        return [around.value] if isinstance(around, ast.Assign) and binder in around.targets else []
    function = parents.get(id(around))
    if not isinstance(binder, ast.arg) or not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return []
    return [
        keyword.value
        for node in nodes
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == function.name
        for keyword in node.keywords
        if keyword.arg == binder.arg
    ]


def _edits(node: ast.Constant, context: Context) -> Iterator[Edit]:
    start, end = context.source.span(node)
    for place, sign in enumerate(context.source.text[start:end], start):
        if sign == "/":
            yield Edit(place, place + 1, "_")
