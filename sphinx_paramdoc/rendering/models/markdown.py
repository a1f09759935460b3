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
    why = "" if shown.table else f"*{escaped(shown.missing)}*"
    for column in table.columns:
        if column.is_nested:
            yield escaped(shown.name)
        else:
            yield escaped(column.text(shown)) if shown.table else why
            why = ""
