"""Neighbours to which the same happened: they are one change, as equal blocks are one row of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sphinx_paramdoc.difference.matching import Pair
from sphinx_paramdoc.difference.parts import Layer, Part
from sphinx_paramdoc.said import said

_LEAST = 4
"""So many layers that were added one behind the other may be blocks that repeat."""


class Run(NamedTuple):
    """Pairs that follow each other, all of equal layers before and of equal layers after."""

    pairs: tuple[Pair, ...]
    period: int = 0
    """Of how many layers a block consists, where these are blocks of several layers."""
    known: int = 0
    """How many such blocks stand directly before these."""

    @property
    def before(self) -> tuple[Layer, ...]:
        """Those of the first model."""
        return tuple(pair.before for pair in self.pairs if pair.before)

    @property
    def after(self) -> tuple[Layer, ...]:
        """Those of the second."""
        return tuple(pair.after for pair in self.pairs if pair.after)


def joined(pairs: Sequence[Pair], is_alone: Callable[[Pair], bool]) -> Iterator[Run]:
    """Yield the pairs in runs.

    :param is_alone: tells whether a pair is no part of one, as something else happened to it than to its neighbours.
    """
    runs = list(_equal(pairs, is_alone))
    place = 0
    while place < len(runs):
        side = _only_side(runs[place], is_alone)
        end = place + 1
        while side is not None and end < len(runs) and _only_side(runs[end], is_alone) == side:
            end += 1
        alone = [pair for run in runs[place:end] for pair in run.pairs]
        if side is None or len(alone) < _LEAST:
            yield from runs[place:end]
        else:
            behind = [pair[side] for run in runs[:place] for pair in run.pairs]
            yield from _blocks(alone, side, [layer.part.full for layer in behind if layer], runs[place:end])
        place = end


def _only_side(run: Run, is_alone: Callable[[Pair], bool]) -> int | None:
    """Return in which of the models layers are that may be blocks, 0 or 1; ``None``: they are in both."""
    if is_alone(run.pairs[0]) or (run.before and run.after):
        return None
    return int(not run.before)


def _equal(pairs: Sequence[Pair], is_alone: Callable[[Pair], bool]) -> Iterator[Run]:
    """Yield runs of pairs whose layers equal each other on either side."""
    found: list[Pair] = []
    for pair in pairs:
        if found and (is_alone(pair) or is_alone(found[-1]) or not _fits(found, pair)):
            yield from _split(found)
            found = []
        found.append(pair)
    if found:
        yield from _split(found)


def _fits(found: Sequence[Pair], pair: Pair) -> bool:
    for side in (0, 1):
        layer = pair[side]
        other = next((it[side] for it in found if it[side]), None)
        if layer and other and layer.part.full != other.part.full:
            return False
    one = next((it.after or it.before for it in found), None)
    here = pair.after or pair.before
    return one is not None and here is not None and one.part.class_name == here.part.class_name


def _split(found: Sequence[Pair]) -> Iterator[Run]:
    """Yield a run as one if it may be one; else its pairs."""
    run = Run(tuple(found))
    both = sum(1 for pair in found if pair.before and pair.after)
    if not both and run.before and run.after:  # what is gone, and what has come
        yield from (Run(tuple(pair for pair in found if pair[side])) for side in (0, 1))
    elif both in {0, len(found)} or _may_grow(run.after[0].part, min(len(run.before), len(run.after))):
        yield run
    else:
        yield from (Run((pair,)) for pair in found)


def _may_grow(part: Part, fewest: int) -> bool:
    """Tell whether more of equal layers are a larger number of them, and no layer by itself."""
    return part.params > 0 and (bool(part.inside) or fewest > 1)


def _blocks(alone: Sequence[Pair], side: int, behind: Sequence[int], runs: Sequence[Run]) -> Iterator[Run]:
    """Yield layers that only one model has, equal blocks of several together.

    :param behind: the numbers of the parts that stand before them.
    """
    from sphinx_paramdoc.table.repetitions import Fold, folds  # loaded where it is asked for

    layers = [layer for pair in alone if (layer := pair[side])]
    numbers = [layer.part.full for layer in layers]

    def hidden(fold: Fold) -> int:
        parts = [layer.part.params for layer in layers[fold.start : fold.start + fold.period]]
        return (fold.repeat - 1) * fold.period if fold.period > 1 and any(parts) else 0

    found = folds(numbers, hidden, lambda _: 0)
    if not found:
        yield from runs
        return
    place = 0
    for fold in found:
        yield from (Run((pair,)) for pair in alone[place : fold.start])
        block = numbers[fold.start : fold.start + fold.period]
        before = [*behind, *numbers[: fold.start]]
        known = 0
        while before[max(len(before) - fold.period, 0) :] == block:
            known += 1
            del before[-fold.period :]
        yield Run(tuple(alone[fold.start : fold.end]), fold.period, known)
        place = fold.end
    yield from (Run((pair,)) for pair in alone[place:])


def of_blocks(run: Run) -> list[str]:
    """Return what equal blocks of several layers are: how many there are now, and how much each holds."""
    layers = run.after or run.before
    number = len(layers) // run.period
    each = sum(layer.part.params for layer in layers[: run.period])
    one, other = run.known, run.known + number
    if run.before:
        one, other = other, one
    if run.known:
        return [
            said(
                "equal blocks of {size} layers {before} → {after}, {each:,} each",
                size=run.period,
                before=one,
                after=other,
                each=each,
            )
        ]
    return [said("{number} equal blocks of {size} layers, {each:,} each", number=number, size=run.period, each=each)]
