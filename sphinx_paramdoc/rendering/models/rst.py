"""The table of models in reStructuredText, of which docutils makes a table without any of this package."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_paramdoc.rendering.rst import lines_of_row, safe, sentence
from sphinx_paramdoc.table.models import ModelRow, ModelTable


def render(table: ModelTable, _width: int | None = None) -> str:
    """Write the rows, and what is said below them."""
    lines = [
        ".. list-table::",
        "   :header-rows: 1",
        f"   :widths: {' '.join(str(column.share) for column in table.columns)}",
        "",
        *lines_of_row([safe(column.heading)] for column in table.columns),
    ]
    for row in table.rows:
        lines += lines_of_row([cell] for cell in _cells(row, table))
    lines += (line for said in table.below for line in ("", sentence(said)))
    return "\n".join(line.rstrip(" ") for line in lines)


def _cells(row: ModelRow, table: ModelTable) -> Iterator[str]:
    """Yield the cells; where there are no counts, why stands in the cell beside the name."""
    beside, why = table.beside_name, safe(row.missing)
    for place, column in enumerate(table.columns):
        if column.is_nested:
            yield safe(row.name) if beside or not why else f"{safe(row.name)} {why}"
        elif row.table:
            yield safe(column.text(row))
        else:
            yield why if place == beside.start else ""
