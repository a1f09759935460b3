"""The table as docutils nodes, which every builder of Sphinx can write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes
from sphinx import addnodes
from sphinx.writers.html5 import HTML5Translator
from sphinx.writers.latex import LaTeXTranslator

from sphinx_paramdoc.table import Table
from sphinx_paramdoc.table.arranging import arrange
from sphinx_paramdoc.table.columns import Column, chosen
from sphinx_paramdoc.table.runs import Mark
from sphinx_paramdoc.table.view import View, ViewRow

_WIDEST_PROSE = 60
"""In a text file prose wraps here, in characters."""

_FEW = 10
"""A PDF keeps a table of this many rows on one page; a longer one is let go on to the next, or it would be cut off."""

_INDENT = "\N{NO-BREAK SPACE}" * 2
"""Any other space is lost at the beginning of a cell."""

_DEEPEST = 6
"""Rows further inside are indented no more."""


class formula_term(nodes.inline):  # noqa: N801 - docutils names nodes so
    """A number of a formula, which says what it is where a reader can point at it."""


class layer_name(nodes.literal):  # noqa: N801
    """The name of a layer, which may be long: in a PDF it breaks behind an underscore."""


class indent(nodes.inline):  # noqa: N801
    """What stands before the name of a layer that is inside another."""


def render(table: Table, depth: int = 0) -> list[nodes.Node]:
    """Return the nodes of the table: its rows, and the total.

    The `nodes.table` itself is the last of them; it has no title yet.

    :param depth: how deep layers that are made of others open; 0: only the outermost ones have rows.
    """
    view, columns = arrange(table, depth=depth), chosen()
    shown = list(view.shown())
    rows = [
        _row(columns, [_nodes(column, row, view) for column in columns], "paramdoc-layer", *_depth_class(row))
        for row in shown
    ]
    totals = [column.total(view) for column in columns]
    total = _row(columns, [[nodes.strong("", text)] if text else [] for text in totals], "paramdoc-total")
    group = nodes.tgroup("", *_colspecs(view, columns, totals), cols=len(columns), support_smartquotes=False)
    group += nodes.thead("", _row(columns, [[nodes.Text(column.heading)] for column in columns], "paramdoc-head"))
    group += nodes.tbody("", *rows, total)
    return [
        addnodes.tabular_col_spec(spec="".join(map(_latex_column, columns))),
        nodes.table("", group, classes=["paramdoc", "colwidths-auto", *(["longtable"] if len(rows) > _FEW else [])]),
    ]


def beyond(table: Table, depth: int = 0) -> list[nodes.Node]:
    """Return what stands below a table that is opened as deep as `depth`: what the model uses, and no row says."""
    sentences = arrange(table, depth=depth).beyond()
    return [nodes.paragraph("", said, translatable=False, classes=["paramdoc-beyond"]) for said in sentences]


def placeholder(content: nodes.Element) -> nodes.table:
    """Return a table that shows `content` alone, so that what refers to the table still finds it."""
    row = nodes.row("", nodes.entry("", content))
    group = nodes.tgroup("", nodes.colspec("", colwidth=80), nodes.tbody("", row), cols=1)
    return nodes.table("", group, classes=["paramdoc-missing"])


def _colspecs(view: View, columns: Sequence[Column], totals: Sequence[str]) -> Iterator[nodes.colspec]:
    """Size the columns by what stands in them, as the builder for text files wants it."""
    for column, total in zip(columns, totals, strict=True):
        width = max(len(column.heading), len(f"**{total}**"), *(_width(column, row, view) for row in view.shown()))
        yield nodes.colspec("", colwidth=min(width, _WIDEST_PROSE) if column.is_prose else width)


def _width(column: Column, row: ViewRow, view: View) -> int:
    """Return how wide a cell is in a text file, where names stand in quotation marks, and are indented."""
    quoted = sum(run.mark is Mark.NAME for run in column.cell(row, view))
    return len(_INDENT) * row.depth * column.is_nested + len(column.text(row, view)) + 2 * min(quoted, 2)


def _depth_class(row: ViewRow) -> list[str]:
    return [f"paramdoc-depth-{min(row.depth, _DEEPEST)}"] if row.depth else []


def _latex_column(column: Column) -> str:
    side = "left" if column.is_number else "right"
    return rf">{{\ragged{side}\arraybackslash}}\X{{{column.share}}}{{100}}"


def _nodes(column: Column, row: ViewRow, view: View) -> Iterator[nodes.Node]:
    if column.is_nested and row.depth:
        yield indent("", _INDENT * row.depth, depth=row.depth)
    for text, mark, label, _ in column.cell(row, view):
        match mark:
            case Mark.NAME:
                yield layer_name("", text)
            case Mark.SHAPE:  # on a line of its own width; lines may break between the shapes of several tensors
                yield nodes.inline("", text, classes=["paramdoc-shape"])
            case Mark.TERM:
                yield formula_term("", text, title=label)
            case _:
                yield nodes.Text(text)


def _row(columns: Sequence[Column], entries: Sequence[Iterable[nodes.Node]], *classes: str) -> nodes.row:
    row = nodes.row(classes=list(classes))
    for column, content in zip(columns, entries, strict=True):
        entry = nodes.entry("", nodes.paragraph("", "", *content, translatable=False))
        entry["classes"] += ["paramdoc-number"] if column.is_number else []
        row += entry
    return row


def skip_indent(_translator: HTML5Translator, _node: indent) -> None:
    """Leave the indentation to the style sheet, which also indents the lines that a long name wraps to."""
    raise nodes.SkipNode


def visit_indent(translator: LaTeXTranslator, node: indent) -> None:
    """Move all lines of a cell to the right."""
    translator.body.append(rf"\setlength{{\leftskip}}{{{node['depth']}em}}")
    raise nodes.SkipNode


def visit_layer_name(translator: LaTeXTranslator, node: layer_name) -> None:
    """Write a name with places to break it at: LaTeX would let it run under the next column."""
    name = translator.encode(node.astext()).replace(r"\_", r"\_\allowbreak{}")
    translator.body.append(rf"\sphinxcode{{\sphinxupquote{{{name}}}}}")
    raise nodes.SkipNode


def visit_formula_term(translator: HTML5Translator, node: formula_term) -> None:
    """Begin a number with what it is as a tooltip."""
    translator.body.append(translator.starttag(node, "span", "", CLASS="paramdoc-term", title=node["title"]))


def depart_formula_term(translator: HTML5Translator, _node: formula_term) -> None:
    """End a number."""
    translator.body.append("</span>")
