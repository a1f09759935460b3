"""How the nodes of a table are written by the builders that make no pages: LaTeX, text, man, Texinfo."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.writers.latex import LaTeXTranslator

from sphinx_paramdoc.rendering import node_kinds as own
from sphinx_paramdoc.rendering.lines import GLUE, LINE

if TYPE_CHECKING:  # Sphinx loads a writer when a builder asks for it
    from sphinx.writers.manpage import ManualPageTranslator
    from sphinx.writers.texinfo import TexinfoTranslator
    from sphinx.writers.text import TextTranslator

Visitors = dict[type[nodes.Element], tuple[Callable[..., None], Callable[..., None] | None]]
"""Each kind of node → what begins and what ends it."""

_WORD_BEGINS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORDS = re.compile(rf"{_WORD_BEGINS.pattern}|(?<=[_/])(?=\w)")
"""Between the words of a class, and of any name."""

_SHORT = 16
"""A name that has no more signs stays whole in a manual page."""


def _nothing(_translator: Any, _node: nodes.Node) -> None:
    """Write nothing more."""


def _begin_cell(translator: Any, node: nodes.entry) -> None:
    """Begin a cell as any other."""
    translator.visit_entry(node)


def _end_cell(translator: Any, node: nodes.entry) -> None:
    """End a cell as any other."""
    translator.depart_entry(node)


# LaTeX

_HARDLY = r"\penalty5000"
"""Lets a line break where it would be too long otherwise."""


def _latex_indent(translator: LaTeXTranslator, node: own.indent) -> None:
    """Move all lines of a cell to the right."""
    translator.body.append(rf"\setlength{{\leftskip}}{{{node['depth']}em}}")
    raise nodes.SkipNode


def _latex_name(translator: LaTeXTranslator, node: own.layer_name) -> None:
    """Write a name with places to break it at: LaTeX would let it run under the next column."""
    name = translator.encode(node.astext()).replace(r"\_", r"\_\allowbreak{}")
    translator.body.append(rf"\sphinxcode{{\sphinxupquote{{{name}}}}}")
    raise nodes.SkipNode


def _latex_class(translator: LaTeXTranslator, node: own.class_name) -> None:
    """Write a class, which breaks between its words and not within one."""
    words = r"\allowbreak{}".join(map(translator.encode, _WORD_BEGINS.split(node.astext())))
    translator.body.append(rf"{{\small\hyphenpenalty=10000 {words}}}")
    raise nodes.SkipNode


_STYLES = frozenset({"standard", "borderless", "booktabs"})
"""Which rules a table has: the classes of one, or else ``latex_table_style``, say one of these."""


def _latex_rule(translator: LaTeXTranslator, node: nodes.entry) -> None:
    """Part the total from the rows above it, in the style of tables that has no rule between any two."""
    row = node.parent
    if isinstance(row, own.layer_row) and own.TOTAL in row["classes"] and node is row[0]:
        assert translator.table is not None
        own_style = _STYLES.intersection(translator.table.styles)  # what the table's classes say
        if "booktabs" in (own_style or translator.config.latex_table_style):
            translator.body.append(r"\sphinxmidrule ")


def _latex_cell(translator: LaTeXTranslator, node: nodes.entry) -> None:
    r"""Begin a cell, whose lines are not stretched: Sphinx' own box of a cell forgets it.

    Sphinx before 9.0 has no such box, and there the end of the last cell is that of the row, which LaTeX' own
    ``\raggedright`` alone would take for the end of a line.
    """
    _latex_rule(translator, node)
    translator.visit_entry(node)
    translator.body.append(r"\raggedright\arraybackslash{}")


def _latex_number(translator: LaTeXTranslator, node: own.number_cell) -> None:
    """Begin a cell of lines that stand to the right of each other, in which a number stays with its unit."""
    for text in list(node.findall(nodes.Text)):
        if text.parent is not None and not text.isspace():
            text.parent.replace(text, nodes.Text(text.replace(" ", "\N{NO-BREAK SPACE}")))
    _latex_rule(translator, node)
    translator.visit_entry(node)
    translator.body.append(r"\raggedleft\arraybackslash{}")


def _latex_header(translator: LaTeXTranslator, node: own.row_header) -> None:
    """Begin the cell that names a row; what refers to the row finds it there."""
    _latex_cell(translator, node)
    row = node.parent
    assert isinstance(row, nodes.Element)
    ids = [*row["ids"], *(each for name in node.findall(own.layer_name) for each in name["ids"])]
    if ids:  # a target above the first line would push that line down
        targets = "".join(map(translator.hypertarget, ids))
        translator.body.append(rf"\leavevmode{{}}{targets}\ignorespaces ")


def _latex_below(translator: LaTeXTranslator, node: own.below_cell) -> None:
    """Write what stands below a cell."""
    translator.body.append(rf"{_end_of_line(node)}{{\small\itshape {translator.encode(node.astext())}}}")
    raise nodes.SkipNode


def _end_of_line(node: nodes.Element) -> str:
    r"""Return what ends a line in a cell.

    ``\newline`` fills the line up from the right, so that one of a number would stand in the middle.
    """
    cell = node.parent
    while cell is not None and not isinstance(cell, nodes.entry):
        cell = cell.parent
    return r"\linebreak" if isinstance(cell, own.number_cell) else r"\newline"


def _latex_note(translator: LaTeXTranslator, node: own.note_mark) -> None:
    """Write the number of a note, apart from that of one before it."""
    comma = ", " if isinstance(node.previous_sibling(), own.note_mark) else ""
    translator.body.append(f"$^{{\\text{{{comma}{node.astext()}}}}}$")
    raise nodes.SkipNode


def _latex_rest(translator: LaTeXTranslator, node: own.rest_of_cell) -> None:
    translator.body.append(f"{_end_of_line(node)} ")


def _latex_sum(translator: LaTeXTranslator, node: own.sum_in_arguments) -> None:
    """Write a formula, whose lines break before what it adds, and inside of that only where nothing else helps."""
    products = (translator.encode(each).replace("\\_", rf"\_{_HARDLY}{{}}") for each in node["products"])
    translator.body.append(" ".join(each.replace(" ", rf"{_HARDLY}\ ") for each in products))
    raise nodes.SkipNode


def _latex_diagram(translator: LaTeXTranslator, node: own.diagram) -> None:
    """Write the picture as large as a page lets it be."""
    if "file" in node:
        translator.body.append(f"\n\n{{\\centering\\sphinxincludegraphics{{{{{node['file']}}}}}\\par}}\n\n")
        raise nodes.SkipNode
    translator.visit_container(node)


def _latex_end_of_words(translator: LaTeXTranslator, node: own.diagram) -> None:
    """End the words."""
    translator.depart_container(node)


def _latex_legend(translator: LaTeXTranslator, node: own.legend_list) -> None:
    """Begin the list."""
    translator.body.append("\n\\begingroup\\raggedright\n")
    translator.visit_definition_list(node)


def _latex_end_of_legend(translator: LaTeXTranslator, node: own.legend_list) -> None:
    """End the list."""
    translator.depart_definition_list(node)
    translator.body.append("\n\\par\\endgroup\n")


LATEX: Visitors = {
    own.rest_of_cell: (_latex_rest, _nothing),
    own.note_mark: (_latex_note, None),
    own.indent: (_latex_indent, None),
    own.layer_name: (_latex_name, None),
    own.class_name: (_latex_class, None),
    own.row_header: (_latex_header, _end_cell),
    own.text_cell: (_latex_cell, _end_cell),
    own.number_cell: (_latex_number, _end_cell),
    own.below_cell: (_latex_below, None),
    own.legend_list: (_latex_legend, _latex_end_of_legend),
    own.diagram: (_latex_diagram, _latex_end_of_words),
    own.sum_in_arguments: (_latex_sum, None),
}


# Text

_ENDLESS = 1_000_000
"""A cell that seems to stand so far to the left is not broken into lines before its column is known to be narrow.

