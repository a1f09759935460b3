"""``Merge`` and ``merge`` of Keras 1 where a template cannot write them: in a Sequential, and with a function as mode.

A Sequential that began with ``Merge([a, b])`` joined the outputs of models. Today it takes what is joined, and is part
of a model from the inputs of those to its own output.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.shapes import NameChange, Safety
from flake8_paramdoc.edits.imports import without
from flake8_paramdoc.edits.rewrite import Context, Rewrite
from flake8_paramdoc.edits.source import Edit
from flake8_paramdoc.reading.origins import defined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flake8_paramdoc.edits.imports import Operation
    from flake8_paramdoc.edits.source import Source
    from flake8_paramdoc.matching.finding import Match, Site

_LAYERS = {
    "sum": "Add",
    "mul": "Multiply",
    "ave": "Average",
    "max": "Maximum",
    "concat": "Concatenate",
    "dot": "Dot",
    "cos": "Dot",
}
"""Modes → the layers of today."""
_NAMES = ("Merge", "merge")
_PLACES = ("inputs", "mode", "concat_axis", "dot_axes", "output_shape")
"""The arguments that go by place."""
_KEPT = frozenset({"layers", "inputs", "mode", "concat_axis", "dot_axes", "output_shape", "arguments", "name"})

_LONG = 80
"""Letters of a line that is broken where the old one was."""

_FUNCTION = "a model with a Lambda layer is loaded with safe_mode=False alone"
_AXES = "the axes of Dot are numbers or pairs of them, and its result keeps an axis of length 1"
_NESTED = "the layers behind the join are a model inside the model, and its weights have other names"


def of_merge(match: Match, context: Context) -> Rewrite | None:
    """Return what is written instead of a join; ``None`` where a match is none, or a person must write it."""
    site = match.site
    if not isinstance(match.change, NameChange) or site is None or site.name not in _NAMES or site.call is None:
        return None
    given = _given(site.call)
    if given is None:
        return None
    inputs = given.pop("inputs", given.pop("layers", None))
    layer = _layer(given, site, context)
    if layer is None:
        return None
    text, operations, safety, reason = layer
    start, end = context.source.span(site.call)
    if context.source.comments(start, end):
        return None
    if site.name == "merge":
        if inputs is None or not reason:
            return None  # a template writes it
        text = f"{text}({context.source.segment(inputs)})"
        return Rewrite((Edit(start, end, text),), operations, safety, reason)
    if inputs is None:
        return Rewrite((Edit(start, end, text),), operations, safety, reason)
    return _in_sequential(inputs, text, operations, site, context)


def _given(call: ast.Call) -> dict[str, ast.expr] | None:
    if any(isinstance(arg, ast.Starred) for arg in call.args) or len(call.args) > len(_PLACES):
        return None
    given = dict(zip(_PLACES, call.args, strict=False))
    for keyword in call.keywords:
        if keyword.arg not in _KEPT or keyword.arg in given:
            return None
        given[keyword.arg] = keyword.value
    return given


def _layer(
    given: Mapping[str, ast.expr], site: Site, context: Context
) -> tuple[str, tuple[Operation, ...], Safety, str] | None:
    """Return the layer of today for a mode, what must be imported for it, and what is different."""
    mode = given.get("mode", ast.Constant("sum"))
    source = context.source
    arguments: list[str] = []
    reason = ""
    if isinstance(mode, ast.Constant) and mode.value in _LAYERS:
        kind = _LAYERS[mode.value]
        if kind == "Concatenate" and "concat_axis" in given:
            arguments.append(f"axis={source.segment(given['concat_axis'])}")
        if kind == "Dot":
            arguments.append(f"axes={source.segment(given['dot_axes']) if 'dot_axes' in given else '-1'}")
            arguments += ["normalize=True"] if mode.value == "cos" else []
            reason = _AXES
    elif isinstance(mode, ast.Lambda) or _is_function(mode, site):
        kind, reason = "Lambda", _FUNCTION
        arguments.append(source.segment(mode))
        arguments += [
            f"{name}={source.segment(given[name])}" for name in ("output_shape", "arguments") if name in given
        ]
    else:
        return None
    arguments += [f"name={source.segment(given['name'])}"] if "name" in given else []
    assert site.call is not None
    is_bare = isinstance(site.call.func, ast.Name)
    found = context.spelling.spelled(f"keras.layers.{kind}", site, site.call.func, bare=is_bare)
    if found is None:
        return None
    operations = (found.added,) if found.added is not None else ()
    safety = Safety.UNSAFE if reason else Safety.SAFE
    return _call(found.text, arguments, site.call, source), operations, safety, reason


def _call(function: str, arguments: list[str], old: ast.Call, source: Source) -> str:
    """Return a call in one line; or below each other what would make it longer than the old one, which had several."""
    start, end = source.span(old)
    column = start - source.line_start(start)
    text = f"{function}({', '.join(arguments)})"
    if "\n" not in source.text[start:end] or column + len(text) <= _LONG or len(arguments) < 2:
        return text
    margin = " " * (column + len(function) + 1)
    return f"{function}({f',{source.newline}{margin}'.join(arguments)})"


def _is_function(mode: ast.expr, site: Site) -> bool:
    definition = defined(mode, site.scope)
    return definition is not None and isinstance(definition.node, ast.FunctionDef)


def _in_sequential(
    inputs: ast.expr, layer: str, operations: tuple[Operation, ...], site: Site, context: Context
) -> Rewrite | None:
    """Return what is written instead of a join that a Sequential begins with."""
    source = context.source
    adding = source.parents.get(id(site.call))
    statement = source.parents.get(id(adding))
    if not isinstance(adding, ast.Call) or not isinstance(adding.func, ast.Attribute) or adding.func.attr != "add":
        return None
    if not isinstance(statement, ast.Expr) or not isinstance(inputs, (ast.List, ast.Tuple)) or len(inputs.elts) < 2:
        return None
    body = getattr(source.parents.get(id(statement)), "body", [])
    if statement not in body or not isinstance(adding.func.value, ast.Name):
        return None
    model, place = adding.func.value.id, body.index(statement)
    if not any(_makes(one, model) for one in body[:place]) or any(_adds(one, model) for one in body[:place]):
        return None
    last = [one for one in body[place + 1 :] if _adds(one, model)]
    if not last or any(_uses(one, model) for one in body[place + 1 : body.index(last[-1]) + 1]):
        return None  # until it is called, it has no input, and so no output
    if not all(isinstance(one, (ast.Name, ast.Attribute)) for one in inputs.elts):
        return None
    assert site.call is not None
    is_bare = isinstance(site.call.func, ast.Name)
    found = context.spelling.spelled("keras.models.Model", site, site.call.func, bare=is_bare)
    if found is None:
        return None
    texts = [source.segment(one) for one in inputs.elts]
    taken = " + ".join(f"{text}.inputs" for text in dict.fromkeys(texts))
    joined = f"{layer}([{', '.join(f'{text}.outputs[0]' for text in texts)}])"
    _, end = source.span(last[-1])
    begin, _ = source.span(statement)
    margin = source.text[source.line_start(begin) : begin]
    if margin.strip() or source.text[end : source.line_end(end)].strip():
        return None
    written = f"{source.newline}{margin}{model} = {found.text}({taken}, {model}({joined}))"
    added = (found.added,) if found.added is not None else ()
    return Rewrite((without(source, statement), Edit(end, end, written)), (*operations, *added), Safety.UNSAFE, _NESTED)


def _makes(statement: ast.stmt, model: str) -> bool:
    return isinstance(statement, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == model for target in statement.targets
    )


def _uses(statement: ast.stmt, model: str) -> bool:
    """Tell whether a statement does something else with a model than to add to it."""
    named = sum(isinstance(node, ast.Name) and node.id == model for node in ast.walk(statement))
    added = sum(isinstance(node, ast.Call) and ast.unparse(node.func) == f"{model}.add" for node in ast.walk(statement))
    return named != added


def _adds(statement: ast.stmt, model: str) -> bool:
    return any(isinstance(node, ast.Call) and ast.unparse(node.func) == f"{model}.add" for node in ast.walk(statement))
