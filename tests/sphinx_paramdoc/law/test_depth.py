"""Models of many layers: most is looked for with few of them, and the deep ones have to bear it out."""

from __future__ import annotations

from tests.sphinx_paramdoc.law.builders import Weights, dense, law_of, norm, transformer

FIXED = {"vocab": 50, "length": 9, "d_ff": 24, "heads": 2}


def test_a_deep_model_is_executed_once_more_as_deep_and_else_with_few_layers() -> None:
    for layers in (12, 48, 96):
        law, run = law_of(transformer, FIXED, layers=layers, width=16)
        assert law.formula == "layers × (4 × width² + 57 × width + 24) + 50 × width + 9 × width + 2 × width"
        assert [each["layers"] for each in run.executed if each["layers"] > 8] == [layers + 1]
        assert len(law.agrees_at) == 5
        assert any(each["layers"] == layers + 1 and each["width"] != 16 for each in law.agrees_at)
        assert all(each["layers"] != layers and each["width"] != 16 for each in law.agrees_at)


def test_what_stands_where_is_that_of_the_deep_model() -> None:
    law, run = law_of(transformer, FIXED, layers=12, width=16)
    held = run.model({"layers": 12, "width": 16}).weights
    assert sorted(place for part in law.parts for place in part.positions) == list(range(len(held)))
    embedding = law.of_positions([0])
    assert embedding is not None and law.text(embedding) == "50 × width"


def test_two_arguments_that_number_layers_are_both_taken_back() -> None:
    def build(encoders: int, decoders: int, width: int) -> Weights:
        for _ in range(encoders):
            yield from dense(width, width)
        for _ in range(decoders):
            yield from norm(width)
            yield "Cross", "kernel", (width, 3)

    law, run = law_of(build, encoders=24, decoders=12, width=8)
    assert law.formula == "encoders × (width² + width) + 5 × decoders × width"
    assert sum(each["encoders"] > 8 and each["decoders"] > 8 for each in run.executed) <= 2


def test_deep_layers_that_are_other_than_the_first_are_not_overlooked() -> None:
    def build(layers: int, width: int) -> Weights:
        for number in range(layers):
            yield "Dense", "kernel", (width if number < 8 else 16, 3)

    law, run = law_of(build, layers=12, width=16)  # 16 of them are the width, and 16 are 16
    for setting, total in law.executed:
        if law.polynomial is not None:
            assert law.polynomial.evaluate(setting) == total
    assert law.formula is None
    assert any(each["layers"] > 8 and each["width"] != 16 for each in run.executed)


def test_what_has_no_formula_with_few_layers_is_looked_at_as_deep_as_it_is() -> None:
    def build(layers: int, width: int) -> Weights:
        for _ in range(layers):
            yield from dense(width, width)
        if layers > 5:
            yield from norm(width)

    law, _ = law_of(build, layers=12, width=8)
    assert list(law.refused) == ["layers"]
    assert law.others is not None
    assert law.others.formula == "12 × width² + 14 × width"
