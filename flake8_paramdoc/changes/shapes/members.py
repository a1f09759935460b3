"""Members of objects and classes that are renamed (5) or gone (6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from flake8_paramdoc.changes.shapes.change import Change, short


class Use(Enum):
    """How a member of an object or of a class is met in code."""

    READ = "read"
    WRITTEN = "written"
    DEFINED = "defined"


@dataclass(frozen=True, kw_only=True, eq=False)
class MemberChange(Change):
    """A change of the methods and attributes of objects of Keras, or of those that a subclass defines."""

    owners: tuple[str, ...]
    but: tuple[str, ...] = ()
    """Kinds of ``owners`` that have the members all the same."""
    members: Mapping[str, str]
    """From each old member to the new one, or to what to do instead. A method ends with ``()``."""
    uses: frozenset[Use] = frozenset({Use.READ})
    not_in_classes: bool = False
    """Whether the method is right when a class calls it on itself."""

    participle: ClassVar[str]
    verb: ClassVar[str] = ""

    def message(self, owner: str, member: str) -> str:
        """Name the old form, what became of it, and what to write instead."""
        old = f"{short(owner)}.{member}"
        if self.uses == {Use.WRITTEN}:
            old = f"{old} = ..."
        return f"{old} {self.became(self.participle)}: {self.verb}{self.members[member]}"


@dataclass(frozen=True, kw_only=True, eq=False)
class MembersRenamed(MemberChange):
    """Members that go on under another name."""

    kind = 5
    participle = "renamed"
    verb = "write "


@dataclass(frozen=True, kw_only=True, eq=False)
class MembersRemoved(MemberChange):
    """Members that are gone."""

    kind = 6
    participle = "removed"
