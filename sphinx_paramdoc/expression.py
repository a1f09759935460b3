"""Sums, products and quotients that evaluate themselves: the form of every explanation by formula.

They are plain classes, and no structures of `msgspec`, which takes longer to load than most formulas take to prove: the
difference of two records is made of little else.
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Iterable, Iterator
from numbers import Integral
from typing import Any, NoReturn

_set = object.__setattr__
"""Gives an expression what it is made of; nothing else can."""


class Expression:
    """A number together with how it comes about.

    ``+`` and ``*`` build larger expressions, so a formula reads in code as it reads on the page:
    ``inputs * units + units``.
    """

    __slots__ = ()

    def _values(self) -> tuple[object, ...]:
        """Return what it is made of."""
        raise NotImplementedError

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuse: tables share expressions."""
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __eq__(self, other: object) -> bool:
        """Tell whether another is of the same kind, and made of the same."""
        return type(self) is type(other) and self._values() == other._values()

    def __hash__(self) -> int:
        """Return the same for what is equal."""
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        """Return the code that makes it."""
        return f"{type(self).__name__}({', '.join(map(repr, self._values()))})"

    def __reduce__(self) -> tuple[type[Expression], tuple[object, ...]]:
        """Return how it is made again: texts of an environment that Sphinx keeps are made of expressions."""
        return type(self), self._values()

    def __add__(self, other: Expression) -> Sum:
        """Add; a sum of sums is one sum."""
        return Sum(_parts(Sum, self) + _parts(Sum, other))

    def __mul__(self, other: Expression) -> Product:
        """Multiply; a product of products is one product."""
        return Product(_parts(Product, self) + _parts(Product, other))

    def evaluate(self) -> int:
        """Return the value."""
        raise NotImplementedError

    def pieces(self) -> Iterator[Number | str]:
        """Yield its numbers, and the signs between them, in the order in which they are written."""
        raise NotImplementedError

    def text(self) -> str:
        """Write it with its numbers: ``4096 × 512 + 512``."""
        return "".join(piece if isinstance(piece, str) else str(piece.value) for piece in self.pieces())

    def symbolic(self) -> str:
        """Write it with what its numbers are: ``inputs × units + units``."""
        return "".join(piece if isinstance(piece, str) else piece.name() for piece in self.pieces())

    def terms(self) -> Iterator[Number]:
        """Yield its numbers, each as often and in the same order as `text` writes it."""
        return (piece for piece in self.pieces() if not isinstance(piece, str))


class Number(Expression):
    """A number and what it is; plain, one that the kind of layer decides: the 4 vectors of a batch normalization."""

    __slots__ = ("label", "value")
    __match_args__: tuple[str, ...] = ("value", "label")
    value: int
    label: str

    def __init__(self, value: int, label: str) -> None:
        _set(self, "value", value)
        _set(self, "label", label)

    def _values(self) -> tuple[object, ...]:
        return (self.value, self.label)

    def evaluate(self) -> int:
        return self.value

    def pieces(self) -> Iterator[Number | str]:
        yield self

    def name(self) -> str:
        """Return what the symbolic form calls it."""
        return str(self.value)


class Dimension(Number):
    """A number that differs from layer to layer, so that the symbolic form names it."""

    __slots__ = ("symbol",)
    __match_args__ = ("value", "label", "symbol")
    symbol: str
    """The name in the symbolic form, where that is shorter than the label: ``units``."""

    def __init__(self, value: int, label: str, symbol: str = "") -> None:
        super().__init__(value, label)
        _set(self, "symbol", symbol)

    def _values(self) -> tuple[object, ...]:
        return (self.value, self.label, self.symbol)

    def name(self) -> str:
        return self.symbol or self.label


class Sum(Expression):
    """What its parts add up to."""

    __slots__ = ("parts",)
    __match_args__ = ("parts",)
    parts: tuple[Expression, ...]

    def __init__(self, parts: tuple[Expression, ...]) -> None:
        _set(self, "parts", parts)

    def _values(self) -> tuple[object, ...]:
        return (self.parts,)

    def evaluate(self) -> int:
        return sum(part.evaluate() for part in self.parts)

    def pieces(self) -> Iterator[Number | str]:
        for number, part in enumerate(self.parts):
            if number:
                yield " + "
            yield from part.pieces()


