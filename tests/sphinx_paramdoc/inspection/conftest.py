"""Live models: each test names its layers afresh."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _fresh_names(keras: Any) -> Iterator[None]:
    keras.backend.clear_session()
    yield
