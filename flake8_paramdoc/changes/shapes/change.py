"""What all changes of Keras have in common; the files beside this one hold their shapes, by the last digit of the code.

A row of the tables is one of those shapes. What it holds is data; which code it reports follows from its shape (the
last digit), from the step that it belongs to (the first digit) and from what becomes of the old form in Keras 3. What
to write instead is a :class:`~flake8_paramdoc.changes.shapes.fix.Fix`, and messages come from that.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from flake8_paramdoc.changes.record import KW_ONLY, dataclass

if TYPE_CHECKING:
    from flake8_paramdoc.changes.releases import Release

_OF_POSITIONS = 4
"""The kind of a changed position, which has a code of its own also where it is silent."""

_NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")


class Fate(Enum):
    """What becomes of an old form in Keras 3."""

    RAISES = "raises an error"
    SILENT = "runs, and does something else"
    WARNS = "works, with a warning"
    WORKS = "works"


class Everything:
    """Holds every value."""

    def __contains__(self, value: object) -> bool:
        """Tell that it does."""
        return True


ANY = Everything()
"""Whatever the value of an argument is."""


def short(dotted: str) -> str:
    """Return a name as people say it: ``Dense``, ``Model.fit``, and ``keras.backend.mean`` for all that is no class."""
    parts = dotted.split(".")
    first = next((i for i, part in enumerate(parts) if part[:1].isupper()), 0)
    return ".".join(parts[first:])


def literal(value: object) -> str:
    """Write a value as code, strings in double quotes."""
    return f'"{value}"' if isinstance(value, str) else repr(value)


def is_name(text: str) -> bool:
    """Tell whether a text is the name of something, dotted or not, and no words about it."""
    return _NAME.fullmatch(text) is not None


@dataclass(frozen=True, eq=False)
class Change:
    """Something that code for an older Keras does and that a later one no longer takes.

    Shapes with abstract methods have no ``ABCMeta``: type checkers hold them to it without, and ``isinstance``, which
    the indexes ask of each row, takes ten times as long with it.
    """

    release: Release
    """The first release that has the change, and what says so."""
    _: KW_ONLY
    outcome: Fate = Fate.RAISES
    kept_in_tensorflow: bool = False
    """Whether the old form still works under ``tensorflow.keras``, with Keras 3 behind it."""
    silently: str = "has no effect"
    """What becomes of an old form of which nothing is said when it runs, as the predicate of a sentence."""
    before_keras_3: bool = False
    """Whether it is an old form only in a file of which nothing says that it was written for Keras 3."""
    only_in_tensorflow: bool = False
    """Whether the old form still works under ``keras``, and is gone under ``tensorflow.keras`` alone."""

    kind: ClassVar[int]
    """The last digit of the code."""

    @property
    def since(self) -> str:
        """The number of the release."""
        return self.release.since

    @property
    def source(self) -> str:
        """Where that is written."""
        return self.release.source

    @property
    def major(self) -> int:
        """The Keras that the change belongs to: 2 or 3."""
        return self.release.step

    @property
    def code(self) -> str:
        """The code of its findings: ``KER101`` is kind 1 in the step from Keras 1 to Keras 2."""
        if self.outcome is Fate.WARNS:
            return "KER901"
        if self.outcome is Fate.WORKS:
            return "KER902"
        if self.outcome is Fate.SILENT and self.major == 3 and self.kind != _OF_POSITIONS:
            return "KER207"
        return f"KER{self.major - 1}0{self.kind}"

    def became(self, what: str) -> str:
        """Say in a participle what became of the old form, and when."""
        if self.outcome is Fate.WARNS:
            return f"is deprecated in {self.release.said}"
        if self.outcome is Fate.WORKS:
            return "is an old form that still works"
        if self.code == "KER207":
            return f"{self.silently} since {self.release.said}"
        return f"was {what} in {self.release.said}"
