"""The parameter table of one model: its rows, which add up, and its totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from posixpath import commonpath

import msgspec

from sphinx_paramdoc import explanation, facts
from sphinx_paramdoc.explanation import Proof

_MOST_OWNERS = 4

SCHEMA = 1
"""The version of the JSON form of a table."""


class Term(msgspec.Struct, frozen=True):
    """One number of a formula, and what it is."""

    value: int
    label: str


class WeightEntry(msgspec.Struct, frozen=True):
    """One weight in the JSON form of a row."""

    path: str
    shape: list[int]
    dtype: str
    count: int
    trainable: bool
    reason: facts.Reason | None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One layer; the order of the fields is that of the JSON form."""

    path: str
    class_name: str = msgspec.field(name="class")
    depth: int
    """0 for the outermost rows, which add up to the total; the others open what their parent already counts."""
    input_shape: facts.Shape
    output_shape: facts.Shape
    params: int
    """The weights that no earlier row of this depth has counted."""
    trainable: int
    non_trainable: int
    size_bytes: int
    repeat: int = 1
    copies: list[str] = []
    formula: str | None
    symbolic: str | None
    terms: list[Term]
    """One for each number of `formula`, in its order."""
    proof: Proof
    explanation: str
    weights: list[WeightEntry]
    """The layer's own weights that `params` counts; those of the layers inside it stand in their rows."""
    frozen_by: str | None
    shared_with: str | None
    connected_to: list[str]

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def short_class(self) -> str:
        """The class without its module."""
        return self.class_name.rpartition(".")[2]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The parameter table of one model; the order of the fields is that of the JSON form."""

    schema: int = SCHEMA
    name: str
    class_name: str = msgspec.field(name="class")
    total: int
    trainable: int
    non_trainable: int
    size_bytes: int
    variables: facts.Variables
    frameworks: dict[str, str]
    rows: list[Row]

    def outermost(self) -> list[Row]:
        """Give the rows that add up to `total`."""
        return [row for row in self.rows if row.depth == 0]

    @property
    def explanation(self) -> str:
        """How the total divides into what is trainable and what is not; and what it lacks."""
        if not self.total:
            text = "no weights"
        elif not self.non_trainable:
            text = "all trainable"
        elif not self.trainable:
            text = "all non-trainable"
        else:
            text = f"{self.trainable:,} trainable + {self.non_trainable:,} non-trainable"
        lacking = len(self.not_built)
        if lacking:
            text += f"; without {lacking:,} {'layer that is' if lacking == 1 else 'layers that are'} not built"
        return text

    @property
    def not_built(self) -> list[str]:
        """The paths of the layers, at every depth, that have no weights yet: the total lacks them."""
        return [row.path for row in self.rows if row.explanation == explanation.NOT_BUILT]


def build(model: facts.Model) -> Table:
    """Make the table of a model."""
    return Table(
        name=model.name,
        class_name=model.class_name,
        total=_count(model.weights),
        trainable=_count(w for w in model.weights if w.trainable),
        non_trainable=_count(w for w in model.weights if not w.trainable),
        size_bytes=sum(w.size_bytes for w in model.weights),
        variables=model.variables,
        frameworks=dict(model.frameworks),
        rows=list(_Walk(model.weights).rows(model.layers, set(range(len(model.weights))), depth=0)),
    )


class _Walk:
    """Walks layers and those inside them, and gives each weight to the first that has it."""

    def __init__(self, weights: Sequence[facts.Weight]) -> None:
        self._weights = weights

    def rows(self, layers: Iterable[facts.Layer], free: set[int], depth: int) -> Iterator[Row]:
        """Give the rows of `layers`, which count what is `free`, each followed by those of the layers inside it."""
        for layer in layers:
            here = dict.fromkeys(layer.all_weights())
            counted = {i for i in here if i in free}
            free -= counted
            yield self._row(layer, list(here), counted, depth)
            yield from self.rows(layer.children, counted - set(layer.weights), depth + 1)

    def _row(self, layer: facts.Layer, here: Sequence[int], free: set[int], depth: int) -> Row:
        """Make a row of the weights `here`, as far as they are `free`: no earlier row counts them."""
        weights = [self._weights[i] for i in here if i in free]
        elsewhere = [self._weights[i] for i in here if i not in free]
        explained = explanation.explain(layer, weights, list(self._parts(layer, free)))
        shared = _owners(elsewhere, layer.path)
        text = "; ".join([explained.text] * bool(weights or not shared) + _shared(shared, alone=not weights))
        formula = explained.formula
        return Row(
            path=layer.path,
            class_name=layer.class_name,
            depth=depth,
            input_shape=layer.input_shape,
            output_shape=layer.output_shape,
            params=_count(weights),
            trainable=_count(w for w in weights if w.trainable),
            non_trainable=_count(w for w in weights if not w.trainable),
            size_bytes=sum(w.size_bytes for w in weights),
            formula=formula.text() if formula else None,
            symbolic=formula.symbolic() if formula else None,
            terms=[Term(number.value, number.label) for number in formula.terms()] if formula else [],
            proof=explained.proof,
            explanation=text,
            weights=[_entry(self._weights[i]) for i in layer.weights if i in free],
            frozen_by=layer.frozen_by,
            shared_with=shared[0][0] if shared else None,
            connected_to=list(layer.connected_to),
        )

    def _parts(self, layer: facts.Layer, free: set[int]) -> Iterator[explanation.Part]:
        """Split what `layer` counts among the layers inside it, those without a share left out."""
        left = set(free)
        own = [i for i in layer.weights if i in left]
        left -= set(own)
        if layer.children and own:
            yield "its own weights", _count(self._weights[i] for i in own)
        for child in layer.children:
            share = {i for i in child.all_weights() if i in left}
            left -= share
            if share:
                yield child.name, _count(self._weights[i] for i in share)


def _count(weights: Iterable[facts.Weight]) -> int:
    return sum(weight.count for weight in weights)


def _entry(weight: facts.Weight) -> WeightEntry:
    return WeightEntry(weight.path, list(weight.shape), weight.dtype, weight.count, weight.trainable, weight.reason)


def _owners(weights: Sequence[facts.Weight], path: str) -> list[tuple[str, int]]:
    """Give the layers that count `weights`, each with how much of them it counts.

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


def _shared(owners: Sequence[tuple[str, int]], *, alone: bool) -> list[str]:
    """Write what is shared with which layer; of many layers the last are only counted."""
    if not owners:
        return []
    if alone and len(owners) == 1:
        return [f"shared with {owners[0][0]}"]
    named = owners if len(owners) <= _MOST_OWNERS else owners[: _MOST_OWNERS - 1]
    phrases = [f"{count:,} shared with {owner}" for owner, count in named]
    if rest := owners[len(named) :]:
        phrases.append(f"{sum(count for _, count in rest):,} shared with {len(rest):,} more layers")
    return [", ".join(phrases)]
