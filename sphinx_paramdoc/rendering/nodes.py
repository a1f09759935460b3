"""The table as docutils nodes, which every builder of Sphinx can write.

The rows of all depths stand in it one below another. What a page shows closed is marked so: a page lets its reader open
it (`page`), and all other builders leave it out (`sphinx_ext/closed.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes
from sphinx import addnodes

from sphinx_paramdoc.explanation.pieces import COLON
from sphinx_paramdoc.rendering.marked import width
from sphinx_paramdoc.rendering.node_kinds import (
    CLOSED,
    LINK,
    TOTAL,
    below_cell,
    class_name,
    formula_term,
    indent,
    layer_link,
    layer_name,
    layer_row,
    name_in_text,
    note_list,
    note_mark,
    number_cell,
    rest_of_cell,
    row_header,
    sentence_below,
    share_of_total,
    sum_in_arguments,
    text_cell,
)
from sphinx_paramdoc.rendering.tree import opening
from sphinx_paramdoc.said import ENGLISH, Formula, Name, Words, run_on
from sphinx_paramdoc.table.columns import DEFAULT, Column
from sphinx_paramdoc.table.runs import Mark, Run, parted
from sphinx_paramdoc.table.view import Kind, Note, View, ViewRow

WIDEST_PROSE = 60
"""In a text file prose wraps here, in characters."""

FEW = 10
"""A PDF keeps a table of this many rows on one page; a longer one is let go on to the next, or it would be cut off."""

_MOST_COLUMNS = 6
"""A table of more columns may scroll by itself: they do not fit beside each other on each page."""

_INDENT = "\N{NO-BREAK SPACE}" * 2
"""Any other space is lost at the beginning of a cell."""


_JOINED = re.compile(r"\w[_/]\w|[a-z][A-Z]")
"""What names have, and words have not."""


def render(
    view: View, columns: Sequence[Column], widths: Sequence[int] = (), words: Words = ENGLISH
) -> list[nodes.Node]:
    """Return the nodes of the table: its rows, the total, what stands directly below that, and the notes.

    One of them is the `nodes.table` itself; it has no title yet.

    :param widths: how wide the columns are beside each other; none: as wide as what stands in them asks for.
    """
    writer = _Writer(view, columns, widths, words)
    body = [*writer.rows(view.rows, is_shown=True), writer.total()]
    group = nodes.tgroup("", *writer.colspecs(), cols=len(columns), support_smartquotes=False)
    group += [nodes.thead("", writer.head()), nodes.tbody("", *body)]
    # docutils reads a class that says so, and keeps it to itself.
    classes = ["paramdoc", *(["colwidths-given", "paramdoc-given"] if widths else ["colwidths-auto"])]
    if tuple(column.name for column in columns) != DEFAULT:
        classes.append(f"paramdoc-columns-{len(columns)}")
        classes += ["paramdoc-prose"] if columns[-1].is_prose else []
        classes += ["paramdoc-wide"] if len(columns) > _MOST_COLUMNS else []
    if sum(CLOSED not in row["classes"] for row in body) > FEW + 1:
        classes.append("longtable")
    return [
        addnodes.tabular_col_spec(
            spec=latex_columns([column.is_number for column in columns], widths or [column.share for column in columns])
        ),
        nodes.table("", group, classes=classes),
        *_formula(view, words),
        *_notes(view.notes, words),
    ]


def beyond(view: View, words: Words = ENGLISH) -> list[nodes.Node]:
    """Return what stands below a table: what the model uses, and no row says."""
    sentences = map(words, view.beyond())
    return [nodes.paragraph("", said, translatable=False, classes=["paramdoc-beyond"]) for said in sentences]


def placeholder(content: nodes.Element) -> nodes.table:
    """Return a table that shows `content` alone, so that what refers to the table still finds it."""
    row = nodes.row("", nodes.entry("", content))
    group = nodes.tgroup("", nodes.colspec("", colwidth=80), nodes.tbody("", row), cols=1)
    return nodes.table("", group, classes=["paramdoc-missing"])


class _Writer:
    """Makes the rows of one table."""

    def __init__(self, view: View, columns: Sequence[Column], given: Sequence[int], words: Words) -> None:
        self._view = view
        self._given = list(given)
        self._columns = columns
        self._words = words
        self._link = words(LINK)
        self._head = {column.name: words(column.heading) for column in columns}
        self._beside = {column.name: words(run_on(column.heading, COLON)).rstrip() for column in columns}
        self._widths = [self._width(column) for column in columns]
        self._notes = {str(note.number): words(note.text) for note in view.notes}

    def colspecs(self) -> Iterator[nodes.colspec]:
        """Size the columns by what stands in them, as the builder for text files wants it; or as is given."""
        return (nodes.colspec("", colwidth=width) for width in self._given or self._widths)

    def head(self) -> nodes.row:
        """Return the row of the headings."""
        row = nodes.row(classes=["paramdoc-head"])
        for column in self._columns:
            entry = nodes.entry("", nodes.paragraph("", self._head[column.name], translatable=False))
            entry["classes"] += ["paramdoc-number"] if column.is_number else []
            row += entry
        return row

    def rows(self, shown: Sequence[ViewRow], *, is_shown: bool) -> Iterator[layer_row]:
        """Yield rows, each followed by those inside it.

        :param is_shown: whether all around them is open.
        """
        for row in shown:
            cells = [self._cell(column, list(self._nodes(column, row))) for column in self._columns]
            made = layer_row("", *cells)
            made["classes"] += ["paramdoc-quiet"] if row.is_quiet else []
            made["classes"] += [] if is_shown else [CLOSED]
            if self._link != LINK:
                made["link"] = self._link
            yield made
            if not row.opens:
                continue
            inside = list(self.rows(row.rows, is_shown=is_shown and row.is_open))
            made["opens"] = self._words(opening(row))
            made["classes"] += ["paramdoc-group"] if row.kind in {Kind.REPEAT, Kind.STEM} else []
            made["widths"] = self._given
            made["is_open"] = row.is_open
            made["others"] = "".join([self._words(run.text) for run in row.others])
            made["head"] = list(self._head.values())
            last = inside[-1] if inside else made
            last["closes"] = last.get("closes", 0) + 1
            yield from inside

    def total(self) -> layer_row:
        """Return the last row."""
        cells = []
        for column in self._columns:
            text = self._words(column.total(self._view))
            content = [nodes.strong("", text)] if text else []
            cells.append(self._cell(column, [*content, *below(self._words(column.total_below(self._view)))]))
        return layer_row("", *cells, classes=[TOTAL])

    def _cell(self, column: Column, content: Sequence[nodes.Node]) -> nodes.entry:
        kind = row_header if column.is_nested else number_cell if column.is_number else text_cell
        cell = kind("", nodes.paragraph("", "", *content, translatable=False))
        if column.name not in DEFAULT:
            cell["heading"] = self._beside[column.name]  # on a phone, where the head is out of sight
        return cell

    def _nodes(self, column: Column, row: ViewRow) -> Iterator[nodes.Node]:
        if column.is_nested and row.depth:
            yield indent("", _INDENT * row.depth, depth=row.depth)
        first, names, rest = parted(column.cell(row, self._view))
        for run in first:
            yield self._node(run, row)
        yield from below(self._words(names))
        if rest:
            yield rest_of_cell("", "", *(self._node(run, row) for run in rest))

    def _node(self, run: Run, row: ViewRow) -> nodes.Node:
        match run.mark:
            case Mark.NAME:
                return layer_name("", run.text)
            case Mark.CLASS:
                return class_name("", self._words(run.text))
            case Mark.SHAPE:  # on a line of its own width; lines may break between the shapes of several tensors
                return nodes.inline("", run.text, classes=["paramdoc-shape"])
            case Mark.TERM:
                return formula_term("", run.text, title=self._words.label(run.label))
            case Mark.SHARE:
                return share_of_total("", run.text, part=row.params / (self._view.table.total or 1))
            case Mark.NOTE:
                return note_mark("", run.text, title=self._notes.get(run.text, ""))
            case Mark.LINK:
                return layer_link("", run.text, path=run.path)
            case Mark.FORMULA:
                return formula(run.text)
            case _:
                return prose(self._words(run.text))

    def _width(self, column: Column) -> int:
        """Return how wide a column is in a text file, where names stand in quotation marks, and are indented."""
        total = f"**{self._words(column.total(self._view))}**"
        cells = (self._width_of_cell(column, row) for row in self._view.shown())
        below = self._words(column.total_below(self._view))
        own = max(width(self._head[column.name]), width(total), width(below), *cells)
        return min(own, WIDEST_PROSE) if column.is_prose else own

    def _width_of_cell(self, column: Column, row: ViewRow) -> int:
        first, names, rest = parted(column.cell(row, self._view))
        quoted = sum([run.mark is Mark.NAME for run in first])
        own = len(_INDENT) * row.depth * column.is_nested + self._width_of_runs(first) + 2 * quoted
        return max(own, width(self._words(names)), self._width_of_runs(rest))

    def _width_of_runs(self, runs: Iterable[Run]) -> int:
        return width("".join([f" [{run.text}]" if run.mark is Mark.NOTE else self._words(run.text) for run in runs]))


def prose(text: str) -> nodes.Node:
    """Return a text, in which names may break between their words."""
    return name_in_text("", text) if _JOINED.search(text) else nodes.Text(text)


def sentence(text: str, words: Words = ENGLISH) -> sentence_below:
    """Return a paragraph, in which names of code and formulas are set as such."""
    return sentence_below("", "", *map(_piece, words.parts(text)), translatable=False)


def _piece(text: str) -> nodes.Node:
    if isinstance(text, Name):
        return nodes.literal("", text)
    return formula(text) if isinstance(text, Formula) else nodes.Text(text)


def formula(text: str) -> sum_in_arguments:
    """Return a formula in the arguments of a builder."""
    return sum_in_arguments("", str(text), products=Formula(text).products)


def below(text: str) -> list[nodes.Node]:
    """Return what stands below the text of a cell."""
    return [nodes.Text(" "), below_cell("", text)] if text else []


def _formula(view: View, words: Words) -> list[nodes.Node]:
    """Return what is said of the formula in the arguments; nothing where nobody asked for one."""
    said = [sentence(each, words) for each in view.below()]
    return [nodes.container("", *said, classes=["paramdoc-law"])] if said else []


def _notes(notes: Sequence[Note], words: Words) -> list[nodes.Node]:
    if not notes:
        return []
    items = [
        nodes.list_item(
            "", nodes.paragraph("", words(note.text), translatable=False), classes=[] if note.is_shown else [CLOSED]
        )
        for note in notes
    ]
    shown = note_list("", *items, enumtype="arabic", prefix="", suffix=".", support_smartquotes=False)
    shown["classes"] += ["paramdoc-notes", "simple"]
    return [shown]


def latex_columns(are_numbers: Sequence[bool], parts: Sequence[int]) -> str:
    """Return how a PDF sets the columns: each takes its part of the page's width."""
    sides = ("left" if is_number else "right" for is_number in are_numbers)
    return "".join(
        rf">{{\ragged{side}\arraybackslash}}\X{{{part}}}{{{sum(parts)}}}"
        for side, part in zip(sides, parts, strict=True)
    )


def rows(table: nodes.Element) -> Iterable[layer_row]:
    """Return the rows of layers in a table, in the order of `View.walk`."""
    return (row for row in table.findall(layer_row) if TOTAL not in row["classes"])
