"""Keras, imported in this process once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="module")
def keras() -> Any:
    return pytest.importorskip("keras")


@pytest.fixture(scope="module")
def inspection(keras: Any) -> Any:
    from sphinx_paramdoc.inspection import keras as inspection

    return inspection


@pytest.fixture(autouse=True)
def _fresh_names(keras: Any) -> Iterator[None]:
    keras.backend.clear_session()
    yield
