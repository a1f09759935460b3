"""Values of arguments that are written in another way, or refused (3)."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from flake8_paramdoc.changes.shapes.change import Change, Outcome, literal, short

Looks: TypeAlias = Callable[[ast.expr], bool]
"""Tells from how an argument is written what it must be."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ValueChange(Change, ABC):
    """A change of what can be written for an argument, by keyword or by position."""

    kind = 3

    callees: tuple[str, ...]
    """The functions, classes and methods that are called. With ``()`` behind the name it is their result that is
    compared, with ``[]`` it is an attribute that is asked for a key: what stands there is taken for the argument."""
    arguments: tuple[str, ...] = ()
    """The argument's names, old ones too."""
    position: int | None = None
    """Where it stands when it is passed without its name; the first is 0."""
    inside: bool = False
    """Whether the value may also be an item of a list, or a value of a dictionary, that is written there."""
    distinctive: bool = False
    """As of :class:`ArgumentChange`."""
    named_accuracy: bool = False
    """Whether it is an old form only in a file that calls its metric ``accuracy``, and nowhere ``acc``."""

    @abstractmethod
    def message(self, callee: str, argument: str, value: ast.expr) -> str | None:
        """Name the old form and what to write instead; ``None`` where ``value`` is not of the old form."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ValuesRenamed(ValueChange):
    """Literals that are written in another way, or that nothing takes any more."""

    values: Mapping[object, str]
    """From each old value to what is written instead: the new value in the form of code, or the whole argument."""
    gone: Mapping[object, str] = field(default_factory=dict)
    """From each value that nothing replaces to what can be done."""
    form: str = "{callee}({argument}={value})"
    """How the old form is said."""

    def message(self, callee: str, argument: str, value: ast.expr) -> str | None:
        """Name the old form and what to write instead; ``None`` where ``value`` is not of the old form."""
        if not isinstance(value, ast.Constant):
            return None
        for participle, verb, table in (("renamed", "write ", self.values), ("removed", "", self.gone)):
            for old, new in table.items():
                if old == value.value and type(old) is type(value.value):
                    became = self.became(participle)
                    if self.outcome is Outcome.SILENT:
                        became = f"names nothing since {self.release}"
                    form = self.form.format(callee=short(callee), argument=argument, value=literal(old))
                    return f"{form} {became}: {verb}{new}"
        return None


@dataclass(frozen=True, kw_only=True, eq=False)
class ValueUnfit(ValueChange):
    """A value of a certain form that an argument no longer takes."""

    looks: Looks
    sample: str
    """A value of the old form."""
    form: str
    """The old form in words or code, in place of ``argument=value``: ``'a path without .keras'``."""
    instead: str
    new_sample: str = ""
    """A value of the form of today."""
    unless: tuple[str, ...] = ()
    """Other arguments with which the old form is right."""
    only_with: Mapping[str, object] = field(default_factory=dict)
    """Other arguments, with their values, without which the old form is right."""

    def message(self, callee: str, argument: str, value: ast.expr) -> str | None:  # noqa: ARG002 - the form says it
        """Name the old form and what to write instead; ``None`` where ``value`` is not of the old form."""
        if not self.looks(value):
            return None
        became = f"is refused since {self.release}" if self.outcome is Outcome.RAISES else self.became("removed")
        return f"{short(callee)}({self.form}) {became}: {self.instead}"
