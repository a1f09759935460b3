"""Which layers are there at which settings: of three blocks that are listed one by one, the third from three on.

A table names layers, and with more of an argument there are more than it names, or fewer. The names at the executed
settings tell how many are named alike, and which of them are there; a number that they do not all agree with is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from sphinx_paramdoc.law import fitting
from sphinx_paramdoc.law.formula import Law
from sphinx_paramdoc.law.polynomial import Polynomial
from sphinx_paramdoc.sameness import without_numbers

_Kind: TypeAlias = tuple[str, str]
"""What layers have in common that are numbered: the path of what they are in, and their name without the number."""


class Coming(NamedTuple):
    """When a layer is there."""

    like_it: _Kind
    now: int
    """How many layers are named as it is, in the table."""
    number: Polynomial | None
    """How many there are in the arguments; ``None`` where the executed settings do not tell."""
    place: int
    """It is there where there are more than so many."""


class Comings:
    """Tells when layers are there, by the settings that were executed."""

    def __init__(self, law: Law) -> None:
        """Take a formula."""
        self._law = law
        self._settings = list(law.places.seen()) if law.places else []
        self._found = [_by_kind(paths) for _, paths in self._settings]
        self._known: dict[_Kind, Polynomial | None] = {}

    def of(self, path: str) -> Coming | None:
        """Return when a layer of the table is there; ``None`` where it always is."""
        kind = _kind(path)
        alike = self._found[0].get(kind, []) if self._found else []
        if path not in alike:
            return None
        if kind not in self._known:
            self._known[kind] = self._number(kind)
        number = self._known[kind]
        if number is not None and number.is_constant:
            return None
        return Coming(kind, len(alike), number, alike.index(path))

    def are_named(self, kind: _Kind, first: int, stem: str) -> bool:
        """Tell whether layers of a kind are called by a stem and the numbers from the first on, at each setting."""
        around = f"{kind[0]}/" if kind[0] else ""
        return all(
            alike == [f"{around}{stem}{number}" for number in range(first, first + len(alike))]
            for alike in (found.get(kind, []) for found in self._found)
        )

    def _number(self, kind: _Kind) -> Polynomial | None:
        """Return how many layers there are of a kind, if all settings agree, also on which they are."""
        met = [
            (arguments, found.get(kind, []))
            for (arguments, paths), found in zip(self._settings, self._found, strict=True)
            if not kind[0] or kind[0] in paths
        ]
        alike = met[0][1]
        counted = [(arguments, len(there)) for arguments, there in met]
        if not all(there[: len(alike)] == alike[: len(there)] for _, there in met):
            return None
        return next(
            (
                made
                for made in _choices(counted)
                if all(fitting.at(arguments, made) == number for arguments, number in counted)
            ),
            None,
        )


def _choices(counted: Sequence[tuple[Mapping[str, int], int]]) -> Iterator[Polynomial]:
    """Yield what a number may be that is known at some settings, the table's own first."""
    (base, now), *others = counted
    yield Polynomial.number(now)
    once: dict[str, fitting.Change] = {}
    for name, value in base.items():
        for arguments, number in others:
            if arguments[name] != value:
                slope = Fraction(number - now, arguments[name] - value)
                yield Polynomial.number(now - slope * value) + Polynomial.monomial(slope, {name: 1})
                break
    for arguments, number in others:
        changed = [name for name, value in arguments.items() if base[name] != value]
        if len(changed) == 1:
            once[changed[0]] = fitting.Change(changed[0], base[changed[0]], arguments[changed[0]], number)
    yield from fitting.candidates(now, list(once.values()))


def _by_kind(paths: Iterable[str]) -> dict[_Kind, list[str]]:
    found: dict[_Kind, list[str]] = {}
    for path in paths:
        found.setdefault(_kind(path), []).append(path)
    return found


def _kind(path: str) -> _Kind:
    around, _, name = path.rpartition("/")
    return around, without_numbers(name)
