"""What modules hold: functions, classes, values, modules that are renamed (5) or gone (6)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

from flake8_paramdoc.changes.shapes.change import Change, literal, short


@dataclass(frozen=True, kw_only=True, eq=False)
class NameChange(Change, ABC):
    """A change of what a module holds: functions, classes, values, modules."""

    module: str
    names: Mapping[str, str]
    """From each old name to the new one, dotted, or to what to do instead."""
    called: Mapping[str, Mapping[object, str]] = field(default_factory=dict)
    """Of names whose calls are told one by one, because an argument decides what to write: from ``name(argument=)`` to
    what to write instead of each value."""
    still_there: bool = False
    """Whether the names are there all the same, of classes that raise an error when they are called: code that only
    asks about them, as with ``isinstance``, goes on working."""

    @property
    def is_module(self) -> bool:
        """Whether the names are those of modules, and what they held is to be looked for elsewhere."""
        return False

    @abstractmethod
    def message(self, name: str) -> str:
        """Name the old form, what became of it, and what to write instead."""

    def called_with(self, name: str) -> str:
        """Return the argument that decides what to write instead of a call of ``name``."""
        return next(form for form in self.called if form.startswith(f"{name}(")).partition("(")[2].rstrip("=)")

    def call_message(self, name: str, value: object) -> str:
        """Say what to write instead of a call with ``value``: a literal's, or ``NOT_LITERAL``."""
        argument = self.called_with(name)
        for old, advice in self.called[f"{name}({argument}=)"].items():
            if old == value:
                return f"{name}({argument}={literal(old)}) {self.became('removed')}: {advice}"
        return self.message(name)


@dataclass(frozen=True, kw_only=True, eq=False)
class NamesRenamed(NameChange):
    """Names that go on in another form or place."""

    kind = 5

    def message(self, name: str) -> str:
        """Name the old form, what became of it, and what to write instead."""
        old, new = f"{self.module}.{name}", self.names[name]
        # Where only the module is another, the module must be said.
        said = old if short(old) == short(new) else short(old)
        is_name = all(part.isidentifier() for part in new.split("."))
        return f"{said} {self.became('renamed' if is_name else 'replaced')}: write {new}"


@dataclass(frozen=True, kw_only=True, eq=False)
class ModulesMoved(NamesRenamed):
    """Modules whose members are found in another one, under the same names."""

    @property
    def is_module(self) -> bool:
        """Whether the names are those of modules, and what they held is to be looked for elsewhere."""
        return True

    def message(self, name: str) -> str:
        """Name the old form, what became of it, and what to write instead."""
        return f"{self.module}.{name} {self.became('removed')}: use {self.names[name]}"


@dataclass(frozen=True, kw_only=True, eq=False)
class NamesRemoved(NameChange):
    """Names that are gone."""

    kind = 6

    def message(self, name: str) -> str:
        """Name the old form, what became of it, and what to write instead."""
        return f"{short(f'{self.module}.{name}')} {self.became('removed')}: {self.names[name]}"
