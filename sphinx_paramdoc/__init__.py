"""Parameter tables that explain and prove every count of a Keras model.

A Sphinx extension (``extensions = ["sphinx_paramdoc"]``), a command (``paramsummary``) and two functions (`explain`,
`compare`); and for functions that explain layers of their own, `facts` with what an expression is made of. Importing
the package loads neither Sphinx nor a framework: each name is loaded when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sphinx_paramdoc.version import __version__

if TYPE_CHECKING:
    from sphinx_paramdoc import facts
    from sphinx_paramdoc.comparison import compare
    from sphinx_paramdoc.expression import Dimension, Number, Quotient
    from sphinx_paramdoc.live import explain
    from sphinx_paramdoc.sphinx_ext.extension import setup

__all__ = ["Dimension", "Number", "Quotient", "__version__", "compare", "explain", "facts", "setup"]

_HOMES = {
    "Dimension": "expression",
    "Number": "expression",
    "Quotient": "expression",
    "compare": "comparison",
    "explain": "live",
    "setup": "sphinx_ext.extension",
}
"""The names that are handed on → the modules that hold them."""


def __getattr__(name: str) -> Any:
    """Return a name that is handed on, from its home."""
    if name == "facts":
        return import_module("sphinx_paramdoc.facts")
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
