"""From a tree, the names in it and the tables of changes to findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8_paramdoc.changes import OLD_MEMBERS, OLD_NAMES
from flake8_paramdoc.matching.behaviours import match_behaviours
from flake8_paramdoc.matching.calls import match_calls
from flake8_paramdoc.matching.docstrings import find_in_texts
from flake8_paramdoc.matching.era import Era, is_for_keras_1, is_for_keras_3
from flake8_paramdoc.matching.finding import Finding, Match, located
from flake8_paramdoc.matching.keras_tensors import match_tensors
from flake8_paramdoc.matching.members import match_members
from flake8_paramdoc.matching.names import match_names
from flake8_paramdoc.matching.packages import WATCHED, match_packages
from flake8_paramdoc.matching.target import Target
from flake8_paramdoc.matching.tensor_flow import Tensors
from flake8_paramdoc.reading.keras_packages import KerasPackage, is_about_keras
from flake8_paramdoc.reading.object_types import Values
from flake8_paramdoc.reading.scopes import Names
from flake8_paramdoc.reading.walk import read

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Sequence

    from flake8_paramdoc.reading.collected import Reading

_WATCHED = OLD_NAMES | OLD_MEMBERS | WATCHED | {"trainable"}
"""The attributes that a walk is to collect."""

_UNKNOWN = Era()


def find(
    tree: ast.AST,
    lines: Sequence[str],
    *,
    names: Names | None = None,
    target: int = 3,
    deprecated: bool = False,
) -> list[Finding]:
    """Find what the ``target`` version of Keras, 2 or 3, no longer takes, in the order of the source.

    ``tree`` is the result of ``ast.parse``, also with ``mode="eval"``. ``lines`` are the lines of its source as Python
    counts them, with or without their ends: a file's ``readlines``, but not ``str.splitlines``, which splits at form
    feeds too. ``names`` are there before the source begins: those that `reading.walk.read` finds in code that runs
    before it. With ``deprecated``, what still works is found too: KER901 and KER902.
    """
    has_ends = bool(lines) and lines[0].endswith(("\n", "\r"))
    source = ("" if has_ends else "\n").join(lines)
    if names is None and not is_about_keras(source):
        return []
    return _find(tree, lines, source, names, target=target, deprecated=deprecated)[0]


def _find(
    tree: ast.AST,
    lines: Sequence[str],
    source: str,
    names: Names | None,
    *,
    target: int,
    deprecated: bool,
) -> tuple[list[Finding], Names]:
    """Find what is outdated in a tree, and what its names stand for."""
    module, reading, matches = _matches(tree, source, names, _UNKNOWN, target=target, deprecated=deprecated)
    found = [located(match, lines) for match in _decided(matches, source, _UNKNOWN)]
    # A file that uses the frozen Keras alone shows code for it, whatever its docstrings call it.
    shown = 2 if reading.packages == {KerasPackage.FROZEN} else target
    found += find_in_texts(
        reading,
        lines,
        lambda tree, lines, names: _find(tree, lines, "\n".join(lines), names, target=shown, deprecated=deprecated),
    )
    ordered = sorted(set(found), key=lambda finding: (finding.line, finding.column, finding.code, finding.message))
    return ordered, module


def _matches(
    tree: ast.AST, source: str, names: Names | None, era: Era, *, target: int, deprecated: bool
) -> tuple[Names, Reading, list[Match]]:
    module = Names(names)
    reading = read(tree, module, _WATCHED)
    values = Values(reading)
    tensors = Tensors(reading, values)
    aim = Target.of(source, keras=target, deprecated=deprecated)
    matches = [
        *match_calls(reading, values, aim),
        *match_names(reading, aim),
        *match_members(reading, values, tensors, aim),
        *match_packages(reading, aim),
    ]
    if reading.uses_keras:
        matches += match_tensors(reading, values, tensors, aim)
        matches += match_behaviours(reading, values, tensors, aim, tuple(matches), era)
    return module, reading, matches


def match(
    tree: ast.AST, source: str, *, names: Names | None = None, target: int = 3, era: Era = _UNKNOWN
) -> tuple[list[Match], Reading, Era]:
    """Return what is written in an old form in a tree, what was read of it, and what it says of its Keras.

    What still works is among it; what its docstrings show is not among it.

    :param era: what it said before some of it was written anew.
    """
    _, reading, matches = _matches(tree, source, names, era, target=target, deprecated=True)
    decided = list(_decided(matches, source, era))
    return decided, reading, era.with_more(matches, reading) if matches else era


def _decided(matches: list[Match], source: str, era: Era) -> Iterator[Match]:
    """Yield what is outdated for sure, and what is only doubtful where the file says for which Keras it is."""
    old = era.is_keras_1 or is_for_keras_1(matches)
    new = any(match.change.before_keras_3 for match in matches) and is_for_keras_3(source)
    return (match for match in matches if (old or not match.doubtful) and not (new and match.change.before_keras_3))
