"""The warnings of this extension: their types, and the one door through which they are logged."""

from __future__ import annotations

import logging as python_logging
from collections.abc import Sequence
from enum import StrEnum

from docutils import nodes
from sphinx.util import logging

_logger = logging.getLogger(__name__)


class Warn(StrEnum):
    """The subtypes of a warning, for ``suppress_warnings = ["paramdoc.<subtype>"]``."""

    EXECUTION = "execution"
    """The code of a block failed."""
    TIMEOUT = "timeout"
    """A block took longer than it may."""
    MEMORY = "memory"
    """A block took more memory than it may."""
    MODEL = "model"
    """The code ran, but gave no model, or one that has no weights yet."""
    EXPECTATION = "expectation"
    """A model has another number of parameters than its author expects."""
    STALE = "stale"
    """A record is missing or no longer true, and nothing may be run."""
    RECORDS = "records"
    """A record cannot be written, so its block will run again."""
    OUTDATED = "outdated"
    """A block holds code for an older Keras."""
    REFERENCE = "reference"
    """A role in prose refers to no table, or to a layer that it does not have."""
    DIAGRAM = "diagram"
    """There is no program that draws, or it could not draw a diagram, or a model is too large for one."""
    UNTRACKED = "untracked"
    """A model computes with numbers that its framework does not track, so they are neither trained nor saved."""
    OPTION = "option"
    """The directive itself is not written as it should be, or a pattern of ``paramdoc_autodoc`` matches nothing, or a
    translation of the project's own cannot be read or filled."""


class _Once(python_logging.Filter):
    """Lets a warning of this extension through once, also where several pages show what it is about.

    Sphinx's own filter for that compares no places, and its readers in parallel know nothing of each other.
    """

    def __init__(self, of_all: bool) -> None:
        """Let all through at first.

        :param of_all: whether that is for all warnings, whoever warns: pages are read several times.
        """
        super().__init__()
        self._of_all = of_all
        self._told: set[tuple[object, object, str]] = set()

    def filter(self, record: python_logging.LogRecord) -> bool:
        if not self._of_all and getattr(record, "type", None) != "paramdoc":
            return True
        location = getattr(record, "location", None)
        if isinstance(location, nodes.Node):
            location = logging.get_node_location(location)
        told = (getattr(record, "subtype", None), location, record.getMessage())
        is_new = told not in self._told
        self._told.add(told)
        return is_new


def tell_once(of_all: bool = False) -> None:
    """Let each warning be told once in this build.

    :param of_all: not only those of this extension.
    """
    for handler in python_logging.getLogger(logging.NAMESPACE).handlers:
        if isinstance(handler, logging.WarningStreamHandler):
            handler.filters.insert(0, _Once(of_all))  # before they are counted


def warn(subtype: Warn, message: str, location: str | None = None) -> None:
    """Log a warning that ``-W`` counts and ``suppress_warnings`` knows.

    :param location: ``file:line``, where there is one.
    """
    _logger.warning("%s", message, type="paramdoc", subtype=subtype.value, location=location)


def first_line(error: Exception) -> str:
    """Return what kind of error it is, and the first line of what it says."""
    said = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def is_suppressed(subtype: Warn, suppressed: Sequence[str]) -> bool:
    """Tell whether a project wants to hear nothing of such warnings."""
    return logging.is_suppressed_warning("paramdoc", subtype.value, suppressed)
