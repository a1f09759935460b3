"""What ``:vary:`` asks for: which arguments are varied, and how a setting of them is executed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from sphinx_paramdoc import facts, law
from sphinx_paramdoc.execution import Job, Response, Success
from sphinx_paramdoc.law import Law, Result
from sphinx_paramdoc.law.conditions import Condition
from sphinx_paramdoc.law.formula import Executed
from sphinx_paramdoc.law.nearest import nearest


class Varied(NamedTuple):
    """The arguments of a call, as far as they are whole numbers."""

    arguments: dict[str, int]
    """Those that are varied, in the order in which they are named."""
    fixed: dict[str, int]
    """The others."""
    complaint: str
    """What is wrong with what was asked for, behind the option's name; '' where nothing is."""


def varied(names: tuple[str, ...], known: Mapping[str, int]) -> Varied:
    """Return which arguments are varied.

    :param names: those that are asked for; none: all.
    :param known: the whole numbers that the call was given, or has by default.
    """
    found = {name: known[name] for name in (names or known) if name in known}
    missing = [name for name in names if name not in known]
    fixed = {name: value for name, value in known.items() if name not in found}
    if not known:
        return Varied({}, {}, "the model comes from no call that is given a whole number, or has one by default")
    if not missing:
        return Varied(found, fixed, "")
    what = (
        f"{missing[0]} is no argument that is"
        if len(missing) == 1
        else f"{', '.join(missing)} are no arguments that are"
    )
    return Varied(found, fixed, f"{what} a whole number here; there {_are(list(known))}")


def _are(names: list[str]) -> str:
    return f"is {names[0]}" if len(names) == 1 else f"are {', '.join(names)}"


def find(
    names: tuple[str, ...], asked: Job, given: Success, execute: Callable[[Sequence[Job]], Sequence[Response]]
) -> tuple[Law | None, str]:
    """Return the formula of a block, or why there is none; and what is wrong with what was asked for.

    :param names: the arguments that are to be varied; none: all.
    :param asked: the job of the block as it is written.
    :param given: what the block gave.
    :param execute: executes the jobs of settings.
    """
    wanted = varied(names, given.arguments)
    if not wanted.arguments:
        return None, wanted.complaint

    def run(settings: Sequence[Mapping[str, int]]) -> list[Result]:
        answers = execute([job(asked, given, setting) for setting in settings])
        return [result(setting, answer) for setting, answer in zip(settings, answers, strict=True)]

    found = law.find(
        wanted.arguments, given.model, run, wanted.fixed, may_leave_out=not names, order=tuple(given.arguments)
    )
    return found, wanted.complaint


NEAREST = 5
"""So many settings are told of that come near to a count."""


def near(
    found: Law,
    wanted: int,
    conditions: tuple[Condition, ...],
    asked: Job,
    given: Success,
    execute: Callable[[Sequence[Job]], Sequence[Response]],
) -> Law:
    """Return a formula with the settings that come nearest to a count, each of which was executed.

    :param conditions: what some arguments are, each behind those that it needs.
    :param asked: the job of the block as it is written; the other parameters are as above.
    """
    settings = nearest(found, wanted, conditions)
    executed: list[Executed] = []
    while settings and len(executed) < NEAREST:
        missing = NEAREST - len(executed)
        batch, settings = settings[:missing], settings[missing:]
        for setting, answer in zip(batch, execute([job(asked, given, each) for each in batch]), strict=True):
            if isinstance(answer, Success):
                executed.append(Executed(setting, sum(weight.count for weight in answer.model.weights)))
    executed.sort(key=lambda each: abs(each.total - wanted))
    return replace(found, wanted=wanted, near=executed)


def job(asked: Job, given: Success, setting: Mapping[str, int]) -> Job:
    """Return the job of a setting.

    :param asked: that of the block as it is written.
    :param given: what the block gave.
    """
    vary = {name: value for name, value in sorted(setting.items()) if value != given.arguments[name]}
    return replace(asked, request=replace(asked.request, vary=vary, call=given.call, weights=given.model.variables))


def result(setting: Mapping[str, int], response: Response) -> Result:
    """Return what became of a setting."""
    if isinstance(response, Success):
        return Result(dict(setting), response.model)
    return raised(setting, response.message, is_open=response.kind in _OPEN or not response.is_settled)


_OPEN = {"memory", "timeout"}
"""The kinds of failures that another machine may not have."""


def raised(setting: Mapping[str, int], message: str, *, is_open: bool = False) -> Result:
    """Return what became of a setting that gives no model.

    :param is_open: whether it may give one another time, or elsewhere.
    """
    lines = facts.printable(message, "\n").strip().splitlines()
    return Result(dict(setting), None, lines[0].rstrip(".") if lines else "it gives no model", is_open)
