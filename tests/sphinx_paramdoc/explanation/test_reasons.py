"""What is trained and what is not, on facts made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation import causes, reasons, wording


def weight(path: str, count: int = 3, **given: Any) -> facts.Weight:
    name = path.rpartition("/")[2]
    return facts.Weight(path, name, [count], "float32", **{"trainable": "reason" not in given, **given})


def why(*weights: facts.Weight, path: str = "a") -> str | None:
    found = reasons.non_trainable(weights, path)
    return f"{found.count:,} non-trainable{wording.written(causes.reasons(found, path))}" if found else None


def test_what_lasts_comes_before_what_unfreezing_frees() -> None:
    frozen = {"frozen_by": "a"}
    assert why(
        weight("a/gamma", 4, reason="frozen_layer", **frozen),
        weight("a/moving_mean", 2, reason="moving_statistics", **frozen),
        weight("a/moving_variance", 2, reason="moving_statistics", **frozen),
    ) == ("8 non-trainable: 4 tracked, not learned (moving mean and moving variance); 4 frozen with the layer")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("embeddings", "embeddings are stored as integers"),
        ("bias", "bias is stored as integers"),
        ("num_documents", "num_documents is stored as integers"),
        ("my_stat_0", "my_stat_0 is stored as integers"),
    ],
)
def test_names_stay_and_plurals_are_right(name: str, said: str) -> None:
    assert why(weight(f"a/{name}", reason="quantised_storage")) == f"3 non-trainable: {said}"


def test_each_is_said_only_where_it_is_each() -> None:
    stored = [weight(f"a/{part}/kernel", reason="quantised_storage") for part in "xy"]
    assert why(*stored) == "6 non-trainable: each kernel is stored as integers"
    assert why(*stored, weight("a/z/kernel")) == "6 non-trainable: x/kernel and y/kernel are stored as integers"


def told(*weights: facts.Weight) -> list[str]:
    return [causes.unheeded(each).text for each in reasons.unheeded(weights, "a")]


def test_what_is_trained_in_a_layer_that_says_it_is_not() -> None:
    inside = weight("a/dense/kernel", unheeded="a")
    assert told(inside) == ["says trainable=False, but layers inside are trained"]
    # What freezes a layer inside it was frozen as a whole: somebody has unfrozen the rest.
    assert told(inside, weight("a/other/kernel", reason="frozen_layer", frozen_by="a")) == []
    assert told(weight("a/kernel", unheeded="a")) == ["kernel is trained although the layer says trainable=False"]
    assert told(weight("a/b/dense/kernel", unheeded="a/b")) == [
        "trainable=False of b does not hold for the layers inside it: 3 are trained"
    ]
    assert told(weight("a/dense/kernel", unheeded="outer")) == []
    assert told(weight("a/dense/kernel")) == []


def test_a_base_of_lora_that_is_trained() -> None:
    factors = [weight(f"a/q/lora_kernel_{side}") for side in "ab"]
    assert list(reasons.trained_bases([weight("a/q/kernel"), weight("a/k/kernel"), *factors], "a")) == ["q/kernel"]
    frozen = weight("a/q/kernel", reason="lora_base_frozen")
    assert list(reasons.trained_bases([frozen, *factors], "a")) == []
    assert causes.trained_bases(["q/kernel", "v/kernel"]).text == (
        "q/kernel and v/kernel, bases of LoRA, are trained as well"
    )
