"""The graph of a model in the language of Graphviz, which `dot` makes a picture of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sphinx_paramdoc.said import ENGLISH, Words
from sphinx_paramdoc.table.columns import Column
from sphinx_paramdoc.table.diagram import UNKNOWN, Arrow, Box, Diagram
from sphinx_paramdoc.table.drawing import graph_of
from sphinx_paramdoc.table.view import View

_FONT = 'fontname="Helvetica,Arial,sans-serif"'
"""Fonts of the same widths, which are there, or have a substitute, nearly everywhere."""

_HEAD = f"""\
  graph [{_FONT}, fontsize=10, bgcolor=transparent, compound=true, nodesep=0.25, ranksep=0.3, labeljust=l]
  node [{_FONT}, fontsize=10, shape=box, style="rounded,filled", height=0.3, margin="0.12,0.06", fillcolor="#00000000"]
  edge [arrowsize=0.6]"""

_LONGEST_LINE = 44
"""A title of more signs than this goes on in another line, where it has a place to break."""

_DARKEST = 0x30
"""How opaque the box is that holds all parameters, of 255."""


def render(view: View, _columns: Sequence[Column] = (), _width: int | None = None) -> str:
    """Write the graph of what a reader sees of a table."""
    return written(graph_of(view))


def written(drawn: Diagram, words: Words = ENGLISH) -> str:
    """Write a graph from top to bottom; the same graph is the same text."""
    ends = _Ends(drawn)
    lines = [
        f"digraph {_quoted(drawn.name)} {{",
        _HEAD,
        *([] if drawn.is_wired else [f"  label={_quoted(words(UNKNOWN))}"]),
        *_boxes(drawn.boxes, "  ", words),
        *(ends.edge(arrow) for arrow in drawn.arrows),
        *_stacks(drawn.boxes, drawn.is_wired),
        "}",
    ]
    return "\n".join(lines)


def _boxes(boxes: Iterable[Box], indent: str, words: Words) -> Iterator[str]:
    for box in boxes:
        # What is heavy is dark; what is frozen has a broken line.
        line = ",dashed" if box.is_frozen else ""
        if box.boxes:
            yield f"{indent}subgraph cluster_n{box.number} {{"
            yield f'{indent}  graph [label={_label(box, words)}, style="rounded{line}"]'
            yield from _boxes(box.boxes, f"{indent}  ", words)
            yield f"{indent}}}"
        else:
            opacity = round(box.part * _DARKEST)
            shade = f', fillcolor="#000000{opacity:02x}"' if opacity else ""
            style = f', style="rounded,filled{line}"' if line else ""
            yield f"{indent}n{box.number} [label={_label(box, words)}{shade}{style}]"


def _label(box: Box, words: Words) -> str:
    lines = [line for title in box.titles for line in _lines(words(title))]
    is_unknown = UNKNOWN in box.says
    says = " · ".join(words(each) for each in box.says if each != UNKNOWN) + f"\n{words(UNKNOWN)}" * is_unknown
    if box.boxes:  # arrows come in from above, in the middle: the narrower what it says is, the fewer go over it
        says = says.replace(" = ", "\n= ", 1)
    return _quoted(*lines, *filter(None, says.split("\n")), justified=bool(box.boxes))


def _lines(title: str) -> Iterator[str]:
    """Yield the lines of a title, with what is in parentheses on one of its own where both are too long for one."""
    if len(title) <= _LONGEST_LINE:
        yield title
        return
    name, blank, what = title.rpartition(" (")
    line = ""
    for word in name.split(" "):
        if line and len(line) + 1 + len(word) > _LONGEST_LINE:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
    yield f"{blank.strip()}{what}"


def _quoted(*lines: str, justified: bool = False) -> str:
    r"""Write lines as a string of Graphviz, in which ``\N`` and ``&lt;`` would stand for something else.

    :param justified: whether they begin at the left, and are not centred.
    """
    end = r"\l" if justified else r"\n"
    written = [line.replace("\\", "\\\\").replace('"', r"\"").replace("&", "&amp;") for line in lines]
    return f'"{end.join(written)}{end if justified else ""}"'


class _Ends:
    """Knows where an arrow begins and ends whose box is open: at a box inside it."""

    def __init__(self, drawn: Diagram) -> None:
        self._boxes = {box.number: box for box in drawn.walk()}
        self._read = {arrow.source for arrow in drawn.arrows}
        self._reading = {arrow.target for arrow in drawn.arrows}

    def edge(self, arrow: Arrow) -> str:
        """Return the line of an arrow."""
        source, target = self._boxes[arrow.source], self._boxes[arrow.target]
        last, first = self._last(source), self._first(target)
        # Where it is not known what inside reads, the arrow ends where the box does.
        ends = [f"ltail=cluster_n{source.number}"] if source.boxes and not source.is_wired else []
        ends += [f"lhead=cluster_n{target.number}"] if target.boxes and not target.is_wired else []
        attributes = f" [{', '.join(ends)}]" if ends else ""
        return f"  n{last.number} -> n{first.number}{attributes}"

    def _first(self, box: Box) -> Box:
        while box.boxes:
            box = next((each for each in box.boxes if each.number not in self._reading), box.boxes[0])
        return box

    def _last(self, box: Box) -> Box:
        while box.boxes:
            box = next((each for each in reversed(box.boxes) if each.number not in self._read), box.boxes[-1])
        return box


def _stacks(boxes: Sequence[Box], is_wired: bool) -> Iterator[str]:
    """Yield what keeps boxes one below another where no arrows do."""
    if not is_wired:
        for above, below in pairwise(boxes):
            yield f"  n{_leaf(above, -1).number} -> n{_leaf(below, 0).number} [style=invis]"
    for box in boxes:
        yield from _stacks(box.boxes, box.is_wired)


def _leaf(box: Box, place: int) -> Box:
    while box.boxes:
        box = box.boxes[place]
    return box
