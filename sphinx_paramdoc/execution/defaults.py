"""What holds of a block unless its project says otherwise."""

from __future__ import annotations

from sphinx_paramdoc.inspection.registry import DEFAULT

PREAMBLE = f"import {DEFAULT.module}"
"""What runs before a block."""

TIMEOUT: float = 60
"""Seconds that a block may take."""
