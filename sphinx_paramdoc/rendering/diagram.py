"""The graph of a model as a docutils node: a picture where a builder has one, and else its words, which it contains."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator
from sphinx.writers.latex import LaTeXTranslator

from sphinx_paramdoc.rendering import words
from sphinx_paramdoc.said import ENGLISH, Words
from sphinx_paramdoc.table.diagram import Box, Diagram


class diagram(nodes.container):  # noqa: N801 - docutils names nodes so
    """A picture of a graph.

    It has ``svg``, the text of a picture; or else ``file``, the name of one in the folder of images. Where it has
    neither, it is written as what it contains.
    """


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


def visit_html(translator: HTML5Translator, node: diagram) -> None:
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


def depart_html(translator: HTML5Translator, node: diagram) -> None:
    """End the words."""
    translator.depart_container(node)


def visit_latex(translator: LaTeXTranslator, node: diagram) -> None:
    """Write the picture as large as a page lets it be."""
    if "file" in node:
        translator.body.append(f"\n\n{{\\centering\\sphinxincludegraphics{{{{{node['file']}}}}}\\par}}\n\n")
        raise nodes.SkipNode
    translator.visit_container(node)


def depart_latex(translator: LaTeXTranslator, node: diagram) -> None:
    """End the words."""
    translator.depart_container(node)
