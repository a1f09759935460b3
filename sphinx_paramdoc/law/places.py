"""How many of some weights are there at other settings, by the layers that hold them: what a row is held to.

The total is held to executed settings weight by weight, whichever layers hold the weights. A row stands for some of
them: what it holds elsewhere is told by the names of its layers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from sphinx_paramdoc import facts
from sphinx_paramdoc.law import families, fitting
from sphinx_paramdoc.law.families import Token
from sphinx_paramdoc.law.formula import Part, Result
from sphinx_paramdoc.law.polynomial import Polynomial
from sphinx_paramdoc.sameness import without_numbers


class _Layout:
    """Which weights lie inside which layers of a model: each where it is met first, as tables count."""

    def __init__(self, model: facts.Model) -> None:
        self.tokens = families.tokens(model)
        self.inside: dict[str, set[int]] = {}
        self.below: dict[str, list[str]] = {}
        """The layers right inside a layer, by its path; '' for the model."""
        self.above: dict[str, str] = {}
        seen: set[int] = set()
        stack: list[tuple[facts.Layer, tuple[str, ...]]] = [(layer, ()) for layer in reversed(model.layers)]
        while stack:
            layer, around = stack.pop()
            paths = (*around, layer.path)
            for path in paths:
                self.inside.setdefault(path, set()).update(set(layer.weights) - seen)
            seen.update(layer.weights)
            above = around[-1] if around else ""
            if layer.path not in self.above:
                self.above[layer.path] = above
                self.below.setdefault(above, []).append(layer.path)
            stack.extend((inside, paths) for inside in reversed(layer.children))

    def holders(self, wanted: Collection[int]) -> Iterator[str]:
        """Yield the outermost layers in which all weights are among those that are wanted."""
        stack = list(self.below.get("", ()))
        while stack:
            path = stack.pop()
            inside = self.inside[path]
            if inside and inside <= set(wanted):
                yield path
            elif not inside.isdisjoint(wanted):
                stack.extend(self.below.get(path, ()))

    def alike(self, path: str) -> tuple[str, str]:
        """Return what layers have in common that are numbered inside one."""
        return self.above[path], without_numbers(path.rpartition("/")[2])

    def number(self, paths: Collection[str], token: Token) -> int:
        """Return how many weights of a kind and shape lie inside layers."""
        positions = set[int]().union(*(self.inside.get(path, ()) for path in paths))
        return sum(self.tokens[position] == token for position in positions)


class _Met(NamedTuple):
    """How many weights of a part are in the layers of a row, at a setting."""

    arguments: Mapping[str, int]
    number: int
    more: int
    """How many are in layers that are numbered as those of the row are, and not in the model of the table."""
    is_whole: bool
    """Whether all layers of the row are there."""


class _Tokens(NamedTuple):
    """What weights are at a setting."""

    of: dict[int, Token | None]
    """Those of each part, by its identity; ``None`` where a shape is no whole number."""
    often: Counter[Token]
    """How many parts have weights that are just so."""


class Places:
    """Counts the weights of rows at the settings that were executed."""

    def __init__(self, model: facts.Model, results: Sequence[Result]) -> None:
        """Take the model of the table, and all that was executed."""
        self._model = model
        self._results = results
        self._layouts: list[tuple[Mapping[str, int], _Layout]] | None = None
        self._centre: _Layout | None = None
        self._tokens: tuple[Sequence[Part], list[_Tokens]] | None = None

    def number(self, part: Part, parts: Sequence[Part], wanted: Collection[int]) -> Polynomial | None:
        """Return how many weights of a part are among some of the model; ``None`` where executions do not tell.

        :param parts: all that the model has.
        :param wanted: the positions of the weights that a row stands for.
        """
        chosen = part.positions & set(wanted)
        others = len(part.positions) - len(chosen)
        if not chosen or not others:
            return part.number if chosen else Polynomial()
        layout = self._centre = self._centre or _Layout(self._model)
        rows = [path for path in layout.holders(wanted) if layout.inside[path] & chosen]
        if sum(len(layout.inside[path] & chosen) for path in rows) != len(chosen):
            return None
        met = list(self._met(part, parts, layout, rows))
        names = part.number.names()
        centre = {name: value for name, value in self._results[0].arguments.items() if name in names}
        are_fewer = not any(each.is_whole and each.arguments != self._results[0].arguments for each in met)
        if (are_fewer or any(each.more for each in met)) and len(rows) > 1:
            # Layers that are added may be some of either: too few others for any number of layers are none of them.
            if len(chosen) <= others or others >= min(centre.values()):
                return None
            choices = [part.number - Polynomial.number(others)]
            # Where there are fewer layers, the others have names of those that are gone.
            counted = []
            for each in met:
                named = each.number + each.more
                is_all = named == fitting.at(each.arguments, part.number)
                if is_all or each.is_whole:
                    counted.append((each.arguments, named - others if is_all else named))
        elif len(rows) > 1 and self._are_numbered_on(part, layout, rows):
            return None  # by their names others may have taken the places of some
        else:
            counted = [(each.arguments, each.number) for each in met if each.is_whole]
            choices = list(_choices(part.number, len(chosen), others, centre))
        if not all(any(arguments[name] != value for arguments, _ in counted) for name, value in centre.items()):
            return None
        return next(
            (made for made in choices if all(fitting.at(arguments, made) == number for arguments, number in counted)),
            None,
        )

    def _are_numbered_on(self, part: Part, layout: _Layout, rows: Sequence[str]) -> bool:
        """Tell whether other layers with such weights are numbered along with those of a row."""
        alike = {layout.alike(path) for path in rows}
        return any(
            path not in rows and layout.alike(path) in alike and not part.positions.isdisjoint(held)
            for path, held in layout.inside.items()
        )

    def has(self, number: Polynomial, part: Part, parts: Sequence[Part], wanted: Collection[int]) -> bool:
        """Tell whether so many weights of a part are in layers that are numbered as those with some are."""
        layout = self._centre = self._centre or _Layout(self._model)
        rows = [path for path in layout.holders(wanted) if layout.inside[path] & part.positions]
        met = list(self._met(part, parts, layout, rows))
        return bool(met) and all(fitting.at(each.arguments, number) == each.number + each.more for each in met)

    def seen(self) -> Iterator[tuple[Mapping[str, int], Collection[str]]]:
        """Yield each setting that gave a model, the table's own first, with the paths of the layers that it has."""
        for arguments, layout in self._all_layouts():
            yield arguments, layout.above

    def _all_layouts(self) -> list[tuple[Mapping[str, int], _Layout]]:
        if self._layouts is None:
            self._layouts = [(each.arguments, _Layout(each.model)) for each in self._results if each.model]
        return self._layouts

    def _all_tokens(self, parts: Sequence[Part]) -> list[_Tokens]:
        """Return for each setting what the weights of each part are there, which each row asks for."""
        if self._tokens is None or self._tokens[0] is not parts:
            found = []
            for arguments, _ in self._all_layouts():
                of = {id(part): _token(part, arguments) for part in parts}
                found.append(_Tokens(of, Counter(token for token in of.values() if token)))
            self._tokens = (parts, found)
        return self._tokens[1]

    def _met(self, part: Part, parts: Sequence[Part], layout: _Layout, rows: Sequence[str]) -> Iterator[_Met]:
        """Yield what is met at each setting where weights of a part are unlike those of others."""
        alike = {layout.alike(path) for path in rows}
        for (arguments, there), tokens in zip(self._all_layouts(), self._all_tokens(parts), strict=True):
            token = tokens.of[id(part)]
            if token is None or tokens.often[token] > 1:
                continue
            added = [path for path in there.above if path not in layout.above and there.alike(path) in alike]
            is_whole = all(path in there.above for path in rows)
            yield _Met(arguments, there.number(rows, token), there.number(added, token), is_whole)


def _choices(number: Polynomial, chosen: int, others: int, centre: Mapping[str, int]) -> Iterator[Polynomial]:
    """Yield what some of a number may be: as many, all but the others, or those that one argument numbers."""
    yield Polynomial.number(chosen)
    yield number - Polynomial.number(others)
    made = [Polynomial({powers: coefficient}) for powers, coefficient in number.terms() if powers]
    made += [each.without(name, 1) for each in [number, *made] for name in sorted(number.names())]
    for each in made:
        value = fitting.at(centre, each)
        if value is not None:
            yield each + Polynomial.number(chosen - value)


def _token(part: Part, arguments: Mapping[str, int]) -> Token | None:
    shape = [fitting.at(arguments, axis) for axis in part.axes]
    return Token(part.kind, tuple(axis for axis in shape if axis is not None)) if None not in shape else None
