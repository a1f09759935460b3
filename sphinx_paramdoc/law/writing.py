"""A formula as people write it: by what repeats, long names kept, ``layers × (12 × width² + 13 × width)``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sphinx_paramdoc.law.polynomial import Polynomial, Powers

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

MINUS = "−"
"""The sign that typography has for it."""


def text(made: Polynomial, arguments: Mapping[str, int], repeating: Sequence[str] = ()) -> str:
    """Write a sum in arguments.

    :param arguments: the values that order its parts: the largest first; and the order of names in a product.
    :param repeating: the arguments that number layers: what they repeat is put in parentheses.
    """
    return _Writer(arguments, repeating).sum(made, list(repeating))


class _Writer:
    """Writes sums for one table."""

    def __init__(self, arguments: Mapping[str, int], repeating: Sequence[str]) -> None:
        self._arguments = arguments
        names = [*repeating, *(name for name in arguments if name not in repeating)]
        self._places = {name: place for place, name in enumerate(names)}

    def sum(self, made: Polynomial, repeating: Sequence[str]) -> str:
        """Write a sum, with what each of `repeating` repeats in parentheses."""
        if not made:
            return "0"
        parts: list[tuple[Polynomial, str]] = []
        rest = made
        for name in sorted(repeating, key=lambda each: (-_terms(made.without(each, 1)), self._places[each])):
            repeated = rest.without(name, 1)
            if _terms(repeated) > 1:
                inner = [each for each in repeating if each != name]
                own = Polynomial.monomial(1, {name: 1}) * repeated
                rest = rest - own
                written = self.sum(repeated, inner)
                parts.append((own, f"{name} × {written if _is_product(written) else f'({written})'}"))
        parts += [
            (Polynomial({powers: coefficient}), self._monomial(powers, coefficient))
            for powers, coefficient in sorted(rest.terms(), key=lambda term: self._order(term[0]))
        ]
        parts.sort(key=lambda part: (-_degree(part[0]), -abs(self._value(part[0]))))
        texts = [part for _, part in parts]
        first = next((number for number, part in enumerate(texts) if not part.startswith(MINUS)), 0)
        texts.insert(0, texts.pop(first))
        return texts[0] + "".join(
            f" {MINUS} {part.removeprefix(MINUS)}" if part.startswith(MINUS) else f" + {part}" for part in texts[1:]
        )

    def _value(self, made: Polynomial) -> Fraction:
        try:
            return made.evaluate(self._arguments)
        except ZeroDivisionError:
            return Fraction()

    def _order(self, powers: Powers) -> list[int]:
        return [self._places[name] for name, _ in powers]

    def _monomial(self, powers: Powers, coefficient: Fraction) -> str:
        ordered = sorted(powers, key=lambda pair: self._places[pair[0]])
        above = [_power(name, power) for name, power in ordered if power > 0]
        below = [_power(name, -power) for name, power in ordered if power < 0]
        number = abs(coefficient.numerator)
        above = [str(number), *above] if number != 1 or not above else above
        below = [str(coefficient.denominator), *below] if coefficient.denominator != 1 else below
        divisor = below[0] if len(below) == 1 else f"({' × '.join(below)})"
        written = f"{' × '.join(above)} / {divisor}" if below else " × ".join(above)
        return f"{MINUS}{written}" if coefficient < 0 else written


def _is_product(written: str) -> bool:
    """Tell whether what is written is one product, of which parentheses may be the last part."""
    before, _, inside = written.partition("(")
    return bool(inside) and inside.find(")") == len(inside) - 1 and not {"+", MINUS} & set(before)


def _power(name: str, power: int) -> str:
    return name if power == 1 else f"{name}{str(power).translate(_SUPERSCRIPTS)}"


def _degree(made: Polynomial) -> int:
    """Return how many arguments are multiplied, at most, in a sum."""
    return max(sum(power for _, power in powers) for powers, _ in made.terms())


def _terms(made: Polynomial) -> int:
    return sum(1 for _ in made.terms())
