"""What several places of a file do together, and Keras 3 does in another way, or refuses (3)."""

from __future__ import annotations

from flake8_paramdoc.changes.record import KW_ONLY, dataclass, replace
from flake8_paramdoc.changes.shapes.change import Change
from flake8_paramdoc.changes.shapes.fix import Fix


@dataclass(frozen=True, eq=False)
class Behaviour(Change):
    """A form that no single name or argument tells: a function of its own finds it, by ``key``."""

    kind = 3

    key: str
    """What the function that finds it calls it."""
    owners: tuple[str, ...]
    """The classes and functions that it is about."""
    old: str
    """The old form, as it is said."""
    then: str
    """What becomes of it: the predicate of a sentence, with names in braces for what the file tells."""
    instead: str
    """What to write or do, in words."""
    _: KW_ONLY
    sample: str
    """A source in which it is found, behind ``import keras``."""
    new_sample: str
    """The same as it is written today."""
    fix: Fix | None = None
    """What can be written without a person."""

    def fixes(self) -> tuple[Fix, ...]:
        """Return what to write instead."""
        return (Fix(self.instead) if self.fix is None else replace(self.fix, said=self.instead),)

    def message(self, **told: object) -> str:
        """Name the old form, what became of it, and what to write instead.

        :param told: what stands for the names in braces.
        """
        old, then, instead = (text.format(**told) for text in (self.old, self.then, self.instead))
        return f"{old} {then} since {self.release.said}: {instead}"
