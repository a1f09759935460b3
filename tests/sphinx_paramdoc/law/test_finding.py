"""The formula of a builder in its own arguments: found, or refused with a reason; and how few settings that takes."""

from __future__ import annotations

from sphinx_paramdoc.law.wording import sentences
from tests.sphinx_paramdoc.law.builders import Weights, dense, law_of, norm, transformer

GPT2 = "layers × (4 × width² + 2 × width × d_ff + 9 × width + d_ff) + vocab × width + length × width + 2 × width"


def test_a_transformer_has_a_formula_that_people_would_write() -> None:
    law, _ = law_of(transformer, layers=12, width=768, d_ff=3072, vocab=50257, length=1024)
    assert law.formula == GPT2
    assert law.refused == {}
    assert law.repeating == ("layers",)


def test_four_arguments_of_twelve_layers_take_at_most_twelve_executions() -> None:
    for names in ("layers width heads d_ff", "layers width d_ff vocab"):
        whole = {"layers": 12, "width": 768, "heads": 12, "d_ff": 3072, "vocab": 50257}
        wanted = names.split()
        law, run = law_of(
            transformer,
            {name: value for name, value in whole.items() if name not in wanted},
            **{name: whole[name] for name in wanted},
        )
        assert not law.refused
        assert 1 + len(run.executed) <= 12
        assert len(law.executed) == 1 + len(run.executed) - len(law.raised) - len(law.divisors)


def test_it_is_held_to_five_settings_that_had_no_part_in_finding_it() -> None:
    law, _ = law_of(transformer, layers=3, width=48, heads=4, d_ff=96)
    assert len(law.agrees_at) == 5
    assert law.polynomial is not None
    for setting in law.agrees_at:
        assert [setting[name] != value for name, value in law.arguments.items()] == [True] * 4
    for arguments, total in law.executed:
        assert law.polynomial.evaluate(arguments) == total


def test_what_is_found_at_toy_size_gives_the_published_count_of_gpt_2() -> None:
    law, _ = law_of(transformer, layers=2, width=8, d_ff=24, vocab=11, length=5, heads=2)
    assert law.polynomial is not None
    size = {"layers": 12, "width": 768, "d_ff": 3072, "vocab": 50257, "length": 1024, "heads": 12}
    assert law.polynomial.evaluate(size) == 124_439_808


def test_what_divides_what_is_told_by_what_must_be_whole() -> None:
    law, _ = law_of(transformer, layers=2, width=64, heads=2)
    assert [law.text(each) for each in law.conditions()] == ["width / heads"]
    assert "heads" not in (law.formula or "")


def test_layers_of_one_class_that_repeat_inside_one_another_are_told_apart_by_their_shapes() -> None:
    def build(layers: int, experts: int, width: int) -> Weights:
        for _ in range(layers):
            yield "Dense", "kernel", (2 * width + 5,)
            for _ in range(experts):
                yield "Dense", "kernel", (8 * width,)

    law, _ = law_of(build, layers=3, experts=2, width=211)
    assert law.refused == {}
    assert law.formula == "layers × (8 × experts × width + 2 × width + 5)"


def test_layers_inside_repeated_ones_are_repeated_by_both_arguments() -> None:
    def experts(layers: int, experts: int, width: int, d_ff: int) -> Weights:
        for _ in range(layers):
            yield "Router", "kernel", (width, experts)
            for _ in range(experts):
                yield "Dense", "kernel", (width, d_ff)
                yield "Dense", "kernel", (d_ff, width)
        yield from dense(width, 10)

    law, _ = law_of(experts, layers=4, experts=8, width=32, d_ff=64)
    assert law.formula == "layers × experts × (2 × width × d_ff + width) + 10 × width + 10"


def test_one_more_or_less_than_an_argument_says() -> None:
    def chain(layers: int, width: int) -> Weights:
        yield from dense(7, width)
        for _ in range(layers - 1):
            yield from dense(width, width)
        yield from dense(width, 3)

    law, _ = law_of(chain, layers=5, width=16)
    assert law.formula == "layers × (width² + width) − width² + 7 × width + 3 × width + 3"


def test_a_size_that_follows_from_another_needs_no_argument_of_its_own() -> None:
    def derived(width: int, layers: int, d_ff: int | None = None) -> Weights:
        for _ in range(layers):
            yield from dense(width, d_ff or 4 * width)

    law, _ = law_of(derived, width=16, layers=2)
    assert law.formula == "layers × (4 × width² + 4 × width)"


def test_sums_and_products_inside_one_dimension() -> None:
    def fused(width: int, heads: int, groups: int) -> Weights:
        size = width // heads
        yield "Dense", "kernel", (width, size * (heads + 2 * groups))

    law, _ = law_of(fused, width=64, heads=8, groups=2)
    assert law.formula == "2 × width × groups × (width / heads) + width²"


