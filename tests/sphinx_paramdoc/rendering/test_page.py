"""Names in a page: where they may break."""

from __future__ import annotations

import pytest

from sphinx_paramdoc.rendering.page import breakable


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("dense", ["dense"]),
        ("batch_normalization", ["batch_", "normalization"]),
        ("GlobalAveragePooling2D", ["Global", "Average", "Pooling2D"]),
        ("(BatchNormalization)", ["(Batch", "Normalization)"]),
        ("GRUCell", ["GRU", "Cell"]),
        ("mobilenetv2_1.00_224", ["mobilenetv2_", "1.00_", "224"]),
        ("encoder/dense_1", ["encoder/", "dense_", "1"]),
        ("_private", ["_", "private"]),
        ("x" * 22, ["x" * 22]),
        ("x" * 23, ["x" * 11, "x" * 11, "x"]),
        ("a<b", ["a&lt;b"]),
    ],
)
def test_a_name_breaks_between_its_words(name: str, words: list[str]) -> None:
    assert breakable(name).split("<wbr/>") == words
