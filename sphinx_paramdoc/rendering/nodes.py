"""The table as docutils nodes, which every builder of Sphinx can write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from docutils import nodes
from sphinx import addnodes
from sphinx.writers.html5 import HTML5Translator
from sphinx.writers.latex import LaTeXTranslator

from sphinx_paramdoc.rendering.cells import HEADINGS, cells, pieces, total_cells
from sphinx_paramdoc.table import Row, Table
from sphinx_paramdoc.table.folding import name_runs

_SHARES = (28, 21, 14, 37)
"""The parts of a PDF page's width that the columns take, in hundredths."""

_WIDEST_EXPLANATION = 60
"""In a text file an explanation wraps here, in characters."""

_FEW = 10
"""A PDF keeps a table of this many rows on one page; a longer one is let go on to the next, or it would be cut off."""

_INDENT = "\N{NO-BREAK SPACE}" * 2
"""Any other space is lost at the beginning of a cell."""

_DEEPEST = 6
"""Rows further inside are indented no more."""

_PARAMETERS = HEADINGS.index("Parameters")


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
    shown = table.down_to(depth)
    rows = [_row(_entries(row), "paramdoc-layer", *_depth_class(row)) for row in shown]
    total = _row([[nodes.strong("", text)] if text else [] for text in total_cells(table)], "paramdoc-total")
    group = nodes.tgroup("", *_colspecs(table, shown), cols=len(HEADINGS), support_smartquotes=False)
    group += nodes.thead("", _row([[nodes.Text(heading)] for heading in HEADINGS], "paramdoc-head"))
    group += nodes.tbody("", *rows, total)
    return [
        addnodes.tabular_col_spec(spec=_latex_columns()),
        nodes.table("", group, classes=["paramdoc", "colwidths-auto", *(["longtable"] if len(rows) > _FEW else [])]),
    ]


def placeholder(content: nodes.Element) -> nodes.table:
    """Return a table that shows `content` alone, so that what refers to the table still finds it."""
    row = nodes.row("", nodes.entry("", content))
    group = nodes.tgroup("", nodes.colspec("", colwidth=80), nodes.tbody("", row), cols=1)
    return nodes.table("", group, classes=["paramdoc-missing"])


def _colspecs(table: Table, rows: Sequence[Row]) -> list[nodes.colspec]:
    """Size the columns by what stands in them, as the builder for text files wants it."""
    total = [f"**{text}**" for text in total_cells(table)]
    layers = [_text_cells(row) for row in rows]
    columns = zip(HEADINGS, *layers, total, strict=True)
    *widths, explanation = (max(map(len, column)) for column in columns)
    return [nodes.colspec("", colwidth=width) for width in (*widths, min(explanation, _WIDEST_EXPLANATION))]


def _text_cells(row: Row) -> tuple[str, str, str, str]:
    """Return the cells as the builder for text files writes them: names in quotation marks, and indented."""
    quotes = '""' * min(row.repeat, 2)
    layer, shape, params, explanation = cells(row)
    return (_INDENT * row.depth + layer + quotes, shape, params, explanation)


def _depth_class(row: Row) -> list[str]:
    return [f"paramdoc-depth-{min(row.depth, _DEEPEST)}"] if row.depth else []


def _latex_columns() -> str:
    sides = ["left" if column == _PARAMETERS else "right" for column in range(len(_SHARES))]
    return "".join(
        rf">{{\ragged{side}\arraybackslash}}\X{{{share}}}{{100}}" for side, share in zip(sides, _SHARES, strict=True)
    )


def _entries(row: Row) -> Sequence[Iterable[nodes.Node]]:
    _, shape, params, _ = cells(row)
    explanation = (
        nodes.Text(text) if label is None else formula_term("", text, title=label) for text, label in pieces(row)
    )
    return (
        _layer(row),
        _shape(shape),
        [nodes.Text(params)],
        explanation,
    )


def _layer(row: Row) -> Iterable[nodes.Node]:
    if row.depth:
        yield indent("", _INDENT * row.depth, depth=row.depth)
    for text, is_name in name_runs(row.names):
        yield layer_name("", text) if is_name else nodes.Text(text)
    yield nodes.Text(f" ({row.short_class})")


def _shape(text: str) -> Iterable[nodes.Node]:
    """Keep the shape of each tensor on a line of its own width; lines may break between those of several."""
    for i, part in enumerate(re.split(r"(\([^()]*\))", text)):
        if part:
            yield nodes.inline("", part, classes=["paramdoc-shape"]) if i % 2 else nodes.Text(part)


def _row(entries: Sequence[Iterable[nodes.Node]], *classes: str) -> nodes.row:
    row = nodes.row(classes=list(classes))
    for column, content in enumerate(entries):
        paragraph = nodes.paragraph("", "", *content, translatable=False)
        entry = nodes.entry("", paragraph)
        if column == _PARAMETERS:
            entry["classes"].append("paramdoc-number")
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
