"""Arguments that are passed by keyword, and are renamed (1) or gone (2)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

from flake8_paramdoc.changes.shapes.change import Change, short

NOT_LITERAL = object()
"""The value of an argument that is no literal, so that only a run could tell it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ArgumentChange(Change, ABC):
    """A change of arguments that are passed by keyword, the same for each of ``callees``."""

    callees: tuple[str, ...]
    """The functions, classes and methods, by the names of today's documentation: ``keras.models.Model.fit``."""
    but: tuple[str, ...] = ()
    """Those that are a kind of one of ``callees`` and take the arguments all the same."""
    distinctive: bool = False
    """Whether a method of this name with this argument exists nowhere but in Keras, so that its receiver need not be
    known."""

    @property
    @abstractmethod
    def old(self) -> Mapping[str, str]:
        """From each argument, as it was called, to what is written instead."""

    @abstractmethod
    def advice(self, argument: str, value: object) -> str:
        """Say what to write instead of ``argument`` with ``value``: a literal's, or ``NOT_LITERAL``."""

    @property
    def participle(self) -> str:
        """What became of the arguments."""
        return "renamed" if self.kind == 1 else "removed"

    def message(self, callee: str, argument: str, value: object) -> str:
        """Name the old form, what became of it, and what to write instead."""
        return f"{short(callee)}({argument}=...) {self.became(self.participle)}: {self.advice(argument, value)}"


@dataclass(frozen=True, kw_only=True, eq=False)
class ArgumentsRenamed(ArgumentChange):
    """Arguments that go on under another name, or together under one."""

    kind = 1

    arguments: Mapping[str, str]
    """From each old name to the new one; or to the whole new form, such as ``kernel_size=(rows, columns)``."""

    @property
    def old(self) -> Mapping[str, str]:
        """From each argument, as it was called, to what is written instead."""
        return self.arguments

    def advice(self, argument: str, value: object) -> str:  # noqa: ARG002 - the value goes on as it is
        """Say what ``argument`` is called now."""
        new = self.arguments[argument]
        return f"write {new}" if "=" in new else f"write {new}=..."


@dataclass(frozen=True, kw_only=True, eq=False)
class ArgumentsRemoved(ArgumentChange):
    """Arguments that are gone."""

    kind = 2

    arguments: Mapping[str, str]
    """From each argument to what to write instead, whatever its value."""
    instead_of: Mapping[object, str] = field(default_factory=dict)
    """What to write instead of a value for which that can be said more exactly."""

    @property
    def old(self) -> Mapping[str, str]:
        """From each argument, as it was called, to what is written instead."""
        return self.arguments

    def advice(self, argument: str, value: object) -> str:
        """Say what to write instead of the argument with ``value``."""
        # Compared, not looked up: a literal in a tree made by hand may have no hash.
        return next((advice for old, advice in self.instead_of.items() if old == value), self.arguments[argument])
