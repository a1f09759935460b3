"""A formula as people write it: by what repeats, long names kept, ``layers × (12 × width² + 13 × width)``.

The order of what is added does not depend on the sizes of a model: what multiplies the most comes first, and then what
comes first among the arguments of the builder. What is multiplied stands as the shape of a weight has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, product
from typing import NamedTuple, Protocol, TypeAlias

from sphinx_paramdoc.law.polynomial import Polynomial, Powers
from sphinx_paramdoc.law.polynomial import product as multiplied
from sphinx_paramdoc.law.polynomial import total as added
from sphinx_paramdoc.said import Formula

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

MINUS = "−"
"""The sign that typography has for it."""

_LARGEST_POWER = 4
"""To so high a power a quotient is looked for in a product."""

_MOST_QUOTIENTS = 2
"""So many different ones are looked for together."""

Factor: TypeAlias = str | Polynomial
"""What is multiplied: an argument, or a quotient, which stays together: ``width / heads``."""

Term: TypeAlias = tuple[Powers, Fraction]
"""A product of arguments, and what it is multiplied with."""


class Style(NamedTuple):
    """How the formulas of one builder are written."""

    names: tuple[str, ...]
    """The arguments in their order."""
    repeating: tuple[str, ...] = ()
    """Those that number layers: what they repeat is put in parentheses."""
    ways: Mapping[Powers, tuple[Factor, ...]] = {}
    """In which order a product stands, as the shape of the first weight has it that holds so many."""

    def place(self, name: str) -> int:
        """Return where an argument stands among all."""
        return self.names.index(name) if name in self.names else len(self.names)

    def ordered(self, terms: Iterable[Term]) -> list[Term]:
        """Return what a sum adds in the order in which that is written."""
        return sorted(terms, key=lambda term: self._order(*term))

    def _order(self, powers: Powers, coefficient: Fraction) -> tuple[int, list[int]]:
        number, factors = self.factors(powers, coefficient)
        names: list[int] = []
        if number is not None:
            for factor, power in factors:
                for each in _above(factor):
                    names += [self.place(each)] * power
        else:
            names = [self.place(name) for name, power in powers for _ in range(power)]
        return -len(names), sorted(names)

    def factors(self, powers: Powers, coefficient: Fraction) -> tuple[Fraction | None, list[tuple[Factor, int]]]:
        """Return what multiplies a product, in the order in which it is written, and the whole number before it.

        The number is ``None`` where something is left that is divided.
        """
        ways = self.ways.get(powers, ())
        made = _taken_apart(powers, coefficient, [factor for factor in ways if isinstance(factor, Polynomial)])
        if made is None:
            return None, []
        number, found = made
        places = {factor: place for place, factor in enumerate(ways)}

        def order(pair: tuple[Factor, int]) -> tuple[int, int]:
            factor, _ = pair
            first = min((self.place(name) for name in _above(factor)), default=len(self.names))
            return places.get(factor, len(places)), first

        return number, sorted(found, key=order)


class Sizes(Protocol):
    """Weights that are alike, as far as they say how a formula is written."""

    @property
    def number(self) -> Polynomial:
        """How many there are."""

    @property
    def axes(self) -> tuple[Polynomial, ...]:
        """Their shape."""

    @property
    def whole(self) -> tuple[Polynomial, ...]:
        """The quotients that are sizes in it."""


def style(names: Sequence[str], repeating: Sequence[str], weights: Iterable[Sizes]) -> Style:
    """Return how formulas are written, as weights have it, in the order of the model."""
    found = Style(tuple(names), tuple(repeating))
    ways: dict[Powers, tuple[Factor, ...]] = {}
    for each in weights:
        for counts, *sides in product(each.number.terms(), *(axis.terms() for axis in each.axes)):
            inner = list(chain.from_iterable(_of_axis(side, each.whole, found) for side in sides))
            outer = sorted((name for name, power in counts[0] if power > 0), key=found.place)
            size = multiplied(Polynomial(dict([side])) for side in sides)
            for around in chain.from_iterable(combinations(outer, many) for many in range(len(outer) + 1)):
                [(powers, _)] = (Polynomial.monomial(1, dict.fromkeys(around, 1)) * size).terms()
                ways.setdefault(powers, tuple(dict.fromkeys([*around, *inner])))
    return found._replace(ways=ways)


def _of_axis(side: Term, quotients: Sequence[Polynomial], found: Style) -> Iterator[Factor]:
    """Yield what a size multiplies: arguments in their order, and then what is divided."""
    made = _taken_apart(*side, quotients)
    if made is not None:
        yield from sorted((each for each, _ in made[1] if isinstance(each, str)), key=found.place)
        yield from (each for each, _ in made[1] if isinstance(each, Polynomial))


def text(made: Polynomial, how: Style) -> Formula:
    """Write a sum in arguments."""
    return of_terms(list(made.terms()), how)


def of_terms(terms: Sequence[Term], how: Style) -> Formula:
    """Write a sum; what is alike in it is not added up, unless something repeats it."""
    return Formula(_sum(terms, how, how.repeating))


def _sum(terms: Sequence[Term], how: Style, repeating: Sequence[str]) -> str:
    """Write a sum, with what each of `repeating` repeats in parentheses."""
    groups: dict[str, str] = {}
    rest = list(terms)
    for name in sorted(repeating, key=lambda each: (-len(_repeated(terms, each)), how.place(each))):
        inside = _repeated(rest, name)
        if len(inside) > 1:
            rest = [(powers, coefficient) for powers, coefficient in rest if dict(powers).get(name) != 1]
            written = _sum(inside, how, [each for each in repeating if each != name])
            groups[name] = f"{name} × {written if _is_product(written) else f'({written})'}"
    texts = [groups[name] for name in sorted(groups, key=how.place)]
    texts += [_monomial(powers, coefficient, how) for powers, coefficient in how.ordered(rest)]
    if not texts:
        return "0"
    first = next((number for number, part in enumerate(texts) if not part.startswith(MINUS)), 0)
    texts.insert(0, texts.pop(first))
    return texts[0] + "".join(
        f" {MINUS} {part.removeprefix(MINUS)}" if part.startswith(MINUS) else f" + {part}" for part in texts[1:]
    )


def _repeated(terms: Iterable[Term], name: str) -> list[Term]:
    """Return what an argument repeats, without the argument."""
    return list(added(Polynomial({powers: coefficient}).without(name, 1) for powers, coefficient in terms).terms())


def _monomial(powers: Powers, coefficient: Fraction, how: Style) -> str:
    number, factors = how.factors(powers, abs(coefficient))
    sign = MINUS if coefficient < 0 else ""
    if number is None:
        return sign + _divided(powers, abs(coefficient), how)
    if number == 1 and len(factors) == 1 and factors[0][1] == 1 and isinstance(quotient := factors[0][0], Polynomial):
        return sign + _quotient(quotient, how)
    written = [_power(each if isinstance(each, str) else f"({_quotient(each, how)})", power) for each, power in factors]
    return sign + " × ".join([str(number), *written] if number != 1 or not written else written)


def _quotient(quotient: Polynomial, how: Style) -> str:
    [(powers, coefficient)] = quotient.terms()
    return _divided(powers, coefficient, how)


def _divided(powers: Powers, coefficient: Fraction, how: Style) -> str:
    """Write a product with all that divides it behind it."""
    ordered = sorted(powers, key=lambda pair: how.place(pair[0]))
    above = [_power(name, power) for name, power in ordered if power > 0]
    below = [_power(name, -power) for name, power in ordered if power < 0]
    above = [str(coefficient.numerator), *above] if coefficient.numerator != 1 or not above else above
    below = [str(coefficient.denominator), *below] if coefficient.denominator != 1 else below
    divisor = below[0] if len(below) == 1 else f"({' × '.join(below)})"
    return f"{' × '.join(above)} / {divisor}" if below else " × ".join(above)


def _is_product(written: str) -> bool:
    """Tell whether what is written is one product, of which parentheses may be the last part."""
    before, _, inside = written.partition("(")
    return bool(inside) and inside.find(")") == len(inside) - 1 and not {"+", MINUS} & set(before)


def _power(name: str, power: int) -> str:
    return name if power == 1 else f"{name}{str(power).translate(_SUPERSCRIPTS)}"


# Quotients


def _taken_apart(
    powers: Powers, coefficient: Fraction, quotients: Iterable[Polynomial]
) -> tuple[Fraction, list[tuple[Factor, int]]] | None:
    """Return a whole number, and what it is multiplied with: arguments and quotients, each with its power.

    ``None`` where something is left that is divided.
    """
    if _is_whole(powers, coefficient):
        return coefficient, list(powers)
    known = list(dict.fromkeys(quotients))
    for size in range(1, min(len(known), _MOST_QUOTIENTS) + 1):
        for chosen in combinations(known, size):
            for raised in product(range(1, _LARGEST_POWER + 1), repeat=size):
                below = [_inverse(each) for each, power in zip(chosen, raised, strict=True) for _ in range(power)]
                [(left, number)] = multiplied([Polynomial({powers: coefficient}), *below]).terms()
                if _is_whole(left, number):
                    return number, [*zip(chosen, raised, strict=True), *left]
    return None


def _inverse(quotient: Polynomial) -> Polynomial:
    [(powers, coefficient)] = quotient.terms()
    return Polynomial.monomial(1 / coefficient, {name: -power for name, power in powers})


def _is_whole(powers: Powers, coefficient: Fraction) -> bool:
    return coefficient.denominator == 1 and all(power > 0 for _, power in powers)


def _above(factor: Factor) -> list[str]:
    """Return the arguments that a factor multiplies; where it is a number that is divided, what divides it."""
    if isinstance(factor, str):
        return [factor]
    [(powers, _)] = factor.terms()
    above = [name for name, power in powers for _ in range(power)]
    return above or [name for name, power in powers for _ in range(-power)]
