"""The table of models in Markdown: for a README, or a review."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_paramdoc.rendering.markdown import escaped, row, sentence
from sphinx_paramdoc.table.models import ModelRow, ModelTable


def render(table: ModelTable, _width: int | None = None) -> str:
    """Write the rows, and what is said below them."""
    lines = [
        row(escaped(column.heading) for column in table.columns),
        f"|{'|'.join('---:' if column.is_number else '---' for column in table.columns)}|",
        *(row(_cells(each, table)) for each in table.rows),
    ]
    lines += (line for said in table.below for line in ("", sentence(said)))
    return "\n".join(lines)


def _cells(shown: ModelRow, table: ModelTable) -> Iterator[str]:
    """Yield the cells; where there are no counts, why stands in the cell beside the name."""
    beside, why = table.beside_name, f"*{escaped(shown.missing)}*" if shown.missing else ""
    for place, column in enumerate(table.columns):
        if column.is_nested:
            yield escaped(shown.name) if beside or not why else f"{escaped(shown.name)} {why}"
        elif shown.table:
            yield escaped(column.text(shown))
        else:
            yield why if place == beside.start else ""
