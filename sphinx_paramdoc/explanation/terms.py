"""Whether the terms of a formula are weights: each is held to the shape of the weight that it speaks of.

A formula is a sum of products. Multiplied out, each product is a weight: its numbers are the axes, or multiply to them,
as the four gates and the units of an LSTM do to the last axis of its kernel. Where a plain number says how many there
are, as of the vectors of a batch normalization, it is as many weights of the other numbers.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from math import prod
from typing import NamedTuple, TypeAlias

from sphinx_paramdoc.expression import Dimension, Expression, Number, Product, Sum

_Axes: TypeAlias = tuple[int, ...]
"""The sizes of axes, sorted, without those of size 1: they add nothing, and a kernel may have some."""

_MOST_TERMS = 400
"""A formula of more terms than this has none of its terms looked at; no layer of a framework comes near."""


class _Term(NamedTuple):
    """A product of numbers."""

    how_many: tuple[int, ...]
    """Its plain numbers, each of which may say how many weights there are."""
    sizes: tuple[int, ...]


def are_weights(formula: Expression, shapes: Sequence[Sequence[int]]) -> bool:
    """Tell whether the terms of a formula are weights of these shapes, each one of them once."""
    axes = [sorted([size for size in shape if size != 1]) for shape in shapes]
    if _written_out(formula) == sorted(axes):
        return True
    weights = Counter(map(tuple, axes))
    terms = _terms(formula)
    return len(terms) <= _MOST_TERMS and _match(terms, 0, weights)


def _written_out(formula: Expression) -> list[list[int]] | None:
    """Return the weights that most formulas are about, as they are quick to tell: of sums that have no others inside.

    A plain number before sizes says how many weights there are. ``None`` where the formula is none of these.
    """
    found = []
    for part in formula.parts if type(formula) is Sum else (formula,):
        number, sizes = 1, []
        for factor in part.parts if type(part) is Product else (part,):
            if type(factor) is Dimension:
                if factor.value != 1:
                    sizes.append(factor.value)
            elif type(factor) is Number:
                number *= factor.value
            else:
                return None
        if number > _MOST_TERMS:
            return None
        sizes.sort()
        found += [sizes] * number
    found.sort()
    return found


def _match(terms: Sequence[_Term], first: int, weights: Counter[_Axes]) -> bool:
    """Tell whether the terms from `first` on can be told which of the weights they are, and none is left."""
    if first == len(terms):
        return not weights.total()
    for axes, number in _readings(terms[first], weights):
        weights[axes] -= number
        if _match(terms, first + 1, weights):
            return True
        weights[axes] += number
    return False


def _readings(term: _Term, weights: Counter[_Axes]) -> Iterator[tuple[_Axes, int]]:
    """Yield the shapes that a term may be about, and how many weights of that shape it is then."""
    ways = dict(_numbers_of_weights(term.how_many, term.sizes))
    for axes in [axes for axes, left in weights.items() if left]:
        for sizes, number in ways.items():
            if weights[axes] >= number and _multiply_to(sizes, axes):
                yield axes, number


def _numbers_of_weights(plain: tuple[int, ...], sizes: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield which numbers are sizes, and how many weights of them the others say that there are."""
    if not plain:
        yield tuple(sorted(sizes)), 1
        return
    first, *rest = plain
    for others, number in _numbers_of_weights(tuple(rest), sizes):
        yield tuple(sorted((*others, first))), number
        yield others, number * first


@functools.lru_cache(maxsize=4096)
def _multiply_to(sizes: tuple[int, ...], axes: _Axes) -> bool:
    """Tell whether numbers can be divided so that those of each part multiply to an axis of its own."""
    if sizes == axes:
        return True
    if len(sizes) <= len(axes) or prod(sizes) != prod(axes):
        return False
    *others, axis = axes
    return any(_multiply_to(rest, tuple(others)) for rest in _without_product(sizes, axis))


def _without_product(sizes: tuple[int, ...], product: int) -> Iterator[tuple[int, ...]]:
    """Yield what is left of numbers without some that multiply to a product."""
    if product == 1:
        yield sizes
    for number, size in enumerate(sizes):
        if size and product % size == 0 and product > 1:
            for rest in _without_product(sizes[number + 1 :], product // size):
                yield (*sizes[:number], *rest)


def _terms(formula: Expression) -> list[_Term]:
    """Return the products that a formula is the sum of, multiplied out."""
    if isinstance(formula, Sum):
        return [term for part in formula.parts for term in _terms(part)]
    if isinstance(formula, Product):
        terms = [_Term((), ())]
        for part in formula.parts:
            factors = _terms(part)
            terms = [_Term(t.how_many + f.how_many, t.sizes + f.sizes) for t in terms for f in factors]
            if len(terms) > _MOST_TERMS:
                break
        return terms
    value = formula.evaluate()
    if value == 1:
        return [_Term((), ())]
    is_plain = isinstance(formula, Number) and not isinstance(formula, Dimension)
    return [_Term((value,), ()) if is_plain else _Term((), (value,))]
