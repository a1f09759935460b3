"""Facts → a table: rows that add up, each weight given to the first layer that has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from posixpath import commonpath
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation import proof
from sphinx_paramdoc.explanation.dimensions import Formula
from sphinx_paramdoc.explanation.explaining import MOST_ONE_BY_ONE, explain, listed, sized
from sphinx_paramdoc.explanation.sentence import Explanation, Part, Split
from sphinx_paramdoc.sameness import walk as layers_of
from sphinx_paramdoc.table import folding, likeness
from sphinx_paramdoc.table.folding import Group
from sphinx_paramdoc.table.rows import OutsideEntry, Row, Table, Term, WeightEntry

if TYPE_CHECKING:
    from sphinx_paramdoc.law import Law
    from sphinx_paramdoc.table.in_arguments import InArguments

_MOST_OWN = 3
"""A layer that is made of others names so many weights of its own; of more it gives the sum."""


def build(model: facts.Model, *, unfold: bool = False, law: Law | None = None) -> Table:
    """Make the table of a model.

    :param unfold: whether each layer has a row of its own, also where several that follow each other are equal.
    :param law: its count in the arguments of its builder, where that is asked for.
    """
    walk = _Walk(model, unfold)
    rows = list(walk.all_rows(model.layers))
    return Table(
        name=model.name,
        class_name=model.class_name,
        total=_count(model.weights),
        trainable=_count(w for w in model.weights if w.trainable),
        non_trainable=_count(w for w in model.weights if not w.trainable),
        size_bytes=sum(w.size_bytes for w in model.weights),
        trainable_bytes=sum(w.size_bytes for w in model.weights if w.trainable),
        variables=model.variables,
        frameworks=dict(model.frameworks),
        logical=walk.logical(model.layers),
        own_trainable=msgspec.UNSET if model.own_trainable is None else model.own_trainable,
        own_total=msgspec.UNSET if model.own_total is None else model.own_total,
        outside=list(_outside(model)),
        law=msgspec.UNSET if law is None else _in_arguments(law, model, rows),
        rows=rows,
    )


def _in_arguments(law: Law, model: facts.Model, rows: Sequence[Row]) -> InArguments:
    # Loaded where it is asked for: exact fractions take a while to import.
    from sphinx_paramdoc.table.in_arguments import InArguments

    return InArguments(law, model, rows)


_encode = msgspec.json.Encoder().encode


class _Walk:
    """Walks layers and those inside them, and gives each weight to the first that has it."""

    def __init__(self, model: facts.Model, unfold: bool) -> None:
        self._weights = model.weights
        self._unfold = unfold
        self._is_quantised = any(map(_is_quantised, model.layers))
        self._known: dict[bytes, Explanation] = {}
        """What is said of a layer by all that it depends on."""
        self._written: dict[int, tuple[str, str, list[Term]]] = {}
        """The text, the symbolic form and the terms of a formula, which explains many layers, by its identity."""

    def all_rows(self, layers: Sequence[facts.Layer]) -> Iterator[Row]:
        """Return the rows of the outermost layers, each followed by those of the layers inside it."""
        return self._rows(self._groups(layers, set(range(len(self._weights)))), depth=0)

    def logical(self, layers: Iterable[facts.Layer]) -> int | msgspec.UnsetType:
        """Return the count of the outermost layers as it would be without quantisation, where it is known."""
        count = self._logical(layers, set(range(len(self._weights)))) if self._is_quantised else None
        return msgspec.UNSET if count is None else count

    def _logical(self, layers: Iterable[facts.Layer], free: set[int]) -> int | None:
        """Return the count of `layers` without quantisation; ``None`` where one of them is quantised in its own way."""
        count = 0
        for group in folding.groups(layers, self._weights, free, unfold=True):
            formula = proof.prove(group.layer, self._counted(group))
            if formula is not None:
                count += (formula.logical or formula.expression).evaluate()
                continue
            own = group.counted.intersection(group.layer.weights)
            if own and _is_quantised(group.layer) and proof.is_known(group.layer):
                return None
            inside = self._logical(group.layer.children, group.counted - own)
            if inside is None:
                return None
            count += _count(self._weights[i] for i in own) + inside
        return count

    def _groups(self, layers: Sequence[facts.Layer], free: set[int]) -> list[Group]:
        return list(folding.groups(layers, self._weights, free, unfold=self._unfold)) if layers else []

    def _groups_inside(self, group: Group) -> list[Group]:
        return self._groups(group.layer.children, group.counted.difference(group.layer.weights))

    def _rows(self, groups: Sequence[Group], depth: int) -> Iterator[Row]:
        opened = list(map(self._groups_inside, groups))
        explained = [self._explain(group, inside) for group, inside in zip(groups, opened, strict=True)]
        for number, (group, inside) in enumerate(zip(groups, opened, strict=True)):
            yield self._row(group, self._told_from_another(number, groups, explained), depth)
            yield from self._rows(inside, depth + 1)

    def _explain(self, group: Group, inside: Sequence[Group]) -> Explanation:
        """Explain the count of a group's layer, which is made of those of the groups `inside` it.

        Layers that differ in names alone share one explanation.
        """
        form = self._form(group)
        known = self._known.get(form) if form else None
        if known is not None:
            return known
        explained = self._explained(group, inside)
        if form:
            self._known[form] = explained
        return explained

    def _form(self, group: Group) -> bytes | None:
        """Return all that the explanation of a layer depends on; ``None`` where that is more than the layer itself."""
        layer = group.layer
        if layer.children or layer.offer or layer.frozen_by or len(group.counted) != len(group.held):
            return None
        held = []
        for position in layer.weights:
            it = self._weights[position]
            if it.frozen_by or it.unheeded or it.path != f"{layer.path}/{it.name}":
                return None
            held.append((it.name, it.shape, it.dtype, it.trainable, it.reason, it.overwritten, it.holds))
        return _encode(
            (
                layer.class_name,
                layer.bases,
                layer.built,
                layer.input_shape,
                layer.output_shape,
                layer.arguments,
                layer.calls,
                layer.is_operation,
                layer.is_searched,
                layer.outside,
                layer.borrows,
                layer.copied,
                held,
            )
        )

    def _explained(self, group: Group, inside: Sequence[Group]) -> Explanation:
        explained = explain(group.layer, self._counted(group), lambda: self._split(group, inside))
        if self._is_quantised and explained.proof == "weights" and _is_quantised(group.layer):
            logical = self._logical([group.layer], set(group.counted))
            return replace(explained, logical=logical)
        return explained

    def _told_from_another(self, number: int, groups: Sequence[Group], explained: Sequence[Explanation]) -> Explanation:
        """Explain one of the groups from what sets it apart from the one before or behind it, where that is little.

        Of two that are almost equal, the one with fewer layers is told from the other, or else the later one.
        """
        own, group = explained[number], groups[number]
        if own.proof != "weights" or not group.layer.children:
            return own
        count = _count(self._counted(group))
        if any(
            each is not group
            and each.layer.class_name == group.layer.class_name
            and _count(self._counted(each)) == count
            for each in groups
        ):
            return own  # it is no exception
        for other in (number - 1, number + 1):
            if not 0 <= other < len(groups) or explained[other].proof != "weights":
                continue
            if (groups[other].repeat, -other) < (group.repeat, -number):
                continue
            if main := likeness.told_from(group, groups[other], self._weights):
                return replace(own, main=main)
        return own

    def _counted(self, group: Group) -> list[facts.Weight]:
        return [self._weights[i] for i in group.held if i in group.counted]

    def _row(self, group: Group, explained: Explanation, depth: int) -> Row:
        layer = group.layer
        weights = self._counted(group)
        elsewhere = [self._weights[i] for i in group.held if i not in group.counted]
        shared = _owners(elsewhere, layer.path)
        text, symbolic, terms = self._formula(explained)
        is_alone = group.repeat == 1 and not shared
        return Row(
            path=layer.path,
            class_name=layer.class_name,
            depth=depth,
            input_shape=layer.input_shape,
            output_shape=layer.output_shape,
            params=explained.count,
            trainable=_count(w for w in weights if w.trainable),
            non_trainable=_count(w for w in weights if not w.trainable),
            size_bytes=sum(w.size_bytes for w in weights),
            repeat=group.repeat,
            copies=[copy.path for copy in group.copies],
            formula=text,
            symbolic=symbolic,
            terms=terms,
            proof=explained.proof,
            explained=explained if is_alone else replace(explained, shared=tuple(shared), repeat=group.repeat),
            weights=[_entry(self._weights[i]) for i in layer.weights if i in group.counted],
            frozen_by=layer.frozen_by,
            shared_with=shared[0][0] if shared else None,
            connected_to=list(layer.connected_to),
            copies_connected_to=[list(copy.connected_to) for copy in group.copies],
        )

    def _formula(self, explained: Explanation) -> tuple[str | None, str | None, list[Term]]:
        formula = explained.formula
        if formula is None:
            return None, None, []
        written = self._written.get(id(formula))
        if written is None:  # the rows keep the formula, so that its identity stays its own
            terms = [Term(number.value, number.label) for number in formula.terms()]
            written = self._written[id(formula)] = (formula.text(), formula.symbolic(), terms)
        return written

    def _split(self, group: Group, inside: Sequence[Group]) -> Split:
        """Split what a layer counts among the layers inside it, as deep as there is more than one."""
        within: list[facts.Layer] = []
        shares = [part for part in inside if part.counted]
        while len(shares) == 1 and shares[0].repeat == 1 and group.counted.isdisjoint(group.layer.weights):
            if proof.prove(shares[0].layer, self._counted(shares[0])):
                break
            [group] = shares
            within.append(group.layer)
            shares = [part for part in self._groups_inside(group) if part.counted]
        return Split(tuple(self._parts(group, shares)) if shares else (), tuple(within))

    def _formula_inside(self, group: Group) -> Formula | None:
        """Return the formula of a layer, or else of the one layer inside it that holds all of its weights."""
        while (formula := proof.prove(group.layer, self._counted(group))) is None:
            shares = [part for part in self._groups_inside(group) if part.counted]
            if len(shares) != 1 or shares[0].repeat > 1 or not group.counted.isdisjoint(group.layer.weights):
                return None
            [group] = shares
        return formula

    def _parts(self, group: Group, shares: Sequence[Group]) -> Iterator[Part]:
        """Yield what a layer counts of its own, and what the groups of layers inside it add."""
        own = [self._weights[i] for i in group.layer.weights if i in group.counted]
        is_short = len(group.counted) <= MOST_ONE_BY_ONE or (len(shares) == 1 and not own)
        if len(own) > _MOST_OWN:
            yield Part((), _count(own), is_own=True, how=listed(own, group.layer.path, 1))
        else:
            for weight in own:
                how = (sized(weight, group.layer.path),) if is_short else None
                yield Part((weight.name,), weight.count, is_own=True, how=how)
        for part in shares:
            layer, weights = part.layer, self._counted(part)
            formula = self._formula_inside(part) if is_short else None
            yield Part(
                (layer.name, *(copy.name for copy in part.copies)),
                _count(weights),
                kind=layer.class_name.rpartition(".")[2],
                how=formula.expression if formula else listed(weights, layer.path) if is_short else None,
            )


def _outside(model: facts.Model) -> Iterator[OutsideEntry]:
    """Yield what the model itself computes with and does not track, then what each of its layers does."""
    pending: list[tuple[str | None, Sequence[facts.Outside]]] = [(None, model.outside)]
    pending += [(each.path, each.outside) for layer in model.layers for each in layers_of(layer)]
    for path, uses in pending:
        for it in uses:
            yield OutsideEntry(it.name, it.class_name, it.params, it.why, path, it.only_held)


def _is_quantised(layer: facts.Layer) -> bool:
    """Tell whether a layer, or one inside it, is quantised."""
    return "quantization_mode" in layer.arguments or any(map(_is_quantised, layer.children))


def _count(weights: Iterable[facts.Weight]) -> int:
    return sum(weight.count for weight in weights)


def _entry(weight: facts.Weight) -> WeightEntry:
    return WeightEntry(weight.path, list(weight.shape), weight.dtype, weight.count, weight.trainable, weight.reason)


def _owners(weights: Sequence[facts.Weight], path: str) -> list[tuple[str, int]]:
    """Return the layers that count `weights`, each with how much of them it counts.

    That is one layer if one holds them all, the innermost such; else one for each of the outermost layers that hold
    some. A layer around the one at `path` holds them all in vain: it is not shared with what it is a part of.
    """
    owners = [weight.path.rpartition("/")[0] for weight in weights]
    if not owners:
        return []
    common = commonpath(owners)
    if common and not f"{path}/".startswith(f"{common}/"):
        return [(common, _count(weights))]
    groups: dict[str, list[facts.Weight]] = {}
    for owner, weight in zip(owners, weights, strict=True):
        below = owner.removeprefix(common).lstrip("/").partition("/")[0]
        groups.setdefault(below, []).append(weight)
    if len(groups) == 1:  # the weights of a layer around this one, held by itself
        return [(common, _count(weights))]
    return [layer for group in groups.values() for layer in _owners(group, path)]
