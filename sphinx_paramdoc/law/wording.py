"""What is said of a formula, or of why there is none, in sentences that stand below a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sphinx_paramdoc.law.formula import Law
from sphinx_paramdoc.law.polynomial import Polynomial
from sphinx_paramdoc.said import Formula, Name, counted, joined, listed, run_on, said

_MOST_RAISED = 2
"""So many settings that gave no model are named."""

_LONGEST = 160
"""So many characters of what one said are shown."""


def sentences(law: Law) -> Iterator[str]:
    """Yield the formula of the total, what it was held to, and where it holds; or why there is none."""
    if law.formula is None:
        yield from _refused(law)
        return
    yield run_on(said("In arguments ({setting}):", setting=whole_setting(law.arguments)), " ", law.formula)
    yield run_on(*_about(law))
    for setting, total in law.near:
        yield said(
            "Near {wanted:,}, executed: {setting}: {total:,}",
            wanted=law.wanted,
            setting=whole_setting(setting),
            total=total,
        )
    for name, reason in law.left_out.items():
        yield said("{argument} is not varied: {reason}.", argument=Name(name), reason=reason)


def _refused(law: Law) -> Iterator[str]:
    """Yield why there is no formula, each reason once, with the counts that were executed."""
    for reason in dict.fromkeys(law.refused.values()):
        names = [name for name, each in law.refused.items() if each == reason]
        told: list[str] = [
            said("The argument {name} has no formula: {reason}.", name=Name(names[0]), reason=reason)
            if len(names) == 1
            else said("The arguments {names} have no formula: {reason}.", names=_named(names), reason=reason)
        ]
        for name in names:
            pairs = counts(law, name)
            if len(pairs) > 1:
                at = [run_on(Name(name), f" = {value}: {count:,}") for value, count in pairs]
                told += [" ", said("Executed counts: {counts}.", counts=listed(at))]
        yield run_on(*told)
    if (others := law.others) is not None and others.formula is not None:
        still = whole_setting({name: law.arguments[name] for name in law.refused})
        others_are = whole_setting(others.arguments)
        yield run_on(
            said("With {still} as here, in the other arguments ({setting}):", still=still, setting=others_are),
            " ",
            others.formula,
        )
        yield run_on(*_about(others))


def _named(names: Sequence[str]) -> str:
    return joined([Name(name) for name in names])


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
        yield (
            said("{name} does not change the count.", name=Name(silent[0]))
            if len(silent) == 1
            else said("{names} do not change the count.", names=_named(silent))
        )
    divisions = [division(law, each) for each in law.conditions()]
    if divisions:
        yield " "
        yield said("Holds where {divisions}; of other values it says nothing.", divisions=joined(divisions))
    # Where something has to be divided and is not, that is said already.
    for setting, trouble in _telling(law, law.raised):
        yield " "
        yield said("No model with {setting}: {trouble}.", setting=setting, trouble=trouble)
    for setting, trouble in _telling(law, law.open):
        yield " "
        yield said("Not executed with {setting}: {trouble}.", setting=setting, trouble=trouble)


def division(law: Law, quotient: Polynomial) -> str:
    """Say what divides what, where a quotient is whole: ``heads divides width``."""
    divisor, number = _divided(law, quotient)
    return said("{divisor} divides {number}", divisor=divisor, number=number)


def no_division(law: Law, quotient: Polynomial) -> str:
    """Say what does not divide what, where a quotient is not whole."""
    divisor, number = _divided(law, quotient)
    return said("{divisor} does not divide {number}", divisor=divisor, number=number)


def _divided(law: Law, quotient: Polynomial) -> tuple[str, str]:
    """Return the divisor of a quotient, which is one product, and what it divides."""
    above, below = Polynomial.number(1), Polynomial.number(1)
    for powers, coefficient in quotient.terms():
        above = Polynomial.monomial(coefficient.numerator, {name: power for name, power in powers if power > 0})
        below = Polynomial.monomial(coefficient.denominator, {name: -power for name, power in powers if power < 0})
    return _factor(law, below), _factor(law, above)


def _factor(law: Law, made: Polynomial) -> str:
    """Write what divides or is divided: an argument as a name of code, and one that is not varied with its value."""
    text = law.text(made)
    divisor = next((name for name, value in law.divisors.items() if str(value) == text), None)
    if divisor is not None:
        return run_on(Name(divisor), f" ({text})")
    return Name(text) if text in law.arguments else text


def whole_setting(arguments: Mapping[str, int]) -> str:
    """Write the values of all arguments: ``layers = 12, width = 768``."""
    return listed(_values(arguments))


def _values(setting: Mapping[str, int]) -> list[str]:
    return [Formula(f"{name} = {value}") for name, value in setting.items()]


def _telling(law: Law, settings: Iterable[tuple[Mapping[str, int], str]]) -> Iterator[tuple[str, str]]:
    """Yield the first settings without a model of which the formula speaks, and why they have none, as text."""
    telling = ((setting, trouble) for setting, trouble in settings if law.speaks_of(setting))
    for setting, trouble in islice(telling, _MOST_RAISED):
        yield setting_text(law.arguments, setting), shortened(trouble)


def setting_text(arguments: Mapping[str, int], setting: Mapping[str, int]) -> str:
    """Write a setting by what differs in it from the table: ``width = 65``."""
    return joined(_values({name: value for name, value in setting.items() if arguments.get(name) != value}))


def shortened(trouble: str) -> str:
    """Return what a setting said, cut where it is long."""
    if len(trouble) <= _LONGEST:
        return trouble
    return f"{(trouble[:_LONGEST].rpartition(' ')[0] or trouble[:_LONGEST]).rstrip(',.:;')} […]"
