"""The page of a failure: what the log and the page say where a block has no table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docutils import nodes

from sphinx_paramdoc import execution
from sphinx_paramdoc.sphinx_ext.asking import Asked


@dataclass(frozen=True)
class Missing:
    """Why there is no table."""

    message: str
    line: int
    """Where in the block's file something is wrong."""
    context: list[str] = field(default_factory=list)
    """What else helps: the way that led there, what the block wrote."""
    details: Sequence[str] = ()
    """What the page says besides, and the log has said already."""

    @property
    def log(self) -> str:
        """The text of the warning."""
        return "\n".join([self.message, *self.context])

    def shown(self, file: str) -> nodes.Element:
        """Return what the page shows in the table's place.

        :param file: the one that the block is written in.
        """
        shown = nodes.error("", classes=["paramdoc-missing"], support_smartquotes=False)
        place = f"{Path(file).name}, line {self.line}"
        for text in (f"This parameter table is missing ({place}): {self.message}", *self.details):
            shown += nodes.paragraph("", text, translatable=False)
        shown += [nodes.literal_block(text, text, language="none") for text in self.context]
        return shown


def missing(asked: Asked, failure: execution.Failure, details: Sequence[str]) -> Missing:
    """Return why a block that failed has no table."""
    listing = asked.listing
    context = []
    if traceback := listing.traceback(failure, Path(asked.place.file).name):
        context.append(f"Traceback:\n{traceback.rstrip()}")
    if failure.output.strip():
        context.append(f"The block wrote:\n{failure.output.rstrip()}")
    _, line = listing.location(failure) or ("", asked.place.line)
    return Missing(failure.message, line, context, details)


def not_run() -> nodes.Element:
    """Return the note that stands in the table's place where nothing was to be run."""
    shown = nodes.note("", classes=["paramdoc-missing"])
    shown += nodes.paragraph("", "This parameter table is left out: no code was run.", translatable=False)
    return shown
