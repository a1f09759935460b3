"""Why an argument has no formula, as a page says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sphinx_paramdoc.law.formula import Result
from sphinx_paramdoc.law.wording import setting_text, shortened
from sphinx_paramdoc.said import joined, said


def takes_no_other(name: str, failed: Result) -> str:
    """Say that an argument takes no other value, as one that failed tells."""
    return said(
        "no other value of it could be executed; with {value}: {trouble}",
        value=failed.arguments[name],
        trouble=shortened(failed.trouble),
    )


def new_kinds(value: int, before: int) -> str:
    """Say that another value of an argument gives weights of another kind."""
    return said(
        "with {value} instead of {before} there are weights of a kind that the model does not have",
        value=value,
        before=before,
    )


def new_shapes(value: int, before: int) -> str:
    """Say that what another value of an argument adds is not like the rest."""
    return said(
        "with {value} instead of {before} there are further weights, of other shapes than those before",
        value=value,
        before=before,
    )


def no_sum() -> str:
    """Say that nothing fits the counts of an argument."""
    return said("no sum of products gives the counts that were executed")


def no_sum_together(names: Sequence[str]) -> str:
    """Say that nothing fits where several arguments are changed together."""
    return said("no sum of products gives the counts of settings in which {names} differ", names=joined(names))


def too_few(number: int, wanted: int, arguments: Mapping[str, int], failed: Sequence[Result]) -> str:
    """Say that a formula could be held to too few settings.

    :param number: how many agree.
    :param wanted: how many are to.
    :param arguments: their values in the model that others are compared with.
    :param failed: the settings that gave no model.
    """
    if not failed:
        return said(
            "a formula is held to {wanted} further settings, and there are only {number}", number=number, wanted=wanted
        )
    # The one with the fewest changes tells the most.
    example = min(failed, key=lambda result: sum(result.arguments[name] != arguments[name] for name in arguments))
    return said(
        "a formula is held to {wanted} further settings, {number} of which could be executed; "
        "with {setting}: {trouble}",
        number=number,
        wanted=wanted,
        setting=setting_text(arguments, example.arguments),
        trouble=shortened(example.trouble),
    )
