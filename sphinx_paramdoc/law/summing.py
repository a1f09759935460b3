"""What the formula of a model adds: what its rows hold, so that a reader finds each part of it in the table.

What repeats is added up, as the row of equal blocks has it. Of all else each row stands by itself: positions of
``32 × width`` are not added to the ``2 × width`` of a normalization, as both together would be found nowhere. Rows that
hold one product, or are of one class and hold the same, are counted, and numbers alone are one number. Where that is
too long, rows of whatever class that hold the same are counted; where it still is, the smallest of what most rows have
are added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Protocol, TypeAlias

from sphinx_paramdoc.law.families import Kind
from sphinx_paramdoc.law.polynomial import Polynomial, Powers
from sphinx_paramdoc.law.writing import Term

_MORE = 2
"""A formula may add so many products more than the shortest sum does, or half as many again."""

_Row: TypeAlias = tuple[int, str]
"""The number of an outermost layer, and its class; or the class alone, where nobody knows which layer of it."""


class Weights(Protocol):
    """Weights that are alike, in the arguments."""

    @property
    def kind(self) -> Kind:
        """What they are."""

    @property
    def positions(self) -> frozenset[int]:
        """Where they stand in the model."""

    @property
    def number(self) -> Polynomial:
        """How many there are."""

    @property
    def size(self) -> Polynomial:
        """What one of them holds."""


def by_rows(parts: Iterable[Weights], owners: Sequence[int]) -> list[Term]:
    """Return what a formula adds, row by row.

    :param owners: the number of the outermost layer that counts a weight, for each weight of the model.
    """
    rows: dict[_Row, Polynomial] = {}
    repeated = Polynomial()
    every = list(parts)
    single = {owners[place] for part in every if part.number.is_constant for place in part.positions}
    no_row: set[Powers] = set()
    for part in every:
        fixed = part.number.constant
        repeated += (part.number - Polynomial.number(fixed)) * part.size
        for row, number in _holders(part, fixed, owners, single):
            rows[row] = rows.get(row, Polynomial()) + Polynomial.number(number) * part.size
            if number.denominator > 1:
                no_row |= {powers for powers, _ in part.size.terms()}
    alike = Counter(
        ("" if coefficient == 1 else kind, powers, coefficient)
        for (_, kind), held in sorted(rows.items(), key=_place)
        for powers, coefficient in held.terms()
    )
    found = [(powers, times * coefficient) for (_, powers, coefficient), times in alike.items()]
    known = dict(repeated.terms())
    found = _short(found, {(), *no_row, *known})
    of_rows = [(powers, known.pop(powers, Fraction()) + coefficient) for powers, coefficient in found]
    return [*known.items(), *((powers, coefficient) for powers, coefficient in of_rows if coefficient)]


def _short(terms: Sequence[Term], together: Collection[Powers]) -> list[Term]:
    """Return a sum that is no longer than it may be, with as much of what rows hold as there is room for.

    :param together: products that are added up anyway, as those are of which something is taken away.
    """
    found = list(terms)
    for powers in {*together, *(powers for powers, coefficient in terms if coefficient < 0)}:
        found = _merged(found, powers)
    least = len({powers for powers, _ in found})
    most = least + max(_MORE, least // 2)
    if len(found) > most:
        times = Counter(found)
        found = [(powers, many * coefficient) for (powers, coefficient), many in times.items()]
    while len(found) > most:
        [(powers, _)] = Counter(powers for powers, _ in found).most_common(1)
        found = _with_rest(found, powers, len(found) - most + 1)
    return found


def _with_rest(terms: Sequence[Term], powers: Powers, many: int) -> list[Term]:
    """Return a sum in which the smallest products of the same arguments are added up, behind the others.

    All of them are where the rest would not be the smallest: who looks for it would look for a row.

    :param many: how many are to be added up.
    """
    sizes = sorted(coefficient for key, coefficient in terms if key == powers)
    rest, kept = sum(sizes[:many], Fraction()), sizes[many:]
    if not kept or rest >= kept[0]:
        return _merged(terms, powers)
    return [*(term for term in terms if term[0] != powers or term[1] >= kept[0]), (powers, rest)]


def _place(row: tuple[_Row, Polynomial]) -> tuple[bool, _Row]:
    """Return where a row stands: one of which nobody knows where it is stands behind the others."""
    (number, kind), _ = row
    return number == _SOMEWHERE, (number, kind)


_SOMEWHERE = -2


def _holders(
    part: Weights, fixed: Fraction, owners: Sequence[int], single: Collection[int]
) -> Iterator[tuple[_Row, Fraction]]:
    """Yield the rows that hold weights of a part besides those that repeat, and how many.

    :param single: the layers that hold weights which nothing repeats: what else repeats is not what these have of it.
    """
    kind = part.kind.classes[0] if part.kind.classes else ""
    held = Counter(owners[position] for position in sorted(part.positions))
    if not part.number.is_constant:
        held = Counter({number: many for number, many in held.items() if number in single})
        if held.total() != fixed:
            yield from [((_SOMEWHERE, kind), fixed)] if fixed else []
            return
    yield from (((number, kind), Fraction(many)) for number, many in held.items())


def _merged(terms: Sequence[Term], powers: Powers) -> list[Term]:
    """Return a sum in which the products of the same arguments are added up."""
    own = [coefficient for key, coefficient in terms if key == powers]
    if not own:
        return list(terms)
    first = next(number for number, (key, _) in enumerate(terms) if key == powers)
    rest = [term for term in terms if term[0] != powers]
    return [*rest[:first], (powers, sum(own, Fraction())), *rest[first:]]
