"""Where a sequence repeats itself: every maximal repetition in it, and which of them to fold.

A repetition of period p is a part of a sequence in which each element equals the one p places before it, and which is
at least 2 p long. A sequence of n elements has fewer than n that cannot be made longer, and each of them holds a Lyndon
word of its period, which is smaller than all that it ends with: Bannai, I, Inenaga, Nakashima, Takeda and Tsuruta 2017,
The "runs" theorem, https://arxiv.org/abs/1406.0263.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple


class Repetition(NamedTuple):
    """A part of a sequence that repeats itself."""

    start: int
    end: int
    """The position behind it."""
    period: int

    @property
    def repeat(self) -> int:
        """How many whole periods it holds."""
        return (self.end - self.start) // self.period

    @property
    def spare(self) -> int:
        """How many elements are left over: the periods may as well begin so many places later."""
        return (self.end - self.start) % self.period


def repetitions(sequence: Sequence[Hashable]) -> Iterator[Repetition]:
    """Yield the maximal repetitions of a sequence, each once, with the smallest period that it has."""
    numbers: dict[Hashable, int] = {}
    places = [numbers.setdefault(each, len(numbers)) for each in sequence]
    last = len(numbers) - 1
    if last + 1 == len(places):
        return
    found: set[tuple[int, int]] = set()
    # Python compares texts fast; one order of their characters finds half of the repetitions, the reverse the others.
    for text in ("".join(map(chr, places)), "".join(chr(last - place) for place in places)):
        reached: dict[int, int] = {}
        for start, end in enumerate(_lyndon_ends(text)):
            period = end - start
            if reached.get(period, 0) >= end:  # inside of the one that was found before
                continue
            left, right = start - _same_before(text, start, end), end + _same_behind(text, start, end)
            reached[period] = right
            if right - left >= 2 * period and (left, right) not in found:
                found.add((left, right))
                yield Repetition(left, right, period)


def _lyndon_ends(text: str) -> list[int]:
    """Return for each place the end of the longest Lyndon word that begins there."""
    ends = [0] * len(text)
    for start in range(len(text) - 1, -1, -1):
        end = start + 1
        while end < len(text) and text[start:end] < text[end : ends[end]]:
            end = ends[end]
        ends[start] = end
    return ends


def _same_behind(text: str, one: int, other: int) -> int:
    """Return how many characters are the same from two places on, the earlier one first."""
    return _most(len(text) - other, lambda low, high: text[one + low : one + high] == text[other + low : other + high])


def _same_before(text: str, one: int, other: int) -> int:
    """Return how many characters are the same before two places, the earlier one first."""
    return _most(one, lambda low, high: text[one - high : one - low] == text[other - high : other - low])


def _most(limit: int, are_same: Callable[[int, int], bool]) -> int:
    """Return the largest number up to which all is the same, in steps that grow, and then shrink."""
    low, high = 0, 1
    while high <= limit and are_same(low, high):
        low, high = high, 2 * high + 1
    high = min(high, limit + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if are_same(low, middle) else (low, middle)
    return low


class Fold(NamedTuple):
    """Blocks that repeat each other."""

    start: int
    period: int
    """How many elements a block has."""
    repeat: int

    @property
    def end(self) -> int:
        """The position behind the last block."""
        return self.start + self.period * self.repeat


def folds(
    sequence: Sequence[Hashable], hidden: Callable[[Fold], int], begin: Callable[[Repetition], int]
) -> list[Fold]:
    """Return the blocks to fold, none of which overlap, in their order: those first that hide the most.

    :param hidden: how much a fold hides; 0 where it is none worth while.
    :param begin: how many elements later than a repetition its first block should begin; at most as many as are spare.
    """
    taken = bytearray(len(sequence))
    heap = [(-hidden(_fold(found, 0)), found) for found in repetitions(sequence)]
    heapify(heap)
    chosen = []
    while heap:
        gain, found = heappop(heap)
        if not gain:
            break
        free = list(_free(taken, found))
        if free == [found]:
            fold = _fold(found, begin(found))
            chosen.append(fold)
            taken[fold.start : fold.end] = b"\1" * (fold.end - fold.start)
            free = list(_free(taken, found))
        for part in free:
            heappush(heap, (-hidden(_fold(part, 0)), part))
    return sorted(chosen)


def _fold(found: Repetition, later: int) -> Fold:
    return Fold(found.start + later, found.period, found.repeat)


def _free(taken: bytearray, found: Repetition) -> Iterator[Repetition]:
    """Yield the parts of a repetition that are not taken yet and repeat themselves."""
    start = found.start
    while start < found.end:
        start = taken.find(0, start, found.end)
        if start < 0:
            return
        end = taken.find(1, start, found.end)
        end = found.end if end < 0 else end
        if end - start >= 2 * found.period:
            yield Repetition(start, end, found.period)
        start = end
