"""What tests of the extension share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sphinx_paramdoc.makers import Maker
from tests.sphinx_paramdoc.projects import BUILDER, Project, dense


@pytest.fixture(scope="session")
def keras() -> Any:
    """Keras, imported in this process once."""
    return pytest.importorskip("keras")


@pytest.fixture
def fresh_names(keras: Any) -> None:
    """Let Keras count the names of layers from the beginning."""
    keras.utils.clear_session(free_memory=False)  # to look for garbage takes longer than most tests


@pytest.fixture(scope="session")
def inspection(keras: Any) -> Any:
    from sphinx_paramdoc import inspection

    return inspection


@pytest.fixture(autouse=True)
def _backend(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the blocks of a test that is marked so on NumPy: how they run is the same, and the import is a third."""
    if request.node.get_closest_marker("on_numpy"):
        monkeypatch.setenv("KERAS_BACKEND", "numpy")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two packages with a model each, a page for each, and one with a model of its own."""
    made = Project(tmp_path)
    for package, units in (("mynets", 4), ("others", 5)):
        made.write(
            **{
                f"{package}/__init__.py": "",
                f"{package}/sizes.py": f"UNITS = {units}\n",
                f"{package}/models.py": BUILDER.format(package=package),
            }
        )
        made.page(package, f".. paramsummary:: {package}.models:build")
    made.page("index", ".. toctree::\n\n   mynets\n   others", dense(2))
    return made


@pytest.fixture
def make() -> Maker:
    return Maker()
