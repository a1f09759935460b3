"""The table of models for programs: a list of the objects that each model is by itself."""

from __future__ import annotations

from sphinx_paramdoc.rendering import formats
from sphinx_paramdoc.table.models import ModelTable


def render(table: ModelTable, _width: int | None = None) -> str:
    """Write the models that there are, in their order; of one that failed there is no object."""
    texts = [formats.write(row.table, "json").replace("\n", "\n  ") for row in table.rows if row.table]
    inside = ",\n  ".join(texts)
    return f"[\n  {inside}\n]" if texts else "[]"
