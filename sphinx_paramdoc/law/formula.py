"""What was found: the count of a model in the arguments of its builder, or why there is none."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, Protocol

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.law import families, fitting, summing, writing
from sphinx_paramdoc.law.families import Family, Kind, Token
from sphinx_paramdoc.law.polynomial import Polynomial, product, total
from sphinx_paramdoc.law.writing import Style
from sphinx_paramdoc.said import Formula


class Result(NamedTuple):
    """What became of one setting."""

    arguments: dict[str, int]
    model: facts.Model | None
    trouble: str = ""
    """Why there is no model, in a line."""
    is_open: bool = False
    """Whether nobody knows if there is one: it took too long here, or too much memory."""


class Executed(NamedTuple):
    """A setting that was executed, and what the model has there."""

    arguments: dict[str, int]
    total: int


class Part(NamedTuple):
    """Weights that are alike, in the arguments."""

    kind: Kind
    positions: frozenset[int]
    """Where they stand in the model of the table."""
    number: Polynomial
    """How many there are."""
    axes: tuple[Polynomial, ...]
    """Their shape."""
    whole: tuple[Polynomial, ...]
    """What must be a whole number, as a builder divides by it and rounds down."""

    @staticmethod
    def of(family: Family, number: Polynomial, axes: Sequence[Polynomial], arguments: Mapping[str, int]) -> Part:
        """Return what a family is in the arguments.

        :param arguments: their values in the table, where what is divided by what is known.
        """
        values = tuple(arguments.items())
        whole = dict.fromkeys(each for made in (number, *axes) for each in divisions(made, values))
        return Part(family.kind, family.positions, number, tuple(axes), tuple(whole))

    @property
    def size(self) -> Polynomial:
        """What one of them holds."""
        return product(self.axes)

    @property
    def all(self) -> Polynomial:
        """What all of them hold."""
        return self.number * self.size


class Counted(Protocol):
    """Tells how many weights are among some, by the executed settings."""

    def number(self, part: Part, parts: Sequence[Part], wanted: Collection[int]) -> Polynomial | None:
        """Return how many weights of a part are among those at some positions; ``None`` where nothing tells."""

    def has(self, number: Polynomial, part: Part, parts: Sequence[Part], wanted: Collection[int]) -> bool:
        """Tell whether so many weights of a part are in layers that are numbered as those with some are."""

    def seen(self) -> Iterator[tuple[Mapping[str, int], Collection[str]]]:
        """Yield each setting that gave a model, the table's own first, with the paths of the layers that it has."""


