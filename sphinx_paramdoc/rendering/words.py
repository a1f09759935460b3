"""The graph of a model in words, for whoever has no picture of it."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx_paramdoc.explanation.pieces import COLON, SEMICOLON
from sphinx_paramdoc.said import ENGLISH, Words, counted, listed, run_on, said
from sphinx_paramdoc.table.diagram import UNKNOWN, Box, Diagram


def title(drawn: Diagram, words: Words = ENGLISH) -> str:
    """Return what the picture is called."""
    pattern = counted(
        drawn.total,
        "Diagram of {name}: {number:,} parameter",
        "Diagram of {name}: {number:,} parameters",
        name=drawn.name,
    )
    return words(pattern if drawn.is_wired else run_on(pattern, SEMICOLON, UNKNOWN))


def prose(sentences: Iterable[str], words: Words = ENGLISH) -> str:
    """Return sentences, which have no full stop yet, one behind the other."""
    return " ".join([words(said("{sentence}.", sentence=each)) for each in sentences])


def sentence(box: Box, words: Words = ENGLISH) -> str:
    """Return what a box says."""
    count, *others = box.says or ("",)
    says = [said("{count} parameters", count=count) if box.params else count, *others]
    between = COLON if len(box.titles) == 1 else SEMICOLON
    return words(between).join(map(words, [*box.titles, *([listed(says)] if box.says else [])]))


def sentences(drawn: Diagram, words: Words = ENGLISH) -> dict[int, str]:
    """Return the number of each box → what it says, and what it reads where that is not the box before it alone."""
    names = {box.number: box.name for box in drawn.walk()}
    reads: dict[int, list[int]] = {}
    for arrow in drawn.arrows:
        reads.setdefault(arrow.target, []).append(arrow.source)
    found: dict[int, str] = {}
    before: int | None = None
    for box in drawn.walk():
        sources = reads.get(box.number, [])
        found[box.number] = sentence(box, words)
        if sources not in ([], [before]):
            read = said("reads {layers}", layers=listed([names[each] for each in sources]))
            found[box.number] += words(run_on(SEMICOLON, read))
        before = box.number if not box.boxes else before
    return found
