"""The shape of its input that the first layer of a Sequential was given: the model begins with an ``Input`` of it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.shapes import ArgumentChange
from flake8_paramdoc.edits.arguments import Arguments
from flake8_paramdoc.edits.rewrite import Context, Rewrite
from flake8_paramdoc.edits.source import Edit
from flake8_paramdoc.reading.origins import imported

if TYPE_CHECKING:
    from flake8_paramdoc.edits.source import Source
    from flake8_paramdoc.matching.finding import Match
    from flake8_paramdoc.reading.scopes import Names

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
    start = _start(call, parent, source, site.scope)
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
    model = ast.unparse(parent.func.value)
    fed = False
    for one in _before(statement, source):
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Call):
            fed = fed or ast.unparse(one.value.func) == f"{model}.add"
        elif any(not isinstance(getattr(node, "ctx", None), ast.Load) for node in _mentions(one, model)):
            fed = False
    return fed


def _before(statement: ast.stmt, source: Source) -> list[ast.stmt]:
    """Return the statements of the same body that run before one."""
    around = source.parents.get(id(statement))
    for name in ("body", "orelse", "finalbody"):
        body: list[ast.stmt] = getattr(around, name, [])
        if isinstance(body, list) and statement in body:
            return body[: body.index(statement)]
    return []


def _mentions(statement: ast.stmt, model: str) -> list[ast.AST]:
    """Return where a statement has a model by its name, such as ``self.model``."""
    return [
        node
        for node in ast.walk(statement)
        if isinstance(node, (ast.Name, ast.Attribute)) and ast.unparse(node) == model
    ]


def _begins(statement: ast.stmt, source: Source, model: str, scope: Names) -> bool:
    """Tell whether a model is a Sequential without layers up to a statement, as its body makes it there."""
    made: ast.stmt | None = None
    for made in reversed(_before(statement, source)):
        if _mentions(made, model):
            break
    if not isinstance(made, (ast.Assign, ast.AnnAssign)) or not isinstance(made.value, ast.Call):
        return False
    targets = made.targets if isinstance(made, ast.Assign) else [made.target]
    call = made.value
    return (
        [ast.unparse(target) for target in targets] == [model]
        and _is_sequential(call, scope)
        and not call.args
        and all(keyword.arg == "name" for keyword in call.keywords)
    )


def _is_sequential(call: ast.Call, scope: Names) -> bool:
    meanings = imported(call.func, scope)
    return bool(meanings) and all(meaning.dotted.rpartition(".")[2] == "Sequential" for meaning in meanings)


def _is_layers_of_sequential(layers: ast.List, source: Source, scope: Names) -> bool:
    """Tell whether a list is what a Sequential is made of."""
    given = source.parents.get(id(layers))
    making = source.parents.get(id(given)) if isinstance(given, ast.keyword) and given.arg == "layers" else given
    if not isinstance(making, ast.Call) or not _is_sequential(making, scope):
        return False
    return isinstance(given, ast.keyword) or making.args[:1] == [layers]


def _start(call: ast.Call, parent: ast.AST | None, source: Source, scope: Names) -> tuple[int, str, str] | None:
    """Return where the input is written for a first layer, and what stands before and behind it there.

    :param scope: where the layer is made.
    """
    if isinstance(parent, ast.List) and parent.elts[0] is call:
        if not _is_layers_of_sequential(parent, source, scope):
            return None
        place, _ = source.span(call)
        line = source.text[source.line_start(place) : place]
        return place, "", ", " if line.strip() else f",{source.newline}{line}"
    if not isinstance(parent, ast.Call) or parent.args != [call] or not isinstance(parent.func, ast.Attribute):
        return None
    statement = source.parents.get(id(parent))
    if parent.func.attr != "add" or not isinstance(statement, ast.Expr):
        return None
    if not _begins(statement, source, ast.unparse(parent.func.value), scope):
        return None
    place, _ = source.span(statement)
    margin = source.text[source.line_start(place) : place]
    if margin.strip():
        return None  # behind a colon or a semicolon
    return place, f"{source.segment(parent.func)}(", f"){source.newline}{margin}"
