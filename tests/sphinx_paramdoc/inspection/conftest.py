"""Live models: each test names its layers afresh."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sphinx_paramdoc import facts


@pytest.fixture(autouse=True)
def _fresh_names(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("slow"):  # what is pure has no use for Keras, which takes seconds
        request.getfixturevalue("fresh_names")


@pytest.fixture(scope="session")
def tf_keras() -> Any:
    return pytest.importorskip("tf_keras")


@pytest.fixture
def fresh_names_of_keras_2(tf_keras: Any) -> None:
    tf_keras.backend.clear_session()


@pytest.fixture(scope="session")
def read(tf_keras: Any, inspection: Any) -> Callable[[Any], facts.Model]:
    """What reads a model of Keras 2."""
    reader: Callable[[Any], facts.Model] = inspection.inspect
    return reader
