"""Arguments that mean something else at their place, or must be passed (4)."""

from __future__ import annotations

from dataclasses import dataclass

from flake8_paramdoc.changes.shapes.change import Change, short
from flake8_paramdoc.changes.shapes.values import Looks


@dataclass(frozen=True, kw_only=True, eq=False)
class PositionChanged(Change):
    """An argument that means something else at its place, or can no longer be passed by its place."""

    kind = 4

    callees: tuple[str, ...]
    position: int
    """The place of the first argument whose meaning changed; the first is 0."""
    looks: Looks
    """Whether what stands there is written for the old meaning."""
    old: str
    """The old order of the arguments."""
    new: str
    """How they are written today, inside the parentheses; empty where the last of ``old`` is dropped."""
    sample: str
    """Arguments of the old form."""
    new_sample: str
    """The same arguments as they are written today."""
    spelled: frozenset[str] = frozenset()
    """The names of the callee under which it is an old form; all, if empty."""
    doubtful: bool = False
    """Whether the same is also written for today's meaning, so that only a file that is older otherwise tells."""

    def message(self, callee: str) -> str:
        """Name the old form and what to write instead."""
        instead = f"write {short(callee)}({self.new})" if self.new else f"drop {self.last}"
        return f"{short(callee)}({self.old}) {self.became('changed')}: {instead}"

    @property
    def last(self) -> str:
        """The argument that stands last in the old order."""
        return self.old.rpartition(", ")[2]


@dataclass(frozen=True, kw_only=True, eq=False)
class ArgumentRequired(Change):
    """An argument that had a default, and must be passed today."""

    kind = 4

    callees: tuple[str, ...]
    argument: str
    position: int
    """Where it stands when it is passed without its name; the first is 0."""
    default: str
    """What it was when it was left out, as code."""

    def message(self, callee: str) -> str:
        """Name the old form and what to write instead."""
        missing = f"{short(callee)}(...) without {self.argument}"
        return f"{missing} is refused since {self.release}: write {self.argument}={self.default}"
