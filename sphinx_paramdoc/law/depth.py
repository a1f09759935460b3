"""A model of many layers → the same with few: what else changes it is looked for there, where that takes less time.

Nothing is taken on trust: the model of the table is one of the settings that a formula is made of, and another one that
is about as deep is one of those that it is held to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from sphinx_paramdoc import facts
from sphinx_paramdoc.law import families
from sphinx_paramdoc.law.families import Token
from sphinx_paramdoc.law.settings import Setting

DEEP = 6
"""Of fewer layers than this none are left out."""

_FEW = (3, 2, 4, 5)
"""So many layers are enough to see what repeats, those first that are tried first."""


def folded(
    arguments: Mapping[str, int], weights: Sequence[Token], execute: Callable[[Setting], facts.Model | None]
) -> tuple[Setting, list[Token]] | None:
    """Return a setting with fewer layers, and the weights of that; ``None`` where nothing repeats so often.

    :param weights: those of the model.
    :param execute: gives the model of a setting, or ``None``.
    """
    found: tuple[Setting, list[Token]] | None = None
    now, there = dict(arguments), list(weights)
    tried: set[str] = set()
    while (name := _deepest(now, there, tried)) is not None:
        tried.add(name)
        value = next(each for each in (*_FEW, 1) if each not in now.values())
        model = execute({**now, name: value})
        fewer = families.tokens(model) if model else []
        # All is there as it was, and only less often.
        if len(fewer) < len(there) and set(fewer) == set(there) and families.aligned(there, fewer) is not None:
            now, there = {**now, name: value}, fewer
            found = now, there
    return found


def _deepest(arguments: Mapping[str, int], weights: Sequence[Token], tried: set[str]) -> str | None:
    """Return the argument that most likely numbers the most layers: weights are there as often, or once more or less.

    One that is a size as well is the less likely.
    """
    times = set(Counter(weights).values())
    sizes = {side for weight in weights for side in weight.shape}
    likely = [
        name
        for name, value in arguments.items()
        if value >= DEEP
        and name not in tried
        and any((many + 1) % value <= _BESIDE for many in times if many + 1 >= value)
    ]
    return min(likely, key=lambda name: (arguments[name] in sizes, -arguments[name]), default=None)


_BESIDE = 2
"""A weight may be there once more than layers are, or once less."""
