"""Builds that find the server of an earlier one: ``paramdoc_keep_server``."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sphinx_paramdoc.execution import kept_servers
from tests.sphinx_paramdoc.projects import Project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.on_numpy,
    pytest.mark.skipif(sys.platform != "linux", reason="a framework is forked on Linux alone"),
]


@pytest.fixture(autouse=True)
def _own_servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tempfile.mkdtemp(prefix="kept-", dir="/tmp")
    monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
    yield
    kept_servers.stop()
    shutil.rmtree(folder)


def block(units: int) -> str:
    code = f"import net\n   keras.Sequential([keras.Input((3,)), keras.layers.Dense({units}), net.last()])"
    return f".. paramsummary::\n\n   {code}"


def test_the_next_build_imports_nothing(tmp_path: Path) -> None:
    project = Project(tmp_path, "paramdoc_keep_server = 120\n")
    net = "import keras\n\ndef last():\n    return keras.layers.Dense({})\n"
    project.write(**{"net.py": net.format(1)})
    project.page("index", block(5))
    built = project.build("-W")
    assert built.status == 0
    assert "3 × 5 + 5 = 20" in built.text("index")
    status = kept_servers.status()
    assert len(status) == 1
    assert "1 run so far" in status[0]
    project.page("index", block(6))
    project.write(**{"net.py": net.format(7)})
    built = project.build("-W")
    assert "3 × 6 + 6 = 24" in built.text("index")
    assert "6 × 7 + 7 = 49" in built.text("index")
    status = kept_servers.status()
    assert len(status) == 1
    assert "2 run so far" in status[0]
    assert "0 builds now" in status[0]


@pytest.mark.parametrize("value", ["-1", "True", "None", "'long'"])
def test_what_is_no_time(tmp_path: Path, value: str) -> None:
    project = Project(tmp_path, f"paramdoc_keep_server = {value}\n")
    project.page("index")
    built = project.build()
    assert built.status == 2
    assert "paramdoc_keep_server is" in built.errors
    assert "no number of seconds" in built.errors