class Product(Expression):
    """What its parts multiply to; a part that is a sum stands in parentheses."""

    __slots__ = ("parts",)
    __match_args__ = ("parts",)
    parts: tuple[Expression, ...]

    def __init__(self, parts: tuple[Expression, ...]) -> None:
        _set(self, "parts", parts)

    def _values(self) -> tuple[object, ...]:
        return (self.parts,)

    def evaluate(self) -> int:
        return math.prod(part.evaluate() for part in self.parts)

    def pieces(self) -> Iterator[Number | str]:
        for number, part in enumerate(self.parts):
            if number:
                yield " × "
            yield from _whole(part, Sum)


class Quotient(Expression):
    """How many groups of a size are needed: a quotient, rounded up to a whole number."""

    __slots__ = ("dividend", "divisor")
    __match_args__ = ("dividend", "divisor")
    dividend: Expression
    divisor: Expression

    def __init__(self, dividend: Expression, divisor: Expression) -> None:
        _set(self, "dividend", dividend)
        _set(self, "divisor", divisor)

    def _values(self) -> tuple[object, ...]:
        return (self.dividend, self.divisor)

    def evaluate(self) -> int:
        return -(-self.dividend.evaluate() // self.divisor.evaluate())

    def pieces(self) -> Iterator[Number | str]:
        # A sum above would be read as another sum without its parentheses, and so would any product below.
        yield "⌈"
        yield from _whole(self.dividend, Sum)
        yield " / "
        yield from _whole(self.divisor, Sum, Product)
        yield "⌉"


def _whole(part: Expression, *divided: type[Expression]) -> Iterator[Number | str]:
    """Yield the pieces of a part; in parentheses, where it is of a kind that the signs around it would divide."""
    if isinstance(part, divided):
        yield "("
        yield from part.pieces()
        yield ")"
    else:
        yield from part.pieces()


def to_plain(expression: Expression) -> Any:
    """Return the JSON form of an expression.

    :raises TypeError: where it is made of something else than expressions.
    """
    match expression:
        case Dimension(value, label, symbol):
            return {"value": _plain_number(value), "label": label, "symbol": symbol or label}
        case Number(value, label):
            return {"value": _plain_number(value), "label": label}
        case Sum(parts):
            return {"sum": [to_plain(part) for part in parts]}
        case Product(parts):
            return {"product": [to_plain(part) for part in parts]}
        case Quotient(dividend, divisor):
            return {"quotient": [to_plain(dividend), to_plain(divisor)]}
    raise TypeError(f"{expression!r} is no expression")


def _plain_number(value: Any) -> Any:
    """Turn the integers of NumPy, of which dimensions may come, into those of Python."""
    return int(value) if isinstance(value, Integral) and not isinstance(value, bool) else value


def from_plain(plain: Any, depth: int = 0) -> Expression:
    """Read what `to_plain` gave.

    :raises ValueError: where it is not such a thing.
    """
    if depth > _DEEPEST:
        raise ValueError("it is nested too deeply")
    match plain:
        case {"value": value, "label": label, "symbol": symbol}:
            return Dimension(_count(value), _name(label), "" if symbol == label else _name(symbol))
        case {"value": value, "label": label}:
            return Number(_count(value), _name(label))
        case {"sum": [_, *_] as parts}:
            return Sum(tuple(from_plain(part, depth + 1) for part in parts))
        case {"product": [_, *_] as parts}:
            return Product(tuple(from_plain(part, depth + 1) for part in parts))
        case {"quotient": [dividend, divisor]}:
            return Quotient(from_plain(dividend, depth + 1), from_plain(divisor, depth + 1))
    raise ValueError(f"{plain!r:.80} is not the JSON form of an expression")


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r} is no whole number that counts something")
    return value


def _name(label: Any) -> str:
    if not isinstance(label, str) or not label or not label.isprintable():
        raise ValueError(f"{label!r} is no name for a number")
    return label


_DEEPEST = 50
"""Expressions are nested as deep as this at most."""


def product(factors: Iterable[Expression]) -> Expression:
    """Multiply all of `factors`, of which there must be one."""
    return functools.reduce(operator.mul, factors)


def total(parts: Iterable[Expression]) -> Expression:
    """Add all of `parts`, of which there must be one."""
    return functools.reduce(operator.add, parts)


def _parts(kind: type[Sum] | type[Product], expression: Expression) -> tuple[Expression, ...]:
    return expression.parts if isinstance(expression, kind) else (expression,)
