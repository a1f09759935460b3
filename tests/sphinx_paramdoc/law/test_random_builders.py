"""Random builders: of sums and products of arguments, which have a formula; and with rounding and branches."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sphinx_paramdoc.law.builders import Weights, law_of

SIZES = ("width", "inner", "vocab")
NUMBERS = ("layers", "experts")

Number = Callable[[dict[str, int]], int]


def numbers() -> st.SearchStrategy[Number]:
    """Draw sums and products of arguments that are sizes."""
    names = st.sampled_from(SIZES)
    constant = st.integers(1, 7)

    def proportional(times: int, name: str) -> Number:
        return lambda given: times * given[name]

    def shifted(times: int, name: str, more: int) -> Number:
        return lambda given: times * given[name] + more

    def multiplied(one: str, other: str) -> Number:
        return lambda given: given[one] * given[other]

    def added(one: str, other: str, times: int) -> Number:
        return lambda given: given[one] + times * given[other]

    def fixed(value: int) -> Number:
        return lambda given: value

    return st.one_of(
        st.builds(proportional, constant, names),
        st.builds(shifted, constant, names, constant),
        st.builds(multiplied, names, names),
        st.builds(added, names, names, constant),
        st.builds(fixed, constant),
    )


@st.composite
def loops(draw: st.DrawFn, names: tuple[str, ...] = NUMBERS) -> Callable[[dict[str, int]], Weights]:
    """Draw what yields weights one after another, some of it as often as arguments say.

    :param names: the arguments of loops that are around none of this.
    """
    kinds = st.sampled_from(["Dense", "Norm", "Embedding"])
    steps: list[Any] = []
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()) and names:
            name = draw(st.sampled_from(names))
            steps.append((name, draw(loops(tuple(each for each in names if each != name)))))
        else:
            sides = draw(st.lists(numbers(), min_size=1, max_size=2))
            steps.append((draw(kinds), sides))

    def run(given: dict[str, int]) -> Iterator[tuple[str, str, tuple[int, ...]]]:
        for kind, what in steps:
            if callable(what):
                for _ in range(given[kind]):
                    yield from what(given)
            else:
                yield kind, "kernel", tuple(side(given) for side in what)

    return run


values = st.fixed_dictionaries(
    {
        "width": st.integers(3, 60),
        "inner": st.integers(3, 60),
        "vocab": st.integers(3, 60),
        "layers": st.one_of(st.integers(1, 5), st.integers(6, 12)),
        "experts": st.integers(1, 5),
    }
)


def count(build: Callable[[dict[str, int]], Weights], given: dict[str, int]) -> int:
    return sum(math.prod(shape) for _, _, shape in build(given))


def are_told_apart(arguments: dict[str, int]) -> bool:
    """Tell whether no two arguments are equal, and no loop runs once.

    Equal ones may make layers equal that differ elsewhere, and of a loop that runs once nobody sees that it is one. Of
    such arguments the formula may be refused; the test below holds that it is never wrong.
    """
    return len(set(arguments.values())) == len(arguments) and min(arguments.values()) > 1


@pytest.mark.slow
@given(loops(), values.filter(are_told_apart), values)
def test_sums_and_products_of_arguments_have_a_formula_and_it_is_right_everywhere(
    build: Callable[[dict[str, int]], Weights], arguments: dict[str, int], elsewhere: dict[str, int]
) -> None:
    law, _ = law_of(lambda **given: build(given), **arguments)
    assert law.refused == {}
    assert law.polynomial is not None
    assert law.polynomial.evaluate(elsewhere) == count(build, elsewhere)
    assert len(law.agrees_at) >= 5


@st.composite
def spoiled(draw: st.DrawFn) -> Callable[[dict[str, int]], Weights]:
    """Draw a builder that rounds, divides and rounds down, or has a branch."""
    inside = draw(loops())
    by, limit = draw(st.integers(2, 9)), draw(st.integers(1, 60))
    name = draw(st.sampled_from([*SIZES, *NUMBERS]))
    how = draw(st.sampled_from(["rounds", "divides", "branches", "raises"]))

    def run(given: dict[str, int]) -> Weights:
        value = given[name]
        if how == "raises" and value % by:
            raise ValueError("it is no multiple")
        if how == "rounds":
            value = max(by, (value + by // 2) // by * by)
        elif how == "divides":
            value = value // by + 1
        elif how == "branches" and value > limit:
            yield "Extra", "kernel", (value, 3)
        yield from inside({**given, name: value})

    return run


@pytest.mark.slow
@given(st.one_of(spoiled(), loops()), values)
def test_what_rounds_or_branches_is_refused_or_right_wherever_it_was_executed(
    build: Callable[[dict[str, int]], Weights], arguments: dict[str, int]
) -> None:
    try:
        list(build(arguments))
    except ValueError:
        return
    law, _ = law_of(lambda **given: build(given), **arguments)
    assert set(law.refused) <= set(arguments)
    if law.polynomial is None:
        assert law.parts == ()
        assert all(law.refused.values())
        return
    assert len(law.agrees_at) >= 5
    for setting, total in law.executed:
        whole = all(each.evaluate(setting).denominator == 1 for each in law.conditions())
        if whole:
            assert law.polynomial.evaluate(setting) == total == count(build, setting)
    for setting in law.agrees_at:
        assert law.polynomial.evaluate(setting) == count(build, setting)
