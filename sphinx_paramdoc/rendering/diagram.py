"""The graph of a model as a docutils node: a picture where a builder has one, and else its words, which it contains."""

from __future__ import annotations

from docutils import nodes

from sphinx_paramdoc.rendering import words
from sphinx_paramdoc.rendering.node_kinds import diagram
from sphinx_paramdoc.said import ENGLISH, Words
from sphinx_paramdoc.table.diagram import Box, Diagram


def render(drawn: Diagram, in_words: Words = ENGLISH) -> diagram:
    """Return the node of a graph, which has no picture yet."""
    heading = nodes.paragraph("", words.prose([words.title(drawn, in_words)], in_words), translatable=False)
    shown = diagram(
        "", heading, _list(drawn.boxes, words.sentences(drawn, in_words)), drawn=drawn, support_smartquotes=False
    )
    shown["classes"] += ["paramdoc-diagram", "no-search"]  # the table has the same words
    return shown


def _list(boxes: tuple[Box, ...], sentences: dict[int, str]) -> nodes.bullet_list:
    items = []
    for box in boxes:
        item = nodes.list_item("", nodes.paragraph("", sentences[box.number], translatable=False))
        item += [_list(box.boxes, sentences)] if box.boxes else []
        items.append(item)
    return nodes.bullet_list("", *items, bullet="*")
