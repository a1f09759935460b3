"""What the numbers of a formula stand for, in words: visible without a mouse, and on paper."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import TypeAlias

from sphinx_paramdoc.explanation.pieces import COLON, SEMICOLON
from sphinx_paramdoc.expression import Dimension, Expression, Number
from sphinx_paramdoc.said import Language, Said, label, said

_Say: TypeAlias = Callable[[str], str]
"""Says what a number is called, and what joins it to others, in some language."""


class _OfFormula(Said):
    """What is said of a formula: it is written anew from that in each language, as its numbers are in no pattern."""

    __slots__ = ("formula", "write")
    formula: Expression
    write: Callable[[Expression, _Say], str]

    def again(self, language: Language) -> str:
        return self.write(self.formula, lambda text: label(text).again(language))


@functools.lru_cache(maxsize=4096)
def symbols(formula: Expression) -> Said | None:
    """Return a formula in names, and what the numbers in it are that have none: ``4 × channels; 4: gamma, beta``.

    ``None`` where there is nothing to add to the numbers: a single one says itself what it is. Many layers of a model
    have one formula.
    """
    if isinstance(formula, Number):
        return None
    return _said(formula, _symbols)


def symbolic(formula: Expression) -> Said:
    """Return a formula in names, ``4 × channels``."""
    return _said(formula, _symbolic)


def numbers(formula: Expression) -> Said:
    """Say what each number is that the symbolic form of a formula does not name, or by a short name alone."""
    return _said(formula, _numbers)


def _said(formula: Expression, write: Callable[[Expression, _Say], str]) -> Said:
    made = _OfFormula(write(formula, _english))
    made.formula, made.write = formula, write
    return made


def _english(text: str) -> str:
    return text


def _symbols(formula: Expression, say: _Say) -> str:
    if not any(isinstance(term, Dimension) for term in formula.terms()):
        return say(SEMICOLON).join(_plain(formula, say))
    return say(SEMICOLON).join((_symbolic(formula, say), *_named(formula, say), *_plain(formula, say)))


def _symbolic(formula: Expression, say: _Say) -> str:
    if say is _english:
        return formula.symbolic()
    return "".join(
        piece if isinstance(piece, str) else say(piece.name()) if isinstance(piece, Dimension) else piece.name()
        for piece in formula.pieces()
    )


def _numbers(formula: Expression, say: _Say) -> str:
    return say(SEMICOLON).join((*_named(formula, say), *_plain(formula, say)))


def _named(formula: Expression, say: _Say) -> Iterator[str]:
    """Say what each number is that has a short name which is not all of it."""
    short = {number.label: number.name() for number in formula.terms() if isinstance(number, Dimension)}
    for long, symbol in short.items():
        if long != symbol:  # "units, with a scale each" begins with the short name
            yield say(long) if long.startswith(symbol) else f"{say(symbol)}{say(COLON)}{say(long)}"


def _plain(formula: Expression, say: _Say) -> Iterator[str]:
    """Say what each number is that has no name, as the kind of layer decides it."""
    for number in dict.fromkeys(number for number in formula.terms() if not isinstance(number, Dimension)):
        # "4 gates: input, forget, …" says by itself what there are four of; "gamma, beta" does not.
        if ": " in number.label:
            yield say(said("{count} {things}", count=number.value, things=label(number.label)))
        else:
            yield f"{number.value}{say(COLON)}{say(number.label)}"
