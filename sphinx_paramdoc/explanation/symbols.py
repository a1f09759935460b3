"""What the numbers of a formula stand for, in words: visible without a mouse, and on paper."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_paramdoc.expression import Dimension, Expression, Number


def symbols(formula: Expression) -> str | None:
    """Return a formula in names, and what the numbers in it are that have none: ``4 × channels; 4: gamma, beta``.

    ``None`` where there is nothing to add to the numbers: a single one says itself what it is.
    """
    if isinstance(formula, Number):
        return None
    if not any(isinstance(term, Dimension) for term in formula.terms()):
        return "; ".join(_plain(formula))
    return "; ".join((formula.symbolic(), *numbers(formula)))


def numbers(formula: Expression) -> Iterator[str]:
    """Say what each number is that the symbolic form of a formula does not name, or by a short name alone."""
    short = {number.label: number.name() for number in formula.terms() if isinstance(number, Dimension)}
    for label, symbol in short.items():
        if label != symbol:  # "units, with a scale each" begins with the short name
            yield label if label.startswith(symbol) else f"{symbol}: {label}"
    yield from _plain(formula)


def _plain(formula: Expression) -> Iterator[str]:
    """Say what each number is that has no name, as the kind of layer decides it."""
    for number in dict.fromkeys(number for number in formula.terms() if not isinstance(number, Dimension)):
        # "4 gates: input, forget, …" says by itself what there are four of; "gamma, beta" does not.
        yield f"{number.value}{'' if ': ' in number.label else ':'} {number.label}"
