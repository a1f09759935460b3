"""The count in the builder's arguments, and the settings that come nearest to one: ``--vary``, ``--near``, ``--where``.

What works with exact fractions is loaded where it is asked for, as that takes a while.
"""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sphinx_paramdoc import execution
from sphinx_paramdoc.command import telling
from sphinx_paramdoc.command.running import Execute

if TYPE_CHECKING:
    from sphinx_paramdoc.law import Law
    from sphinx_paramdoc.law.conditions import Condition


def conditions_of(texts: Sequence[str], parser: argparse.ArgumentParser) -> "tuple[Condition, ...]":
    """Return what ``--where`` says, which is wrong usage where it is no condition."""
    if not texts:
        return ()
    from sphinx_paramdoc.law import conditions

    try:
        return tuple(map(conditions.read, texts))
    except ValueError as error:
        parser.error(f"--where: {error}")


def near(
    law: "Law",
    wanted: int,
    given: "tuple[Condition, ...]",
    job: execution.Job,
    response: execution.Success,
    execute: Execute,
) -> "Law":
    """Return a formula with the settings that come nearest to a count.

    :raises ValueError: where a condition is about no argument that is varied.
    """
    from sphinx_paramdoc.law import conditions
    from sphinx_paramdoc.notation import varying

    if law.formula is None:
        return law
    return varying.near(law, wanted, conditions.ordered(given, law.arguments), job, response, execute)


def find(names: tuple[str, ...], job: execution.Job, given: execution.Success, execute: Execute) -> "Law | None":
    """Return the count in the arguments of the call, or why there is none; complain of arguments it lacks."""
    from sphinx_paramdoc.notation import varying

    found, complaint = varying.find(names, job, given, execute)
    if complaint:
        telling.complaint(f"--vary: {complaint}")
    return found
