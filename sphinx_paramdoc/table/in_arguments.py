"""The formula of a model in the arguments of its builder, by the rows of its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sphinx_paramdoc.law import wording
from sphinx_paramdoc.table.rows import Row
from sphinx_paramdoc.table.view import Kind, ViewRow

if TYPE_CHECKING:
    from sphinx_paramdoc import facts
    from sphinx_paramdoc.law import Law, Polynomial


class InArguments:
    """What each row of a table is in the arguments."""

    def __init__(self, law: Law, model: facts.Model, rows: Sequence[Row]) -> None:
        """Take a formula, the model that the table is of, and the rows of that."""
        self.law = law
        self._model = model
        self._copies = {row.path: row.copies for row in rows if row.copies}
        self._counted: dict[str, set[int]] = {}
        seen: set[int] = set()
        stack: list[tuple[facts.Layer, tuple[str, ...]]] = [(layer, ()) for layer in reversed(model.layers)]
        while stack:
            layer, around = stack.pop()
            paths = (*around, layer.path)
            for path in paths:
                self._counted.setdefault(path, set()).update(set(layer.weights) - seen)
            seen.update(layer.weights)
            stack.extend((inside, paths) for inside in reversed(layer.children))

    def of_row(self, row: Row) -> Polynomial | None:
        """Return what all the layers hold that a row of the table stands for."""
        return self._of([row.path, *row.copies], row.all_params)

    def of_view(self, row: ViewRow) -> Polynomial | None:
        """Return what all that a row stands for which a reader sees holds."""
        paths = [path for layer in row.layers for path in (layer.path, *layer.copies)]
        if row.kind is not Kind.LAYER:
            paths += [each for copy in row.copies for path in copy for each in (path, *self._copies.get(path, ()))]
        return self._of(paths, row.params)

    def of_one(self, row: ViewRow) -> Polynomial | None:
        """Return what one of the equal layers, or blocks, holds that a row stands for."""
        are_inside = row.kind is not Kind.LAYER  # of a block, each layer with those that equal it
        paths = [path for layer in row.layers for path in (layer.path, *(layer.copies if are_inside else ()))]
        return self._of(paths, row.params // row.repeat) if row.params % row.repeat == 0 else None

    def _of(self, paths: Iterable[str], params: int) -> Polynomial | None:
        if self.law.formula is None:
            return None
        positions = {position for path in paths for position in self._counted.get(path, ())}
        if sum(self._model.weights[position].count for position in positions) != params:
            return None
        return self.law.of_positions(positions)

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
        }


def monomials(made: Polynomial, law: Law) -> list[dict[str, Any]]:
    """Return the products of a sum, in the order in which a formula has them that nothing repeats."""
    terms = law.style.ordered(made.terms())
    return [{"coefficient": str(coefficient), "powers": dict(powers)} for powers, coefficient in terms]
