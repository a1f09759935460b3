"""What the columns of a table of changes are, and what its last row says."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_paramdoc.difference import telling
from sphinx_paramdoc.difference.changes import Difference
from sphinx_paramdoc.difference.telling import Line
from sphinx_paramdoc.said import counted, run_on, said

HEADINGS = (said("Layer"), said("Parameters"), said("What changed"))

TOTAL = said("Total")


def delta(line: Line) -> str:
    """Return by how much a count grew; '' where it did not."""
    return telling.change(line.delta) if line.delta else ""


def counts(line: Line) -> str:
    """Return the counts before and after; '' where one of them is nothing, which the difference says."""
    return f"{line.params[0]:,} → {line.params[1]:,}" if line.delta and all(line.params) else ""


def total(difference: Difference) -> tuple[str, str]:
    """Return by how much the total grew, and the totals."""
    found = telling.total(difference)
    return telling.change(found.delta), f"{found.before:,} → {found.after:,}"


def beside_total(difference: Difference) -> str:
    """Return what else is to be said of the totals."""
    share, beside = telling.total(difference).share, telling.beside_total(difference)
    return run_on(share, "; " if share and beside else "", beside)


def opening(line: Line) -> str:
    """Return what there is to open in a row."""
    return counted(len(line.inside), "{number:,} change inside", "{number:,} changes inside")


def below(difference: Difference) -> Iterator[str]:
    """Yield the sentences below the changes: that there are none, what stands elsewhere, and what is as it was."""
    if not difference.changes:
        yield said("no layer, weight, shape or type differs")
    yield from filter(None, (telling.elsewhere(difference), telling.equal(difference)))
