"""Which version of a package is installed, found without importing it."""

from __future__ import annotations

from functools import cache
from importlib import metadata


@cache
def version(module: str) -> str | None:
    """Return the version of the distribution that brings a top-level module; ``None`` where it is not installed."""
    try:
        return metadata.version(module)
    except metadata.PackageNotFoundError:
        pass
    # Some come under other names: tensorflow-cpu, tf-nightly, keras-nightly.
    for distribution in _distributions().get(module, ()):
        return metadata.version(distribution)
    return None


@cache
def _distributions() -> dict[str, list[str]]:
    return {module: sorted(names) for module, names in metadata.packages_distributions().items()}
