"""Which other values of the arguments are tried: those that a builder most likely takes.

Where one argument divides another, as heads divide a width, builders mostly rely on it. So a value is tried first that
keeps what divides what; and then others, which tell whether something is rounded.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

Setting: TypeAlias = dict[str, int]
"""The name of each argument → its value."""

_MOST_VALUES = 6
"""So many other values of an argument are tried, until one can be executed."""

_LARGEST_STEP = 4
"""A common multiple that is larger than so many times the value is no step towards another one."""

_FAR = 4
"""What changes nothing has so many times its value once."""

_MOST_TRIES = 200
"""So many joint settings are made up."""


def alone(
    name: str, arguments: Mapping[str, int], fixed: Mapping[str, int] = {}, *, multiples: bool = False
) -> list[int]:
    """Return other values of an argument, those first that keep what divides what.

    :param arguments: the values of all that are varied.
    :param fixed: those of other whole numbers that the builder gets.
    :param multiples: whether multiples of it come first, and what it is a multiple of.
    """
    value = arguments[name]
    others = [each for key, each in {**fixed, **arguments}.items() if key != name and each > 1]
    below = [each for each in others if value > 1 and value % each == 0]
    above = [each for each in others if value > 1 and each % value == 0]
    step = math.lcm(*below) if below else 1
    steps = [value + step] if step <= _LARGEST_STEP * max(value, 1) else []
    pool = [value + 1, value // 2, 2 * value, *steps, value + min(below, default=1), value // 3, 3 * value, value + 2]
    pool += [value - 1, value // 4, value + 8]
    if multiples:
        pool = [2 * value, 3 * value, *pool]
    order = {each: number for number, each in reversed(list(enumerate(pool))) if each != value and each > 0}

    def broken(tried: int) -> int:
        return sum(tried % each != 0 for each in below) + sum(each % tried != 0 for each in above)

    return sorted(order, key=lambda tried: (0 if multiples else broken(tried), order[tried]))[:_MOST_VALUES]


def far(value: int) -> int:
    """Return a value far from another one."""
    return max(_FAR * value, value + 8)


def joint(
    arguments: Mapping[str, int],
    fixed: Mapping[str, int] = {},
    steps: Mapping[str, int] = {},
    given: Mapping[str, Sequence[int]] = {},
    *,
    seed: int = 0,
) -> Iterator[Setting]:
    """Yield settings in which all arguments differ from the first, and that keep what divides what.

    :param steps: by how much each argument was changed, alone, where that could be executed.
    :param given: the values that some of the arguments take, as those that number layers: of these, few are enough.
    """
    chance = random.Random(seed)
    # Of an argument alone there must be enough values by themselves.
    further = () if len(arguments.keys() - given.keys()) > 1 else range(4, 8)
    for _ in range(_MOST_TRIES):
        made: Setting = {}
        for name in sorted(arguments, key=lambda each: arguments[each]):
            value = arguments[name]
            if name in given:
                made[name] = chance.choice(given[name])
                continue
            divides = [
                other
                for each, other in made.items()
                if each not in given and 1 < arguments[each] < value and value % arguments[each] == 0
            ]
            divides += [each for each in fixed.values() if 1 < each <= value and value % each == 0]
            wide = steps.get(name, 1)
            unit = math.lcm(*divides, wide if value % wide == 0 else 1)
            unit = unit if unit <= _LARGEST_STEP * max(value, 1) else 1
            nearest = max(value // unit, 1)
            pool = {unit * (nearest + more) for more in (-2, -1, 1, 2, 3, *further, nearest)}
            made[name] = chance.choice(sorted(each for each in pool if each > 0 and each != value) or [value + unit])
        yield made


def loose(arguments: Mapping[str, int], given: Mapping[str, Sequence[int]] = {}, *, seed: int = 1) -> Iterator[Setting]:
    """Yield settings in which each argument has a value of its own, whatever divides what."""
    chance = random.Random(seed)
    for _ in range(_MOST_TRIES):
        made: Setting = {}
        for name, value in arguments.items():
            near = range(max(1, value - max(value // 8, 3)), value + max(value // 8, 5) + 1)
            made[name] = chance.choice(given.get(name) or [each for each in near if each != value])
        yield made


def varied(made: Iterable[Setting], known: Iterable[Setting], number: int) -> list[Setting]:
    """Return those of many settings that have the most values which no other one has."""
    seen = {pair for setting in known for pair in setting.items()}
    left, found = list(made), list[Setting]()
    while left and len(found) < number:
        best = max(left, key=lambda setting: sum(pair not in seen for pair in setting.items()))
        left.remove(best)
        found.append(best)
        seen.update(best.items())
    return found


def likeliest(made: Iterable[Setting], raised: Iterable[Setting], executed: Iterable[Setting]) -> list[Setting]:
    """Return settings, those first that have the fewest values which only settings that raised have had so far."""
    suspect = {pair for setting in raised for pair in setting.items()}
    suspect -= {pair for setting in executed for pair in setting.items()}
    return sorted(made, key=lambda setting: len(suspect & setting.items()))


def few(value: int) -> list[int]:
    """Return other numbers of layers: few, as they take time, and some more than there are if these are few too.

    There are as many as one needs to find a formula and to hold it to five that had no part in that.
    """
    more = {value + 1, value + 2} if value <= _MANY else set[int]()
    return sorted({*range(1, min(max(value, 4), 6) + 1), *more, *(range(1, 9) if value <= _FEW else ())} - {value})


_FEW = 6
"""Of so many layers, or fewer, eight are tried as well."""

_MANY = 24
"""More layers than this are not tried where there are as many already."""


def key(setting: Setting) -> tuple[tuple[str, int], ...]:
    """Return what two equal settings have in common, in whatever order they name their arguments."""
    return tuple(sorted(setting.items()))


def different(made: Iterable[Setting], known: Iterable[tuple[tuple[str, int], ...]]) -> Iterator[Setting]:
    """Yield each setting once that was not executed yet."""
    seen = set(known)
    for setting in made:
        if key(setting) not in seen:
            seen.add(key(setting))
            yield setting
