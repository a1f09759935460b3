"""What changed, in HTML that stands by itself, in a notebook or a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sphinx_paramdoc.difference import telling
from sphinx_paramdoc.difference.changes import Difference
from sphinx_paramdoc.difference.telling import Line
from sphinx_paramdoc.rendering.changes import columns
from sphinx_paramdoc.rendering.html import STYLE, text_of


def render(difference: Difference, *, depth: int = 0) -> str:
    """Write what changed; layers open in which something did.

    What is not ASCII is written as references, so that it is read aright whatever encoding a reader takes it for.

    :param depth: how deep they are open at once.
    """
    written = "\n".join(_lines(difference, depth))
    return written.encode("ascii", "xmlcharrefreplace").decode()


def _lines(difference: Difference, depth: int) -> Iterator[str]:
    after = difference.after
    yield f'<div class="paramdoc-notebook plain">\n<style>\n{STYLE}</style>\n<table class="paramdoc">'
    name, class_name = text_of(telling.heading(difference)), text_of(after.class_name)
    yield f'<caption align="left"><b>{name}</b> <small>({class_name})</small></caption>'
    yield f"<thead>{_head()}</thead>\n<tbody>"
    yield from _rows(telling.lines(difference.changes), depth)
    delta, counts = columns.total(difference)
    yield _row(f"<b>{columns.TOTAL}</b>", f"<b>{delta}</b>", counts, columns.beside_total(difference))
    yield "</tbody>\n</table>"
    for said in columns.below(difference):
        yield f"<p>{text_of(said)}</p>"
    yield "</div>"


def _head() -> str:
    sides = ("left", "right", "left")
    cells = zip(sides, columns.HEADINGS, strict=True)
    return "<tr>" + "".join(f'<th align="{side}">{text_of(heading)}</th>' for side, heading in cells) + "</tr>"


def _rows(lines: Sequence[Line], depth: int) -> Iterator[str]:
    for line in lines:
        name = f"<b>{text_of(line.name)}</b>"
        opens = ' class="opens"' if line.inside else ""
        yield _row(name, columns.delta(line), columns.counts(line), line.why, opens)
        if line.inside:
            state = " open" if depth > 0 else ""
            yield f'<tr><td colspan="3"><details{state}><summary>{text_of(columns.opening(line))}</summary>'
            yield f'<table class="paramdoc"><thead>{_head()}</thead><tbody>'
            yield from _rows(line.inside, depth - 1)
            yield "</tbody></table></details></td></tr>"


def _row(name: str, delta: str, counts: str, why: str, more: str = "") -> str:
    below = f"<br><small>{counts}</small>" if counts else ""
    return (
        f'<tr{more}><th scope="row" align="left" valign="top">{name}</th>'
        f'<td align="right" valign="top">{delta}{below}</td><td align="left" valign="top">{text_of(why)}</td></tr>'
    )
