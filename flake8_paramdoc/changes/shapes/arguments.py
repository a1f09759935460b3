"""Arguments that are passed by keyword, and are renamed (1) or gone (2)."""

from __future__ import annotations

import ast
import re
from abc import abstractmethod
from collections.abc import Container, Mapping
from functools import cached_property

from flake8_paramdoc.changes.record import KW_ONLY, NOTHING, dataclass
from flake8_paramdoc.changes.shapes.change import Change, is_name, short
from flake8_paramdoc.changes.shapes.fix import Fix, Place, Safety
from flake8_paramdoc.changes.shapes.template import Template

NOT_LITERAL = object()
"""The value of an argument that is no literal, so that only a run could tell it."""


@dataclass(frozen=True, eq=False)
class ArgumentChange(Change):
    """A change of arguments that are passed by keyword, the same for each of ``callees``."""

    callees: tuple[str, ...]
    """The functions, classes and methods, by the names of today's documentation: ``keras.models.Model.fit``."""
    arguments: Mapping[str, str]
    """From each old argument to what is written instead; the shapes say how."""
    _: KW_ONLY
    but: tuple[str, ...] = ()
    """Those that are a kind of one of ``callees`` and take the arguments all the same."""
    distinctive: bool = False
    """Whether a method of this name with this argument exists nowhere but in Keras, so that its receiver need not be
    known."""

    @property
    def old(self) -> Mapping[str, str]:
        """From each argument, as it was called, to what is written instead."""
        return self.arguments

    @abstractmethod
    def fix(self, argument: str, value: object = NOT_LITERAL) -> Fix:
        """Return what to write instead of ``argument`` with ``value``: a literal's, or ``NOT_LITERAL``."""

    @property
    def participle(self) -> str:
        """What became of the arguments."""
        return "renamed" if self.kind == 1 else "removed"

    def message(self, callee: str, argument: str, value: object) -> str:
        """Name the old form, what became of it, and what to write instead."""
        return f"{short(callee)}({argument}=...) {self.became(self.participle)}: {self.fix(argument, value).said}"


@dataclass(frozen=True, eq=False)
class ArgumentsRenamed(ArgumentChange):
    """Arguments that go on under another name, or together under one.

    ``"old": "new"`` is another name for the same value. Of several that are written as one, each value is given a name,
    with which the new form is told: ``"nb_row=rows, nb_col=columns": "kernel_size=(rows, columns)"``. Where the new
    form holds a name that none of the old ones gives, or is told in words, a person must write it.
    """

    kind = 1

    @cached_property
    def _forms(self) -> Mapping[str, tuple[str, Mapping[str, str], str]]:
        """From each argument to its whole old form, what that calls its values, and the new form."""
        forms = {}
        for key, new in self.arguments.items():
            parts = [part.partition("=") for part in key.split(", ")]
            called = {name: hole or name for name, _, hole in parts}
            for name in called:
                forms[name] = (key, called, new)
        return forms

    @property
    def old(self) -> Mapping[str, str]:
        """From each argument, as it was called, to what is written instead."""
        return {name: new for name, (_, _, new) in self._forms.items()}

    def fix(self, argument: str, value: object = NOT_LITERAL) -> Fix:  # noqa: ARG002 - the value goes on as it is
        """Return what to write instead of ``argument``."""
        _, called, new = self._forms[argument]
        if is_name(new):
            template = Template(argument, f"{new}={argument}", is_arguments=True)
            return Fix(f"write {new}=...", Place.KEYWORD, template, Safety.SAFE)
        said = f"write {new}"
        if not _is_arguments(new):
            return Fix(said)
        for name, hole in called.items():
            new = re.sub(rf"(?<![\w.]){hole}\b(?!=)", name, new)
        template = Template(", ".join(called), new, is_arguments=True)
        safety = Safety.BY_HAND if template.unbound else Safety.SAFE
        return Fix(said, Place.KEYWORD, template, safety)


@dataclass(frozen=True, eq=False)
class ArgumentsRemoved(ArgumentChange):
    """Arguments that are gone, each with what to do, in words."""

    kind = 2

    _: KW_ONLY
    instead_of: Mapping[object, str] = NOTHING
    """What to do about a value for which that can be said more exactly."""
    safe: Container[object] = ()
    """The values with which an argument can be dropped, and all stays as it was; ``ANY``: whatever it is."""
    unsafe: Mapping[str, str] = NOTHING
    """From arguments that can be dropped with any value to what is different then."""

    def fix(self, argument: str, value: object = NOT_LITERAL) -> Fix:
        """Return what to do about the argument with ``value``."""
        # Compared, not looked up: a literal in a tree made by hand may have no hash.
        said = next((advice for old, advice in self.instead_of.items() if old == value), self.arguments[argument])
        if value in self.safe:
            return Fix(said, Place.DROPPED, None, Safety.SAFE)
        if argument in self.unsafe:
            return Fix(said, Place.DROPPED, None, Safety.UNSAFE, self.unsafe[argument])
        return Fix(said)


def _is_arguments(text: str) -> bool:
    """Tell whether a text can stand between the parentheses of a call, by keyword."""
    try:
        call = ast.parse(f"f({text})", mode="eval").body
    except SyntaxError:
        return False
    return isinstance(call, ast.Call) and not call.args
