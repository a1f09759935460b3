"""The table of models as docutils nodes, which every builder of Sphinx can write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes
from sphinx import addnodes

from sphinx_paramdoc.explanation.pieces import COLON
from sphinx_paramdoc.rendering.marked import width
from sphinx_paramdoc.rendering.node_kinds import (
    OF_MODELS,
    layer_row,
    name_in_text,
    number_cell,
    pending_table,
    rest_of_cell,
    row_header,
    text_cell,
)
from sphinx_paramdoc.rendering.nodes import FEW, WIDEST_PROSE, formula, latex_columns, sentence
from sphinx_paramdoc.said import ENGLISH, Words, run_on
from sphinx_paramdoc.table.models import LINK, ModelColumn, ModelRow, ModelTable
from sphinx_paramdoc.table.runs import Mark

_MOST_COLUMNS = 5
"""A table of more columns may scroll by itself: most are numbers, which do not break."""

_OF_LINK = 24
"""So wide is a column of links in a text file, before it is known where they lead."""

_BESIDE = {"model", "params"}
"""The columns whose cells say what they are without a heading."""

MISSING = "paramdoc-why"
"""The class of the cell that says why a row has no counts."""


def render(table: ModelTable, widths: Sequence[int] = (), words: Words = ENGLISH) -> list[nodes.Node]:
    """Return the nodes of the table, and of what is said below it.

    One of them is the `nodes.table` itself; it has no title yet.

    :param widths: how wide the columns are beside each other; none: as wide as what stands in them asks for.
    """
    columns = table.columns
    head = nodes.row("", *(_heading(column, words) for column in columns), classes=["paramdoc-head"])
    body = [_row(row, table, words) for row in table.rows]
    given = widths or [_width(column, table.rows, words) for column in columns]
    group = nodes.tgroup("", *(nodes.colspec("", colwidth=each) for each in given), cols=len(columns))
    group["support_smartquotes"] = False
    group += [nodes.thead("", head), nodes.tbody("", *body)]
    classes = [
        "paramdoc",
        OF_MODELS,
        *(["colwidths-given", "paramdoc-given"] if widths else ["colwidths-auto"]),
    ]
    classes.append(f"paramdoc-columns-{len(columns)}")
    classes += ["paramdoc-wide"] if len(columns) > _MOST_COLUMNS else []
    classes += ["longtable"] if len(body) > FEW else []
    parts = widths or [column.share for column in columns]
    return [
        addnodes.tabular_col_spec(spec=latex_columns([column.is_number for column in columns], parts)),
        nodes.table("", group, classes=classes),
        *(_below(said, words) for said in table.below),
    ]


def _below(said: str, words: Words) -> nodes.Node:
    made = sentence(said, words)
    made["classes"].append("paramdoc-law")
    return made


def rows(table: nodes.Element) -> list[layer_row]:
    """Return the rows of a table of models, in their order."""
    return list(table.findall(layer_row))


def _heading(column: ModelColumn, words: Words) -> nodes.entry:
    entry = nodes.entry("", nodes.paragraph("", words(column.heading), translatable=False))
    entry["classes"] += ["paramdoc-number"] if column.is_number else []
    return entry


def _row(row: ModelRow, table: ModelTable, words: Words) -> layer_row:
    if row.table is None:
        return layer_row("", *_cells_without(row, table, words))
    return layer_row("", *(_cell(column, *_nodes(column, row), words=words) for column in table.columns))


def _cells_without(row: ModelRow, table: ModelTable, words: Words) -> Iterator[nodes.entry]:
    """Yield the cells of a row without a model: one of them says why, beside the name."""
    beside = table.beside_name
    for place, column in enumerate(table.columns):
        if column.is_nested:
            why = [] if beside else [rest_of_cell("", words(row.missing), classes=[MISSING])]
            yield _cell(column, _text(row.name), *why, words=words)
        elif place not in beside:
            yield text_cell("", nodes.paragraph())
        elif place == beside.start:
            said = nodes.paragraph("", words(row.missing), translatable=False)
            yield text_cell("", said, morecols=len(beside) - 1, classes=[MISSING])


def _cell(column: ModelColumn, *content: nodes.Node, words: Words) -> nodes.entry:
    kind = row_header if column.is_nested else number_cell if column.is_number else text_cell
    cell = kind("", nodes.paragraph("", "", *content, translatable=False))
    if column.name not in _BESIDE:
        cell["heading"] = words(run_on(column.heading, COLON)).rstrip()  # on a phone, where the head is out of sight
    return cell


def _nodes(column: ModelColumn, row: ModelRow) -> Iterator[nodes.Node]:
    for run in column.cell(row, row.table) if row.table else ():
        if run.mark is Mark.TABLE:
            yield pending_table("", refdomain="", reftype=LINK, reftarget=run.path, refexplicit=False, refwarn=False)
        else:
            yield formula(run.text) if run.mark is Mark.FORMULA else _text(run.text)


def _text(text: str) -> nodes.Node:
    return name_in_text("", text)


def _width(column: ModelColumn, rows: Sequence[ModelRow], words: Words) -> int:
    """Return how wide a column is in a text file."""
    widest = max(width(words(column.heading)), *(_width_of_cell(column, row, words) for row in rows))
    return min(widest, WIDEST_PROSE) if column.is_prose else widest


def _width_of_cell(column: ModelColumn, row: ModelRow, words: Words) -> int:
    if column.name == LINK:
        return _OF_LINK
    if not column.is_nested:
        return width(column.text(row))
    return max(width(row.name), min(width(words(row.missing)), WIDEST_PROSE))
