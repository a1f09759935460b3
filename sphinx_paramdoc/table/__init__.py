"""The table of a model: its rows and totals, what folds, what sets blocks apart, its legend, and what prose quotes."""

from sphinx_paramdoc.table.rows import EACH, Row, Table, Term, WeightEntry, build

__all__ = ["EACH", "Row", "Table", "Term", "WeightEntry", "build"]
