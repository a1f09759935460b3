"""Formulas of the attention layers.

Sources: the layers' reference, https://keras.io/api/layers/attention_layers/; multi-head: Vaswani and others 2017,
https://arxiv.org/abs/1706.03762; grouped queries: Ainslie and others 2023, https://arxiv.org/abs/2305.13245; additive:
Bahdanau and others 2014, https://arxiv.org/abs/1409.0473; dot product: Luong and others 2015,
https://arxiv.org/abs/1508.04025.
"""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_paramdoc.explanation.dimensions import SCALE_EACH, Dimensions, Family, Formula, NoFormulaError, with_each
from sphinx_paramdoc.explanation.matrices import einsum_matrix, stored
from sphinx_paramdoc.explanation.pieces import clauses
from sphinx_paramdoc.expression import Dimension, Expression, Number, product, total
from sphinx_paramdoc.said import listed, said


def attention(layer: Dimensions) -> Formula:
    """Return 1 for each scalar: ``use_scale`` learns how sharp the scores are, the concatenated score has a weight."""
    scalars: list[Expression] = [Number(1, "scale")] * layer.flag("use_scale")
    if layer.text("score_mode") == "concat":
        scalars.append(Number(1, "score weight"))
    if not scalars:
        raise NoFormulaError("use_scale")
    return Formula(total(scalars))


def additive_attention(layer: Dimensions) -> Formula:
    """Return the dimensions of the query, with a scale each."""
    return Formula(with_each(Dimension(layer.input_axis(-1), "query dimensions"), SCALE_EACH))


def multi_head_attention(layer: Dimensions) -> Formula:
    """Return the projections to the heads, and the one back: ``3 × (inputs × heads × size + heads × size) + …``."""
    heads = Dimension(layer.integer("num_heads"), "heads")
    size = Dimension(layer.integer("key_dim"), "head size")
    value = Dimension(layer.integer("value_dim"), "value size") if _differs(layer) else size
    projections = [("query", heads, size), ("key", heads, size), ("value", heads, value)]
    if layer.flag("use_gate", default=False):
        projections.append(("gate", heads, value))
    sizes = layer.sizes("output_shape") if layer.has("output_shape") else [layer.part("query").input_axis(-1)]
    return _projected(layer, projections, [heads, value], sizes)


def grouped_query_attention(layer: Dimensions) -> Formula:
    """Return the same with fewer heads for keys and values, each of which serves several query heads."""
    heads = Dimension(layer.integer("num_query_heads"), "query heads")
    shared = Dimension(layer.integer("num_key_value_heads"), "key and value heads")
    size = Dimension(layer.integer("head_dim"), "head size")
    projections = [("query", heads, size), ("key", shared, size), ("value", shared, size)]
    if layer.flag("use_gate", default=False):
        projections.insert(1, ("gate", heads, size))
    return _projected(layer, projections, [heads, size], [layer.part("query").input_axis(-1)])


def _differs(layer: Dimensions) -> bool:
    return layer.integer("value_dim") != layer.integer("key_dim")


def _projected(
    layer: Dimensions,
    projections: Sequence[tuple[str, Expression, Expression]],
    gathered: Sequence[Expression],
    sizes: Sequence[int],
) -> Formula:
    """Add projections from the inputs to the heads, of which equal ones are multiplied, and the one to the outputs.

    Each is stored in its own way: LoRA and quantisation work on the projections.
    """
    has_bias = layer.flag("use_bias")

    def projection(name: str, heads: Expression, size: Expression) -> Formula:
        part = layer.part(name)
        inputs = Dimension(part.input_axis(-1), "inputs")
        matrix = einsum_matrix(part, [inputs, heads, size], [True, False, False])
        return stored(part, [matrix], heads * size if has_bias else None)

    counts: list[Expression] = []
    notes: dict[str, None] = {}
    logical: list[Expression] = []
    is_quantised = False
    made = [(name, projection(name, *sizes)) for name, *sizes in projections]
    # Adapters of LoRA mostly lie beside queries and values, and not beside the keys between them.
    alike = [(formula, [name for name, other in made if other == formula]) for _, formula in made]
    for formula, names in (each for number, each in enumerate(alike) if each not in alike[:number]):
        factor = [Number(len(names), said("projections: {names}", names=listed(names)))] if len(names) > 1 else []
        counts.append(product([*factor, formula.expression]))
        logical.append(product([*factor, formula.logical or formula.expression]))
        is_quantised |= formula.logical is not None
        notes[formula.note] = None
    outputs = [Dimension(size, "outputs") for size in sizes]
    part = layer.part("attention_output")
    matrix = einsum_matrix(part, [*gathered, *outputs], [True] * len(gathered) + [False] * len(outputs))
    back = stored(part, [matrix], product(outputs) if has_bias else None)
    is_quantised |= back.logical is not None
    notes[back.note] = None
    return Formula(
        total([*counts, back.expression]),
        clauses(filter(None, notes)),
        total([*logical, back.logical or back.expression]) if is_quantised else None,
    )


FORMULAS = {
    "keras.layers.Attention": Family(attention, frozenset({"scale", "concat_score_weight"})),
    "keras.layers.AdditiveAttention": Family(additive_attention, frozenset({"scale"})),
    "keras.layers.MultiHeadAttention": Family(multi_head_attention, frozenset()),
    "keras.layers.GroupQueryAttention": Family(grouped_query_attention, frozenset()),
}
