"""Arguments that mean something else at their place, or must be passed (4)."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from flake8_paramdoc.changes.record import KW_ONLY, dataclass
from flake8_paramdoc.changes.shapes.change import Change, short
from flake8_paramdoc.changes.shapes.fix import Fix, Place, Safety
from flake8_paramdoc.changes.shapes.template import Template
from flake8_paramdoc.changes.shapes.values import Looks


@dataclass(frozen=True, eq=False)
class PositionChanged(Change):
    """An argument that means something else at its place, or can no longer be passed by its place."""

    kind = 4

    callees: tuple[str, ...]
    position: int
    """The place of the first argument whose meaning changed; the first is 0."""
    looks: Looks
    """Whether what stands there is written for the old meaning."""
    old: str
    """The old order of the arguments, as it is said; ``...`` for those before."""
    new: str
    """How they are written today, inside the parentheses; empty where the last of ``old`` is dropped."""
    _: KW_ONLY
    order: Mapping[str, str] | str
    """The whole old order of the parameters, as Keras called them: of all callees, or of each."""
    sample: str
    """Arguments of the old form."""
    new_sample: str
    """The same arguments as they are written today."""
    spelled: frozenset[str] = frozenset()
    """The names of the callee under which it is an old form; all, if empty."""
    doubtful: bool = False
    """Whether the same is also written for today's meaning, so that only a file that is older otherwise tells."""
    head: str = ""
    """The first arguments as they are written today, with the names of ``order``; without it, those before ``position``
    stay where they are. All that follow are passed by the names of ``order``, which may be old forms themselves."""
    named_from: str = ""
    """The first argument that is passed by its name, where another stands today in its place; empty: that at
    ``position``."""
    by_hand: bool = False
    """Whether today's form takes what the old one does not say."""

    def template(self, callee: str) -> Template:
        """Return what turns the arguments by their places into the same, from the changed place on by their names."""
        names = (self.order if isinstance(self.order, str) else self.order[callee]).split(", ")
        kept = names.index(self.named_from) if self.named_from else self.position
        head = self.head or ", ".join(names[:kept])
        taken = {node.id for node in ast.walk(ast.parse(f"_({head})")) if isinstance(node, ast.Name)}
        rest = [f"{name}={name}" for name in names if name not in taken]
        needed = max(self.position + 1, *(names.index(name) + 1 for name in names if name in taken), 0)
        old = [name if place < needed else f"{name}=..." for place, name in enumerate(names)]
        return Template(", ".join(old), ", ".join([head, *rest] if head else rest), is_arguments=True)

    def fix(self, callee: str) -> Fix:
        """Return what to write instead.

        :param callee: the one of ``callees`` that is called.
        """
        said = f"write {short(callee)}({self.new})" if self.new else f"drop {self.last}"
        if self.by_hand:
            return Fix(said, Place.ARGUMENTS, None, Safety.BY_HAND)
        return Fix(said, Place.ARGUMENTS, self.template(callee), Safety.SAFE)

    def message(self, callee: str) -> str:
        """Name the old form and what to write instead."""
        instead = f"write {short(callee)}({self.new})" if self.new else f"drop {self.last}"
        return f"{short(callee)}({self.old}) {self.became('changed')}: {instead}"

    @property
    def last(self) -> str:
        """The argument that stands last in the old order."""
        return self.old.rpartition(", ")[2]


@dataclass(frozen=True, eq=False)
class ArgumentRequired(Change):
    """An argument that had a default, and must be passed today."""

    kind = 4

    callees: tuple[str, ...]
    argument: str
    default: str
    """What it was when it was left out, as code."""
    _: KW_ONLY
    position: int = 0
    """Where it stands when it is passed without its name; the first is 0."""

    holds: str = ""
    """What else may depend on it, so that a person must allow it; empty: nothing."""

    @property
    def fix(self) -> Fix:
        """What to write."""
        new = f"{self.argument}={self.default}"
        safety = Safety.UNSAFE if self.holds else Safety.SAFE
        return Fix(f"write {new}", Place.ADDED, Template("", new, is_arguments=True), safety, self.holds)

    def message(self, callee: str) -> str:
        """Name the old form and what to write instead."""
        missing = f"{short(callee)}(...) without {self.argument}"
        return f"{missing} is refused since {self.release.said}: {self.fix.said}"


@dataclass(frozen=True, eq=False)
class DefaultChanged(ArgumentRequired):
    """An argument whose default is another one today, so that a call without it means something else."""

    kind = 3

    def message(self, callee: str) -> str:
        """Name the old form and what to write instead."""
        missing = f"{short(callee)}(...) without {self.argument}"
        return f"{missing} {self.became('changed')}: {self.fix.said}"
