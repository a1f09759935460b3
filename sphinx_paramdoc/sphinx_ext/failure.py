"""The page of a failure: what stands where a block has no table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docutils import nodes

from sphinx_paramdoc.execution import Failure, Listing
from sphinx_paramdoc.said import Words, said


def context(failure: Failure, listing: Listing, file: str) -> list[str]:
    """Return what helps besides the message: the way that led there, and what the block wrote.

    :param file: the one that the block is written in.
    """
    told: list[str] = []
    if way := listing.traceback(failure, Path(file).name).rstrip():
        told.append(said("Traceback:\n{lines}", lines=way))
    if output := failure.output.rstrip():
        told.append(said("The block wrote:\n{lines}", lines=output))
    return told


def page(
    words: Words, message: str, file: str, line: int, context: Sequence[str], details: Sequence[str]
) -> nodes.Element:
    """Return what is shown where something went wrong; the message itself is that of the warning, in its words.

    :param words: those of the page.
    :param details: what the page says besides, and the log has said already.
    """
    shown = nodes.error("", classes=["paramdoc-missing"], support_smartquotes=False)
    what = said(
        "This parameter table is missing ({file}, line {line}): {message}",
        file=Path(file).name,
        line=line,
        message=message,
    )
    return _said(shown, [what, *details], context, words)


def expected(words: Words, message: str, context: Sequence[str]) -> nodes.Element:
    """Return what is shown where something went wrong as its author knows."""
    shown = nodes.note("", classes=["paramdoc-missing"], support_smartquotes=False)
    what = said("There is no parameter table, as is expected: {message}", message=message)
    return _said(shown, [what], context, words)


def _said(shown: nodes.Element, messages: Sequence[str], context: Sequence[str], words: Words) -> nodes.Element:
    for text in map(words, messages):
        shown += nodes.paragraph("", text, translatable=False)
    shown += [nodes.literal_block(text, text, language="none") for text in map(words, context)]
    return shown


def not_run(words: Words) -> nodes.Element:
    """Return what is shown where nothing was to be run."""
    shown = nodes.note("", classes=["paramdoc-missing"])
    shown += nodes.paragraph("", words(said("This parameter table is left out: no code was run.")), translatable=False)
    return shown
