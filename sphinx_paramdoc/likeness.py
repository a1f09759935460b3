"""A layer that is almost another: its count, told from that of the other and the few weights that differ.

The first block of a T5 also holds the relative positions that all blocks read; the last block of Stable Diffusion 3
lacks what nothing reads any more. What sets such a block apart is what a reader wants to know of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation import by_weights
from sphinx_paramdoc.folding import Group

_MOST_DIFFERENCES = 4
"""A layer that differs in more weights is told by itself."""

_NUMBER = re.compile(r"[_#]\d+$")
"""What Keras adds to a name that it has given before."""


@dataclass(frozen=True, slots=True)
class _Difference:
    """One weight that only one of two layers has, or that has another shape in each."""

    here: facts.Weight | None
    there: facts.Weight | None

    @property
    def value(self) -> int:
        """By how much it makes the count larger."""
        return (self.here.count if self.here else 0) - (self.there.count if self.there else 0)


def explain(group: Group, other: Group, weights: Sequence[facts.Weight]) -> str | None:
    """Tell the count of a layer from that of another: ``as block_1 plus attention/bias 8: 120 + 8 = 128``.

    ``None`` where they have too little in common, or all.

    :param weights: those of the model.
    """
    count, base = (sum(weights[i].count for i in each.counted) for each in (group, other))
    if group.layer.class_name != other.layer.class_name or count == base:
        return None
    differences = min((list(_differences(group, other, weights, exact)) for exact in (True, False)), key=len)
    shared = len(group.counted) - sum(difference.here is not None for difference in differences)
    if not 0 < len(differences) <= _MOST_DIFFERENCES or len(differences) >= shared:
        return None
    if base + sum(difference.value for difference in differences) != count:
        return None
    phrases = ", ".join(_phrase(difference, group.layer.path, other.layer.path) for difference in differences)
    steps = "".join(_step(difference) for difference in differences)
    return f"as {other.layer.name} {phrases}: {base:,}{steps} = {count:,}"


def _differences(group: Group, other: Group, weights: Sequence[facts.Weight], exact: bool) -> Iterator[_Difference]:
    """Yield what sets the weights that two layers count apart.

    :param exact: whether the layers inside both are called alike, or may be numbered on by Keras.
    """
    here, there = (_by_place(each, weights, exact) for each in (group, other))
    for place, weight in here.items():
        if place not in there or there[place].shape != weight.shape:
            yield _Difference(weight, there.get(place))
    for place, weight in there.items():
        if place not in here:
            yield _Difference(None, weight)


def _by_place(group: Group, weights: Sequence[facts.Weight], exact: bool) -> dict[tuple[str, ...], facts.Weight]:
    """Give the weights that a layer counts, by their place in it: the names of the layers around them and their own."""
    found: dict[tuple[str, ...], facts.Weight] = {}
    left = set(group.counted)
    stack: list[tuple[tuple[str, ...], facts.Layer]] = [((), group.layer)]
    while stack:
        place, layer = stack.pop()
        own = [i for i in layer.weights if i in left]
        left.difference_update(own)
        names = _numbered([weights[i].name for i in own], exact)
        found |= {(*place, name): weights[i] for name, i in zip(names, own, strict=True)}
        names = _numbered([child.name for child in layer.children], exact)
        stack += [((*place, name), child) for name, child in zip(names, layer.children, strict=True)][::-1]
    return found


def _numbered(names: Sequence[str], exact: bool) -> Iterator[str]:
    """Yield names, each with how many of the same came before; those that Keras numbers are the same."""
    seen: Counter[str] = Counter()
    for name in names:
        stem = name if exact else _NUMBER.sub("", name)
        yield f"{stem} {seen[stem]}"
        seen[stem] += 1


def _phrase(difference: _Difference, here: str, there: str) -> str:
    if difference.here is None:
        assert difference.there is not None
        return f"without {by_weights(there, [difference.there])}"
    weight = by_weights(here, [difference.here])
    if difference.there is None:
        return f"plus {weight}"
    instead = by_weights(difference.there.path.rpartition("/")[0], [difference.there])
    return f"with {weight} instead of {instead.removeprefix(f'{difference.there.name} ')}"


def _step(difference: _Difference) -> str:
    taken = f" − {difference.there.count:,}" if difference.there else ""
    return taken + (f" + {difference.here.count:,}" if difference.here else "")
