"""What all changes of Keras have in common; the files beside this one hold their shapes, by the last digit of the code.

A row of the tables is one of those shapes. What it holds is data; which code it reports follows from its shape (the
last digit), from the step that it belongs to (the first digit) and from what becomes of the old form in Keras 3.
"""

from __future__ import annotations

from abc import ABC
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

_OF_POSITIONS = 4
"""The kind of a changed position, which has a code of its own also where it is silent."""


class Outcome(Enum):
    """What becomes of an old form in Keras 3."""

    RAISES = "raises an error"
    SILENT = "runs, and does something else"
    WARNS = "works, with a warning"
    WORKS = "works"


def short(dotted: str) -> str:
    """Return a name as people say it: ``Dense``, ``Model.fit``, and ``keras.backend.mean`` for all that is no class."""
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
        if self.outcome is Outcome.SILENT and self.major == 3 and self.kind != _OF_POSITIONS:
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
