"""Lists of weights that a layer kept by itself: Keras 3 finds what is assigned to its attributes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.shapes import MemberChange
from flake8_paramdoc.edits.imports import without
from flake8_paramdoc.edits.rewrite import Context, Rewrite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_paramdoc.matching.finding import Match

_MAKES = frozenset({"Variable", "variable", "add_weight"})


def of_tracked(match: Match, context: Context) -> Rewrite | None:
    """Return what is written instead of ``self.trainable_weights = [...]``: nothing, where all in it are found so.

    ``None`` where a match is none, or where something in the list is no variable that an attribute was given.
    """
    node = match.node
    if not isinstance(match.change, MemberChange) or getattr(node, "attr", "") != "trainable_weights":
        return None
    statement = context.source.parents.get(id(node))
    if not isinstance(statement, ast.Assign) or statement.targets != [node]:
        return None
    if not isinstance(statement.value, (ast.List, ast.Tuple)):
        return None
    kept = {ast.unparse(item) for item in statement.value.elts}
    body = getattr(context.source.parents.get(id(statement)), "body", [])
    found = {name for one in body for name in _made(one)}
    return Rewrite((without(context.source, statement),)) if kept <= found else None


def _made(statement: ast.stmt) -> Iterator[str]:
    """Yield the attributes that a statement gives a variable that is trained."""
    if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Call):
        return
    call = statement.value
    called = getattr(call.func, "attr", getattr(call.func, "id", ""))
    is_trained = all(
        keyword.arg != "trainable" or (isinstance(keyword.value, ast.Constant) and keyword.value.value is True)
        for keyword in call.keywords
    )
    if called in _MAKES and is_trained:
        yield from (ast.unparse(target) for target in statement.targets if isinstance(target, ast.Attribute))
