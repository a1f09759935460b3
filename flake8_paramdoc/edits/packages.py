"""Packages beside Keras that became a part of it: what is imported from them is imported from Keras."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.shapes import PackagesRemoved, Safety
from flake8_paramdoc.edits.arguments import Arguments
from flake8_paramdoc.edits.imports import Changed
from flake8_paramdoc.edits.rewrite import Context, Rewrite
from flake8_paramdoc.edits.source import Edit
from flake8_paramdoc.reading.keras_packages import KerasPackage

if TYPE_CHECKING:
    from flake8_paramdoc.matching.finding import Match

_ITS_OWN = frozenset({"backend", "layers", "models", "utils"})
"""The modules of Keras that functions of ``keras_applications`` took."""


def of_package(match: Match, context: Context) -> Rewrite | None:
    """Return what is imported instead of names of a package that Keras has taken in.

    What has another name there is found in the next round.
    """
    change, node = match.change, match.node
    if not isinstance(change, PackagesRemoved) or not isinstance(node, ast.ImportFrom) or not node.module:
        return None
    for old, new in change.moved.items():
        if node.module != old and not node.module.startswith(f"{old}."):
            continue
        bound = [alias.asname or alias.name for alias in node.names]
        if "*" in bound or not context.uses.exported.isdisjoint(bound):
            return None
        number = next(number for number, one in enumerate(context.source.imports) if one is node)
        is_of_tensorflow = KerasPackage.KERAS not in context.reading.packages and (
            KerasPackage.TENSORFLOW in context.reading.packages
        )
        module = f"{'tensorflow.' * is_of_tensorflow}{new}{node.module.removeprefix(old)}"
        edits: list[Edit] = []
        for alias, name in zip(node.names, bound, strict=True):
            for use in context.uses.of(alias, name):
                call = context.source.parents.get(id(use))
                if isinstance(call, ast.Call) and call.func is use:
                    arguments = Arguments(context.source, call)
                    if arguments.is_spread:
                        return None
                    edits += arguments.slots.dropped(_places(arguments))
        operations = tuple(
            Changed(number, place, module, alias.name, name)
            for place, (alias, name) in enumerate(zip(node.names, bound, strict=True))
        )
        return Rewrite(tuple(edits), operations, Safety.UNSAFE, change.holds)
    return None


def _places(arguments: Arguments) -> list[int]:
    """Return the places of the arguments that only the package beside Keras took."""
    return [
        place
        for place, slot in enumerate(arguments.slots.slots)
        if isinstance(slot.node, ast.keyword) and slot.node.arg in _ITS_OWN
    ]
