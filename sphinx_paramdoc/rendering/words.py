"""The graph of a model in words, for whoever has no picture of it."""

from __future__ import annotations

from sphinx_paramdoc.table.diagram import UNKNOWN, Box, Diagram


def title(drawn: Diagram) -> str:
    """Return what the picture is called."""
    unknown = "" if drawn.is_wired else f"; {UNKNOWN}"
    return f"Diagram of {drawn.name}: {drawn.total:,} parameters{unknown}"


def sentence(box: Box) -> str:
    """Return what a box says."""
    count, *others = box.says or ("",)
    says = [f"{count} parameters" if box.params else count, *others]
    between = ": " if len(box.titles) == 1 else "; "
    return between.join([*box.titles, *([", ".join(says)] if box.says else [])])


def sentences(drawn: Diagram) -> dict[int, str]:
    """Return the number of each box → what it says, and what it reads where that is not the box before it alone."""
    names = {box.number: box.name for box in drawn.walk()}
    reads: dict[int, list[int]] = {}
    for arrow in drawn.arrows:
        reads.setdefault(arrow.target, []).append(arrow.source)
    found: dict[int, str] = {}
    before: int | None = None
    for box in drawn.walk():
        sources = reads.get(box.number, [])
        is_next = sources == [before] or not sources
        found[box.number] = sentence(box) + ("" if is_next else f"; reads {', '.join(names[each] for each in sources)}")
        before = box.number if not box.boxes else before
    return found
