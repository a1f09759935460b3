"""The formula of a builder, or why there is none and what is known besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from sphinx_paramdoc import facts
from sphinx_paramdoc.law import divisors, families
from sphinx_paramdoc.law.formula import Executed, Law
from sphinx_paramdoc.law.search import Run, Search


def find(
    arguments: Mapping[str, int],
    model: facts.Model,
    run: Run,
    fixed: Mapping[str, int] = {},
    *,
    may_leave_out: bool = False,
    order: Sequence[str] = (),
) -> Law:
    """Return the formula of a model's count in the arguments of its builder, or why there is none.

    :param arguments: those that are varied, with their values for `model`.
    :param run: executes settings of them.
    :param fixed: other whole numbers that the builder gets.
    :param may_leave_out: whether an argument that takes no other value is left out, as nobody named it.
    :param order: the arguments as the builder has them, where they are varied in another order.
    """
    search = Search(dict(arguments), model, run, dict(fixed), may_leave_out)
    law = search.found()
    written = {"order": tuple(order or arguments), "owners": families.owners(model)}
    law = replace(law, **written)
    rest = {name: value for name, value in law.arguments.items() if name not in law.refused}
    if not law.refused:
        return replace(law, divisors=divisors.named(law, fixed, run))
    if not rest:
        return law
    others = search.without(law.refused).found()
    if others.refused:
        return law
    known = [each.arguments for each in law.executed]
    still = {name: law.arguments[name] for name in law.refused}
    more = [Executed({**each.arguments, **still}, each.total) for each in others.executed]
    return replace(
        law,
        others=replace(others, **written),
        executed=[*law.executed, *(each for each in more if each.arguments not in known)],
    )
