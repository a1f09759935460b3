"""The words for what a model computes with that is no weight of it."""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.pieces import first, joined


def untracked(name: str, uses: Sequence[facts.Outside]) -> str:
    """Write that something, such as a layer, uses numbers that its framework does not track."""
    return f"{name} uses {': '.join(clauses(uses))}"


def clauses(uses: Sequence[facts.Outside]) -> tuple[str, str]:
    """Write how many numbers are not tracked, and in which things; and what that means for them."""
    count = sum(each.params for each in uses)
    numbers, they_are = ("numbers", "they are") if count > 1 else ("number", "it is")
    names = joined(first(list(dict.fromkeys(each.name for each in uses)), "more"))
    return f"{count:,} {numbers} that Keras does not track ({names})", f"{they_are} not trained, saved or counted here"


def plain_value(value: facts.Outside, users: Sequence[str]) -> str:
    """Write that layers and operations take the result of a layer as a plain value."""
    kind = value.class_name.rpartition(".")[2]
    numbers_are = "numbers are" if value.params > 1 else "number is"
    return (
        f"{value.name} ({kind}) is in no model: {joined(first(users, 'more'))} "
        f"{'takes' if len(users) == 1 else 'take'} its result as a plain value, so its {value.params:,} {numbers_are} "
        "not trained, saved or counted here"
    )
