"""What a family of weights may be in the arguments, by settings with one argument changed: how many, and of what sizes.

Several sums may fit each size. A weight of three sizes has thousands of combinations, so that these are made where a
setting bears them out, and not before.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import NamedTuple

from sphinx_paramdoc.law import fitting
from sphinx_paramdoc.law.families import Family, Token
from sphinx_paramdoc.law.formula import Part, predicted
from sphinx_paramdoc.law.polynomial import Polynomial
from sphinx_paramdoc.law.settings import Setting

_MOST = 3000
"""So many combinations are looked at."""


class Choices(NamedTuple):
    """What a family may be; the likeliest comes first."""

    family: Family
    arguments: Mapping[str, int]
    """Their values in the model."""
    numbers: Sequence[Polynomial]
    """How many of it there may be."""
    axes: Sequence[Sequence[Polynomial]]
    """What each of its sizes may be."""

    @property
    def combinations(self) -> int:
        """How many there are; none where a number or a size fits nothing."""
        return math.prod(map(len, (self.numbers, *self.axes)))

    @property
    def likeliest(self) -> Part:
        """The first of them."""
        return self._made(self.numbers[0], [axis[0] for axis in self.axes])

    def borne_out(self, setting: Setting, there: Counter[Token]) -> Part | None:
        """Return the likeliest that a setting bears out; ``None`` without such.

        :param there: the weights that the setting has.
        """
        numbers, *axes = ([(made, fitting.at(setting, made)) for made in each] for each in (self.numbers, *self.axes))
        for (number, many), *sides in islice(product(numbers, *axes), _MOST):
            shape = tuple(value for _, value in sides if value is not None)
            is_known = many == 0 or len(shape) == len(sides)
            if many is None or not is_known or there[Token(self.family.kind, shape)] < many:
                continue
            part = self._made(number, [side for side, _ in sides])
            if is_there(part, setting, there):
                return part
        return None

    def bears_out(self, setting: Setting, there: Counter[Token]) -> bool:
        """Tell whether a setting bears one of them out, or tells nothing as the likeliest rounds."""
        return predicted([self.likeliest], setting) is None or self.borne_out(setting, there) is not None

    def _made(self, number: Polynomial, sides: Sequence[Polynomial]) -> Part:
        return Part.of(self.family, number, sides, self.arguments)


def all_borne_out(choices: Sequence[Choices], setting: Setting, there: Counter[Token]) -> list[Part] | None:
    """Return for each family the likeliest of its choices that a setting bears out; ``None`` where one has none."""
    parts = list(_until_none(each.borne_out(setting, there) for each in choices))
    return parts if len(parts) == len(choices) else None


def _until_none(parts: Iterator[Part | None]) -> Iterator[Part]:
    for part in parts:
        if part is None:
            return
        yield part


def is_there(part: Part, setting: Setting, there: Counter[Token]) -> bool:
    """Tell whether a setting has the weights that a part says."""
    found = predicted([part], setting)
    return found is not None and all(there[token] >= number for token, number in found.items())
