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

    ``None`` where a match is none, or where what Keras 3 finds in the class may be something else than the list.
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
    found: set[str] = set()
    known: set[int] = set()
    for one in body:
        for call, name in _made(one):
            found.add(name)
            known.add(id(call))
    whole = _class_around(statement, context)
    if whole is None or kept != found:
        return None
    # What is made elsewhere in the class is found as well, whether or not the list has it.
    others = [node for node in ast.walk(whole) if isinstance(node, ast.Call) and id(node) not in known]
    if any(_may_be_found(call, context) for call in others):
        return None
    return Rewrite((without(context.source, statement),))


def _class_around(node: ast.AST, context: Context) -> ast.ClassDef | None:
    around = context.source.parents.get(id(node))
    while around is not None and not isinstance(around, ast.ClassDef):
        around = context.source.parents.get(id(around))
    return around


def _made(statement: ast.stmt) -> Iterator[tuple[ast.Call, str]]:
    """Yield the calls of a statement that make a variable that is trained, each with the attribute that it goes to."""
    if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Call):
        return
    call = statement.value
    if _called(call) in _MAKES and _is_trainable(call) is True:
        yield from ((call, ast.unparse(target)) for target in statement.targets if isinstance(target, ast.Attribute))


def _may_be_found(call: ast.Call, context: Context) -> bool:
    """Tell whether Keras 3 may find weights in what a call makes, which is none of the variables in the list."""
    called = _called(call)
    if called == "add_weight":
        return _is_trainable(call) is not False  # those that are not trained were no part of the list
    if called in _MAKES:
        return True
    is_kept = any(isinstance(target, ast.Attribute) for target in _targets(call, context))
    return is_kept and called[:1].isupper() and called != "InputSpec"  # another layer, or an object with variables


def _targets(call: ast.Call, context: Context) -> list[ast.expr]:
    """Return what is assigned the value that a call is in."""
    around: ast.AST | None = context.source.parents.get(id(call))
    while isinstance(around, (ast.expr, ast.comprehension, ast.keyword)):
        around = context.source.parents.get(id(around))
    if isinstance(around, ast.Assign):
        return around.targets
    return [around.target] if isinstance(around, (ast.AnnAssign, ast.AugAssign)) else []


def _called(call: ast.Call) -> str:
    """Return the last part of the name that is called, or ''."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _is_trainable(call: ast.Call) -> bool | None:
    """Tell whether a variable is made to be trained; ``None``: it cannot be read."""
    given: bool | None = True
    for keyword in call.keywords:
        if keyword.arg in ("trainable", None):
            value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
            given = value if isinstance(value, bool) else None
    return given
