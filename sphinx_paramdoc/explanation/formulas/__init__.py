"""What the count of each kind of layer is made of, a family a file."""

from sphinx_paramdoc.explanation.formulas.registry import FORMULAS

__all__ = ["FORMULAS"]
