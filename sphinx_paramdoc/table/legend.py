"""The legend of a table: what each kind of weight in it is, and what the numbers of its formulas stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from sphinx_paramdoc import facts
from sphinx_paramdoc.explanation import proof
from sphinx_paramdoc.explanation.glossary import KINDS, VARIANTS, LayerKind
from sphinx_paramdoc.explanation.symbols import numbers, symbolic
from sphinx_paramdoc.said import counted, label
from sphinx_paramdoc.table.rows import Row, Table

_MOST_FORMS = 3
"""Of more forms of one kind than this, the last are only counted: each equation of an EinsumDense gives one."""


class LegendEntry(msgspec.Struct, frozen=True):
    """What the legend says of one kind of layer, or of storing weights."""

    kind: LayerKind
    forms: dict[str, str] = {}
    """The symbolic form of each formula, and what the numbers in it are: ``4: gamma, beta, …``."""

    @property
    def title(self) -> str:
        """What the kind is called; one that is not known here by the name of its class."""
        return label(self.kind.title) if self.kind.weights else self.kind.title

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield each form, and what there is to say of it."""
        forms = list(self.forms.items())
        named = forms if len(forms) <= _MOST_FORMS else forms[: _MOST_FORMS - 1]
        yield from named
        if rest := len(forms) - len(named):
            yield counted(rest, "{number:,} more form", "{number:,} more forms"), ""


def entries(model: facts.Model, contents: Table, shown: Iterable[Row]) -> list[LegendEntry]:
    """Return the entries for the kinds of layers with weights, in their order, then those for how weights are kept.

    Layers inside a shown one count as well, as their weights are what its explanation is about.

    :param contents: the table of `model`.
    :param shown: the rows that the page shows.
    """
    paths = {row.path for row in shown}
    rows = {row.path: row for row in contents.rows}
    kinds: dict[LayerKind, LegendEntry] = {}
    variants: dict[LayerKind, LegendEntry] = {}
    for layer, is_covered in _with_weights(model.layers):
        for variant in _variants(layer):
            variants.setdefault(variant, LegendEntry(variant))
        if is_covered and layer.path not in paths:
            continue
        is_proven = layer.path in rows and rows[layer.path].proof == "formula"
        formula = proof.prove(layer, [model.weights[i] for i in set(layer.all_weights())]) if is_proven else None
        if formula is None:  # what inherits from a known class may own something else
            continue
        # Of a layer that somebody else explains, the formula is all that is known.
        kind = (None if layer.offer else _kind(layer)) or LayerKind(layer.class_name.rpartition(".")[2], "")
        entry = kinds.setdefault(kind, LegendEntry(kind))
        entry.forms.setdefault(symbolic(formula.expression), numbers(formula.expression))
    return [*kinds.values(), *variants.values()]


def _with_weights(layers: Iterable[facts.Layer], is_covered: bool = False) -> Iterator[tuple[facts.Layer, bool]]:
    """Yield the layers with weights at every depth, and whether what is said of one around them covers them."""
    for layer in layers:
        if next(layer.all_weights(), None) is None:
            continue
        yield layer, is_covered
        kind = _kind(layer)
        yield from _with_weights(layer.children, is_covered or (kind is not None and kind.covers_parts))


def _kind(layer: facts.Layer) -> LayerKind | None:
    """Return the kind of a layer's class, or else of the nearest class that it inherits from; ``None``: of none."""
    return next((KINDS[name] for name in proof.class_names(layer) if name in KINDS), None)


def _variants(layer: facts.Layer) -> Iterator[LayerKind]:
    """Yield the ways in which a layer keeps weights of its own."""
    if not layer.weights:
        return
    if layer.arguments.get("renorm"):
        yield VARIANTS["renorm"]
    if layer.arguments.get("lora_rank"):
        yield VARIANTS["lora"]
    mode = layer.arguments.get("quantization_mode")
    if isinstance(mode, str) and mode in VARIANTS:
        yield VARIANTS[mode]
