"""Sums of products of named arguments, with exact fractions: what a count is in the arguments of a builder."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

Powers: TypeAlias = tuple[tuple[str, int], ...]
"""The arguments of one product, by their names in alphabetical order, each with its power, which is never 0."""


class Polynomial:
    """A sum of monomials: each is a fraction times powers of arguments, which may be negative."""

    __slots__ = ("_terms",)

    def __init__(self, terms: Mapping[Powers, Fraction] = {}) -> None:
        """Take the coefficient of each product."""
        self._terms = {powers: coefficient for powers, coefficient in terms.items() if coefficient}

    @staticmethod
    def number(value: int | Fraction) -> Polynomial:
        """Return what is the same whatever the arguments are."""
        return Polynomial({(): Fraction(value)})

    @staticmethod
    def monomial(coefficient: int | Fraction, powers: Mapping[str, int]) -> Polynomial:
        """Return a fraction times powers of arguments."""
        return Polynomial({_sorted(powers): Fraction(coefficient)})

    def __add__(self, other: Polynomial) -> Polynomial:
        """Add, and join what is alike."""
        terms = dict(self._terms)
        for powers, coefficient in other._terms.items():
            terms[powers] = terms.get(powers, Fraction()) + coefficient
        return Polynomial(terms)

    def __sub__(self, other: Polynomial) -> Polynomial:
        """Subtract, and join what is alike."""
        return self + Polynomial.number(-1) * other

    def __mul__(self, other: Polynomial) -> Polynomial:
        """Multiply out; powers of the same argument become one, and cancel where they are opposite."""
        terms: dict[Powers, Fraction] = {}
        for powers, coefficient in self._terms.items():
            for more, times in other._terms.items():
                joined = dict(powers)
                for name, power in more:
                    joined[name] = joined.get(name, 0) + power
                key = _sorted(joined)
                terms[key] = terms.get(key, Fraction()) + coefficient * times
        return Polynomial(terms)

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same sum, in whatever order."""
        return isinstance(other, Polynomial) and self._terms == other._terms

    def __hash__(self) -> int:
        """Return a number that is equal for equal sums."""
        return hash(frozenset(self._terms.items()))

    def __bool__(self) -> bool:
        """Tell whether it is anything but 0."""
        return bool(self._terms)

    def __repr__(self) -> str:
        """Return its monomials, for whoever reads a failing test."""
        return f"Polynomial({self._terms!r})"

    def evaluate(self, arguments: Mapping[str, int]) -> Fraction:
        """Return its value.

        :raises ZeroDivisionError: where an argument with a negative power is 0.
        """
        return sum((coefficient * _value(powers, arguments) for powers, coefficient in self._terms.items()), Fraction())

    def put(self, arguments: Mapping[str, int]) -> Polynomial:
        """Return the sum with the values of some arguments put in.

        :raises ZeroDivisionError: where an argument with a negative power is 0.
        """
        return total(
            Polynomial(
                {
                    tuple(pair for pair in powers if pair[0] not in arguments): coefficient
                    * _value(tuple(pair for pair in powers if pair[0] in arguments), arguments)
                }
            )
            for powers, coefficient in self._terms.items()
        )

    def terms(self) -> Iterator[tuple[Powers, Fraction]]:
        """Yield the products with their coefficients, in no order that means anything."""
        yield from self._terms.items()

    def names(self) -> set[str]:
        """Return the names of the arguments that it depends on."""
        return {name for powers in self._terms for name, _ in powers}

    def without(self, name: str, power: int) -> Polynomial:
        """Return the sum of the products that have an argument to a power, without the argument."""
        return Polynomial(
            {
                tuple(pair for pair in powers if pair[0] != name): coefficient
                for powers, coefficient in self._terms.items()
                if dict(powers).get(name, 0) == power
            }
        )

    @property
    def constant(self) -> Fraction:
        """What of it is the same whatever the arguments are."""
        return self._terms.get((), Fraction())

    @property
    def is_constant(self) -> bool:
        """Whether it is a number."""
        return not any(self._terms)


def total(parts: Iterable[Polynomial]) -> Polynomial:
    """Add all of `parts`."""
    added: dict[Powers, Fraction] = {}
    for part in parts:
        for powers, coefficient in part.terms():
            added[powers] = added.get(powers, Fraction()) + coefficient
    return Polynomial(added)


def product(parts: Iterable[Polynomial]) -> Polynomial:
    """Multiply all of `parts`."""
    return math.prod(parts, start=Polynomial.number(1))


def _sorted(powers: Mapping[str, int]) -> Powers:
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def _value(powers: Powers, arguments: Mapping[str, int]) -> Fraction:
    return math.prod((Fraction(arguments[name]) ** power for name, power in powers), start=Fraction(1))
