"""Live models: each test names its layers afresh."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _fresh_names(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("slow"):  # what is pure has no use for Keras, which takes seconds
        request.getfixturevalue("keras").backend.clear_session()
