"""A call that is written anew around what it was given: several lines of that stay, and can be moved one by one."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_paramdoc.edits.source import Edit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flake8_paramdoc.changes.shapes import Template
    from flake8_paramdoc.edits.arguments import Arguments

_NAME = "_{}_"
"""What stands for an argument: no code has such a name."""


def around_values(
    template: Template,
    bound: Mapping[str, ast.expr],
    passed: Mapping[str, str],
    spelled: Mapping[str, str],
    arguments: Arguments,
) -> list[Edit] | None:
    """Return what is written before, between and behind the arguments of a call.

    ``None`` where they do not stay in their order, each once, or stand between what has comments or lines of its own.

    :param passed: how each is written, where that is another way than it was.
    """
    source, call = arguments.source, arguments.call
    values = sorted(bound.items(), key=lambda item: source.span(item[1]))
    stand_ins = {name: _stand_in(number, passed[name]) for number, (name, _) in enumerate(values)}
    if None in stand_ins.values() or any(passed[name] != arguments.text(node) for name, node in values):
        return None
    rest = template.write({**passed, **{name: str(text) for name, text in stand_ins.items()}}, spelled)
    here, end = source.span(call)
    edits: list[Edit] = []
    for name, node in values:
        before, found, rest = rest.partition(str(stand_ins[name]))
        start, behind = arguments.place(node)
        if not found or "\n" in source.text[here:start]:
            return None
        edits.append(Edit(here, start, before))
        here = behind
    if "_" in rest and any(str(text) in rest for text in stand_ins.values()):
        return None
    return [*edits, Edit(here, end, rest)]


def _stand_in(number: int, text: str) -> str | None:
    """Return what needs parentheses where a text does, and no others; ``None`` for what may be taken apart."""
    name = _NAME.format(number)
    node = ast.parse(f"({text}\n)", mode="eval").body
    if isinstance(node, (ast.Tuple, ast.Starred)):
        return None
    is_closed = isinstance(node, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)) or text.startswith(("(", "["))
    return name if is_closed else f"{name} + 0"
