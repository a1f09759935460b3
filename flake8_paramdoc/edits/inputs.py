"""The shape of its input that the first layer of a Sequential was given: the model begins with an ``Input`` of it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.shapes import ArgumentChange
from flake8_paramdoc.edits.arguments import Arguments
from flake8_paramdoc.edits.rewrite import Context, Rewrite
from flake8_paramdoc.edits.source import Edit

if TYPE_CHECKING:
    from flake8_paramdoc.edits.source import Source
    from flake8_paramdoc.matching.finding import Match

_BATCH = "batch_input_shape"
_LENGTH = "input_length"


def is_input_length(match: Match) -> bool:
    """Tell whether a match is the length of what an embedding is given: without it, a Sequential has no weights yet."""
    return isinstance(match.change, ArgumentChange) and getattr(match.node, "arg", "") == _LENGTH


def of_first_layer(match: Match, context: Context) -> Rewrite | None:
    """Return what is written instead of what a first layer is told of its input.

    ``None`` where a match is none, or where it is not known to be the first.
    """
    site, node = match.site, match.node
    if not isinstance(match.change, ArgumentChange) or site is None or site.call is None:
        return None
    if not isinstance(node, ast.keyword) or node not in site.call.keywords:
        return None
    if node.arg != _BATCH and not (node.arg == _LENGTH and site.callee == "keras.layers.Embedding"):
        return None
    source, call = context.source, site.call
    parent = source.parents.get(id(call))
    dropped = Arguments(source, call).dropped(node)
    if _is_fed(call, parent, source):
        return Rewrite(tuple(dropped))
    start = _start(call, parent, source)
    if start is None:
        return None
    is_bare = isinstance(call.func, ast.Name)
    found = context.spelling.spelled("keras.layers.Input", site, call.func, bare=is_bare)
    if found is None:
        return None
    place, before, behind = start
    value = source.segment(node.value)
    shape = f"batch_shape={value}" if node.arg == _BATCH else f"shape=({value},)"
    operations = (found.added,) if found.added is not None else ()
    return Rewrite((Edit(place, place, f"{before}{found.text}({shape}){behind}"), *dropped), operations)


def _is_fed(call: ast.Call, parent: ast.AST | None, source: Source) -> bool:
    """Tell whether a layer takes its shape from what it is called with, or from a layer that was added before."""
    if not isinstance(parent, ast.Call):
        return False
    if parent.func is call:
        return True
    statement = source.parents.get(id(parent))
    if not isinstance(parent.func, ast.Attribute) or parent.func.attr != "add" or not isinstance(statement, ast.Expr):
        return False
    body = getattr(source.parents.get(id(statement)), "body", [])
    model = ast.unparse(parent.func.value)
    fed = False
    for one in body[: body.index(statement)] if statement in body else ():
        if isinstance(one, ast.Assign) and any(ast.unparse(target) == model for target in one.targets):
            fed = False
        elif isinstance(one, ast.Expr) and isinstance(one.value, ast.Call):
            fed = fed or ast.unparse(one.value.func) == f"{model}.add"
    return fed


def _start(call: ast.Call, parent: ast.AST | None, source: Source) -> tuple[int, str, str] | None:
    """Return where the input is written for a first layer, and what stands before and behind it there."""
    if isinstance(parent, ast.List) and parent.elts[0] is call:
        place, _ = source.span(call)
        line = source.text[source.line_start(place) : place]
        return place, "", ", " if line.strip() else f",{source.newline}{line}"
    if not isinstance(parent, ast.Call) or parent.args != [call] or not isinstance(parent.func, ast.Attribute):
        return None
    statement = source.parents.get(id(parent))
    if parent.func.attr != "add" or not isinstance(statement, ast.Expr) or _is_repeated(statement, source):
        return None
    place, _ = source.span(statement)
    margin = source.text[source.line_start(place) : place]
    if margin.strip():
        return None  # behind a colon or a semicolon
    return place, f"{source.segment(parent.func)}(", f"){source.newline}{margin}"


def _is_repeated(node: ast.AST, source: Source) -> bool:
    """Tell whether a statement is in a loop, which would begin the model again and again."""
    above: ast.AST | None = source.parents.get(id(node))
    while above is not None and not isinstance(above, (ast.FunctionDef, ast.AsyncFunctionDef)):
        if isinstance(above, (ast.For, ast.While, ast.AsyncFor)):
            return True
        above = source.parents.get(id(above))
    return False
