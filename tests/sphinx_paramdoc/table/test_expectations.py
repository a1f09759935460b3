from __future__ import annotations

import pytest

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.table.expectations import count, differences


@pytest.mark.parametrize("text", ["2140752", "2,140,752", "2_140_752", "2 140 752", " 2,140,752 ", "2'140'752"])
def test_a_count_is_read_with_any_separator(text: str) -> None:
    assert count(text) == 2_140_752


@pytest.mark.parametrize("text", [None, "", "many", "-3", "2.5", "2,14,752", "2,140 752", "12 millions", ","])
def test_what_is_no_count_is_refused(text: str | None) -> None:
    with pytest.raises(ValueError, match="is not a count such as"):
        count(text)


def test_only_what_differs_is_named_with_both_numbers(seed: facts.Model) -> None:
    expected = {"total": 2_140_752, "trainable": 1, "non-trainable": None, "caption": "x"}
    assert list(differences(table.build(seed), expected)) == [
        ("trainable", "1 trainable parameters are expected, but functional has 2,139,728")
    ]


def test_an_expectation_of_none_at_all_counts(seed: facts.Model) -> None:
    assert [name for name, _ in differences(table.build(seed), {"non-trainable": 0})] == ["non-trainable"]