class Law(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The count of a model in the arguments of its builder."""

    arguments: dict[str, int]
    """Those that were varied, with their values in the table."""
    order: tuple[str, ...] = ()
    """The builder's arguments in their own order, in which a formula has them."""
    owners: tuple[int, ...] = ()
    """The number of the outermost layer that counts a weight, for each weight of the model; -1 for none."""
    parts: tuple[Part, ...] = ()
    """The weights of the model; none where there is no formula."""
    executed: list[Executed]
    """The settings that gave a model, the table's own first."""
    agrees_at: list[dict[str, int]] = []
    """Those of them that had no part in finding the formula, and agree with it."""
    repeating: tuple[str, ...] = ()
    """Those of the arguments that number layers."""
    refused: dict[str, str] = {}
    """The arguments that have no formula, each with the reason."""
    left_out: dict[str, str] = {}
    """The arguments that were not varied although all were to be, each with the reason."""
    raised: list[tuple[dict[str, int], str]] = []
    """The settings that gave none, each with what it said."""
    open: list[tuple[dict[str, int], str]] = []
    """Those of which nobody knows whether they give one, each with the reason."""
    wanted: int | None = None
    """The count that settings were looked for that come near to it."""
    near: list[Executed] = []
    """Those, all executed, the nearest first."""
    divisors: dict[str, int] = {}
    """The arguments that divide some of these and are not varied, with their values."""
    others: Law | None = None
    """What is known of the arguments that are not refused while those that are stay: a formula in them."""
    places: Counted | None = None
    """What counts the weights of a row at the executed settings; ``None`` where there is no formula."""

    @functools.cached_property
    def polynomial(self) -> Polynomial | None:
        """The total; ``None`` where there is no formula."""
        return None if self.refused else total(part.all for part in self.parts)

    @functools.cached_property
    def formula(self) -> Formula | None:
        """The total as text, a sum of rows of the table; ``None`` where there is no formula."""
        if self.refused:
            return None
        return writing.of_terms(summing.by_rows(self.parts, self.owners), self.style)

    @functools.cached_property
    def style(self) -> Style:
        """How formulas are written."""
        names = [*self.order, *(name for name in self.arguments if name not in self.order)]
        parts: list[Part] = sorted(self.parts, key=lambda part: min(part.positions, default=-1))
        return writing.style(names, self.repeating, parts)

    def text(self, made: Polynomial) -> Formula:
        """Write a count in the arguments."""
        return writing.text(made, self.style)

    def conditions(self) -> list[Polynomial]:
        """Return what must be whole for the model to be as the formula says, each once: ``width / heads``."""
        found = dict.fromkeys(each for part in self.parts for each in part.whole)
        return [each for each in found if not any(other != each and _follows(each, other) for other in found)]

    def speaks_of(self, setting: Mapping[str, int]) -> bool:
        """Tell whether the formula says what a setting has: whether all that must be whole is so there."""
        given = {**self.arguments, **setting}
        return all(fitting.at(given, each) is not None for each in self.conditions())

    def of_positions(self, positions: Iterable[int]) -> Polynomial | None:
        """Return what some weights of the model hold, in the arguments.

        Where equal weights whose number changes are in several rows, the executed settings say how many are in which;
        where they do not, nobody knows, and it is ``None``.
        """
        wanted = set(positions)
        found: list[tuple[Part, int, Polynomial]] = []
        for part in self.parts:
            if part.positions.isdisjoint(wanted):
                continue
            chosen = len(wanted & part.positions)
            number: Polynomial | None = Polynomial.number(chosen)
            if not part.number.is_constant:
                number = self.places.number(part, self.parts, wanted) if self.places else None
            if number is None:
                return None
            found.append((part, chosen, number))
        return self._in_step(found, wanted)

    def _in_step(self, found: list[tuple[Part, int, Polynomial]], wanted: set[int]) -> Polynomial | None:
        """Add what weights hold; those that hold all of some, however many, hold as many of what others hold too.

        :param found: each part, how many of it are among the weights, and how many that is in the arguments.
        """
        every = {
            each.number * Polynomial.number(Fraction(1, chosen))
            for each, chosen, number in found
            if number == each.number
        }
        every = {each for each in every if not each.is_constant}
        numbers = []
        for part, chosen, number in found:
            told: Polynomial | None = number
            if number.is_constant and not part.number.is_constant and every:
                rest = part.number - Polynomial.number(len(part.positions) - chosen)
                as_many = [each * Polynomial.number(chosen) for each in every]
                has = self.places.has if self.places else lambda *_: False
                told = next((each for each in as_many if each == rest or has(each, part, self.parts, wanted)), None)
            if told is None:
                return None
            numbers.append(told * part.size)
        return total(numbers)


def predicted(parts: Iterable[Part], arguments: Mapping[str, int]) -> Counter[Token] | None:
    """Return the weights that a model has by its formula; ``None`` where it is none, as heads must divide a width."""
    found: Counter[Token] = Counter()
    for part in parts:
        if any(fitting.at(arguments, each) is None for each in part.whole):
            return None
        number = fitting.at(arguments, part.number)
        shape = [fitting.at(arguments, axis) for axis in part.axes]
        if number is None:
            return None
        if number:
            if any(axis is None for axis in shape):
                return None
            found[Token(part.kind, tuple(axis for axis in shape if axis is not None))] += number
    return found


@functools.cache
def divisions(made: Polynomial, values: tuple[tuple[str, int], ...]) -> tuple[Polynomial, ...]:
    """Return the quotients of arguments in a number: ``width / heads`` in ``3 × width / heads``.

    :param values: the arguments, with values for which all of it is whole.
    """
    arguments, found = dict(values), dict[Polynomial, None]()
    for powers, coefficient in made.terms():
        divisor = {name: power for name, power in powers if power < 0}
        if not divisor and coefficient.denominator == 1:
            continue
        root = _root(coefficient.denominator, [*divisor.values()])
        above = sorted((name for name, power in powers if power > 0), key=lambda name: -arguments[name])
        # A square is divided by a square where its side is by the side of that.
        for power, denominator in ({root[0]: root[1], 1: coefficient.denominator}).items():
            own = {name: each // power for name, each in divisor.items()}
            below = denominator * math.prod(arguments[name] ** -each for name, each in own.items())
            divided = [name for name in above if dict(powers)[name] >= power and below and arguments[name] % below == 0]
            if divided:
                found[Polynomial.monomial(Fraction(1, denominator), {divided[0]: 1, **own})] = None
                break
        else:
            whole = {name: power for name, power in powers if power > 0}
            if whole:
                found[Polynomial.monomial(Fraction(1, coefficient.denominator), {**whole, **divisor})] = None
                continue
            # A number alone is divided, or a square by a square where its side is by the side of that.
            side = Fraction(abs(coefficient.numerator), coefficient.denominator)
            power, root_of_side = _root(side.numerator, [*divisor.values()]) if side.denominator == 1 else (1, 0)
            side = Fraction(root_of_side) if power > 1 else side
            found[Polynomial.monomial(side, {name: each // power for name, each in divisor.items()})] = None
    return tuple(found)


def _root(number: int, powers: Sequence[int]) -> tuple[int, int]:
    """Return the power that a number and arguments are raised to together, 1 for none, and the root of the number."""
    power = math.gcd(*powers) if powers else 1
    root = round(number ** (1 / power)) if power > 1 else number
    return (power, root) if root**power == number else (1, number)


def _follows(quotient: Polynomial, other: Polynomial) -> bool:
    """Tell whether a quotient is whole wherever another one is: ``width / 2`` where ``width / 8`` is."""
    [(powers, coefficient)], [(others, smaller)] = quotient.terms(), other.terms()
    return powers == others and (coefficient / smaller).denominator == 1


def actual(model: facts.Model) -> Counter[Token]:
    """Return the weights that a model has."""
    return families.counted(families.tokens(model))


def count(model: facts.Model) -> int:
    """Return how many parameters a model has."""
    return sum(weight.count for weight in model.weights)
