"""Values of arguments that are written in another way, or refused (3)."""

from __future__ import annotations

import ast
from abc import abstractmethod
from collections.abc import Callable, Container, Mapping
from typing import TypeAlias

from flake8_paramdoc.changes.record import KW_ONLY, NOTHING, dataclass
from flake8_paramdoc.changes.shapes.change import Change, Fate, literal, short
from flake8_paramdoc.changes.shapes.fix import Fix, Place, Safety
from flake8_paramdoc.changes.shapes.template import Template

Looks: TypeAlias = Callable[[ast.expr], bool]
"""Tells from how an argument is written what it must be."""


@dataclass(frozen=True, eq=False)
class ValueChange(Change):
    """A change of what can be written for an argument, by keyword or by position."""

    kind = 3

    callees: tuple[str, ...]
    """The functions, classes and methods that are called. With ``()`` behind the name it is their result that is
    compared, with ``[]`` it is an attribute that is asked for a key: what stands there is taken for the argument."""
    arguments: tuple[str, ...]
    """The argument's names, old ones too."""
    _: KW_ONLY
    position: int | None = None
    """Where it stands when it is passed without its name; the first is 0."""
    inside: bool = False
    """Whether the value may also be an item of a list, or a value of a dictionary, that is written there."""
    but: tuple[str, ...] = ()
    """Those that are a kind of one of ``callees`` and take the value as they did."""
    distinctive: bool = False
    """As of :class:`ArgumentChange`."""
    named_accuracy: bool = False
    """Whether it is an old form only in a file that calls its metric ``accuracy``, and nowhere ``acc``."""

    @abstractmethod
    def fix(self, value: ast.expr) -> Fix | None:
        """Return what to write instead; ``None`` where ``value`` is not of the old form."""

    @abstractmethod
    def message(self, callee: str, argument: str, value: ast.expr) -> str | None:
        """Name the old form and what to write instead; ``None`` where ``value`` is not of the old form."""


@dataclass(frozen=True, eq=False)
class ValuesRenamed(ValueChange):
    """Literals that are written in another way, or that nothing takes any more."""

    values: Mapping[object, str]
    """From each old value to what is written instead, as code: the new value, or the whole argument."""
    _: KW_ONLY
    gone: Mapping[object, str] = NOTHING
    """From each value that nothing replaces to what can be done, in words."""
    safe: Container[object] = ()
    """Of those, the ones with which the argument can be dropped, and all stays as it was."""
    holds: str = ""
    """What else may depend on the old value, so that a person must allow the new one; empty: nothing."""
    form: str = "{callee}({argument}={value})"
    """How the old form is said."""

    def _known(self, table: Mapping[object, str], value: ast.expr) -> tuple[object, str] | None:
        if not isinstance(value, ast.Constant):
            return None
        found = ((old, new) for old, new in table.items() if old == value.value and type(old) is type(value.value))
        return next(found, None)

    def fix(self, value: ast.expr) -> Fix | None:
        """Return what to write instead; ``None`` where ``value`` is not of the old form."""
        if (known := self._known(self.values, value)) is not None:
            whole = "=" in known[1].partition("(")[0]
            template = Template("", known[1], is_arguments=whole)
            safety = Safety.UNSAFE if self.holds else Safety.SAFE
            return Fix(f"write {known[1]}", Place.KEYWORD if whole else Place.VALUE, template, safety, self.holds)
        if (known := self._known(self.gone, value)) is not None:
            is_safe = known[0] in self.safe
            return Fix(known[1], Place.DROPPED, None, Safety.SAFE) if is_safe else Fix(known[1])
        return None

    def message(self, callee: str, argument: str, value: ast.expr) -> str | None:
        """Name the old form and what to write instead; ``None`` where ``value`` is not of the old form."""
        fix = self.fix(value)
        if fix is None or not isinstance(value, ast.Constant):
            return None
        became = self.became("renamed" if self._known(self.values, value) is not None else "removed")
        if self.outcome is Fate.SILENT and self.named_accuracy:
            became = f"names nothing since {self.release.said}"
        elif self.outcome is Fate.SILENT:
            became = self.became("changed")
        form = self.form.format(callee=short(callee), argument=argument, value=literal(value.value))
        return f"{form} {became}: {fix.said}"


@dataclass(frozen=True, eq=False)
class ValueUnfit(ValueChange):
    """A value of a certain form that an argument no longer takes."""

    looks: Looks
    form: str
    """The old form in words or code, in place of ``argument=value``: ``'a path without .keras'``."""
    instead: str
    """What to do, in words."""
    _: KW_ONLY
    sample: str
    """A value of the old form."""
    new_sample: str
    """A value of the form of today."""
    ending: str = ""
    """Of a path, the ending that it must have. Whoever reads or writes the same file must be changed with it."""
    new: str = ""
    """The value of today as code, with ``value`` for what is passed."""
    unless: tuple[str, ...] = ()
    """Other arguments with which the old form is right."""
    only_with: Mapping[str, object] = NOTHING
    """Other arguments, with their values, without which the old form is right."""
    beside: tuple[str, ...] = ()
    """Other arguments, one of which must be given too, and not as ``None``: without, the old form is right."""

    def fix(self, value: ast.expr) -> Fix | None:
        """Return what to write instead; ``None`` where ``value`` is not of the old form."""
        if not self.looks(value):
            return None
        if self.ending:
            template = Template("stem", f'f"{{stem}}{self.ending}"')
            together = "all that reads or writes the file is changed with it"
            return Fix(self.instead, Place.VALUE, template, Safety.UNSAFE, together)
        if self.new:
            return Fix(self.instead, Place.VALUE, Template("value", self.new), Safety.SAFE)
        return Fix(self.instead)

    def message(self, callee: str, argument: str, value: ast.expr) -> str | None:  # noqa: ARG002 - the form says it
        """Name the old form and what to write instead; ``None`` where ``value`` is not of the old form."""
        fix = self.fix(value)
        if fix is None:
            return None
        became = f"is refused since {self.release.said}" if self.outcome is Fate.RAISES else self.became("changed")
        return f"{short(callee)}({self.form}) {became}: {fix.said}"
