"""The legend of a table as docutils nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes

from sphinx_paramdoc.explanation.papers import Reference
from sphinx_paramdoc.explanation.pieces import SEMICOLON
from sphinx_paramdoc.rendering.node_kinds import legend_list
from sphinx_paramdoc.said import ENGLISH, Words, run_on, said
from sphinx_paramdoc.table.legend import LegendEntry


def render(entries: Sequence[LegendEntry], words: Words = ENGLISH) -> list[legend_list]:
    """Return a definition list, or nothing where there is nothing to define."""
    if not entries:
        return []
    items = [_item(entry, words) for entry in entries]
    # Themes set a list with a class of its own as they set the documentation of functions, unless it is "simple".
    return [legend_list("", *items, classes=["paramdoc-legend", "simple"], support_smartquotes=False)]


def _item(entry: LegendEntry, words: Words) -> nodes.definition_list_item:
    paragraphs = [
        *(_paragraph(_form(form, numbers, words)) for form, numbers in entry.lines()),
        *([_paragraph([nodes.Text(words.label(entry.kind.weights))])] if entry.kind.weights else []),
        *(_paragraph(_reference(reference, words)) for reference in entry.kind.references),
    ]
    term = nodes.term("", "", nodes.Text(words(entry.title)))
    return nodes.definition_list_item("", term, nodes.definition("", *paragraphs))


def _paragraph(content: Iterable[nodes.Node]) -> nodes.paragraph:
    return nodes.paragraph("", "", *content, translatable=False)


def _form(form: str, numbers: str, words: Words) -> Iterator[nodes.Node]:
    yield nodes.inline("", words(form), classes=["paramdoc-form"])
    if numbers:
        yield nodes.Text(words(run_on(SEMICOLON, numbers)))


def _reference(reference: Reference, words: Words) -> Iterator[nodes.Node]:
    comma = words(said(", "))
    yield nodes.Text(words(reference.authors) + comma)
    yield nodes.emphasis("", reference.title)
    yield nodes.Text(f" ({reference.year}){comma}")
    yield nodes.reference("", reference.label, refuri=reference.url)
