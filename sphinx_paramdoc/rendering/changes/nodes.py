"""What changed, as docutils nodes, which every builder of Sphinx can write: a table like that of a model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes
from sphinx import addnodes

from sphinx_paramdoc.difference import telling
from sphinx_paramdoc.difference.changes import Difference
from sphinx_paramdoc.difference.telling import Line
from sphinx_paramdoc.rendering.changes import columns
from sphinx_paramdoc.rendering.marked import width
from sphinx_paramdoc.rendering.node_kinds import (
    CLOSED,
    TOTAL,
    indent,
    layer_name,
    layer_row,
    number_cell,
    row_header,
    text_cell,
)
from sphinx_paramdoc.rendering.nodes import below, prose
from sphinx_paramdoc.said import ENGLISH, Words

_SHARES = (30, 20, 50)
"""Which part of a page's width each column takes in a PDF."""

_LEAST = (16, 22, 20)
"""In a text file no column is narrower, in characters."""

_WIDEST = 60
"""In a text file prose wraps here, in characters."""

_FEW = 10
"""A PDF keeps a table of this many rows on one page."""

_INDENT = "\N{NO-BREAK SPACE}" * 2


def render(
    difference: Difference, *, depth: int = 0, widths: Sequence[int] = (), words: Words = ENGLISH
) -> list[nodes.Node]:
    """Return the nodes of the table, one of which is the `nodes.table` itself, without a title yet.

    :param depth: how deep layers are open in which something changed; a page holds those that are not as well, closed.
    :param widths: how wide the columns are beside each other; none: as wide as what stands in them asks for.
    """
    writer = _Writer(widths, words)
    lines = telling.lines(difference.changes)
    rows = [*writer.rows(lines, 0, depth, is_shown=True), writer.total(difference)]
    group = nodes.tgroup("", *writer.colspecs(lines), cols=len(columns.HEADINGS), support_smartquotes=False)
    group += [nodes.thead("", writer.head()), nodes.tbody("", *rows)]
    given = ["colwidths-given", "paramdoc-given"] if widths else ["colwidths-auto"]
    classes = ["paramdoc", "paramdoc-difference", *given, "paramdoc-columns-3", "paramdoc-prose"]
    if sum(CLOSED not in row["classes"] for row in rows) > _FEW + 1:
        classes.append("longtable")
    return [
        addnodes.tabular_col_spec(spec=_latex_columns(widths or _SHARES)),
        nodes.table("", group, classes=classes),
        *(
            nodes.paragraph("", words(each), translatable=False, classes=["paramdoc-equal"])
            for each in columns.below(difference)
        ),
    ]


class _Writer:
    """Makes the rows of one table."""

    def __init__(self, given: Sequence[int], words: Words) -> None:
        self._given = list(given)
        self._words = words
        self._head = [words(heading) for heading in columns.HEADINGS]

    def colspecs(self, lines: Sequence[Line]) -> Iterator[nodes.colspec]:
        """Size the columns by what stands in them, as the builder for text files wants it; or as is given."""
        least = list(_LEAST)
        for inside, line in telling.down_to(lines, len(lines)):
            name = line.between.join(f"``{called}``" for called in line.named)
            texts = (_INDENT * inside + name, columns.counts(line), self._words(line.why))
            least = [max(own, width(text)) for own, text in zip(least, texts, strict=True)]
        sizes = self._given or [*least[:2], min(least[2], _WIDEST)]
        return (nodes.colspec("", colwidth=size) for size in sizes)

    def head(self) -> nodes.row:
        """Return the row of the headings."""
        row = nodes.row(classes=["paramdoc-head"])
        for number, heading in enumerate(self._head):
            entry = nodes.entry("", nodes.paragraph("", heading, translatable=False))
            entry["classes"] += ["paramdoc-number"] if number == 1 else []
            row += entry
        return row

    def rows(self, lines: Sequence[Line], depth: int, deepest: int, *, is_shown: bool) -> Iterator[layer_row]:
        """Yield rows, each followed by those inside it.

        :param is_shown: whether all around them is open.
        """
        for line in lines:
            name: list[nodes.Node] = [indent("", _INDENT * depth, depth=depth)] if depth else []
            for place, called in enumerate(line.named):
                name += [nodes.Text(line.between)] if place else []
                name.append(layer_name("", called))
            delta = [nodes.Text(text)] if (text := columns.delta(line)) else []
            made = self._row(name, delta, columns.counts(line), line.why)
            made["classes"] += ["paramdoc-quiet"] if line.is_quiet else []
            made["classes"] += [] if is_shown else [CLOSED]
            yield made
            if not line.inside:
                continue
            is_open = depth < deepest
            inside = list(self.rows(line.inside, depth + 1, deepest, is_shown=is_shown and is_open))
            made["opens"] = self._words(columns.opening(line))
            made["is_open"], made["others"] = is_open, ""
            made["widths"], made["head"] = self._given, self._head
            inside[-1]["closes"] = inside[-1].get("closes", 0) + 1
            yield from inside

    def total(self, difference: Difference) -> layer_row:
        """Return the last row."""
        delta, counts = columns.total(difference)
        name = [nodes.strong("", self._words(columns.TOTAL))]
        made = self._row(name, [nodes.strong("", delta)], counts, columns.beside_total(difference))
        made["classes"] += [TOTAL]
        return made

    def _row(self, name: Sequence[nodes.Node], delta: Sequence[nodes.Node], counts: str, why: str) -> layer_row:
        return layer_row(
            "",
            row_header("", nodes.paragraph("", "", *name, translatable=False)),
            number_cell("", nodes.paragraph("", "", *delta, *below(counts), translatable=False)),
            text_cell("", nodes.paragraph("", "", *([prose(self._words(why))] if why else []), translatable=False)),
        )


def _latex_columns(parts: Sequence[int]) -> str:
    sides = ("right", "left", "right")
    return "".join(
        rf">{{\ragged{side}\arraybackslash}}\X{{{part}}}{{{sum(parts)}}}"
        for side, part in zip(sides, parts, strict=True)
    )
