"""What is said of the numbers that a model computes with and that are no weights of it."""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.pieces import first, joined


def uses_text(name: str, uses: Sequence[facts.Outside], number: int = 1) -> str:
    """Write that something, such as a layer, uses numbers that its framework does not track.

    :param number: how many there are of it, which use as many each.
    """
    if number == 1:
        return f"{name} uses {': '.join(of_uses(uses))}"
    return f"{name} and {number - 1:,} like it, each: {': '.join(of_uses(uses))}"


def plain_value_text(value: facts.Outside, users: Sequence[str]) -> str:
    """Write that layers and operations hold the result of a layer as a plain value."""
    kind = value.class_name.rpartition(".")[2]
    said = "{} numbers are" if value.params > 1 else "{} number is"
    return (
        f"{value.name} ({kind}) is in no model: {joined(first(users, 'more'))} "
        f"{'takes' if len(users) == 1 else 'take'} its result as a plain value, so its "
        f"{said.format(f'{value.params:,}')} not trained, saved or counted here"
    )


def of_uses(uses: Sequence[facts.Outside]) -> tuple[str, str]:
    """Write how many numbers are not tracked, and in which things; and what that means for them."""
    count = sum(each.params for each in uses)
    numbers, they_are = ("numbers", "they are") if count > 1 else ("number", "it is")
    names = joined(first(list(dict.fromkeys(each.name for each in uses)), "more"))
    return f"{count:,} {numbers} that Keras does not track ({names})", f"{they_are} not trained, saved or counted here"
