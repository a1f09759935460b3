"""Linting a source that a test holds as text."""

from __future__ import annotations

import ast
import textwrap
from typing import Any

from flake8_paramdoc.matching import Finding, find


def findings(source: str, **options: Any) -> list[Finding]:
    """Find what is outdated in a source; its common indent is taken away."""
    source = textwrap.dedent(source)
    return find(ast.parse(source), source.split("\n"), **options)


def codes(source: str, **options: Any) -> list[str]:
    """Give the codes of what is outdated in a source."""
    return [finding.code for finding in findings(source, **options)]


def reported(source: str, **options: Any) -> list[tuple[int, int, str]]:
    """Give each finding's line, column and code."""
    return [(finding.line, finding.column, finding.code) for finding in findings(source, **options)]
