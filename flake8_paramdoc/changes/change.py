"""The few shapes that a change of Keras can have, and what each says of an old form; those of names are in `named`.

A row of the tables is one of the classes below. What it holds is data; which code it reports follows from its shape
(the last digit), from the step that it belongs to (the first digit) and from what becomes of the old form in Keras 3.
"""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import ClassVar, TypeAlias

#: The value of an argument that is no literal, so that only a run could tell it.
NOT_LITERAL = object()

#: Tells from how an argument is written what it must be.
Looks: TypeAlias = Callable[[ast.expr], bool]


class Outcome(Enum):
    """What becomes of an old form in Keras 3."""

    RAISES = "raises an error"
    SILENT = "runs, and does something else"
    WARNS = "works, with a warning"
    WORKS = "works"


def short(dotted: str) -> str:
    """Give a name as people say it: ``Dense``, ``Model.fit``, and ``keras.backend.mean`` for all that is no class."""
    parts = dotted.split(".")
    first = next((i for i, part in enumerate(parts) if part[:1].isupper()), 0)
    return ".".join(parts[first:])


def literal(value: object) -> str:
    """Write a value as code, strings in double quotes."""
    return f'"{value}"' if isinstance(value, str) else repr(value)


@dataclass(frozen=True, kw_only=True, eq=False)
class Change(ABC):
    """Something that code for an older Keras does and that a later one no longer takes."""

    since: str
    """The first release that has the change, such as ``2.0.0``."""
    source: str
    """Where that is written: an address, or a release whose own code says so."""
    step: int = 0
    """The Keras, 2 or 3, whose users meet the change; without it, that of ``since``. What late releases of Keras 2
    dropped, which ``tf_keras`` no longer has either, is for the users of Keras 3."""
    outcome: Outcome = Outcome.RAISES
    kept_in_tensorflow: bool = False
    """Whether the old form still works under ``tensorflow.keras``, with Keras 3 behind it."""

    kind: ClassVar[int]
    """The last digit of the code."""

    @property
    def major(self) -> int:
        """The Keras that the change belongs to: 2 or 3."""
        return self.step or int(self.since.partition(".")[0])

    @property
    def code(self) -> str:
        """The code of its findings: ``KER101`` is kind 1 in the step from Keras 1 to Keras 2."""
        if self.outcome is Outcome.WARNS:
            return "KER901"
        if self.outcome is Outcome.WORKS:
            return "KER902"
        if self.outcome is Outcome.SILENT and self.major == 3 and self.kind != PositionChanged.kind:
            return "KER207"
        return f"KER{self.major - 1}0{self.kind}"

    @property
    def release(self) -> str:
        """The release as it is said: ``Keras 2``, ``Keras 2.3``."""
        return f"Keras {self.since.removesuffix('.0').removesuffix('.0')}"

    def became(self, what: str) -> str:
        """Say in a participle what became of the old form, and when."""
        if self.outcome is Outcome.WARNS:
            return f"is deprecated in {self.release}"
        if self.outcome is Outcome.WORKS:
            return "is an old form that still works"
        if self.code == "KER207":
            return f"has no effect since {self.release}"
        return f"was {what} in {self.release}"


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


@dataclass(frozen=True, kw_only=True, eq=False)
class PositionChanged(Change):
    """An argument that means something else at its place, or can no longer be passed by its place."""

    kind = 4

    callees: tuple[str, ...]
    position: int
    """The place of the first argument whose meaning changed; the first is 0."""
    looks: Looks
    """Whether what stands there is written for the old meaning."""
    old: str
    """The old order of the arguments."""
    new: str
    """How they are written today, inside the parentheses; empty where the last of ``old`` is dropped."""
    sample: str
    """Arguments of the old form."""
    new_sample: str
    """The same arguments as they are written today."""
    spelled: frozenset[str] = frozenset()
    """The names of the callee under which it is an old form; all, if empty."""
    doubtful: bool = False
    """Whether the same is also written for today's meaning, so that only a file that is older otherwise tells."""

    def message(self, callee: str) -> str:
        """Name the old form and what to write instead."""
        instead = f"write {short(callee)}({self.new})" if self.new else f"drop {self.last}"
        return f"{short(callee)}({self.old}) {self.became('changed')}: {instead}"

    @property
    def last(self) -> str:
        """The argument that stands last in the old order."""
        return self.old.rpartition(", ")[2]


@dataclass(frozen=True, kw_only=True, eq=False)
class ArgumentRequired(Change):
    """An argument that had a default, and must be passed today."""

    kind = 4

    callees: tuple[str, ...]
    argument: str
    position: int
    """Where it stands when it is passed without its name; the first is 0."""
    default: str
    """What it was when it was left out, as code."""

    def message(self, callee: str) -> str:
        """Name the old form and what to write instead."""
        missing = f"{short(callee)}(...) without {self.argument}"
        return f"{missing} is refused since {self.release}: write {self.argument}={self.default}"
