"""What is written instead of an old form, as data: a message says it, and a fixer can write it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.record import dataclass

if TYPE_CHECKING:
    from flake8_paramdoc.changes.shapes.template import Template


class Safety(Enum):
    """How much may be different behind a fix."""

    SAFE = "the same layers, counts and values"
    UNSAFE = "it runs, and something else may depend on what was there"
    BY_HAND = "a person must decide"


class Place(Enum):
    """What of an old form a fix writes anew."""

    NAME = "the name alone, wherever it stands: what it is called with stays"
    CALL = "the whole call"
    MEMBER = "the last name of an attribute"
    KEYWORD = "the names of arguments"
    ARGUMENTS = "all arguments of the call"
    VALUE = "the value of the argument"
    DROPPED = "the argument goes, with its comma"
    STATEMENT = "the statement that the call is goes"
    ADDED = "an argument is added to the call"
    TOP = "a statement is added behind the imports"
    NOTHING = "nothing: what to do is said in words"


@dataclass(frozen=True)
class Fix:
    """What to do about an old form."""

    said: str
    """What to do, as a message says it."""
    place: Place = Place.NOTHING
    template: Template | None = None
    """What is written there. It binds what the old form passes; what it leaves unbound, a person must fill in."""
    safety: Safety = Safety.BY_HAND
    holds: str = ""
    """What must be so for the safety, where the code at the place does not tell; empty: nothing else."""

    in_result: bool = False
    """Whether it is safe all the same where nothing takes what the call gives."""

    @property
    def names(self) -> frozenset[str]:
        """The full names that must be imported for it, in the file's own namespace."""
        return self.template.names if self.template is not None else frozenset()
