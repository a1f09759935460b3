"""What modules hold: functions, classes, values, modules that are renamed (5) or gone (6)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar

from flake8_paramdoc.changes.record import KW_ONLY, NOTHING, dataclass, replace
from flake8_paramdoc.changes.shapes.change import Change, is_name, literal, short
from flake8_paramdoc.changes.shapes.fix import Fix, Place, Safety
from flake8_paramdoc.changes.shapes.template import Template

_LONG = 140
"""Letters of an advice that says two things and is better told by one of them."""


@dataclass(frozen=True, eq=False)
class NameChange(Change):
    """A change of what a module holds: functions, classes, values, modules.

    An old name stands in one of three forms:

    - ``"abs": "keras.ops.absolute"``: another name, and nothing else is another: it is called with the same arguments.
    - ``"argmax(x, axis=-1)": "keras.ops.argmax(x, axis=axis)"``: a call that is written anew, by a
      :class:`~flake8_paramdoc.changes.shapes.template.Template`. A name may have several, and the first that a call can
      be bound to is the one for it.
    - ``"rnn": "keras.layers.RNN, which is a layer"``: words. A person must decide.
    """

    module: str
    forms: Mapping[str, str]
    """From each old name, or the call of it, to what is written or done today."""
    _: KW_ONLY
    holds: Mapping[str, str] = NOTHING
    """What must be so that the new form does what the old one did, by the old name, where the call does not tell."""
    unsafe: Mapping[str, str] = NOTHING
    """What is another thing behind the new form, by the old name or the whole old form."""
    results: Mapping[str, str] = NOTHING
    """As ``unsafe``, of functions that do the same and give another thing, which often nothing takes."""
    called: Mapping[str, Mapping[object, str]] = NOTHING
    """Of names whose calls are told one by one, because an argument decides what to write: from ``name(argument=)`` to
    what to write instead of each value."""
    calls: Mapping[str, str] = NOTHING
    """What is written for those calls, and for calls of names that are told in words, as in ``forms``: the first that a
    call can be bound to is the one for it."""
    written: Mapping[str, str] = NOTHING
    """The name of today for one that is told in words."""
    dropped: Mapping[str, str] = NOTHING
    """Of functions whose calls can go where nothing takes their result, what there no longer is."""
    still_there: bool = False
    """Whether the names are there all the same, of classes that raise an error when they are called: code that only
    asks about them, as with ``isinstance``, goes on working."""

    taken: bool = False
    """Whether the names are looked for only where they are imported from their module. Of a module that no code spells
    out, and of a word that many attributes have, to look at each attribute would cost more than it finds."""

    verb: ClassVar[str] = "write "

    @cached_property
    def names(self) -> Mapping[str, str]:
        """From each old name to what is written or done today, as it is said."""
        found: dict[str, str] = {}
        for form, new in self.forms.items():
            name, is_call, _ = form.partition("(")
            if not is_call:
                found[name] = new
            elif name not in found:
                found[name] = ""  # said when it is asked for: to read templates takes time
        return found

    @property
    def is_module(self) -> bool:
        """Whether the names are those of modules, and what they held is to be looked for elsewhere."""
        return False

    def fixes(self, name: str) -> tuple[Fix, ...]:
        """Return what to write instead of a name, or of its calls: the first that fits is the one."""
        return self._fixes(name, self.forms)

    def fixes_of_call(self, name: str) -> tuple[Fix, ...]:
        """Return what to write instead of a call that is told by its arguments: the first that fits is the one."""
        return self._fixes(name, self.calls)

    def _fixes(self, name: str, forms: Mapping[str, str]) -> tuple[Fix, ...]:
        found = []
        for form, new in forms.items():
            old, is_call, parameters = form.partition("(")
            if old == name:
                template = Template(parameters[:-1] if is_call else "", new)
                if not is_call and not is_name(new):
                    return self._instead_of_words(self._in_words(name, new), name)
                result = self.results.get(name)
                unsafe = self.unsafe.get(form, self.unsafe.get(name, result))
                safety = Safety.UNSAFE if unsafe is not None else Safety.SAFE
                if template.unbound:
                    safety = Safety.BY_HAND
                place = Place.CALL if is_call else Place.NAME
                said = f"{self.verb}{template.said if is_call else new}"
                holds = unsafe or self.holds.get(name, "")
                found.append(Fix(said, place, template, safety, holds, in_result=result is not None))
        return tuple(found)

    def _instead_of_words(self, told: Fix, name: str) -> tuple[Fix, ...]:
        """Return what can be written instead of a name that is told in words, and the words."""
        if name in self.dropped:
            return (Fix(told.said, Place.STATEMENT, None, Safety.UNSAFE, self.dropped[name]), told)
        if name in self.written:
            template = Template("", self.written[name])
            safety = Safety.UNSAFE if name in self.unsafe else Safety.SAFE
            return (Fix(told.said, Place.NAME, template, safety, self.unsafe.get(name, "")),)
        if not any(form.startswith(f"{name}(") for form in self.calls) or any(
            form.startswith(f"{name}(") for form in self.called
        ):
            return (told,)
        return (*(replace(fix, said=told.said) for fix in self._fixes(name, self.calls)), told)

    def _in_words(self, name: str, new: str) -> Fix:
        """Return what is told in words; what TensorFlow's copy has kept, can also be had from there."""
        if not self.kept_in_tensorflow or self.module == "keras.backend":
            return Fix(f"{self.verb}{new}")
        said = f"use tensorflow.{self.module}, which still has it, or {new.removeprefix('use ')}"
        template = Template("", f"tensorflow.{self.module}.{name}")
        return Fix(said, Place.NAME, template, Safety.UNSAFE, "the backend is TensorFlow")

    def advice(self, name: str) -> str:
        """Say what to write instead of a name: what is right of every call, or else the first two for some."""
        fixes = self.fixes(name)
        of_all = [fix for fix in fixes if fix.template is None or not fix.template.is_conditional]
        said = list(dict.fromkeys(fix.said for fix in of_all[:1] or fixes[:2]))
        told = " or ".join([said[0], *(text.removeprefix(self.verb) for text in said[1:])])
        return told if len(told) < _LONG else said[0]

    def participle(self, name: str) -> str:
        """Say what became of a name."""
        return "removed" if self.kind == 6 else "renamed" if is_name(self.names[name]) else "replaced"

    def message(self, name: str) -> str:
        """Name the old form, what became of it, and what to write instead."""
        old = f"{self.module}.{name}"
        # Where only the module is another, the module must be said.
        said = old if self.kind == 5 and short(old) == short(self.names[name]) else short(old)
        return f"{said} {self.became(self.participle(name))}: {self.advice(name)}"

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


@dataclass(frozen=True, eq=False)
class NamesRenamed(NameChange):
    """Names that go on in another form or place."""

    kind = 5


@dataclass(frozen=True, eq=False)
class ModulesMoved(NameChange):
    """Modules whose members are found in another one, under the same names."""

    kind = 5
    verb = "use "

    @property
    def is_module(self) -> bool:
        """Whether the names are those of modules, and what they held is to be looked for elsewhere."""
        return True

    def participle(self, name: str) -> str:  # noqa: ARG002 - what they held goes on
        """Say what became of a module."""
        return "removed"

    def message(self, name: str) -> str:
        """Name the old form, what became of it, and what to write instead."""
        return f"{self.module}.{name} {self.became('removed')}: {self.advice(name)}"


@dataclass(frozen=True, eq=False)
class NamesRemoved(NameChange):
    """Names that are gone: what to do is told in words, or it is another way of writing the same."""

    kind = 6
    verb = ""

    def fixes(self, name: str) -> tuple[Fix, ...]:
        """Return what to write instead of a name, or of its calls."""
        return tuple(
            fix if fix.template is None or fix.said.startswith("use ") else replace(fix, said=f"use {fix.said}")
            for fix in super().fixes(name)
        )
