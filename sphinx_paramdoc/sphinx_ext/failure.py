"""The page of a failure: what stands where a block has no table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docutils import nodes

from sphinx_paramdoc.execution import Failure, Listing


def context(failure: Failure, listing: Listing, file: str) -> list[str]:
    """Return what helps besides the message: the way that led there, and what the block wrote.

    :param file: the one that the block is written in.
    """
    traceback = listing.traceback(failure, Path(file).name)
    parts = {"Traceback": traceback.rstrip(), "The block wrote": failure.output.rstrip()}
    return [f"{title}:\n{text}" for title, text in parts.items() if text]


def page(message: str, file: str, line: int, context: Sequence[str], details: Sequence[str]) -> nodes.Element:
    """Return what is shown where something went wrong.

    :param details: what the page says besides, and the log has said already.
    """
    shown = nodes.error("", classes=["paramdoc-missing"], support_smartquotes=False)
    return _said(
        shown, f"This parameter table is missing ({Path(file).name}, line {line}): {message}", context, details
    )


def expected(message: str, context: Sequence[str]) -> nodes.Element:
    """Return what is shown where something went wrong as its author knows."""
    shown = nodes.note("", classes=["paramdoc-missing"], support_smartquotes=False)
    return _said(shown, f"There is no parameter table, as is expected: {message}", context)


def _said(shown: nodes.Element, message: str, context: Sequence[str], details: Sequence[str] = ()) -> nodes.Element:
    for text in (message, *details):
        shown += nodes.paragraph("", text, translatable=False)
    shown += [nodes.literal_block(text, text, language="none") for text in context]
    return shown


def not_run() -> nodes.Element:
    """Return what is shown where nothing was to be run."""
    shown = nodes.note("", classes=["paramdoc-missing"])
    shown += nodes.paragraph("", "This parameter table is left out: no code was run.", translatable=False)
    return shown
