"""What tests of this room share."""

from __future__ import annotations

import pytest

from tests.sphinx_paramdoc import languages


@pytest.fixture(autouse=True)
def _said_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold all that a test explains to be said in another language as a whole, too."""
    languages.hold(monkeypatch)
