"""Parts of all records."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_paramdoc.records.shards import Shard

KEYS = [hashlib.sha256(str(number).encode()).hexdigest()[:32] for number in range(400)]


@given(st.integers(1, 50))
def test_each_record_is_in_one_part(count: int) -> None:
    parts = [{key for key in KEYS if Shard(number, count).holds(key)} for number in range(1, count + 1)]
    assert sorted(key for part in parts for key in part) == sorted(KEYS)


def test_parts_are_of_about_the_same_size() -> None:
    sizes = [sum(map(Shard(number, 4).holds, KEYS)) for number in range(1, 5)]
    assert min(sizes) > 75


def test_a_part_is_the_same_whatever_else_there_is() -> None:
    assert Shard.read("1/2").holds("0" * 31 + "a")
    assert Shard.read(" 2/2 ").holds("0" * 31 + "b")
    assert all(map(Shard().holds, KEYS))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("3/2", "'3/2' is no shard: the first number is one from 1 to 2"),
        ("0/2", "'0/2' is no shard: the first number is one from 1 to 2"),
        ("0/0", "'0/0' is no shard: the first number is one from 1 to the second one"),
        ("x", "'x' is no shard: write 1/4 for the first of four"),
        ("1/2/3", "'1/2/3' is no shard: write 1/4 for the first of four"),
        ("-1/2", "'-1/2' is no shard: write 1/4 for the first of four"),
        ("", "'' is no shard: write 1/4 for the first of four"),
    ],
)
def test_what_is_no_part(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        Shard.read(text)
