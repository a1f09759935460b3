from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_paramdoc.table.repetitions import Fold, Repetition, folds, repetitions


def looked_for(text: str) -> set[Repetition]:
    """Find the maximal repetitions by trying all."""
    found: dict[tuple[int, int], Repetition] = {}
    for period in range(1, len(text) // 2 + 1):
        start = 0
        while start < len(text) - period:
            end = start
            while end + period < len(text) and text[end] == text[end + period]:
                end += 1
            if end - start >= period:
                found.setdefault((start, end + period), Repetition(start, end + period, period))
            start = max(end, start) + 1
    return set(found.values())


@given(st.text("abc", max_size=40))
def test_every_maximal_repetition_is_found_once(text: str) -> None:
    found = list(repetitions(text))
    assert len(found) == len(set(found)) <= max(len(text) - 1, 0)
    assert set(found) == looked_for(text)


@pytest.mark.parametrize("text", ["a" * 300, "ab" * 200, "aab" * 99 + "b" * 30, "abcdefg" * 50 + "abc"])
def test_long_repetitions_are_found_whole(text: str) -> None:
    assert set(repetitions(text)) == looked_for(text)


def test_what_differs_everywhere_repeats_nowhere() -> None:
    assert list(repetitions(range(5000))) == []
    assert list(repetitions([])) == []


def test_more_elements_than_any_page_has_rows() -> None:
    blocks = [f"{place}" for _ in range(500) for place in range(8)]
    assert list(repetitions(blocks)) == [Repetition(0, 4000, 8)]
    many = [*range(20_000), *range(20_000)]
    assert list(repetitions(many)) == [Repetition(0, 40_000, 20_000)]


def saved(fold: Fold) -> int:
    return fold.period * (fold.repeat - 1)


def first(_found: Repetition) -> int:
    return 0


def test_what_hides_the_most_is_folded_and_what_is_left_may_fold_as_well() -> None:
    assert folds("xababababyccc", saved, first) == [Fold(1, 2, 4), Fold(10, 1, 3)]
    assert folds("aabaabaab", saved, first) == [Fold(0, 3, 3)]


def test_the_blocks_begin_where_they_are_told_to() -> None:
    assert folds("abcabcab", saved, lambda found: found.spare) == [Fold(2, 3, 2)]
    assert folds("abcabcab", saved, lambda _: 1) == [Fold(1, 3, 2)]


def test_what_is_not_worth_while_stays() -> None:
    assert folds("ababab", lambda fold: saved(fold) if saved(fold) > 4 else 0, first) == []


@given(st.text("abc", max_size=40))
def test_folds_do_not_overlap_and_repeat_what_they_say(text: str) -> None:
    found = folds(text, saved, lambda found: found.spare)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for fold in found:
        assert fold.repeat > 1
        assert text[fold.start : fold.end] == text[fold.start : fold.start + fold.period] * fold.repeat
