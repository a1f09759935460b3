"""What the numbers of a formula stand for, in words: visible without a mouse, and on paper."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
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
    """Return a formula in names, with what the numbers in it are that have none: ``2 (gamma, beta) × channels``.

    ``None`` where there is nothing to add to the numbers: a single one says itself what it is. Many layers of a model
    have one formula.
    """
    if isinstance(formula, Number):
        return None
    return _said(formula, _symbols)


def symbolic(formula: Expression) -> Said:
    """Return a formula in names, ``2 (gamma, beta) × channels``."""
    return _said(formula, _symbolic)


def numbers(formula: Expression) -> Said:
    """Say what each number is that `symbolic` does not name, or by a short name alone."""
    return _said(formula, _numbers)


def _said(formula: Expression, write: Callable[[Expression, _Say], str]) -> Said:
    made = _OfFormula(write(formula, _english))
    made.formula, made.write = formula, write
    return made


def _english(text: str) -> str:
    return text


def _symbols(formula: Expression, say: _Say) -> str:
    if not any(isinstance(term, Dimension) for term in formula.terms()):
        return say(SEMICOLON).join(_alone(number, say) for number in _plain(formula))
    return say(SEMICOLON).join(filter(None, (_symbolic(formula, say), _numbers(formula, say))))


def _symbolic(formula: Expression, say: _Say) -> str:
    """Write a formula in names; a number that has none says what it is where it stands first."""
    known: set[Number] = set()
    written = []
    for piece in formula.pieces():
        if isinstance(piece, str):
            written.append(piece)
        elif isinstance(piece, Dimension):
            written.append(say(piece.name()))
        elif piece in known or _says_itself(piece):
            written.append(str(piece.value))
        else:
            written.append(f"{piece.value} ({say(piece.label)})")
            known.add(piece)
    return "".join(written)


def _numbers(formula: Expression, say: _Say) -> str:
    plain = (_alone(number, say) for number in _plain(formula) if _says_itself(number))
    return say(SEMICOLON).join((*_named(formula, say), *plain))


def _named(formula: Expression, say: _Say) -> Iterator[str]:
    """Say what each number is that has a short name which is not all of it."""
    short = {number.label: number.name() for number in formula.terms() if isinstance(number, Dimension)}
    for long, symbol in short.items():
        if long != symbol:  # "units, with a scale each" begins with the short name
            yield say(long) if long.startswith(symbol) else f"{say(symbol)}{say(COLON)}{say(long)}"


def _plain(formula: Expression) -> Iterable[Number]:
    """Return the numbers that have no name, as the kind of layer decides them, each once."""
    return dict.fromkeys(number for number in formula.terms() if not isinstance(number, Dimension))


def _says_itself(number: Number) -> bool:
    """Tell whether a label says what there are so many of: "gates: input, forget, …" does, "gamma, beta" does not."""
    return ": " in number.label


def _alone(number: Number, say: _Say) -> str:
    """Say what a number is that has no name, apart from its formula."""
    if _says_itself(number):
        return say(said("{count} {things}", count=number.value, things=label(number.label)))
    return f"{number.value}{say(COLON)}{say(number.label)}"
