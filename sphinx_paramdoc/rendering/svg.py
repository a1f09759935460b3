"""What `dot` draws of a graph → a picture in the colours of the page around it, which says what it shows.

Nothing but lines, areas and texts is taken over from what `dot` writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from xml.etree import ElementTree

from sphinx_paramdoc.rendering import dot, words
from sphinx_paramdoc.rendering.formats import NoPictureError
from sphinx_paramdoc.said import ENGLISH, Words
from sphinx_paramdoc.table.columns import Column
from sphinx_paramdoc.table.diagram import Diagram
from sphinx_paramdoc.table.drawing import graph_of
from sphinx_paramdoc.table.view import View

_SPACE = "{http://www.w3.org/2000/svg}"
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
_PIXELS_PER_POINT = 96 / 72

_SMALLEST = 0.75
"""No page makes a picture smaller than this part of its size: one could not read it any more."""

_SHAPES = {"path": ("d",), "polygon": ("points",), "polyline": ("points",), "ellipse": ("cx", "cy", "rx", "ry")}
"""The elements that are lines and areas → the attributes that say where they are."""

_GROUND = '<rect width="100%" height="100%" fill="#ffffff"/>\n'
"""A picture that is a file of its own has a ground of its own: what shows it may be light or dark."""

_HEADS = (
    ".paramdoc-cluster > path { stroke-opacity: 0.5 } .paramdoc-head > text { paint-order: stroke; stroke-width: 4px"
)
_LIGHT = f"<style>{_HEADS}; stroke: #ffffff }}</style>\n"
"""How such a picture keeps arrows off the texts that they would cross: with a border in the colour of the ground."""

_DARK = """\
<style>@media (prefers-color-scheme: dark) { svg { color: #e6edf3 } svg > rect { fill: #0d1117 }
.paramdoc-head > text { stroke: #0d1117 } }</style>
"""
"""The colours of one that may be dark."""


def render(
    view: View, _columns: Sequence[Column] = (), _width: int | None = None, *, draw: Callable[[str], str]
) -> str:
    """Return the picture of what a reader sees of a table, to be a file of its own.

    :param draw: makes a picture of a text in the language of Graphviz.
    :raises NoPictureError: where there is none.
    """
    drawn = graph_of(view)
    if drawn.trouble:
        raise NoPictureError(drawn.trouble)
    return file(draw(dot.written(drawn)), drawn).rstrip()


def page(drawing: str, drawn: Diagram, name: str, links: Mapping[int, str], in_words: Words = ENGLISH) -> str:
    """Return a picture to stand in a page.

    :param drawing: what `dot` made of the graph.
    :param name: what ids in it begin with.
    :param links: the number of each box that a link leads from → where to.
    :raises NoPictureError: where `drawing` is no such picture.
    """
    return _written(drawing, drawn, name, links, in_words)


def file(drawing: str, drawn: Diagram, in_words: Words = ENGLISH, *, is_on_paper: bool = False) -> str:
    """Return a picture to be a file of its own.

    :param is_on_paper: whether it is light wherever it is shown, as the pages of a book are.
    :raises NoPictureError: where `drawing` is no such picture.
    """
    ground = f"{_LIGHT}{'' if is_on_paper else _DARK}{_GROUND}"
    written = _written(drawing, drawn, "paramdoc", {}, in_words, ground)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _written(
    drawing: str, drawn: Diagram, name: str, links: Mapping[int, str], in_words: Words, ground: str = ""
) -> str:
    try:
        root = ElementTree.fromstring(drawing)
        left, top, width, height = (float(number) for number in root.attrib["viewBox"].split())
        [graph] = root.iterfind(f"{_SPACE}g")
        move = _moved(graph.attrib["transform"])
        parts = [part for part in graph.iterfind(f"{_SPACE}g") if part.get("class") in {"cluster", "node", "edge"}]
        notes = (_element(text, "graph") for text in graph.iterfind(f"{_SPACE}text"))
        shapes = "".join([*map(_part, parts), *map(_head, parts), *notes])
        areas = "".join(_links(parts, drawn, links, in_words))
    except (ElementTree.ParseError, KeyError, ValueError) as error:
        raise NoPictureError(f"what dot wrote is no picture ({error})") from error
    across, down = width * _PIXELS_PER_POINT, height * _PIXELS_PER_POINT
    size = f'width="{across:.0f}" height="{down:.0f}" style="min-width: {across * _SMALLEST:.0f}px"'
    ink = ' color="#1f2328"' if ground else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{left:g} {top:g} {width:g} {height:g}"{ink}'
        f' font-family="Helvetica,Arial,sans-serif" font-size="10">\n{ground}'
        f'<g role="img" aria-labelledby="{name}-title" aria-describedby="{name}-words">\n'
        f'<title id="{name}-title">{escape(words.title(drawn, in_words))}</title>\n'
        f'<desc id="{name}-words">{escape(words.prose(words.sentences(drawn, in_words).values(), in_words))}</desc>\n'
        f'<g transform="{move}" stroke="currentColor" fill="none">\n{shapes}</g>\n</g>\n'
        + (f'<g transform="{move}" fill="transparent">\n{areas}</g>\n' if areas else "")
        + "</svg>"
    )


def _moved(transform: str) -> str:
    """Return the move in what `dot` writes as ``scale(1 1) rotate(0) translate(4 203)``."""
    found = re.search(r"translate\((-?[\d.]+)[ ,]+(-?[\d.]+)\)", transform)
    if not found:
        raise ValueError(f"transform {transform}")
    return f"translate({found[1]} {found[2]})"


def _part(part: ElementTree.Element) -> str:
    """Return a box or an arrow; the lines of a box that is open, without its texts."""
    kind = part.attrib["class"]
    elements = (element for element in part.iter() if kind != "cluster" or element.tag != f"{_SPACE}text")
    return f'<g class="paramdoc-{kind}">{"".join(_element(element, kind) for element in elements)}</g>\n'


def _head(part: ElementTree.Element) -> str:
    """Return the texts of a box that is open, to lie above the arrows that lead into it; '' of anything else."""
    if part.attrib["class"] != "cluster":
        return ""
    return f'<g class="paramdoc-head">{"".join(_element(text, "cluster") for text in part.iter(f"{_SPACE}text"))}</g>\n'


def _element(element: ElementTree.Element, kind: str) -> str:
    """Return a line, an area or a text in the colour of what is around it; '' of anything else."""
    name = element.tag.removeprefix(_SPACE)
    if name == "text":
        anchor = escape(element.get("text-anchor", "middle"))
        place = f'x="{_number(element.attrib["x"])}" y="{_number(element.attrib["y"])}"'
        text = escape(element.text or "")
        return f'<text text-anchor="{anchor}" {place} fill="currentColor" stroke="none">{text}</text>'
    if name not in _SHAPES:
        return ""
    attributes = [f'{where}="{escape(element.attrib[where])}"' for where in _SHAPES[name]]
    opacity = element.get("fill-opacity")
    if kind == "node" and opacity:
        attributes.append(f'fill="currentColor" fill-opacity="{_number(opacity)}"')
    elif kind == "edge" and name == "polygon":
        attributes.append('fill="currentColor"')
    if dashes := element.get("stroke-dasharray"):
        attributes.append(f'stroke-dasharray="{escape(dashes)}"')
    return f"<{name} {' '.join(attributes)}/>"


def _number(text: str) -> str:
    return f"{float(text):g}"


def _links(
    parts: list[ElementTree.Element], drawn: Diagram, links: Mapping[int, str], in_words: Words
) -> Iterator[str]:
    """Yield the areas that lead to rows; they lie over the picture, as no keyboard reaches what is in one."""
    named = {part.findtext(f"{_SPACE}title", "").removeprefix("cluster_"): part for part in parts}
    for box in drawn.walk():
        part = named.get(f"n{box.number}")
        if box.number not in links or part is None:
            continue
        found = [element for element in part.iter() if element.tag.removeprefix(_SPACE) in _SHAPES]
        left, top, right, bottom = _around(found[0].get("d") or found[0].attrib["points"])
        if box.boxes:  # its head alone: what is inside leads elsewhere
            bottom = top + 12.0 * (1 + len(box.titles))
        area = f'x="{left:g}" y="{top:g}" width="{right - left:g}" height="{bottom - top:g}" rx="5"'
        label = escape(words.sentence(box, in_words))
        yield f'<a href="{escape(links[box.number])}" aria-label="{label}"><rect {area}/></a>\n'


def _around(points: str) -> tuple[float, float, float, float]:
    """Return the left, upper, right and lower end of a line."""
    numbers = [float(number) for number in _NUMBERS.findall(points)]
    across, down = numbers[::2], numbers[1::2]
    return min(across), min(down), max(across), max(down)
