"""A file that is read, and the tables of changes → findings."""

from flake8_paramdoc.matching.finding import Finding
from flake8_paramdoc.matching.source import find

__all__ = ["Finding", "find"]
