"""How the nodes of a table are written in a page: names that break between words, and quiet rows of their own."""

from __future__ import annotations

import re
from html import escape

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from sphinx_paramdoc.rendering.nodes import class_name, formula_term, indent, layer_name, layer_row, row_header

_BREAK = "<wbr>"
_WORD_BEGINS = re.compile(r"(?<=[^\W_])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])|(?<=_)(?=[^\W_])|(?<=[/.\-])(?=\w)")
"""Between the words of a name: before the capital that begins one, and behind what joins two."""

_LONGEST = 22
"""What has so many signs without such a place would be wider than a column of a small page."""

_PIECE = 11
"""It is cut into pieces of this many signs."""


def breakable(name: str) -> str:
    """Return a name as HTML that may break between the words it is made of."""
    words = (word for part in _WORD_BEGINS.split(name) for word in _pieces(part))
    return _BREAK.join(map(escape, words))


def _pieces(word: str) -> list[str]:
    if len(word) <= _LONGEST:
        return [word]
    return [word[start : start + _PIECE] for start in range(0, len(word), _PIECE)]


def visit_layer_row(translator: HTML5Translator, node: layer_row) -> None:
    """Begin a row; unlike others, it has no number by which themes colour every second one."""
    translator.body.append(translator.starttag(node, "tr", ""))
    node.column = 0  # type: ignore[attr-defined]


def depart_layer_row(translator: HTML5Translator, _node: layer_row) -> None:
    """End a row."""
    translator.body.append("</tr>\n")


def visit_row_header(translator: HTML5Translator, node: row_header) -> None:
    """Begin the cell that names a row."""
    node.parent.column += 1  # type: ignore[union-attr]
    translator.body.append(translator.starttag(node, "th", "", scope="row"))


def depart_row_header(translator: HTML5Translator, _node: row_header) -> None:
    """End the cell that names a row."""
    translator.body.append("</th>\n")


def visit_layer_name(translator: HTML5Translator, node: layer_name) -> None:
    """Write the name of a layer."""
    translator.body.append(f'<code class="paramdoc-name">{breakable(node.astext())}</code>')
    raise nodes.SkipNode


def visit_class_name(translator: HTML5Translator, node: class_name) -> None:
    """Write the class of a layer."""
    translator.body.append(f'<span class="paramdoc-class">{breakable(node.astext())}</span>')
    raise nodes.SkipNode


def skip_indent(_translator: HTML5Translator, _node: indent) -> None:
    """Leave the indentation to the style sheet, which also indents the lines that a long name wraps to."""
    raise nodes.SkipNode


def visit_formula_term(translator: HTML5Translator, node: formula_term) -> None:
    """Write a number that says what it is to whoever points at it, taps it, or comes to it by keyboard."""
    label = escape(node["title"])
    translator.body.append(f'<span class="paramdoc-term" tabindex="0" data-is="{label}">{escape(node.astext())}</span>')
    raise nodes.SkipNode
