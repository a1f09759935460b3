"""The table of a model: its rows and totals, what people see of them, its legend, and what prose quotes."""

from typing import TYPE_CHECKING

from sphinx_paramdoc.handing_on import later

if TYPE_CHECKING:
    from sphinx_paramdoc.table.making import build
    from sphinx_paramdoc.table.rows import Row, Table, Term, WeightEntry

__all__ = ["Row", "Table", "Term", "WeightEntry", "build"]

__getattr__ = later(
    __name__,
    {
        "making": "build",
        "rows": "Row Table Term WeightEntry",
    },
)
