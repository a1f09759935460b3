"""What tests of both packages share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from sphinx_paramdoc import facts

pytest_plugins = ["sphinx.testing.fixtures"]

# An example that takes long on a busy machine is no wrong one.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def rootdir() -> Path:
    """Where Sphinx's own fixtures look for projects."""
    return HERE / "roots"


@pytest.fixture(scope="session")
def repository() -> Path:
    return HERE.parent


@pytest.fixture(scope="session")
def seed() -> facts.Model:
    """The facts of the manual's first model; a test of the inspection holds the file against the live model."""
    return facts.decode((HERE / "data" / "seed.json").read_bytes())


@pytest.fixture(scope="session")
def seed_code(repository: Path) -> str:
    """The code of the manual's first model."""
    _, code = (repository / "docs" / "snippets" / "seed.rst").read_text(encoding="utf-8").split("\n\n", 1)
    return "".join(line.removeprefix("   ") for line in code.splitlines(keepends=True))
