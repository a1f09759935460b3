"""Every ``paramdoc_*`` value of ``conf.py``, declared once; the manual's table is made from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import ENUM

from sphinx_paramdoc.execution import PREAMBLE

CODE_POSITIONS = ("above", "below", "collapsed", "none")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of ``conf.py``."""

    name: str
    default: Any
    types: Any
    """What Sphinx checks a project's value against."""
    meaning: str


VALUES = (
    Value(
        "paramdoc_preamble",
        PREAMBLE,
        frozenset({str}),
        "Python code that runs before every block. What it defines and imports is there for the block.",
    ),
    Value(
        "paramdoc_code",
        None,
        ENUM(None, *CODE_POSITIONS),
        "Where the source code of a block is shown unless the block says it with ``:code:``: ``'above'``, ``'below'``, "
        "``'collapsed'`` or ``'none'``. ``None``: above the table for code in the page, nowhere for an expression.",
    ),
    Value("paramdoc_lint", True, frozenset({bool}), "Report Keras code in blocks that is written for an older Keras."),
)


def register(app: Sphinx) -> None:
    """Declare every value to Sphinx; a change of any reads every page again."""
    for value in VALUES:
        app.add_config_value(value.name, value.default, "env", value.types, description=value.meaning)
