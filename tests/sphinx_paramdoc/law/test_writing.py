"""How a formula is written: in one order, with quotients that stay together, and as a sum of rows."""

from __future__ import annotations

from sphinx_paramdoc import facts
from sphinx_paramdoc.law import Law, Result, find
from sphinx_paramdoc.law.wording import sentences
from tests.sphinx_paramdoc.law.builders import Weights, dense, law_of, norm, transformer
from tests.sphinx_paramdoc.makers import Maker, of


def grouped(width: int, heads: int, groups: int, layers: int) -> Weights:
    if width % heads:
        raise ValueError(f"{heads} heads do not divide a width of {width}")
    for _ in range(layers):
        yield "Attention", "query", (width, heads, width // heads)
        yield "Attention", "key", (width, groups, width // heads)
        yield "Attention", "value", (width, groups, width // heads)
        yield "Attention", "output", (heads, width // heads, width)


def test_the_order_does_not_change_with_the_sizes() -> None:
    texts = {
        law_of(transformer, {"heads": 2}, layers=3, width=width, d_ff=d_ff, vocab=vocab, length=length)[0].formula
        for width, d_ff, vocab, length in ((8, 96, 7, 50), (64, 6, 900, 5), (12, 13, 14, 15))
    }
    assert texts == {
        "layers × (4 × width² + 2 × width × d_ff + 9 × width + d_ff) + vocab × width + length × width + 2 × width"
    }


def test_the_order_is_that_of_the_builder_whatever_is_varied_first() -> None:
    def build(first: int, second: int) -> facts.Model:
        maker = Maker()
        return of([maker.dense("a", 7, second), maker.dense("b", 5, first)], maker.weights)

    def run(settings: object) -> list[Result]:
        return [Result(setting, build(**setting)) for setting in settings]  # type: ignore[attr-defined]

    for arguments in ({"first": 3, "second": 4}, {"second": 4, "first": 3}):
        law = find(arguments, build(3, 4), run, order=("first", "second"))
        assert law.formula == "6 × first + 8 × second"
        assert list(law.arguments) == list(arguments)


def test_a_size_that_is_a_quotient_stays_one_where_it_does_not_cancel() -> None:
    law, _ = law_of(grouped, width=64, heads=8, groups=2, layers=3)
    assert law.formula == "layers × (2 × width × groups × (width / heads) + 2 × width²)"
    assert law.polynomial is not None
    assert law.polynomial.evaluate({"width": 96, "heads": 4, "groups": 3, "layers": 1}) == 2 * 96 * 3 * 24 + 2 * 96**2


def test_a_square_of_a_quotient_is_one() -> None:
    def patches(side: int, patch: int, width: int) -> Weights:
        if side % patch:
            raise ValueError(f"{patch} does not divide {side}")
        yield "Position", "embeddings", ((side // patch) ** 2, width)

    law, _ = law_of(patches, side=32, patch=4, width=8)
    assert law.formula == "(side / patch)² × width"


def test_what_is_multiplied_stands_as_the_shape_of_a_weight_has_it() -> None:
    def build(width: int, entries: int, inner: int) -> Weights:
        yield "Embedding", "embeddings", (entries, width)
        yield "Dense", "kernel", (inner, width)

    law, _ = law_of(build, width=8, entries=20, inner=5)
    assert law.formula == "entries × width + inner × width"
    [size] = (part.size for part in law.parts if 0 in part.positions)
    assert law.text(size) == "entries × width"


# A sum of rows


def law_of_rows(*rows: tuple[str, int, int]) -> Law:
    """Return the formula of dense layers with so many inputs; 0 inputs are the width, and 0 units too."""

    def build(width: int) -> facts.Model:
        maker = Maker()
        return of([maker.dense(name, a or width, b or width) for name, a, b in rows], maker.weights)

    return find({"width": 12}, build(12), lambda settings: [Result(each, build(**each)) for each in settings])


def test_rows_that_hold_some_of_the_same_are_not_added_up() -> None:
    assert law_of_rows(("a", 31, 0), ("b", 0, 0)).formula == "width² + 32 × width + width"


def test_layers_that_hold_the_same_stand_together_and_numbers_are_one() -> None:
    law = law_of_rows(("a", 31, 0), ("b", 31, 0), ("c", 0, 5), ("d", 0, 7))
    assert law.formula == "64 × width + 5 × width + 7 × width + 12"
    assert law_of_rows(("a", 0, 0), ("b", 0, 0)).formula == "2 × width² + 2 × width"


def test_rows_that_would_make_it_much_longer_are_added_up() -> None:
    rows = [(f"layer_{number}", number, 0) for number in range(3, 9)]
    assert law_of_rows(*rows).formula == "39 × width"


def gpt(width: int, vocab: int, length: int, layers: int = 0, d_ff: int = 0) -> Weights:
    yield "Embedding", "embeddings", (vocab, width)
    yield "Position", "embeddings", (length, width)
    for _ in range(layers):
        yield from norm(width)
        yield from dense(width, d_ff)
        yield from dense(d_ff, width)
    yield from norm(width)
    yield from dense(width, vocab)


def test_equal_products_of_different_rows_are_counted_before_anything_is_added_up() -> None:
    law, _ = law_of(gpt, {"vocab": 1000, "length": 128}, width=64)
    assert law.formula == "2000 × width + 128 × width + 2 × width + 1000"
    law, _ = law_of(gpt, {"length": 128}, width=64, vocab=1000)
    assert law.formula == "2 × vocab × width + 128 × width + 2 × width + vocab"


def test_the_smallest_are_added_up_where_what_they_are_together_is_smaller_than_all_others() -> None:
    rows = [(f"layer_{inputs}", inputs, 0) for inputs in (3, 999, 1, 127, 2)]
    assert law_of_rows(*rows).formula == "1000 × width + 128 × width + 9 × width"


def test_what_repeats_is_added_up_as_the_row_of_the_blocks_has_it() -> None:
    law, _ = law_of(gpt, {"vocab": 1000, "length": 128, "d_ff": 256}, width=64, layers=3)
    assert law.formula == "layers × (515 × width + 256) + 2000 × width + 128 × width + 2 × width + 1000"


def test_rows_of_halves_and_quarters_stand_by_themselves() -> None:
    def halves(width: int) -> Weights:
        yield "In", "kernel", (33, width)
        yield "Scale", "half", (width // 2,)
        yield "Scale", "quarter", (width // 4,)

    law, _ = law_of(halves, width=64)
    assert law.formula == "33 × width + width / 2 + width / 4"


def test_a_row_of_which_something_repeats_elsewhere_is_one() -> None:
    def build(layers: int, width: int) -> facts.Model:
        maker = Maker()
        blocks = [maker.dense(f"dense_{number}", width, width) for number in range(layers)]
        return of([maker.dense("first", 7, width), *blocks], maker.weights)

    law = find(
        {"layers": 3, "width": 8}, build(3, 8), lambda settings: [Result(each, build(**each)) for each in settings]
    )
    assert law.formula == "layers × (width² + width) + 8 × width"


# What divides


def test_what_divides_and_is_not_varied_is_named() -> None:
    law, run = law_of(transformer, {"heads": 4, "vocab": 4, "length": 9, "d_ff": 5, "layers": 2}, width=16)
    assert law.divisors == {"heads": 4}
    assert "Holds where heads (4) divides width" in list(sentences(law))[1]
    assert [setting for setting in run.executed if "heads" in setting and "vocab" not in setting] != []


def test_a_number_of_the_builder_is_named_by_no_argument_that_is_the_same_by_chance() -> None:
    def build(width: int, classes: int) -> Weights:
        if width % 4:
            raise ValueError("it is no multiple of 4")
        yield from dense(width, width // 4)
        yield from norm(classes)

    law, _ = law_of(build, {"classes": 4}, width=16)
    assert law.divisors == {}
    assert "Holds where 4 divides width" in list(sentences(law))[1]


def test_what_is_divided_and_multiplied_again_names_nothing_that_changes_nothing() -> None:
    def build(width: int, heads: int, seed: int) -> Weights:
        del seed
        yield "Dense", "kernel", (width, heads * (width // heads))

    law, _ = law_of(build, {"heads": 4, "seed": 4}, width=16)
    assert law.divisors == {}


def test_what_follows_from_another_division_is_not_told() -> None:
    def build(width: int) -> Weights:
        if width % 8:
            raise ValueError("it is no multiple of 8")
        yield from dense(width // 2, width // 8)

    law, _ = law_of(build, width=64)
    assert [law.text(each) for each in law.conditions()] == ["width / 8"]
