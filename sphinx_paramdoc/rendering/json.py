"""The table for programs; the manual describes the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from sphinx_paramdoc.table import Row, Table
from sphinx_paramdoc.table.columns import Column
from sphinx_paramdoc.table.view import Kind, View

_OF_COPIES = "copies_connected_to"
"""A field that rows have which stand for several layers, where it is known what these read."""


def render(view: View, _columns: Sequence[Column], _width: int | None = None) -> str:
    """Write the whole table, with the rows of every depth, and what of it people see as one row."""
    table = view.table
    law = None if table.law is msgspec.UNSET else table.law
    plain = {
        **_plain(table),
        "outside": table.outside,
        **({} if law is None else {"law": law.plain()}),  # in its place among the fields
        **({} if law is None or law.law.wanted is None else {"near": law.near()}),
        "rows": [{**_plain(row), **({} if law is None else {"law": law.text_of_row(row)})} for row in table.rows],
        "groups": list(_groups(view)),
    }
    return msgspec.json.format(msgspec.json.encode(plain, enc_hook=str), indent=2).decode()


def _groups(view: View) -> Iterator[dict[str, Any]]:
    """Yield the groups of layers that are one row, by the paths of their layers, a list for each of the blocks."""
    for row in view.walk():
        if row.kind in {Kind.REPEAT, Kind.STEM}:
            first = [layer.path for layer in row.layers]
            yield {"paths": [first, *map(list, row.copies)], "params": row.params}


def _plain(what: Table | Row) -> dict[str, Any]:
    """Return the fields by their names in JSON; what is explained becomes text."""
    fields = zip(what.__struct_fields__, what.__struct_encode_fields__, strict=True)
    named = (("explanation", "explanation") if field == "explained" else (field, name) for field, name in fields)
    values = ((name, getattr(what, field)) for field, name in named)
    given = ((name, value) for name, value in values if value is not msgspec.UNSET)
    return {name: value for name, value in given if name != _OF_COPIES or any(value)}
