"""What tests of both packages share."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

from sphinx_paramdoc import facts

pytest_plugins = ["sphinx.testing.fixtures"]

# An example that takes long on a busy machine is no wrong one. Each run draws other examples: few at a time are many in
# the end, and `.ci/run` asks for many at once.
settings.register_profile("few", deadline=None, max_examples=25)
settings.register_profile("many", deadline=None, max_examples=200)
settings.load_profile("few")

# Hundreds of processes are started, each of which would compile both packages for itself.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Sphinx colours what it warns of where a terminal is said to show colours, as services that run tests do say.
for name in ("CI", "FORCE_COLOR", "FORCE_COLOUR"):
    os.environ.pop(name, None)

# A shell starts what runs in its background deaf to Ctrl-C, `nohup` what it starts to a hangup, and so
# would all be that this starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

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
