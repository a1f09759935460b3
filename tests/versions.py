"""What tests need of newer versions than the oldest that the project runs with."""

from __future__ import annotations

from importlib import metadata

import pytest
from packaging.version import Version


def is_older(distribution: str, version: str) -> bool:
    """Tell whether what is installed of a distribution is older than a version; nothing is older than any."""
    try:
        return Version(metadata.version(distribution)) < Version(version)
    except metadata.PackageNotFoundError:
        return True


def since(distribution: str, version: str, what: str) -> pytest.MarkDecorator:
    """Return the mark that skips a test where a distribution is older than what the test is about."""
    return pytest.mark.skipif(is_older(distribution, version), reason=f"{what}: since {distribution} {version}")
