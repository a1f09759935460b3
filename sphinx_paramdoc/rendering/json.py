"""The table for programs; the manual describes the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from sphinx_paramdoc.table import Row, Table
from sphinx_paramdoc.table.columns import Column
from sphinx_paramdoc.table.view import View


def render(view: View, _columns: Sequence[Column], _width: int | None = None) -> str:
    """Write the whole table, with the rows of every depth; programs get all, whatever people see."""
    plain = {**_plain(view.table), "outside": view.table.outside, "rows": list(map(_plain, view.table.rows))}
    return msgspec.json.format(msgspec.json.encode(plain), indent=2).decode()


def _plain(what: Table | Row) -> dict[str, Any]:
    """Return the fields by their names in JSON; what is explained becomes text."""
    fields = zip(what.__struct_fields__, what.__struct_encode_fields__, strict=True)
    named = (("explanation", "explanation") if field == "explained" else (field, name) for field, name in fields)
    values = ((name, getattr(what, field)) for field, name in named)
    return {name: value for name, value in values if value is not msgspec.UNSET}
