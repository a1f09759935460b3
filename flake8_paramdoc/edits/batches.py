"""Numbers of samples that a generator gave in an epoch, of Keras 1: they became numbers of batches."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.shapes import ArgumentChange, Safety
from flake8_paramdoc.edits.arguments import Arguments
from flake8_paramdoc.edits.rewrite import Context, Rewrite
from flake8_paramdoc.reading.scopes import Value

if TYPE_CHECKING:
    from flake8_paramdoc.matching.finding import Match, Site

_NEW = {"samples_per_epoch": "steps_per_epoch", "nb_val_samples": "validation_steps", "val_samples": "steps"}
_FLOWS = frozenset({"flow", "flow_from_directory"})
"""Methods of ImageDataGenerator: their batches are of 32 where nothing else is said."""

_REASON = "an epoch is so many whole batches of {size}"


def of_samples(match: Match, context: Context) -> Rewrite | None:
    """Return the number of batches; ``None`` where a match is none, or where the size of a batch cannot be read."""
    site, node = match.site, match.node
    if not isinstance(match.change, ArgumentChange) or site is None or site.call is None:
        return None
    if not isinstance(node, ast.keyword) or node.arg not in _NEW or node not in site.call.keywords:
        return None
    new = _NEW[node.arg]
    arguments = Arguments(context.source, site.call)
    if arguments.named(new) is not None:
        return None
    name = "validation_data" if node.arg == "nb_val_samples" else "generator"
    given = arguments.named(name)
    generator = given.value if given is not None else next(iter(site.call.args), None) if name == "generator" else None
    size = _size(generator, site, context)
    if not size:
        return None
    text = arguments.text(node.value)
    if not isinstance(node.value, (ast.Name, ast.Constant, ast.Attribute, ast.Call, ast.Subscript)):
        text = f"({text})"
    written = arguments.replaced(node, f"{new}={text} // {size}")
    return Rewrite(tuple(written), (), Safety.UNSAFE, _REASON.format(size=size))


def _size(generator: ast.expr | None, site: Site, context: Context) -> str:
    """Return the size of a generator's batches as it is written where it is used, or ''."""
    if isinstance(generator, ast.Name):
        bindings = list(site.scope.lookup(generator.id, lambda _: False))
        generator = bindings[0].node if len(bindings) == 1 and isinstance(bindings[0], Value) else None
    if isinstance(generator, ast.Call):
        given = {keyword.arg: keyword.value for keyword in generator.keywords}
        named = given.get("batch_size")
        if named is not None:
            return context.source.segment(named) if isinstance(named, (ast.Constant, ast.Name)) else ""
        if None in given or any(isinstance(argument, ast.Starred) for argument in generator.args):
            return ""
        if isinstance(generator.func, ast.Attribute) and generator.func.attr in _FLOWS:
            return "32" if len(generator.args) <= 2 else ""
        arguments = [*generator.args, *given.values()]
        if arguments and not any(isinstance(one, ast.Name) and one.id == "batch_size" for one in arguments):
            return ""  # one of them may be the size
    assert site.call is not None
    return "batch_size" if context.uses.binders(site.call.func, "batch_size") else ""
