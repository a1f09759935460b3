"""What is said of the numbers that a model computes with and that are no weights of it."""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation.pieces import COLON, first
from sphinx_paramdoc.said import Said, counted, joined, pattern, run_on, said


def uses_text(name: str, uses: Sequence[facts.Outside], number: int = 1) -> Said:
    """Say that something, such as a layer, uses numbers that its framework does not track.

    :param number: how many there are of it, which use as many each.
    """
    untracked, meaning = of_uses(uses)
    what = run_on(untracked, COLON, meaning)
    if number == 1:
        return said("{name} uses {what}", name=name, what=what)
    return said("{name} and {number:,} like it, each: {what}", name=name, number=number - 1, what=what)


def plain_value_text(value: facts.Outside, users: Sequence[str]) -> Said:
    """Say that layers and operations hold the result of a layer as a plain value."""
    if value.params > 1 and len(users) == 1:
        told = pattern(
            "{name} ({kind}) is in no model: {users} takes its result as a plain value, so its {count:,} numbers are "
            "not trained, saved or counted here"
        )
    elif value.params > 1:
        told = pattern(
            "{name} ({kind}) is in no model: {users} take its result as a plain value, so its {count:,} numbers are "
            "not trained, saved or counted here"
        )
    elif len(users) == 1:
        told = pattern(
            "{name} ({kind}) is in no model: {users} takes its result as a plain value, so its {count:,} number is "
            "not trained, saved or counted here"
        )
    else:
        told = pattern(
            "{name} ({kind}) is in no model: {users} take its result as a plain value, so its {count:,} number is "
            "not trained, saved or counted here"
        )
    kind = value.class_name.rpartition(".")[2]
    return said(told, name=value.name, kind=kind, users=joined(first(users)), count=value.params)


def of_uses(uses: Sequence[facts.Outside]) -> tuple[Said, Said]:
    """Say how many numbers are not tracked, and in which things; and what that means for them."""
    count = sum(each.params for each in uses)
    names = joined(first(list(dict.fromkeys(each.name for each in uses))))
    untracked = counted(
        count,
        "{number:,} number that Keras does not track ({names})",
        "{number:,} numbers that Keras does not track ({names})",
        names=names,
    )
    meaning = said("they are not trained, saved or counted here")
    return untracked, meaning if count > 1 else said("it is not trained, saved or counted here")
