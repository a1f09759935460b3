"""The table of models for programs: a list of the objects that each model is by itself."""

from __future__ import annotations

import json

from sphinx_paramdoc.rendering import formats
from sphinx_paramdoc.table.models import ModelTable
from sphinx_paramdoc.table.rows import Table


def render(table: ModelTable, _width: int | None = None) -> str:
    """Write the models that there are, in their order, each with what the list calls it; what failed is left out."""
    texts = [_object(row.name, row.table) for row in table.rows if row.table]
    return "[\n  {}\n]".format(",\n  ".join(texts)) if texts else "[]"


def _object(name: str, table: Table) -> str:
    listed = json.dumps({"listed_as": name}, ensure_ascii=False, indent=2).removesuffix("\n}")
    whole = formats.write(table, "json").removeprefix("{")
    return f"{listed},{whole}".replace("\n", "\n  ")
