"""A live model → facts: the only room that knows the objects of a framework, one folder or file for each."""

from typing import TYPE_CHECKING

from sphinx_paramdoc.handing_on import later

if TYPE_CHECKING:
    from sphinx_paramdoc.inspection.errors import BuiltError, NotBuiltError
    from sphinx_paramdoc.inspection.frameworks import (
        Inspection,
        abstract,
        build,
        framework_of,
        inspect,
        is_model,
        models,
        warm,
        watched,
    )
    from sphinx_paramdoc.inspection.kinds import BLOCK_MODULE
    from sphinx_paramdoc.inspection.registry import DEFAULT

__all__ = [
    "BLOCK_MODULE",
    "DEFAULT",
    "BuiltError",
    "Inspection",
    "NotBuiltError",
    "abstract",
    "build",
    "framework_of",
    "inspect",
    "is_model",
    "models",
    "warm",
    "watched",
]

__getattr__ = later(
    __name__,
    {
        "errors": "BuiltError NotBuiltError",
        "frameworks": "Inspection abstract build framework_of inspect is_model models warm watched",
        "kinds": "BLOCK_MODULE",
        "registry": "DEFAULT",
    },
)
