"""Facts → what is compared, by way of their table, which knows of weights that several layers hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_paramdoc import table
from sphinx_paramdoc.difference import of_rows

if TYPE_CHECKING:
    from sphinx_paramdoc import facts
    from sphinx_paramdoc.difference.parts import Maker, Whole

_FIELDS = (
    "path",
    "depth",
    "output_shape",
    "copies",
    "connected_to",
    "copies_connected_to",
    "formula",
    "symbolic",
    "terms",
    "weights",
    "frozen_by",
    "shared_with",
)


def whole(model: facts.Model, make: Maker) -> Whole:
    """Return a model."""
    made = table.build(model)
    plain = {"name": made.name, "class": made.class_name, "total": made.total, "trainable": made.trainable}
    return of_rows.whole({**plain, "size_bytes": made.size_bytes, "rows": list(map(_row, made.rows))}, make)


def _row(row: table.Row) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in _FIELDS}
    terms = [{"value": term.value, "label": term.label} for term in row.terms]
    weights = [{name: getattr(each, name) for name in each.__struct_fields__} for each in row.weights]
    return {**plain, "class": row.class_name, "terms": terms, "weights": weights}
