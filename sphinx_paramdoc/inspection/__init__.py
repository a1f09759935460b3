"""A live model → facts: the only room that knows the objects of a framework, one file for each framework."""

from sphinx_paramdoc.inspection.errors import BuiltError, NotBuiltError
from sphinx_paramdoc.inspection.frameworks import (
    Inspection,
    abstract,
    build,
    framework_of,
    inspect,
    is_model,
    watched,
)
from sphinx_paramdoc.inspection.kinds import BLOCK_MODULE

__all__ = [
    "BLOCK_MODULE",
    "BuiltError",
    "Inspection",
    "NotBuiltError",
    "abstract",
    "build",
    "framework_of",
    "inspect",
    "is_model",
    "watched",
]
