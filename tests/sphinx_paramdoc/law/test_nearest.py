"""Settings that come near to a count, and what their arguments are to be."""

from __future__ import annotations

import re

import pytest

from sphinx_paramdoc.law.conditions import Condition, completed, ordered, read
from sphinx_paramdoc.law.domain import step, values
from sphinx_paramdoc.law.nearest import nearest
from tests.sphinx_paramdoc.law.builders import Weights, dense, law_of, transformer


def test_a_setting_comes_near_and_keeps_what_conditions_say() -> None:
    law, run = law_of(transformer, layers=12, width=768, heads=12, d_ff=3072)
    conditions = ordered((read("d_ff = 4 * width"), read("heads = width // 64")), law.arguments)
    found = nearest(law, 125_000_000, conditions)
    assert found
    for setting in found[:5]:
        assert setting["d_ff"] == 4 * setting["width"]
        assert setting["heads"] == setting["width"] // 64
        assert 3 <= setting["layers"] <= 48
        assert 192 <= setting["width"] <= 3072
        assert setting["width"] % setting["heads"] == 0
        count = sum(weight.count for weight in run.model(setting).weights)
        assert abs(count - 125_000_000) < 2_000_000
    distances = [abs(sum(w.count for w in run.model(each).weights) - 125_000_000) for each in found[:5]]
    assert distances == sorted(distances)


def test_the_nearest_of_all_is_found() -> None:
    def build(width: int, layers: int) -> Weights:
        for _ in range(layers):
            yield from dense(width, width)

    law, _ = law_of(build, width=10, layers=6)
    counts = {(w, n): n * (w * w + w) for w in range(3, 41) for n in range(2, 25)}
    for wanted in (100, 1234, 9999):
        best = min(abs(count - wanted) for count in counts.values())
        [first, *_] = nearest(law, wanted)
        assert abs(counts[first["width"], first["layers"]] - wanted) == best


def test_values_without_a_model_hide_none_that_has_one() -> None:
    def build(width: int, heads: int) -> Weights:
        yield "Projection", "kernel", (width, heads, width // heads)

    law, _ = law_of(build, width=128, heads=2)
    found = nearest(law, 4900, (read("heads = width // 64"),))
    assert found[0] == {"width": 70, "heads": 1}


def test_a_count_that_falls_where_an_argument_grows_is_met() -> None:
    def build(a: int, b: int) -> Weights:
        yield "Pad", "kernel", (a - b + 1000,)

    law, _ = law_of(build, a=100, b=300)
    assert law.formula == "a − b + 1000"
    found = nearest(law, 600)
    assert {setting["a"] - setting["b"] for setting in found} == {-400}


def test_an_argument_that_stays_may_be_what_a_condition_must_not_give() -> None:
    def build(width: int, seed: int) -> Weights:
        yield "Dense", "kernel", (width, width)

    for seed in (0, -1):
        law, _ = law_of(build, width=8, seed=seed)
        assert nearest(law, 100)[0] == {"width": 10, "seed": seed}
        assert seed in values(law, "seed")


def test_what_changes_nothing_stays() -> None:
    law, _ = law_of(transformer, layers=2, width=64, heads=2)
    assert {setting["heads"] for setting in nearest(law, 100_000)} == {2}


def test_steps_are_those_of_what_divides() -> None:
    law, _ = law_of(transformer, layers=12, width=768, heads=12, d_ff=3072)
    assert [step(law, name) for name in ("layers", "width", "heads", "d_ff")] == [1, 12, 1, 1]
    assert values(law, "width") == range(12, 3073, 12)


def test_conditions_are_read_and_tell_what_an_argument_is() -> None:
    condition = read("d_ff = 4 × (width − 2) + heads // 3")
    assert condition.name == "d_ff"
    assert condition.names == {"width", "heads"}
    assert condition.value({"width": 10, "heads": 7}) == 34
    assert completed((condition,), {"width": 10, "heads": 7}) == {"width": 10, "heads": 7, "d_ff": 34}
    assert completed((condition,), {"width": 1, "heads": 1}) is None
    assert completed((read("heads = width // 0"),), {"width": 1}) is None


@pytest.mark.parametrize(
    "text", ["width", "= 3", "3 = width", "d_ff =", "d_ff = 4 * ", "d_ff = f(width)", "d_ff = 1.5"]
)
def test_what_is_no_condition_says_so(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"{text!r} is no condition")):
        read(text)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["depth = 3"], "depth is none of the arguments that are varied: width, heads, d_ff"),
        (["d_ff = depth"], "depth is none of the arguments that are varied: width, heads, d_ff"),
        (["d_ff = 3", "d_ff = 4"], "two conditions say what d_ff is"),
        (["d_ff = 2 * heads", "heads = d_ff // 2"], "the conditions of d_ff and heads need each other"),
    ],
)
def test_conditions_that_cannot_be_kept_say_why(texts: list[str], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        ordered(tuple(map(read, texts)), {"width": 1, "heads": 1, "d_ff": 1})


def test_conditions_come_behind_those_that_they_need() -> None:
    made = ordered((read("d_ff = 2 * heads"), read("heads = width // 2")), {"width": 1, "heads": 1, "d_ff": 1})
    assert [condition.name for condition in made] == ["heads", "d_ff"]
    assert isinstance(made[0], Condition)
