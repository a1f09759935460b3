from __future__ import annotations

import sys
import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


class TestPrintable:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("dense_1/kernel", "dense_1/kernel"),
            ("größe 形 😀 שלום \u00a0\u200d", "größe 形 😀 שלום \u00a0\u200d"),
            ("\x1b[31m", "\\x1b[31m"),
            ("a\nb\x00\x85", "a\\x0ab\\x00\\x85"),
            ("\u202e\u2066\u200f", "\\u202e\\u2066\\u200f"),
            ("\ufffe\uffff\ufdd0\U0010ffff", "\\ufffe\\uffff\\ufdd0\\U0010ffff"),
            ("\udcff", "\\udcff"),
            ("\\x1b", "\\x1b"),
        ],
    )
    def test_signs_without_a_shape_are_shown(self, text: str, shown: str) -> None:
        assert facts.printable(text) == shown
        assert facts.printable(shown) == shown

    def test_some_may_be_kept(self) -> None:
        assert facts.printable("a\n\tb\x0b", "\n\t") == "a\n\tb\\x0b"

    @given(st.text(st.characters(exclude_categories=[]), max_size=20))
    def test_all_texts(self, text: str) -> None:
        shown = facts.printable(text)
        assert facts.is_printable([shown, {shown: None}])
        assert facts.is_printable([text]) is (shown == text)
        assert shown.encode().decode() == shown

    def test_all_signs(self) -> None:
        for number in range(sys.maxunicode + 1):
            sign = chr(number)
            if unicodedata.category(sign) in {"Cc", "Cs"} or number & 0xFFFE == 0xFFFE:
                assert facts.printable(sign) != sign

    def test_models(self, seed: facts.Model) -> None:
        assert facts.shown(seed) is seed
        named = msgspec.structs.replace(seed, name="a\x1b", layers=[facts.Layer("\udcff/\x00", "\x00", "\u202e")])
        model = facts.shown(named)
        assert (model.name, model.layers) == ("a\\x1b", [facts.Layer("\\udcff/\\x00", "\\x00", "\\u202e")])
        assert model.weights == seed.weights
