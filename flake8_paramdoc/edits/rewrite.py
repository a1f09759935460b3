"""What is written instead of one finding: edits and imports that are made together, or not at all."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flake8_paramdoc.changes.shapes import Safety
from flake8_paramdoc.edits.source import Edit
from flake8_paramdoc.matching.era import Era

if TYPE_CHECKING:
    from flake8_paramdoc.changes.shapes import Fix
    from flake8_paramdoc.edits.imports import Operation
    from flake8_paramdoc.edits.source import Source
    from flake8_paramdoc.edits.spelling import Spelling
    from flake8_paramdoc.edits.uses import Uses
    from flake8_paramdoc.matching.finding import Site
    from flake8_paramdoc.reading.collected import Reading


@dataclass(frozen=True)
class Rewrite:
    """Edits that belong together."""

    edits: tuple[Edit, ...]
    operations: tuple[Operation, ...] = ()
    safety: Safety = Safety.SAFE
    reason: str = ""
    """Why it is not safe, or what must be so for it to be."""

    def overlaps(self, others: Iterable[Edit]) -> bool:
        """Tell whether an edit of it and another one write at the same place."""
        return any(_overlap(edit, other) for edit in self.edits for other in others)


def _overlap(one: Edit, other: Edit) -> bool:
    if one == other:
        return False  # the same is written once
    if one.start == one.end or other.start == other.end:
        return other.start <= one.start <= other.end or one.start <= other.start <= one.end
    return one.start < other.end and other.start < one.end


@dataclass(frozen=True)
class Context:
    """A file, and what is known of it."""

    source: Source
    uses: Uses
    reading: Reading
    spelling: Spelling
    is_package: bool = False
    """Whether it is an ``__init__.py``, whose imports others use."""
    era: Era = field(default_factory=Era)
    """What it says of its Keras."""

    def value_of(self, name: ast.Name) -> ast.expr | None:
        """Return what a name is assigned, where that is one thing alone and no other name; ``None``: not known."""
        binders = self.uses.binders(name, name.id)
        made = self.source.parents.get(id(binders[0])) if len(binders) == 1 else None
        if not isinstance(made, ast.Assign) or made.targets != binders or isinstance(made.value, ast.Name):
            return None
        return None if any(part is name for part in ast.walk(made.value)) else made.value

    def spelled(
        self, fix: Fix, site: Site, near: ast.AST, *, bare: bool = False
    ) -> tuple[Mapping[str, str], tuple[Operation, ...]] | None:
        """Return how the names are written that a fix takes from packages, and what must be imported for them."""
        texts: dict[str, str] = {}
        operations: list[Operation] = []
        for name in sorted(fix.names):
            found = self.spelling.spelled(name, site, near, bare=bare)
            if found is None:
                return None
            texts[name] = found.text
            operations += [found.added] if found.added is not None else []
        return texts, tuple(operations)
