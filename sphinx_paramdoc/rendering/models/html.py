"""The table of models in HTML that stands by itself, in a notebook or a file; its style is in it."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_paramdoc.rendering.html import STYLE, formula, sentence, side, text_of
from sphinx_paramdoc.table.models import IN_ARGUMENTS, ModelRow, ModelTable


def render(table: ModelTable, _width: int | None = None) -> str:
    """Write the rows, and what is said below them; what is not ASCII is written as references."""
    head = "".join(
        f'<th scope="col"{side(column.is_number)}>{text_of(column.heading)}</th>' for column in table.columns
    )
    lines = [
        '<div class="paramdoc-notebook">',
        f"<style>\n{STYLE}</style>",
        '<table class="paramdoc">',
        f"<thead><tr>{head}</tr></thead>",
        "<tbody>",
        *(f"<tr>{''.join(_cells(row, table))}</tr>" for row in table.rows),
        "</tbody>",
        "</table>",
        *(f"<p>{sentence(said)}</p>" for said in table.below),
        "</div>",
    ]
    return "\n".join(lines).encode("ascii", "xmlcharrefreplace").decode()


def _cells(row: ModelRow, table: ModelTable) -> Iterator[str]:
    """Yield the cells; where there are no counts, why stands in one beside the name."""
    beside, why = table.beside_name, f"<i>{text_of(row.missing)}</i>" if row.missing else ""
    for place, column in enumerate(table.columns):
        if column.is_nested:
            said = "" if beside or not why else f" {why}"
            yield f'<th scope="row"{side(is_number=False)}><b>{text_of(row.name)}</b>{said}</th>'
        elif row.table:
            of = formula if column.name == IN_ARGUMENTS else text_of
            yield f"<td{side(column.is_number)}>{of(column.text(row))}</td>"
        elif place not in beside:
            yield "<td></td>"
        elif place == beside.start:
            yield f'<td colspan="{len(beside)}" align="left">{why}</td>'
