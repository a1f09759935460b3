"""Where there is no formula, and the page says which argument has none and why."""

from __future__ import annotations

from sphinx_paramdoc.law import find
from sphinx_paramdoc.law.wording import sentences
from tests.sphinx_paramdoc.law.builders import Executor, Weights, dense, law_of, norm, transformer


def test_halves_of_halves_are_refused_by_what_is_added() -> None:
    def halving(width: int, layers: int) -> Weights:
        for number in range(layers):
            yield from dense(width // 2**number, width // 2 ** (number + 1))

    law, _ = law_of(halving, width=64, layers=3)
    assert law.formula is None
    assert law.parts == ()
    assert law.refused == {"layers": "with 4 instead of 3 there are further weights, of other shapes than those before"}


def test_halves_alone_have_a_formula_where_they_are_whole() -> None:
    def halves(width: int) -> Weights:
        yield from dense(5, width // 2)

    law, _ = law_of(halves, width=64)
    assert law.formula == "5 × (width / 2) + width / 2"
    assert [law.text(each) for each in law.conditions()] == ["width / 2"]
    assert {"width": 65} in [arguments for arguments, _ in law.executed]  # which rounds, and so is none of its own


def test_what_is_rounded_to_multiples_is_refused_and_its_counts_are_told() -> None:
    def rounded(width: int, layers: int) -> Weights:
        for _ in range(layers):
            yield "Dense", "kernel", (3, max(8, (width + 4) // 8 * 8))

    law, _ = law_of(rounded, width=64, layers=2)
    assert law.refused == {"width": "no sum of products gives the counts that were executed"}
    assert list(sentences(law)) == [
        (
            "The argument width has no formula: no sum of products gives the counts that were executed. "
            "Executed counts: width = 32: 192, width = 64: 384, width = 66: 384, width = 128: 768."
        ),
        "With width = 64 as here, in the other arguments (layers = 2): 192 × layers",
        "Agrees with 5 further settings that were executed, weight by weight.",
    ]


def test_what_is_rounded_so_much_that_little_changes_nothing_is_refused() -> None:
    def mobile(width: int, layers: int) -> Weights:
        for _ in range(layers):
            yield from dense(3, max(8, int(width * 0.35 + 4) // 8 * 8))

    law, _ = law_of(mobile, width=32, layers=3)
    assert list(law.refused) == ["width"]


def test_what_is_divided_is_not_refused_along_with_what_a_branch_adds() -> None:
    def build(layers: int, heads: int) -> Weights:
        for number in range(layers):
            yield "Dense", "kernel", (3, 5)
            if number == layers - 1 and layers > 2:
                yield "Dense", "kernel", (7, 7)
        yield "Position", "embeddings", (12 // heads, 5)

    for heads in (3, 6):  # 12 // 5 is no evidence against 12 / heads
        law, _ = law_of(build, layers=3, heads=heads)
        assert list(law.refused) == ["layers"]


def test_layers_that_a_branch_adds_are_refused() -> None:
    def branch(width: int, layers: int) -> Weights:
        for _ in range(layers):
            yield from dense(width, width)
        if layers > 4:
            yield from norm(width)

    law, _ = law_of(branch, width=64, layers=6)
    assert list(law.refused) == ["layers"]


def test_another_kind_of_layers_is_refused() -> None:
    def kinds(width: int, layers: int) -> Weights:
        for number in range(layers):
            yield f"Dense{number}", "kernel", (width, width)

    law, _ = law_of(kinds, width=4, layers=3)
    assert law.refused == {"layers": "with 4 instead of 3 there are weights of a kind that the model does not have"}


def test_an_argument_that_takes_no_other_value_is_refused_or_left_out() -> None:
    def only(width: int, kind: int) -> Weights:
        if kind != 3:
            raise ValueError(f"kind is 3, and not {kind}")
        yield from dense(width, width)

    run = Executor(only, {"kind": 3})
    arguments = {"width": 8, "kind": 3}
    told = "no other value of it could be executed; with 4: ValueError: kind is 3, and not 4"
    law = find(arguments, run.model(arguments), run)
    assert law.refused == {"kind": told}
    assert law.raised[0] == ({"width": 8, "kind": 4}, "ValueError: kind is 3, and not 4")
    law = find(arguments, run.model(arguments), run, may_leave_out=True)
    assert law.left_out == {"kind": told}
    assert law.arguments == {"width": 8}
    assert law.formula == "width² + width"
    assert len(law.raised) == 6


def test_where_too_few_settings_can_be_executed_there_is_no_formula() -> None:
    def most(width: int, layers: int) -> Weights:
        if width != 64 and layers != 4:
            raise ValueError("one at a time")
        for _ in range(layers):
            yield from dense(width, width)

    law, _ = law_of(most, width=64, layers=4)
    told = (
        "a formula is held to 5 further settings, 0 of which could be executed; "
        "with layers = 8 and width = 256: ValueError: one at a time"
    )
    assert law.refused == {"width": told, "layers": told}
    [sentence] = sentences(law)
    assert sentence == (
        f"The arguments width and layers have no formula: {told}. "
        "Executed counts: width = 32: 4,224, width = 64: 16,640. "
        "Executed counts: layers = 2: 8,320, layers = 4: 16,640."
    )


def test_values_that_raised_are_tried_no_more_where_others_are_left() -> None:
    def picky(width: int, layers: int, encoders: int) -> Weights:
        if encoders == 1:
            raise ValueError("the last but one of 1 is none")
        if width % 32:
            raise ValueError(f"there are 32 groups, and {width} channels")
        for _ in range(layers + encoders):
            yield from dense(width, width)

    for encoders in (2, 3, 4):
        law, _ = law_of(picky, width=32, layers=3, encoders=encoders)
        assert law.refused == {}
        assert law.polynomial is not None
        assert law.polynomial.evaluate({"width": 96, "layers": 5, "encoders": 7}) == 12 * (96**2 + 96)


def test_what_a_setting_says_is_said_only_where_nothing_else_does_and_shortly() -> None:
    law, _ = law_of(transformer, layers=2, width=64, heads=2)
    assert any("heads do not divide" in trouble for _, trouble in law.raised) is False

    def rate(width: int, drop: int) -> Weights:
        if drop > 1 or width % 4:
            raise ValueError("a rate is between 0 and 1, and it is no other number at all: " + "so " * 99)
        yield from dense(width, width // 4)

    law, _ = law_of(rate, width=64, drop=0)
    assert any(setting["width"] % 4 for setting, _ in law.raised)
    about = list(sentences(law))[1]
    assert "Holds where 4 divides width; of other values it says nothing." in about
    assert about.count("No model with") == about.count("drop = ") > 0
    assert about.endswith("so so […].")
    assert len(about) < 600


def test_of_what_took_too_long_nobody_says_that_there_is_no_model() -> None:
    def slow(width: int) -> Weights:
        if width % 2:
            raise TimeoutError("it did not end within 60 seconds")
        yield from dense(width, 3)

    law, _ = law_of(slow, width=64)
    assert law.raised == []
    about = list(sentences(law))[1]
    assert "No model with" not in about
    assert "Not executed with width = " in about
