"""The few shapes that a change of Keras can have, and what each says of an old form."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: The value of an argument that is no literal, so that only a run could tell it.
NOT_LITERAL = object()


@dataclass(frozen=True)
class Callee:
    """A class or function of Keras, under every name that a Keras release has given it."""

    qualname: str
    """The name that today's documentation uses, such as ``keras.layers.BatchNormalization``."""
    modules: tuple[str, ...] = ()
    """Other modules that some release exports it from, under the same last name."""

    @property
    def name(self) -> str:
        """The last part of the name, as people say it: ``BatchNormalization``."""
        return self.qualname.rpartition(".")[2]

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every dotted name, the documented one first."""
        return (self.qualname, *(f"{module}.{self.name}" for module in self.modules))


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something that code for an older Keras does and that a later one no longer takes."""

    since: str
    """The first release that has the change, such as ``2.0.0``."""

    kind: ClassVar[int]
    """The last digit of the code."""

    @property
    def major(self) -> int:
        """The Keras that the change belongs to: 2 or 3."""
        return int(self.since.partition(".")[0])

    @property
    def code(self) -> str:
        """The code of its findings: ``KER101`` is kind 1 in the step from Keras 1 to Keras 2."""
        return f"KER{self.major - 1}0{self.kind}"


@dataclass(frozen=True, kw_only=True)
class ArgumentChange(Change, ABC):
    """A change of arguments that are passed by keyword, the same for each of ``callees``."""

    callees: tuple[Callee, ...]

    became: ClassVar[str]
    """What became of the arguments, as a participle."""

    @property
    @abstractmethod
    def old(self) -> Iterable[str]:
        """The arguments, as they were called."""

    @abstractmethod
    def advice(self, argument: str, value: object) -> str:
        """Say what to write instead of ``argument`` with ``value``: a literal's, or ``NOT_LITERAL``."""

    def message(self, callee: Callee, argument: str, value: object) -> str:
        """Name the old form, what became of it, and what to write instead."""
        advice = self.advice(argument, value)
        return f"{callee.name}({argument}=...) was {self.became} in Keras {self.major}: {advice}"


@dataclass(frozen=True, kw_only=True)
class ArgumentsRenamed(ArgumentChange):
    """Arguments that go on under another name."""

    kind = 1
    became = "renamed"

    arguments: Mapping[str, str]
    """From each old name to the new one."""

    @property
    def old(self) -> Iterable[str]:
        """The arguments, as they were called."""
        return self.arguments

    def advice(self, argument: str, value: object) -> str:  # noqa: ARG002 - the value goes on as it is
        """Say what ``argument`` is called now."""
        return f"write {self.arguments[argument]}=..."


@dataclass(frozen=True, kw_only=True)
class ArgumentRemoved(ArgumentChange):
    """An argument that is gone."""

    kind = 2
    became = "removed"

    argument: str
    instead: str
    """What to write instead, whatever the value."""
    instead_of: Mapping[object, str] = field(default_factory=dict)
    """What to write instead of a value for which that can be said more exactly."""

    @property
    def old(self) -> Iterable[str]:
        """The argument, as it was called."""
        return (self.argument,)

    def advice(self, argument: str, value: object) -> str:  # noqa: ARG002 - there is only one
        """Say what to write instead of the argument with ``value``."""
        # Compared, not looked up: a literal in a tree made by hand may have no hash.
        return next((advice for old, advice in self.instead_of.items() if old == value), self.instead)
