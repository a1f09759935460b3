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
        ("BidirectionalGRUCell", ["Bidirectional", "GRU", "Cell"]),
        ("block_11", ["block_11"]),
        ("block_of_16_sign", ["block_of_16_sign"]),
        ("mobilenetv2_1.00_224", ["mobilenetv2_", "1.00_", "224"]),
        ("encoder/inner_dense_1", ["encoder/", "inner_", "dense_", "1"]),
        ("_private_normalizer", ["_", "private_", "normalizer"]),
        ("x" * 22, ["x" * 22]),
        ("x" * 23, ["x" * 11, "x" * 11, "x"]),
        ("a<b", ["a&lt;b"]),
    ],
)
def test_a_name_breaks_between_its_words(name: str, words: list[str]) -> None:
    assert breakable(name).split("<wbr/>") == words