What Sphinx breaks for the width of a page would be joined again with blanks, which Japanese has none of.
"""


def _text_below(translator: TextTranslator, _node: own.below_cell | own.rest_of_cell) -> None:
    """Begin another line."""
    translator.add_text(LINE)


def _text_cell(translator: TextTranslator, node: nodes.entry) -> None:
    from sphinx_paramdoc.rendering.text_cell import TextCell  # loads Sphinx' writer, which other builders do without

    translator.visit_entry(node)
    translator.stateindent[-1] = -_ENDLESS
    translator.entry = TextCell(is_number=isinstance(node, own.number_cell))


def _text_note(translator: TextTranslator, node: own.note_mark) -> None:
    translator.add_text(f" [{node.astext()}]")
    raise nodes.SkipNode


def _text_sum(translator: TextTranslator, node: own.sum_in_arguments) -> None:
    """Write a formula; in prose, whose lines Sphinx breaks alone, it is a text as any other."""
    around: nodes.Node | None = node.parent
    while around is not None and not isinstance(around, (own.sentence_below, nodes.entry)):
        around = around.parent
    translator.add_text(" ".join(each.replace(" ", GLUE) for each in node["products"]) if around else node.astext())
    raise nodes.SkipNode


def _text_sentence(translator: TextTranslator, node: own.sentence_below) -> None:
    translator.visit_paragraph(node)


def _text_end_of_sentence(translator: TextTranslator, node: own.sentence_below) -> None:
    translator.depart_paragraph(node)
    state = translator.states[-1]
    if state and not isinstance(state[-1][1], str):
        indent, lines = state[-1]
        state[-1] = indent, [line.replace(GLUE, " ") for line in lines]


TEXT: Visitors = {
    own.sum_in_arguments: (_text_sum, None),
    own.sentence_below: (_text_sentence, _text_end_of_sentence),
    own.below_cell: (_text_below, _nothing),
    own.rest_of_cell: (_text_below, _nothing),
    own.row_header: (_text_cell, _end_cell),
    own.number_cell: (_text_cell, _end_cell),
    own.text_cell: (_text_cell, _end_cell),
    own.note_mark: (_text_note, None),
}


# man and Texinfo


def _note(translator: ManualPageTranslator | TexinfoTranslator, node: own.note_mark) -> None:
    translator.body.append(f" [{node.astext()}]")
    raise nodes.SkipNode


def _man_below(translator: ManualPageTranslator, _node: own.below_cell | own.rest_of_cell) -> None:
    translator.body.append("\n.br\n")


def _man_name(translator: ManualPageTranslator, node: nodes.Element) -> None:
    """Write a name with places to break it at: the words of a table are not hyphenated."""
    before, behind = translator.defs["literal"] if isinstance(node, own.layer_name) else ("", "")
    translator.body.append(before)
    name = node.astext()
    for number, word in enumerate(_WORDS.split(name) if len(name) > _SHORT else [name]):
        if number:
            translator.body.append(r"\:")
        translator.visit_Text(nodes.Text(word))
    translator.body.append(behind)
    raise nodes.SkipNode


def _man_depart_cell(translator: ManualPageTranslator, node: nodes.entry) -> None:
    """End a cell, whose lines are not stretched.

    A column of numbers stands to the right and is no wider than they are; prose behind it has the rest of the page.
    """
    begin = int(translator.context[-1])
    lines = translator.body[begin:]
    while lines and lines[0] in {"\n", ".sp\n"}:
        del lines[0]
    is_number = isinstance(node, own.number_cell)
    translator.body[begin:] = [".nh\n", ".ad r\n" if is_number else ".ad l\n", *(lines or ["\n"])]
    translator.depart_entry(node)
    table: Any = translator._active_table  # type: ignore[attr-defined]
    column = len(table._rows[-1]) - 1
    if is_number:
        below = "".join(each.astext() for each in node.findall(own.below_cell))
        widest = max(len(line.strip()) for line in (*table._rows[0][column], node.astext().removesuffix(below), below))
        known = table._coldefs[column].partition("w")[2]
        table._coldefs[column] = f"rw{max(widest, int(known or 0))}"
    elif column and node.parent is not None and node is node.parent.children[-1]:
        table._coldefs[column] = "lx"


MAN: Visitors = {
    own.layer_name: (_man_name, None),
    own.class_name: (_man_name, None),
    own.below_cell: (_man_below, _nothing),
    own.rest_of_cell: (_man_below, _nothing),
    own.row_header: (_begin_cell, _man_depart_cell),
    own.number_cell: (_begin_cell, _man_depart_cell),
    own.text_cell: (_begin_cell, _man_depart_cell),
    own.note_mark: (_note, None),
}


def _texinfo_below(translator: TexinfoTranslator, _node: own.below_cell | own.rest_of_cell) -> None:
    translator.body.append("@* ")


TEXINFO: Visitors = {
    own.below_cell: (_texinfo_below, _nothing),
    own.rest_of_cell: (_texinfo_below, _nothing),
    own.note_mark: (_note, None),
}

VISITORS = {"latex": LATEX, "text": TEXT, "man": MAN, "texinfo": TEXINFO}
"""How Sphinx calls a writer → what it writes in its own way."""
