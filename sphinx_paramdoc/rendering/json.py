"""The table for programs; the manual describes the form."""

from __future__ import annotations

import msgspec

from sphinx_paramdoc.table import Table


def render(table: Table) -> str:
    """Write the whole table, with the rows of every depth."""
    return msgspec.json.format(msgspec.json.encode(table), indent=2).decode()
