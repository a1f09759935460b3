"""The order of axes: ``image_dim_ordering()`` and what it is compared with are written anew together, or not at all."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.shapes import NameChange, Safety, ValueChange
from flake8_paramdoc.edits.calls import of_fixes
from flake8_paramdoc.edits.rewrite import Context, Rewrite
from flake8_paramdoc.edits.source import Edit

if TYPE_CHECKING:
    from flake8_paramdoc.matching.finding import Match

_ASKED = "image_dim_ordering"
_ORDERS = {"th": "channels_first", "tf": "channels_last"}
_PASSED = frozenset({"dim_ordering", "data_format"})
"""Arguments that take the order of axes."""

_NEVER = "the order was compared with what it never was, and can be that now"

_NOTHING = Rewrite(())
"""It cannot be written anew."""


def of_ordering(match: Match, context: Context) -> Rewrite | None:
    """Return what is written for a question after the order of axes; ``None`` where a match is none."""
    change, site = match.change, match.site
    if site is None:
        return None
    if isinstance(change, ValueChange) and site.callee.endswith((f".{_ASKED}", f".set_{_ASKED}")):
        return _NOTHING  # written with the call
    if not isinstance(change, NameChange) or site.name != _ASKED or isinstance(match.node, ast.alias):
        return None
    call = context.source.parents.get(id(match.node))
    if not isinstance(call, ast.Call) or call.func is not match.node:
        return _NOTHING
    rewrite = of_fixes(change.fixes(site.name), call, site, context, bare=isinstance(match.node, ast.Name))
    values = _values(call, context)
    if rewrite is None or values is None:
        return _NOTHING
    edits = [edit for node in values if node.value in _ORDERS for edit in _edit(node, context)]
    if len(edits) < len(values):
        return Rewrite((*rewrite.edits, *edits), rewrite.operations, Safety.UNSAFE, _NEVER)
    return Rewrite((*rewrite.edits, *edits), rewrite.operations, rewrite.safety, rewrite.reason)


def _edit(node: ast.Constant, context: Context) -> Iterator[Edit]:
    start, end = context.source.span(node)
    quoted = context.source.text[start:end]
    quote = '"' if quoted.startswith('"') else "'"
    yield Edit(start, end, f"{quote}{_ORDERS[node.value]}{quote}")  # type: ignore[index]


def _values(node: ast.expr, context: Context) -> list[ast.Constant] | None:
    """Return the orders that an expression is compared with; ``None`` where it is used for something else too."""
    parent = context.source.parents.get(id(node))
    if isinstance(parent, ast.keyword):
        return [] if parent.arg in _PASSED else None
    if isinstance(parent, ast.Compare):
        found: list[ast.Constant] = []
        for part in (parent.left, *parent.comparators):
            if part is node:
                continue
            items = part.elts if isinstance(part, (ast.Set, ast.Tuple, ast.List)) else [part]
            for item in items:
                if not isinstance(item, ast.Constant) or item.value not in (*_ORDERS, *_ORDERS.values()):
                    return None
                found.append(item)
        return found
    if isinstance(parent, ast.Assign) and len(parent.targets) == 1 and isinstance(parent.targets[0], ast.Name):
        return _values_of_name(parent.targets[0], context)
    return None


def _values_of_name(target: ast.Name, context: Context) -> list[ast.Constant] | None:
    binders = context.uses.binders(target, target.id)
    if len(binders) != 1:
        return None
    found: list[ast.Constant] = []
    for use in context.uses.of(target, target.id):
        if use is target:
            continue
        values = _values(use, context)
        if values is None:
            return None
        found += values
    return found