def test_a_position_for_each_patch_of_a_picture() -> None:
    def patches(side: int, patch: int, width: int) -> Weights:
        if side % patch:
            raise ValueError(f"{patch} does not divide {side}")
        yield "Conv2D", "kernel", (patch, patch, 3, width)
        yield "Position", "embeddings", ((side // patch) ** 2 + 1, width)

    law, _ = law_of(patches, side=224, patch=16, width=192)
    assert law.formula == "(side / patch)² × width + 3 × patch² × width + width"
    assert [law.text(each) for each in law.conditions()] == ["side / patch"]
    law, _ = law_of(patches, side=32, patch=4, width=8)  # where the square divides the side as well
    assert [law.text(each) for each in law.conditions()] == ["side / patch"]


def test_a_number_that_an_argument_divides_is_whole_where_it_divides_it() -> None:
    def patches(patch: int, width: int) -> Weights:
        if 32 % patch:
            raise ValueError(f"{patch} does not divide 32")
        yield "Position", "embeddings", ((32 // patch) ** 2 + 1, width)

    law, _ = law_of(patches, patch=4, width=8)
    assert law.formula == "(32 / patch)² × width + width"
    assert [law.text(each) for each in law.conditions()] == ["32 / patch"]


def test_what_is_divided_and_multiplied_again_has_a_formula_where_it_is_divided() -> None:
    def attention(width: int, heads: int, layers: int) -> Weights:
        for _ in range(layers):
            yield "Dense", "kernel", (width, heads * (width // heads))
            yield "Bias", "embeddings", (32, heads)

    law, _ = law_of(attention, width=64, heads=4, layers=3)
    assert law.formula == "layers × (width² + 32 × heads)"
    assert [law.text(each) for each in law.conditions()] == ["width / heads"]
    assert len(law.agrees_at) == 5
    assert all(setting["width"] % setting["heads"] == 0 for setting in law.agrees_at)


# What has no formula


def test_an_argument_that_changes_nothing_is_part_of_no_formula() -> None:
    def with_seed(width: int, seed: int) -> Weights:
        del seed
        yield from dense(width, width)

    law, _ = law_of(with_seed, width=8, seed=42)
    assert law.formula == "width² + width"


def test_few_layers_alone_have_a_formula() -> None:
    def build(layers: int) -> Weights:
        for _ in range(layers):
            yield from dense(8, 8)

    for layers in (1, 2, 3, 4, 6, 7, 12):
        law, _ = law_of(build, layers=layers)
        assert (law.formula, law.refused) == ("72 × layers", {})
        assert len(law.agrees_at) == 5


def test_a_width_alone_that_something_fixed_divides_has_a_formula() -> None:
    for heads, width in ((3, 12), (2, 8), (4, 4), (12, 768), (8, 64), (5, 20), (1, 6)):
        law, _ = law_of(transformer, {"heads": heads, "layers": 1, "vocab": 7, "d_ff": 9, "length": 5}, width=width)
        assert (law.formula, law.refused) == ("4 × width² + 41 × width + 9", {})
        assert len(law.agrees_at) == 5


def test_an_argument_alone_that_changes_nothing_says_so() -> None:
    def build(n: int) -> Weights:
        del n
        yield from dense(8, 8)

    for n in (0, 1, 2, 7, 100):
        law, _ = law_of(build, n=n)
        assert law.formula == "72"
        assert any("n does not change the count." in str(sentence) for sentence in sentences(law))


def test_the_settings_are_the_same_each_time() -> None:
    first, second = (law_of(transformer, layers=3, width=48, heads=4)[1].executed for _ in range(2))
    assert first == second


# What some weights of the model hold


def test_most_of_what_repeats_are_all_but_the_others() -> None:
    def build(layers: int, width: int) -> Weights:
        yield from norm(width)
        for _ in range(layers):
            yield from dense(width, width)
            yield from norm(width)

    law, run = law_of(build, layers=4, width=8)
    assert law.formula == "layers × (width² + 3 × width) + 2 × width"
    held = run.model({"layers": 4, "width": 8}).weights
    inside = law.of_positions(range(2, len(held)))
    assert inside is not None and law.text(inside) == "layers × (width² + 3 × width)"
    first, block = law.of_positions([0, 1]), law.of_positions(range(2, 6))
    assert first is not None and law.text(first) == "2 × width"
    assert block is not None and law.text(block) == "width² + 3 × width"
    assert law.of_positions(range(2, 10)) is None  # two of four: nobody knows how many these would be


def test_rows_that_share_equal_weights_are_each_held_to_what_was_executed() -> None:
    def build(enc: int, dec: int, width: int) -> Weights:
        for name, number in {"encoder": enc, "decoder": dec}.items():
            for _ in range(number):
                for kind, weight, shape in dense(width, width):
                    yield f"{name}/{kind}", weight, shape

    for enc, dec in ((3, 2), (2, 2), (4, 1)):
        law, _ = law_of(build, enc=enc, dec=dec, width=8)
        assert law.formula is not None
        encoder, decoder = law.of_positions(range(2 * enc)), law.of_positions(range(2 * enc, 2 * (enc + dec)))
        assert encoder is not None and law.text(encoder) == "enc × (width² + width)"
        assert decoder is not None and law.text(decoder) == "dec × (width² + width)"


def test_rows_that_nothing_tells_apart_have_no_formula() -> None:
    def flat(enc: int, dec: int, width: int) -> Weights:
        for _ in range(enc + dec):
            yield from dense(width, width)

    law, _ = law_of(flat, enc=3, dec=2, width=8)
    assert law.formula is not None
    assert law.of_positions(range(6)) is None
    assert law.of_positions(range(6, 10)) is None


def test_one_of_several_blocks_holds_what_another_argument_numbers() -> None:
    def build(layers: int, experts: int, width: int) -> Weights:
        for layer in range(layers):
            for _ in range(experts):
                yield f"block_{layer}/Dense", "kernel", (width, width)

    law, _ = law_of(build, layers=3, experts=4, width=8)
    block = law.of_positions(range(4))
    assert block is not None and law.text(block) == "experts × width²"
