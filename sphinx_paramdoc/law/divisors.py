"""What a number is that divides an argument: another one, which is not varied. The heads, where a width is halved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sphinx_paramdoc import facts
from sphinx_paramdoc.law.families import Token
from sphinx_paramdoc.law.formula import Law, Part, Result, actual
from sphinx_paramdoc.law.polynomial import Polynomial
from sphinx_paramdoc.law.settings import Setting


def named(law: Law, fixed: Mapping[str, int], run: Callable[[Sequence[Setting]], Sequence[Result]]) -> dict[str, int]:
    """Return the arguments that divide others and are not varied, with their values.

    An argument of the right value may be so by chance: one execution with another one tells.

    :param fixed: the whole numbers that the builder gets besides those that are varied.
    :param run: executes settings.
    """
    found: dict[str, int] = {}
    spoken_of = [each for each in law.executed if law.speaks_of(each.arguments)]
    base = min(spoken_of or law.executed, key=lambda each: each.total)
    for quotient in law.conditions():
        [(powers, coefficient)] = quotient.terms()
        if coefficient.denominator == 1 or any(power < 0 for _, power in powers):
            continue
        before = coefficient.denominator
        above = (quotient * Polynomial.number(before)).evaluate(base.arguments)
        after = next((each for each in (2 * before, before // 2, 3 * before, 1) if each and above % each == 0), before)
        # Where none of the sizes is divided, as in heads * (width // heads), another number of heads tells nothing.
        parts = [
            part
            for part in law.parts
            if quotient in part.whole and any(_is_divided(axis, before) for axis in part.axes)
        ]
        same = [name for name, value in fixed.items() if value == before and after != before and parts]
        for name in same:
            [result] = run([{**base.arguments, name: after}])
            if result.model and all(_is_there(part, base.arguments, before, after, result.model) for part in parts):
                found[name] = before
                break
    return found


def _is_divided(axis: Polynomial, by: int) -> bool:
    return any(coefficient.denominator % by == 0 for _, coefficient in axis.terms())


def _is_there(part: Part, arguments: Setting, before: int, after: int, model: facts.Model) -> bool:
    """Tell whether a model has weights of a part whose sizes are divided by another number."""
    there = actual(model)
    shape = []
    for axis in part.axes:
        value = axis.evaluate(arguments)
        if _is_divided(axis, before):
            value = value * before / after
        elif axis.is_constant and value == before:
            value = value * after / before  # so many parts of that size
        shape.append(int(value))
    return bool(there[Token(part.kind, tuple(shape))])
