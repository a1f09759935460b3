"""The formula of a model in the arguments of its builder, by the rows of its table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sphinx_paramdoc import facts
from sphinx_paramdoc.dtypes import bits
from sphinx_paramdoc.law import Polynomial, fitting, wording
from sphinx_paramdoc.law.polynomial import total
from sphinx_paramdoc.table.rows import Row
from sphinx_paramdoc.table.view import Kind, ViewRow

if TYPE_CHECKING:
    from sphinx_paramdoc.law import Law


class InArguments:
    """What each row of a table is in the arguments."""

    def __init__(self, law: Law, model: facts.Model, rows: Sequence[Row]) -> None:
        """Take a formula, the model that the table is of, and the rows of that."""
        self.law = law
        self._model = model
        self._copies = {row.path: row.copies for row in rows if row.copies}
        self._counted: dict[str, set[int]] = {}
        self._sums: dict[frozenset[int], Polynomial | None] = {}
        seen: set[int] = set()
        stack: list[tuple[facts.Layer, tuple[str, ...]]] = [(layer, ()) for layer in reversed(model.layers)]
        while stack:
            layer, around = stack.pop()
            paths = (*around, layer.path)
            for path in paths:
                self._counted.setdefault(path, set()).update(set(layer.weights) - seen)
            seen.update(layer.weights)
            stack.extend((inside, paths) for inside in reversed(layer.children))

    @property
    def weights(self) -> list[facts.Weight]:
        """The weights of the model."""
        return self._model.weights

    def of_row(self, row: Row) -> Polynomial | None:
        """Return what all the layers hold that a row of the table stands for."""
        return self._of([row.path, *row.copies], row.all_params)

    def of_view(self, row: ViewRow) -> Polynomial | None:
        """Return what all that a row stands for which a reader sees holds."""
        return self._of(self._paths(row), row.params)

    def of_one(self, row: ViewRow) -> Polynomial | None:
        """Return what one of the equal layers, or blocks, holds that a row stands for."""
        are_inside = row.kind is not Kind.LAYER  # of a block, each layer with those that equal it
        paths = [path for layer in row.layers for path in (layer.path, *(layer.copies if are_inside else ()))]
        return self._of(paths, row.params // row.repeat) if row.params % row.repeat == 0 else None

    def of_rows(self, rows: Iterable[ViewRow]) -> Polynomial | None:
        """Return what rows hold that stand side by side, with whatever is there besides them with other arguments."""
        positions: set[int] = set()
        for row in rows:
            positions.update(self._positions(self._paths(row)))
        return None if self.law.formula is None else self._sum(positions)

    def positions(self, row: ViewRow) -> set[int]:
        """Return where the weights stand in the model that a row stands for."""
        return self._positions(self._paths(row))

    def as_many(self, positions: Collection[int]) -> Polynomial:
        """Return what some weights hold as long as there are as many of them as in the table."""
        parts = ((part, len(part.positions.intersection(positions))) for part in self.law.parts)
        return total(Polynomial.number(number) * part.size for part, number in parts if number)

    def of_trainable(self, row: ViewRow, *, as_many: bool = False) -> Polynomial | None:
        """Return how much of what a row stands for is trainable.

        :param as_many: as long as there are as many weights of it as in the table.
        """
        return self._trainable(self.positions(row), row.trainable, as_many=as_many)

    def of_bytes(self, row: ViewRow, *, as_many: bool = False) -> Polynomial | None:
        """Return how many bytes all take that a row stands for.

        :param as_many: as long as there are as many weights of it as in the table.
        """
        return self._bytes(self.positions(row), row.size_bytes, as_many=as_many)

    def of_all_trainable(self) -> Polynomial | None:
        """Return how much of the model is trainable."""
        weights = self._model.weights
        return self._trainable(range(len(weights)), sum(each.count for each in weights if each.trainable))

    def of_all_bytes(self) -> Polynomial | None:
        """Return how many bytes the model takes."""
        return self._bytes(range(len(self._model.weights)), sum(each.size_bytes for each in self._model.weights))

    def _trainable(self, positions: Iterable[int], count: int, *, as_many: bool = False) -> Polynomial | None:
        weights = self._model.weights
        trainable = [position for position in positions if weights[position].trainable]
        if sum(weights[position].count for position in trainable) != count:
            return None
        return self.as_many(trainable) if as_many else self._sum(trainable)

    def _bytes(self, positions: Iterable[int], count: int, *, as_many: bool = False) -> Polynomial | None:
        """Return how many bytes weights take; ``None`` where numbers share a byte, so that it may be one more."""
        weights = self._model.weights
        by_bits: dict[int, set[int]] = {}
        for position in positions:
            by_bits.setdefault(bits(weights[position].dtype), set()).add(position)
        found = Polynomial()
        for number, alike in by_bits.items():
            made = self.as_many(alike) if as_many else self._sum(alike)
            if made is None or number % 8:
                return None
            found += Polynomial.number(number // 8) * made
        return found if fitting.at(self.law.arguments, found) == count else None

    def _sum(self, positions: Collection[int]) -> Polynomial | None:
        """Return what some weights hold; that is found once, as each form of a table asks for it anew."""
        key = frozenset(positions)
        if key not in self._sums:
            self._sums[key] = self.law.of_positions(key)
        return self._sums[key]

    def _paths(self, row: ViewRow) -> list[str]:
        """Return the paths of all layers that a row stands for which a reader sees."""
        paths = [path for layer in row.layers for path in (layer.path, *layer.copies)]
        if row.kind is not Kind.LAYER:
            paths += [each for copy in row.copies for path in copy for each in (path, *self._copies.get(path, ()))]
        return paths

    def _positions(self, paths: Iterable[str]) -> set[int]:
        return {position for path in paths for position in self._counted.get(path, ())}

    def _of(self, paths: Iterable[str], params: int) -> Polynomial | None:
        if self.law.formula is None:
            return None
        positions = self._positions(paths)
        if sum(self._model.weights[position].count for position in positions) != params:
            return None
        return self._sum(positions)

    def text_of_row(self, row: Row) -> str | None:
        """Write what a row of the table holds; ``None`` where there is no formula of it."""
        made = self.of_row(row)
        return None if made is None else self.law.text(made)

    def text_of_view(self, row: ViewRow) -> str:
        """Write what a row that a reader sees holds; '' where it holds nothing, or there is no formula of it."""
        made = self.of_view(row)
        return self.law.text(made) if made else ""

    def sentences(self) -> list[str]:
        """Return what is said of the formula below a table."""
        return list(wording.sentences(self.law))

    def near(self) -> list[dict[str, Any]]:
        """Return the settings that come near to a count, as JSON has them."""
        return [{"arguments": each.arguments, "total": each.total} for each in self.law.near]

    def plain(self) -> dict[str, Any]:
        """Return the formula as JSON has it."""
        law = self.law
        made = law.polynomial
        return {
            "arguments": law.arguments,
            "monomials": monomials(made, law) if made is not None else [],
            "formula": None if law.formula is None else str(law.formula),
            "whole": [str(law.text(each)) for each in law.conditions()],
            "executed": len(law.executed),
            "agrees_at": law.agrees_at,
            "settings": [{"arguments": each.arguments, "total": each.total} for each in law.executed],
            "raised": [{"arguments": setting, "message": message} for setting, message in law.raised],
            "refused": law.refused,
            "left_out": law.left_out,
            "divisors": law.divisors,
            "others": _others(law),
        }


def _others(law: Law) -> dict[str, Any] | None:
    """Return what is known of the arguments that are not refused, as JSON has it."""
    if law.others is None:
        return None
    return {
        "arguments": law.others.arguments,
        "formula": str(law.others.formula),
        "whole": [str(law.text(each)) for each in law.others.conditions()],
        "agrees_at": law.others.agrees_at,
    }


def monomials(made: Polynomial, law: Law) -> list[dict[str, Any]]:
    """Return the products of a sum, in the order in which a formula has them that nothing repeats."""
    terms = law.style.ordered(made.terms())
    return [{"coefficient": str(coefficient), "powers": dict(powers)} for powers, coefficient in terms]
