"""Numbers of samples that a generator gave in an epoch, of Keras 1: they became numbers of batches."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.shapes import ArgumentChange, Safety
from flake8_paramdoc.edits.arguments import Arguments
from flake8_paramdoc.edits.rewrite import Context, Rewrite
from flake8_paramdoc.reading.scopes import Value

if TYPE_CHECKING:
    from flake8_paramdoc.matching.finding import Match, Site

_NEW = {"samples_per_epoch": "steps_per_epoch", "nb_val_samples": "validation_steps", "val_samples": "steps"}
_SECOND = {"fit_generator": "steps_per_epoch", "evaluate_generator": "steps", "predict_generator": "steps"}
"""Methods whose second argument was a number of samples, and what it is called today."""
_OF_KERAS_1 = frozenset({"nb_epoch", "nb_val_samples", "max_q_size", "nb_worker", "pickle_safe"})
_OF_KERAS_2 = frozenset({"epochs", "validation_steps", "max_queue_size", "workers", "use_multiprocessing"})
"""Arguments of these methods that only one Keras had."""
_OF_BATCHES = re.compile("step|batches|ceil", re.IGNORECASE)
"""What is in the name of a number of batches."""
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
    written = arguments.replaced(node, f"{new}={_divided(node.value, size, arguments)}")
    return Rewrite(tuple(written), (), Safety.UNSAFE, _REASON.format(size=size))


def counts_batches(call: ast.Call, context: Context) -> bool | None:
    """Tell whether the second argument of a method is a number of batches, as from Keras 2 on; ``None``: nothing says.

    What other arguments are called says it, and how the number is written.
    """
    names = {keyword.arg for keyword in call.keywords}
    if names & _OF_KERAS_1:
        return False
    if names & _OF_KERAS_2:
        return True
    text = context.source.segment(call.args[1])
    if "/" not in text and "sample" in text.lower():
        return False
    generator = context.source.segment(call.args[0])
    return True if "/" in text or f"len({generator})" in text or _OF_BATCHES.search(text) else None


def has_samples_by_place(call: ast.Call, context: Context) -> bool:
    """Tell whether a call passes a number of samples by its place, as code of Keras 1 did.

    What it says of Keras 1 stays until that number is another one: what runs over it later must see it, too.
    """
    if getattr(call.func, "attr", "") not in _SECOND or len(call.args) < 2:
        return False
    counts = counts_batches(call, context)
    return counts is False or (counts is None and context.era.is_keras_1)


def of_samples_by_place(call: ast.Call, site: Site, context: Context) -> Rewrite | None:
    """Return the number of batches, by its name; ``None`` where others follow it, or the size cannot be read."""
    assert isinstance(call.func, ast.Attribute)
    size = _size(call.args[0], site._replace(call=call), context)
    if len(call.args) > 2 or not size or any(isinstance(argument, ast.Starred) for argument in call.args):
        return None
    arguments = Arguments(context.source, call)
    new = _SECOND[call.func.attr]
    if arguments.named(new) is not None:
        return None
    text = f"{new}={_divided(call.args[1], size, arguments)}"
    return Rewrite(tuple(arguments.replaced(call.args[1], text)), (), Safety.UNSAFE, _REASON.format(size=size))


def _divided(node: ast.expr, size: str, arguments: Arguments) -> str:
    text = arguments.text(node)
    if not isinstance(node, (ast.Name, ast.Constant, ast.Attribute, ast.Call, ast.Subscript)):
        text = f"({text})"
    return f"{text} // {size}"


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
