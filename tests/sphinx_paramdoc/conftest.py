"""What tests of the extension share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sphinx.testing.util import SphinxTestApp

from tests.sphinx_paramdoc import shared_server
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


@pytest.fixture(scope="session")
def shared_servers() -> Iterator[str]:
    """The folder of the servers that tests share."""
    with shared_server.folder() as made:
        yield made


@pytest.fixture(autouse=True)
def _server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the blocks of a test that is marked so in a server that others have left; ``False`` takes a mark back."""
    mark = request.node.get_closest_marker("shares_server")
    if mark and mark.args != (False,):
        shared_server.share(monkeypatch, request.getfixturevalue("shared_servers"))


@pytest.fixture
def make_app(make_app: Callable[..., SphinxTestApp]) -> Callable[..., SphinxTestApp]:
    """Make an application of Sphinx, as Sphinx's own fixture does, which shares a server where the test does."""

    def make(*arguments: Any, **given: Any) -> SphinxTestApp:
        given["confoverrides"] = shared_server.settings() | (given.get("confoverrides") or {})
        return make_app(*arguments, **given)

    return make


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
