"""Packages and modules beside Keras that went with an older one (6): what they hold is told by their full names."""

from __future__ import annotations

from collections.abc import Mapping

from flake8_paramdoc.changes.record import KW_ONLY, NOTHING, dataclass
from flake8_paramdoc.changes.shapes.change import Change
from flake8_paramdoc.changes.shapes.fix import Fix


@dataclass(frozen=True, eq=False)
class PackagesRemoved(Change):
    """Packages, modules and what they held, which no name under ``keras`` stands for."""

    kind = 6

    packages: Mapping[str, str]
    """From each full name to what to do instead, in words."""
    _: KW_ONLY
    only_imports: bool = False
    """Whether it is there all the same as an attribute, and only importing from it fails."""
    moved: Mapping[str, str] = NOTHING
    """From packages that Keras took in to the module of Keras that has what they held."""
    holds: str = ""
    """What must be so for importing from there instead."""

    def fix(self, package: str) -> Fix:
        """Return what to do instead of a package, as it is listed."""
        return Fix(self.packages[package])

    def message(self, package: str) -> str:
        """Name what is gone, and what to do instead."""
        return f"{package} {self.became('removed')}: {self.packages[package]}"
