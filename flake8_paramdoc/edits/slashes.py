"""Names of layers with a ``/``, which Keras 3 refuses: another sign stands for it, wherever the same name stands."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from flake8_paramdoc.changes.argument_forms import with_slash
from flake8_paramdoc.changes.shapes import Safety, ValueUnfit
from flake8_paramdoc.edits.rewrite import Context, Rewrite
from flake8_paramdoc.edits.source import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.matching.finding import Match

_REASON = 'names of layers and weights have "_" for "/": weights are found by these names only in files that have them'


def of_slash(match: Match, context: Context) -> Rewrite | None:
    """Return what is written instead of a name with a ``/``; ``None`` where a match is none, or it cannot be told."""
    change, node = match.change, match.node
    if not isinstance(change, ValueUnfit) or change.looks is not with_slash:
        return None
    pieces = list(_pieces(node)) or list(_passed(context))
    edits: list[Edit] = []
    for piece in pieces:
        edits += _edits(piece, context)
    if isinstance(node, ast.Constant):
        for same in ast.walk(context.source.tree):
            if isinstance(same, ast.Constant) and same is not node and same.value == node.value:
                edits += _edits(same, context)
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


def _passed(context: Context) -> Iterator[Any]:
    """Yield the parts of names that the file's functions are given, or that it puts into variables for names."""
    nodes = list(ast.walk(context.source.tree))
    names = [node.value for node in nodes if isinstance(node, ast.keyword) and "name" in (node.arg or "")]
    for _ in range(2):  # what a name is made of, and what that is made of
        parts = {part.id for name in names for part in ast.walk(name) if isinstance(part, ast.Name)}
        names += [
            node.value
            for node in nodes
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id in parts
            and node.value not in names
        ]
    for name in names:
        yield from (piece for piece in _pieces(name) if not piece.value.startswith("/") and "." not in piece.value)


def _edits(node: ast.Constant, context: Context) -> Iterator[Edit]:
    start, end = context.source.span(node)
    for place, sign in enumerate(context.source.text[start:end], start):
        if sign == "/":
            yield Edit(place, place + 1, "_")
