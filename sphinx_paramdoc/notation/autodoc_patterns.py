"""``paramdoc_autodoc``: which documented objects get a table, and what gives their models."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class PatternMatch:
    """What a project says of an object."""

    pattern: str
    name: str
    """The one of the object's names that fits the pattern."""
    expression: str
    """What gives its model."""


def match(patterns: Mapping[str, str], names: Iterable[str]) -> PatternMatch | None:
    """Return the first pattern that fits an object, with its expression; ``None`` where none does.

    :param patterns: a pattern as of a shell → an expression, in which ``{name}`` is the object's name.
    :param names: the full names of the object, the one that counts most first.
    """
    names = list(names)
    for pattern, expression in patterns.items():
        for name in names:
            if fnmatchcase(name, pattern):
                return PatternMatch(pattern, name, expression.replace("{name}", name))
    return None


def expression(patterns: Mapping[str, str], names: Iterable[str]) -> str:
    """Return the autodoc expression for an object, or ''."""
    found = match(patterns, names)
    return found.expression if found else ""


def parse(text: str) -> tuple[str, dict[str, str]]:
    """Read what a project writes for a pattern: an expression, and options on lines of their own below it."""
    expression, *rest = re.split(r"\n\s*(?=:[\w-]+:)", text.strip())
    written = (re.fullmatch(r":([\w-]+):\s*(.*)", option, re.DOTALL) for option in rest)
    return expression.strip(), {match[1]: match[2].strip() for match in written if match}
