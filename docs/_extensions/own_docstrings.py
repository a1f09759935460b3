"""Leaves the docstrings of the package alone, which are reStructuredText already.

The library of the manual needs napoleon; napoleon would take ``The version: a text`` below an attribute for its type.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

_OWN = "sphinx_paramdoc."

_NAPOLEON = 500
"""The priority at which napoleon rewrites docstrings."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Remember each docstring of the package before napoleon, and put it back behind it."""
    before: list[str] = []

    def remember(_app: Sphinx, _what: str, _name: str, _object: Any, _options: Any, lines: list[str]) -> None:
        before[:] = lines

    def put_back(_app: Sphinx, _what: str, name: str, _object: Any, _options: Any, lines: list[str]) -> None:
        if name.startswith(_OWN):
            lines[:] = before

    app.connect("autodoc-process-docstring", remember, priority=_NAPOLEON - 1)
    app.connect("autodoc-process-docstring", put_back, priority=_NAPOLEON + 1)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
