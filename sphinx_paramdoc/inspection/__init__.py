"""A live model → facts: the only room that knows the objects of a framework, one file for each framework."""

from sphinx_paramdoc.inspection.frameworks import (
    BLOCK_MODULE,
    BuiltError,
    Inspection,
    NotBuiltError,
    abstract,
    build,
    framework_of,
    inspect,
    is_model,
)

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
]
