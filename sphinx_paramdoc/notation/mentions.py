"""Whether a page may ask for tables at all: what is quickly told, before anything is loaded that knows how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_NAMES = ("paramsummary", "paramlist", "paramdiff")

_INCLUDE = r"^\.\. include:: (?P<file>\S+) *\n(?! +:)"
_DEEPEST = 5
"""Included files are followed this far."""


def block(page: Path, in_docstrings: bool = False, depth: int = 0) -> bool:
    """Tell whether a page, or what it includes, has the name of a directive that shows a table.

    :param in_docstrings: whether autodoc may put one there.
    """
    text = _text(page)
    if any(name in text for name in _NAMES) or (in_docstrings and "auto" in text):
        return True
    return any(block(file, in_docstrings, depth + 1) for file in included(page, text, depth))


def lists(page: Path) -> bool:
    """Tell whether a page may have autosummary write others."""
    text = _text(page)
    return ".. autosummary::" in text and ":toctree:" in text


def _text(page: Path) -> str:
    """Return the text of a page; '' where it cannot be read, which Sphinx says."""
    try:
        return page.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def included(page: Path, text: str, depth: int) -> Iterator[Path]:
    """Yield the files that a page of reStructuredText includes as they are.

    :param depth: by how many such files `page` is included itself.
    """
    if depth < _DEEPEST and page.suffix != ".md" and ".. include::" in text:
        for match in re.finditer(_INCLUDE, text, re.MULTILINE):
            if not match["file"].startswith(("/", "<")):
                yield page.parent / match["file"]
