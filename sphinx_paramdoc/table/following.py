"""How the rows of a table follow the arguments: some are there no more, and some layers are there that have no row.

Three blocks that are listed one by one are three rows. With two of them the third is gone, and with five two more are
there than the table names: they share a row, so that the rows add up whatever the arguments are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from sphinx_paramdoc.law import Polynomial, domain, fitting
from sphinx_paramdoc.law.coming import Coming, Comings
from sphinx_paramdoc.law.polynomial import total
from sphinx_paramdoc.table.view import Kind, ViewRow

if TYPE_CHECKING:
    from sphinx_paramdoc.law import Law
    from sphinx_paramdoc.table.in_arguments import InArguments


class Further(NamedTuple):
    """Layers that are there with more of an argument, and have no row of their own."""

    behind: str
    """The key of the row behind which they stand."""
    number: Polynomial
    """How many they are, where that is more than none."""
    held: Polynomial
    """What they hold."""


class Following(NamedTuple):
    """What becomes of rows with other arguments; rows are named by their keys."""

    comings: Comings
    held: dict[str, Polynomial | None]
    """What each row holds as long as it is there; ``None`` where nobody knows that."""
    there: dict[str, Coming]
    """When those are there that are not always."""
    renamed: set[str]
    """Those that have another name where there are more layers or fewer, as a framework numbers them in their order."""
    further: list[Further]


def following(rows: Sequence[ViewRow], shown: InArguments) -> Following:
    """Return what becomes of the rows of a table, and of those inside them."""
    found = Following(Comings(shown.law), {}, {}, set(), [])
    for level in _levels(rows):
        _follow(level, shown, found)
    return found


def _levels(rows: Sequence[ViewRow]) -> Iterator[Sequence[ViewRow]]:
    yield rows
    for row in rows:
        if row.rows:
            yield from _levels(row.rows)


def _follow(rows: Sequence[ViewRow], shown: InArguments, found: Following) -> None:
    """Tell what becomes of rows that stand side by side: by their names, or else by their order."""
    single = [row for row in rows if row.repeat == 1 and row.kind is not Kind.QUIET]
    came = {row.key: found.comings.of(row.layers[0].path) for row in single}
    named = {key: coming for key, coming in came.items() if coming}
    held = {row.key: shown.of_view(row) for row in rows}
    whole = shown.of_rows(rows)
    level = _Level(shown.law, whole, held, named)
    further = level.further()
    if further is None and (ordered := _ordered(rows, shown)):
        level = _Level(shown.law, whole, held | ordered.held, ordered.coming)
        further = level.further()
        if further is not None:
            found.renamed.update({*ordered.coming, *(key for key, each in named.items() if each.number)})
            found.there.update({key: each._replace(place=0) for key, each in named.items() if each.number})
    if further is None:
        doubtful = named or [row.key for row in rows if row.params]
        found.held.update(
            {key: None if made != Polynomial() and key in doubtful else made for key, made in held.items()}
        )
        return
    found.held.update(level.held)
    found.there.update({key: coming for key, coming in level.coming.items() if coming.number})
    found.further.extend(further)


class _Ordered(NamedTuple):
    """Rows as they come and go in their order, whatever they are called."""

    held: dict[str, Polynomial | None]
    coming: dict[str, Coming]


def _ordered(rows: Sequence[ViewRow], shown: InArguments) -> _Ordered | None:
    """Return when rows are there, if the last of equal ones go first; ``None`` where some are elsewhere too."""
    found = _Ordered({}, {})
    inside = set[int]().union(*(shown.positions(row) for row in rows))
    for row in rows:
        held = shown.positions(row)
        parts = [part for part in shown.law.parts if not part.positions.isdisjoint(held)]
        part = min(parts, key=lambda part: len(part.positions), default=None)
        # What holds some that are always as many is always there.
        if part is None or row.repeat > 1 or any(part.number.is_constant for part in parts):
            found.held[row.key] = shown.as_many(held) if row.repeat == 1 else shown.of_view(row)
            continue
        if part.positions <= held:
            often = part.number * Polynomial.number(Fraction(1, len(part.positions)))
            found.held[row.key] = often * shown.as_many(held)
            continue
        if not part.positions <= inside:
            return None
        order, own = sorted(part.positions), part.positions & held
        each = len(own)
        place = max(order.index(position) for position in own) // each
        number = part.number * Polynomial.number(Fraction(1, each))
        found.held[row.key] = shown.as_many(held)
        found.coming[row.key] = Coming(("", str(order[0])), len(order) // each, number, place)
    return found


class _Level:
    """Rows that stand side by side, and when they are there."""

    def __init__(
        self, law: Law, whole: Polynomial | None, held: dict[str, Polynomial | None], coming: dict[str, Coming]
    ) -> None:
        """Take what all of them hold, what each holds, and when those are there that are not always."""
        self._law = law
        self._whole = whole
        self.held = held
        self.coming = coming

    def further(self) -> list[Further] | None:
        """Return what is there with more of each argument; ``None`` where rows would not add up to what is there."""
        held = [each for each in self.held.values() if each is not None]
        is_known = self._whole is not None and len(held) == len(self.held)
        if not is_known or self._whole is None:
            return None if self.coming else []
        missing = self._whole - total(held)
        found = []
        for name in sorted({name for coming in self.coming.values() for name in _names(coming)}):
            keys = [key for key, coming in self.coming.items() if _names(coming) == {name}]
            others = missing.names() & {*self._law.repeating} - {name}
            more = missing.put({other: self._law.arguments[other] for other in others})
            if not self._is_right(name, keys, more):
                return None
            if more:
                kinds = {each.like_it: each for key in keys if (each := self.coming[key]) and self._stays(key, name)}
                number = total(each.number - Polynomial.number(each.now) for each in kinds.values() if each.number)
                found.append(Further(keys[-1], number, more))
        return found if total(each.held for each in found) == missing else None

    def _is_right(self, name: str, keys: Sequence[str], more: Polynomial) -> bool:
        """Tell whether the rows that are gone with less of an argument hold what is less then."""
        for value in range(max(domain.least(self._law, name), 0), self._law.arguments[name]):
            gone = [self.held[key] for key in keys if not _is_there(self.coming[key], name, value)]
            less = total(each.put({name: value}) for each in gone if each is not None)
            if less + more.put({name: value}):
                return False
        return bool(keys)

    def _stays(self, key: str, name: str) -> bool:
        """Tell whether a row stands for one layer, however many are like it."""
        held = self.held[key]
        return held is not None and name not in held.names()


def _names(coming: Coming) -> set[str]:
    return coming.number.names() if coming.number is not None else set()


def _is_there(coming: Coming, name: str, value: int) -> bool:
    number = fitting.at({name: value}, coming.number) if coming.number is not None else None
    return number is not None and number > coming.place
