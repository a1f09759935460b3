"""Functions of another package that are called on what only Keras takes (8)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from flake8_paramdoc.changes.record import KW_ONLY, NOTHING, dataclass
from flake8_paramdoc.changes.shapes.change import Change
from flake8_paramdoc.changes.shapes.fix import Fix
from flake8_paramdoc.changes.shapes.names import NamesRenamed

_LONG = 90
"""Letters of a call that is told by its function alone."""


@dataclass(frozen=True, eq=False)
class FunctionsOnTensors(Change):
    """Functions of a module that took Keras tensors, as layers of no class made of their calls, and refuse them.

    The functions themselves are what they were: only a call on a Keras tensor is an old form. How old and new forms are
    written is told at :class:`~flake8_paramdoc.changes.shapes.names.NameChange`.
    """

    kind = 8

    module: str
    forms: Mapping[str, str]
    """From each function, or the call of it, to what is called instead."""
    _: KW_ONLY
    others: str
    """What to do about a function that is not listed, in words."""
    holds: Mapping[str, str] = NOTHING
    """As of a change of names."""
    unsafe: Mapping[str, str] = NOTHING
    """As of a change of names."""

    @cached_property
    def functions(self) -> NamesRenamed:
        """The same as new names of functions."""
        return NamesRenamed(self.release, self.module, self.forms, holds=self.holds, unsafe=self.unsafe)

    def fixes(self, name: str) -> tuple[Fix, ...]:
        """Return what to write instead of a call of a function of the module, the first that fits."""
        return self.functions.fixes(name) or (Fix(self.others),)

    def message(self, name: str) -> str:
        """Name the function, what became of it, and what to write instead."""
        advice = self.functions.advice(name) if name in self.functions.names else self.others
        if len(advice) > _LONG and advice.endswith(")"):
            advice = f"{advice.partition('(')[0]}(...)"
        return f"{self.module}.{name} of a Keras tensor is refused since {self.release.said}: {advice}"
