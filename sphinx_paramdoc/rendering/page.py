"""How the nodes of a table are written in a page: names that break between words, and rows that open.

What is inside a row is a table of its own in a ``details``, in a row below it. So it opens without a script, by mouse,
touch and keyboard, and for a link or a search that leads into it; the style sheet lines its columns up with the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from sphinx_paramdoc.rendering import node_kinds as own
from sphinx_paramdoc.rendering.lines import WHOLE

_BREAK = "<wbr/>"
_WORD_BEGINS = re.compile(
    r"(?<=[^\W_])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])|(?<=_)(?=[^\W_])|(?<=[/\-])(?=\w)|(?<=\.)(?=[^\W\d])"
)
"""Between the words of a name: before the capital that begins one, and behind what joins two."""

_SHORT = 16
"""A name that has no more signs stays whole: a line has room for it."""

_LONGEST = 22
"""What has so many signs without such a place would be wider than a column of a small page."""

_PIECE = 11
"""It is cut into pieces of this many signs."""

_BEGIN_OPENING = '</tbody><tbody class="paramdoc-opening">\n'
"""A row that opens and what is inside it are a body of their own, in which the style sheet places what opens it."""

_BEGIN_INSIDE = '<tr class="paramdoc-inside"><td colspan="{columns}"><details{state}><summary>{opens}</summary>'
_BEGIN_TABLE = '<table class="paramdoc-inner">{columns}<thead><tr>{head}</tr></thead><tbody>\n'
_END_INSIDE = "</tbody></table></details></td></tr>\n</tbody><tbody>\n"


def breakable(name: str) -> str:
    """Return a name as HTML that may break between the words it is made of, where it is long."""
    if len(name) <= _SHORT:
        return escape(name)
    words = (word for part in _WORD_BEGINS.split(name) for word in _pieces(part))
    return _BREAK.join(map(escape, words))


def _breakable_text(text: str) -> str:
    return " ".join(map(breakable, text.split(" ")))


def _pieces(word: str) -> list[str]:
    if len(word) <= _LONGEST:
        return [word]
    return [word[start : start + _PIECE] for start in range(0, len(word), _PIECE)]


def _attributes(node: nodes.Element, *classes: str) -> str:
    """Return the id and the classes of an element."""
    shown = [*classes, *(each for each in node["classes"] if each != own.CLOSED)]
    identity = f' id="{node["ids"][0]}"' if node["ids"] else ""
    return f'{identity} class="{" ".join(shown)}"' if shown else identity


# Rows


def visit_layer_row(translator: HTML5Translator, node: own.layer_row) -> None:
    """Begin a row; unlike others, it has no number by which themes colour every second one."""
    opens = ["paramdoc-opens"] if "opens" in node else []
    if opens:
        translator.body.append(_BEGIN_OPENING)
    translator.body.append(f"<tr{_attributes(node, *opens)}>")
    node.column = 0  # type: ignore[attr-defined]


def depart_layer_row(translator: HTML5Translator, node: own.layer_row) -> None:
    """End a row; begin what is inside it, and end what ends with it."""
    translator.body.append("</tr>\n")
    if "opens" in node:
        state = ' class="paramdoc-open" open' if node["is_open"] else ""
        opens = escape(node["opens"])
        translator.body.append(_BEGIN_INSIDE.format(columns=len(node["head"]), state=state, opens=opens))
        if node["others"]:
            translator.body.append(f'<p class="paramdoc-copies">{_breakable_text(node["others"])}</p>')
        head = "".join(f"<th>{escape(heading)}</th>" for heading in node["head"])
        translator.body.append(_BEGIN_TABLE.format(columns=_columns(node["widths"]), head=head))
    translator.body.append(_END_INSIDE * node.get("closes", 0))


def _columns(widths: Sequence[int]) -> str:
    columns = "".join(f'<col style="width: {100 * width / sum(widths):.1f}%"/>' for width in widths)
    return f"<colgroup>{columns}</colgroup>" if widths else ""


def visit_row_header(translator: HTML5Translator, node: own.row_header) -> None:
    """Begin the cell that names a row."""
    node.parent.column += 1  # type: ignore[union-attr]
    translator.body.append('<th scope="row">')


def depart_row_header(translator: HTML5Translator, node: own.row_header) -> None:
    """End the cell that names a row, with a link to the row itself."""
    row = node.parent
    assert isinstance(row, nodes.Element)
    config = translator.builder.config
    if row["ids"] and config.html_permalinks and translator.builder.add_permalinks:
        link = f'<a class="headerlink" href="#{row["ids"][0]}" title="{escape(row.get("link", own.LINK))}">'
        translator.body.append(f"{link}{config.html_permalinks_icon}</a>")
    translator.body.append("</th>\n")


def visit_number_cell(translator: HTML5Translator, node: own.number_cell) -> None:
    """Begin a cell that stands to the right."""
    node.parent.column += 1  # type: ignore[union-attr]
    translator.body.append(f'<td class="paramdoc-number"{_heading(node)}>')


def depart_number_cell(translator: HTML5Translator, _node: own.number_cell) -> None:
    """End a cell that stands to the right."""
    translator.body.append("</td>\n")


def _heading(node: nodes.Element) -> str:
    return f' data-head="{escape(node["heading"])}"' if "heading" in node else ""


# What stands in cells


def _write(make: Callable[[Any], str]) -> Callable[[HTML5Translator, Any], None]:
    """Return the visitor that writes a node as the HTML that `make` gives."""

    def visit(translator: HTML5Translator, node: nodes.Element) -> None:
        translator.body.append(make(node))
        raise nodes.SkipNode

    return visit


def _name(node: own.layer_name) -> str:
    return f"<code{_attributes(node, 'paramdoc-name')}>{breakable(node.astext())}</code>"


def _class(node: own.class_name) -> str:
    return f'<span class="paramdoc-class">{breakable(node.astext())}</span>'


def _text(node: own.name_in_text) -> str:
    return _breakable_text(node.astext())


def _link(node: own.layer_link) -> str:
    shown = f'<code class="paramdoc-name">{breakable(node.astext())}</code>'
    return f'<a class="reference internal" href="#{node["refid"]}">{shown}</a>' if "refid" in node else shown


def _term(node: own.formula_term) -> str:
    """Write a number that says what it is to whoever points at it, taps it, or comes to it by keyboard."""
    return f'<span class="paramdoc-term" tabindex="0" data-is="{escape(node["title"])}">{escape(node.astext())}</span>'


def _note(node: own.note_mark) -> str:
    return (
        f'<sup><span class="paramdoc-term" tabindex="0" data-is="{escape(node["title"])}">{node.astext()}</span></sup>'
    )


def _share(node: own.share_of_total) -> str:
    part = f"--paramdoc-share: {100 * node['part']:.1f}%"
    return f'<span class="paramdoc-share" style="{part}">{escape(node.astext())}</span>'


def _below(node: own.below_cell) -> str:
    return f'<span class="paramdoc-below">{escape(node.astext())}</span>'


def _begin_rest(translator: HTML5Translator, _node: own.rest_of_cell) -> None:
    """Part what is said from the line above it, which is a block where the style sheet is there."""
    translator.body.append(" ")


def _end_rest(_translator: HTML5Translator, _node: own.rest_of_cell) -> None:
    """Write nothing: it is no element."""


def _sum(node: own.sum_in_arguments) -> str:
    """Write a formula whose lines break before what it adds, and inside of that only where it is wider than a line."""
    products = ((each, " paramdoc-whole" if len(each) <= WHOLE else "") for each in node["products"])
    return " ".join(f'<span class="paramdoc-product{whole}">{_breakable_text(each)}</span>' for each, whole in products)


def _begin_sentence(translator: HTML5Translator, node: own.sentence_below) -> None:
    """Begin a paragraph."""
    translator.visit_paragraph(node)


def _end_sentence(translator: HTML5Translator, node: own.sentence_below) -> None:
    """End a paragraph."""
    translator.depart_paragraph(node)


def _sliders(node: own.slider_data) -> str:
    """Write the sliders, which a script shows."""
    return f'<div class="paramdoc-law-data" data-law="{escape(node["data"])}" hidden>{node["controls"]}</div>'


def skip_indent(_translator: HTML5Translator, _node: own.indent) -> None:
    """Leave the indentation to the style sheet, which also indents the lines that a long name wraps to."""
    raise nodes.SkipNode


# What stands below a table


def visit_diagram(translator: HTML5Translator, node: own.diagram) -> None:
    """Write the picture into the page, in a box of its own that scrolls."""
    if "svg" in node:
        # What scrolls can be reached by keyboard: by the links in it, or else by itself.
        reach = "" if "<a " in node["svg"] else ' tabindex="0"'
        translator.body.append(f'<div class="paramdoc-diagram"{reach}>\n{node["svg"]}\n</div>\n')
        raise nodes.SkipNode
    if "file" in node:
        text = escape(node.astext().replace("\n\n", ". ").replace("\n", " "))
        source = escape(f"{translator.builder.imgpath}/{node['file']}")
        translator.body.append(f'<div class="paramdoc-diagram"><img src="{source}" alt="{text}" /></div>\n')
        raise nodes.SkipNode
    translator.visit_container(node)


def depart_diagram(translator: HTML5Translator, node: own.diagram) -> None:
    """End the words."""
    translator.depart_container(node)


VISITORS: dict[type[nodes.Element], tuple[Callable[..., None], Callable[..., None] | None]] = {
    own.layer_row: (visit_layer_row, depart_layer_row),
    own.row_header: (visit_row_header, depart_row_header),
    own.number_cell: (visit_number_cell, depart_number_cell),
    own.layer_name: (_write(_name), None),
    own.layer_link: (_write(_link), None),
    own.class_name: (_write(_class), None),
    own.name_in_text: (_write(_text), None),
    own.formula_term: (_write(_term), None),
    own.note_mark: (_write(_note), None),
    own.share_of_total: (_write(_share), None),
    own.below_cell: (_write(_below), None),
    own.rest_of_cell: (_begin_rest, _end_rest),
    own.indent: (skip_indent, None),
    own.sentence_below: (_begin_sentence, _end_sentence),
    own.sum_in_arguments: (_write(_sum), None),
    own.slider_data: (_write(_sliders), None),
    own.diagram: (visit_diagram, depart_diagram),
}
"""Each kind of node that a page writes in its own way → what begins and what ends it."""
