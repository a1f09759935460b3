"""The rate of an optimizer that nobody here knows, where it is read or set as a variable: ``K.get_value(it.lr)``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_paramdoc.edits.source import Edit

if TYPE_CHECKING:
    from flake8_paramdoc.edits.rewrite import Context

_OLD, _NEW = "lr", "learning_rate"


def of_rate(call: ast.AST | None, context: Context) -> Iterator[Edit]:
    """Yield the edit that gives the rate, which is the first argument of a call, its name of today."""
    rate = _rate(call, context)
    if rate is not None:
        _, end = context.source.span(rate)
        yield Edit(end - len(_OLD), end, _NEW)


def rate_of_today(call: ast.Call, context: Context) -> dict[str, str]:
    """Return the rate as it is written today, by the name that a template has for it; nothing where there is none."""
    rate = _rate(call, context)
    return {} if rate is None else {"x": f"{context.source.segment(rate).removesuffix(_OLD)}{_NEW}"}


def _rate(call: ast.AST | None, context: Context) -> ast.Attribute | None:
    if not isinstance(call, ast.Call) or not call.args or _called(call) not in ("get_value", "set_value"):
        return None
    given = call.args[0]
    if not isinstance(given, ast.Attribute) or given.attr != _OLD:
        return None
    if isinstance(given.value, ast.Name) and given.value.id in ("self", "cls"):
        return None
    # A class of the file that has such a rate may be that of the object.
    is_own = any(_OLD in cls.inside.attributes or _OLD in cls.inside.bindings for cls in context.reading.classes)
    return None if is_own else given


def _called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))
