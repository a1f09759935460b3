from __future__ import annotations

import msgspec
import pytest

from sphinx_paramdoc import facts


def weight(*shape: int, dtype: str = "float32") -> facts.Weight:
    return facts.Weight("dense/kernel", "kernel", list(shape), dtype, trainable=True)


def test_json_form_gives_the_same_facts(seed: facts.Model) -> None:
    assert facts.decode(facts.encode(seed)) == seed


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b'{"root": {}}', b'{"schema": 7}', b'{"root": {"path": 1, "name": "a", "class": "b"}}'],
)
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        facts.decode(data)


def test_an_unknown_reason_is_refused(seed: facts.Model) -> None:
    damaged = facts.encode(seed).replace(b"moving_statistics", b"bad_mood")
    with pytest.raises(msgspec.ValidationError, match="bad_mood"):
        facts.decode(damaged)


@pytest.mark.parametrize(("shape", "count"), [((), 1), ((7,), 7), ((3, 3, 8, 16), 1152), ((5, 0), 0)])
def test_count(shape: tuple[int, ...], count: int) -> None:
    assert weight(*shape).count == count


@pytest.mark.parametrize(
    ("dtype", "size"), [("float32", 12), ("bfloat16", 6), ("int8", 3), ("int4", 2), ("bool", 3), ("complex64", 24)]
)
def test_size_in_bytes(dtype: str, size: int) -> None:
    assert weight(3, dtype=dtype).size_bytes == size


def test_all_weights_comes_own_first_and_repeats_what_is_held_twice() -> None:
    inner = facts.Layer("a/b", "b", "B", weights=[1, 2])
    outer = facts.Layer("a", "a", "A", weights=[0], children=[inner, facts.Layer("a/c", "c", "B", weights=[2, 3])])
    assert list(outer.all_weights()) == [0, 1, 2, 2, 3]
