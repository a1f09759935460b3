"""Some of the changes: those of the layers that patterns name."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from sphinx_paramdoc.difference.changes import Change, Difference


def only(difference: Difference, patterns: Sequence[str]) -> tuple[Difference, list[str]]:
    """Return the changes of layers whose paths fit a pattern, or that hold such, and the patterns that none fits."""
    fitting: set[str] = set()
    changes = tuple(change for change in difference.changes if _fits(change, "", patterns, fitting))
    equal = tuple(layer for layer in difference.equal if _fit(layer.name, patterns, fitting))
    moved = tuple(layer for layer in difference.moved if _fit(layer.name, patterns, fitting))
    unmatched = [pattern for pattern in patterns if pattern not in fitting]
    return difference._replace(changes=changes, equal=equal, moved=moved), unmatched


def _fits(change: Change, around: str, patterns: Sequence[str], fitting: set[str]) -> bool:
    found = [_fit(around + layer.name, patterns, fitting) for layer in (*change.before, *change.after)]
    inside = [_fits(each, f"{around}{change.after[0].name}/", patterns, fitting) for each in change.inside]
    return any([*found, *inside])


def _fit(path: str, patterns: Sequence[str], fitting: set[str]) -> bool:
    found = [pattern for pattern in patterns if fnmatchcase(path, pattern)]
    fitting.update(found)
    return bool(found)
