"""Members of objects and classes that are renamed (5) or gone (6)."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from enum import Enum
from typing import ClassVar

from flake8_paramdoc.changes.record import KW_ONLY, NOTHING, dataclass
from flake8_paramdoc.changes.shapes.change import Change, is_name, short
from flake8_paramdoc.changes.shapes.fix import Fix, Place, Safety
from flake8_paramdoc.changes.shapes.template import Template


class Use(Enum):
    """How a member of an object or of a class is met in code."""

    READ = "read"
    WRITTEN = "written"
    DEFINED = "defined"


@dataclass(frozen=True, eq=False)
class MemberChange(Change):
    """A change of the methods and attributes of objects of Keras, or of those that a subclass defines."""

    owners: tuple[str, ...]
    members: Mapping[str, str]
    """From each old member to the new one, or to what to do instead. A method ends with ``()``."""
    _: KW_ONLY
    but: tuple[str, ...] = ()
    """Kinds of ``owners`` that have the members all the same."""
    uses: frozenset[Use] = frozenset({Use.READ})
    until_called: bool = False
    """Whether the members are there once the object was called as a layer is, or was put into another model."""
    distinctive: frozenset[str] = frozenset()
    """Those of the members that no other library has, so that the object need not be known."""
    not_in_classes: bool = False
    """Whether the method is right when a class calls it on itself."""
    calls: Mapping[str, str] = NOTHING
    """Of methods whose calls can be written anew, from the call, as a definition has it without ``self``, to the code
    of today, with ``self`` for the object: ``"apply(x)": "self(x)"``."""
    old_call: Callable[[ast.Call], bool] | None = None
    """Of methods that Keras has all the same, what tells a call of the old form from one of today's."""
    holds: Mapping[str, str] = NOTHING
    """By the method, what must be so for what is written for its calls to be the same."""

    participle: ClassVar[str]
    verb: ClassVar[str] = ""

    def fix(self, member: str) -> Fix:
        """Return what to write instead of a member, as it is listed."""
        new = self.members[member]
        said = f"{self.verb}{new}"
        for form, code in self.calls.items():
            name, _, parameters = form[:-1].partition("(")
            if name == member.removesuffix("()"):
                template = Template(f"self, {parameters}" if parameters else "self", code)
                safety = Safety.UNSAFE if name in self.holds else Safety.SAFE
                if template.unbound:
                    safety = Safety.BY_HAND
                return Fix(said, Place.CALL, template, safety, self.holds.get(name, ""))
        plain = new.removesuffix("()")
        if self.verb and is_name(plain):
            return Fix(said, Place.MEMBER, Template("", plain), Safety.SAFE)
        return Fix(said)

    def message(self, owner: str, member: str) -> str:
        """Name the old form, what became of it, and what to write instead."""
        old = f"{short(owner)}.{member}"
        if self.uses == {Use.WRITTEN}:
            old = f"{old} = ..."
        return f"{old} {self.became(self.participle)}: {self.fix(member).said}"


@dataclass(frozen=True, eq=False)
class MembersRenamed(MemberChange):
    """Members that go on under another name."""

    kind = 5
    participle = "renamed"
    verb = "write "


@dataclass(frozen=True, eq=False)
class MembersRemoved(MemberChange):
    """Members that are gone."""

    kind = 6
    participle = "removed"
