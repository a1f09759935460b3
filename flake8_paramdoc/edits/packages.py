"""Packages beside Keras that became a part of it: what is imported from them is imported from Keras."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.shapes import PackagesRemoved, Safety
from flake8_paramdoc.edits.imports import Changed
from flake8_paramdoc.edits.rewrite import Context, Rewrite

if TYPE_CHECKING:
    from flake8_paramdoc.matching.finding import Match


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
        module = new + node.module.removeprefix(old)
        operations = tuple(
            Changed(number, place, module, alias.name, name)
            for place, (alias, name) in enumerate(zip(node.names, bound, strict=True))
        )
        return Rewrite((), operations, Safety.UNSAFE, change.holds)
    return None
