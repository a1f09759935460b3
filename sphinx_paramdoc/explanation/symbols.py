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
    abbreviated = (text for text, is_abbreviation in _named(formula) if is_abbreviation)
    return "; ".join((formula.symbolic(), *abbreviated, *_plain(formula)))


def numbers(formula: Expression) -> Iterator[str]:
    """Say what each number is that the symbolic form of a formula does not name, or by a short name alone."""
    yield from (text for text, _ in _named(formula))
    yield from _plain(formula)


def _named(formula: Expression) -> Iterator[tuple[str, bool]]:
    """Say what each number is that has a short name, and whether that does not already begin what it is."""
    short = {number.label: number.name() for number in formula.terms() if isinstance(number, Dimension)}
    for label, symbol in short.items():
        if label != symbol:  # "units, with a scale each" begins with the short name
            is_abbreviation = not label.startswith(symbol)
            yield f"{symbol}: {label}" if is_abbreviation else label, is_abbreviation


def _plain(formula: Expression) -> Iterator[str]:
    """Say what each number is that has no name, as the kind of layer decides it."""
    for number in dict.fromkeys(number for number in formula.terms() if not isinstance(number, Dimension)):
        # "4 gates: input, forget, …" says by itself what there are four of; "gamma, beta" does not.
        yield f"{number.value}{'' if ': ' in number.label else ':'} {number.label}"
