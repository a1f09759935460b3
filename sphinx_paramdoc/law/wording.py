"""What is said of a formula, or of why there is none, in sentences that stand below a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sphinx_paramdoc.law.formula import Law
from sphinx_paramdoc.said import counted, joined, run_on, said

_MOST_RAISED = 2
"""So many settings that gave no model are named."""


def sentences(law: Law) -> Iterator[str]:
    """Yield the formula of the total, what it was held to, and where it holds; or why there is none."""
    if law.formula is None:
        for name, reason in law.refused.items():
            pairs = counts(law, name)
            executed = said("Executed: {counts}.", counts="; ".join(f"{value}: {count:,}" for value, count in pairs))
            yield run_on(
                said("No formula in {argument}: {reason}.", argument=name, reason=reason),
                *([" ", executed] if len(pairs) > 1 else []),
            )
        return
    yield run_on(said("In arguments:"), f" {law.formula}")
    yield run_on(*_about(law))
    for setting, total in law.near:
        changed = ", ".join(f"{name} = {value}" for name, value in setting.items())
        yield said("Near {wanted:,}, executed: {setting}: {total:,}", wanted=law.wanted, setting=changed, total=total)
    for name, reason in law.left_out.items():
        yield said("{argument} is not varied: {reason}.", argument=name, reason=reason)


def counts(law: Law, name: str) -> list[tuple[int, int]]:
    """Return the values of an argument with the counts that were executed while nothing else was changed."""
    others = {key: value for key, value in law.arguments.items() if key != name}
    return sorted(
        (setting[name], total)
        for setting, total in law.executed
        if all(setting[key] == value for key, value in others.items())
    )


def _about(law: Law) -> Iterator[str]:
    """Yield in one sentence what a formula was held to, and in others where it holds."""
    yield counted(
        len(law.agrees_at),
        "Agrees with {number} further setting that was executed, weight by weight.",
        "Agrees with {number} further settings that were executed, weight by weight.",
    )
    names = law.polynomial.names() if law.polynomial else set()
    silent = [name for name in law.arguments if name not in names]
    if silent:
        yield " "
        yield said("Nothing changes with {names}.", names=joined(silent))
    whole = [law.text(each) for each in law.conditions()]
    if whole:
        yield " "
        yield (
            said("Holds where {quotients} is whole.", quotients=joined(whole))
            if len(whole) == 1
            else said("Holds where {quotients} are whole.", quotients=joined(whole))
        )
    for setting, trouble in law.raised[:_MOST_RAISED]:
        yield " "
        yield said("No model with {setting}: {trouble}.", setting=setting_text(law, setting), trouble=trouble)


def setting_text(law: Law, setting: Mapping[str, int]) -> str:
    """Write a setting by what differs in it from the table: ``width = 65``."""
    changed = [f"{name} = {value}" for name, value in setting.items() if law.arguments.get(name) != value]
    return joined(changed) if changed else ""
