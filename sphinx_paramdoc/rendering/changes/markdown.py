"""What changed, in Markdown: for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_paramdoc.difference import telling
from sphinx_paramdoc.difference.changes import Difference
from sphinx_paramdoc.rendering.changes import columns
from sphinx_paramdoc.rendering.markdown import INDENT, escaped, row, sentence


def render(difference: Difference, *, depth: int = 0) -> str:
    """Write what changed.

    :param depth: how deep layers open in which something changed.
    """
    return "\n".join(_lines(difference, depth))


def _lines(difference: Difference, depth: int) -> Iterator[str]:
    delta, counts = columns.total(difference)
    total = telling.total(difference)
    share = f", {total.share}" if total.share else ""
    grown = f"{counts} parameters ({delta}{share})" if total.delta else f"{total.after:,} parameters, as before"
    yield f"**{escaped(telling.heading(difference))}**: {grown}"
    if difference.changes:
        yield ""
        yield row(map(escaped, columns.HEADINGS))
        yield "|---|---:|---|"
        for inside, line in telling.down_to(telling.lines(difference.changes), depth):
            below = f"<br><small>{text}</small>" if (text := columns.counts(line)) else ""
            yield row([f"{INDENT * inside}{escaped(line.name)}", f"{columns.delta(line)}{below}", escaped(line.why)])
        beside = escaped(columns.beside_total(difference))
        yield row([f"**{columns.TOTAL}**", f"**{delta}**<br><small>{counts}</small>", beside])
    for said in columns.below(difference):
        yield ""
        yield sentence(said)
