"""The source of what makes a model, by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_paramdoc.execution import Maker
from sphinx_paramdoc.notation import builders

SOURCE = """\
import keras


class Nets:
    @staticmethod
    def encoder():
        return 1


def build(
    units=4,
):
    return units


tiny = build(1)
"""


@pytest.fixture(autouse=True)
def _package(tmp_path: Path) -> None:
    package = tmp_path / "sourced_nets"
    package.mkdir()
    (package / "__init__.py").write_text("from sourced_nets.models import build\n")
    (package / "models.py").write_text(SOURCE)


@pytest.mark.parametrize(
    ("expression", "module", "name", "first"),
    [
        ("sourced_nets.models.build(units=8)", "", "sourced_nets.models.build", "def build("),
        ("sourced_nets.models:build(units=8)", "", "sourced_nets.models.build", "def build("),
        ("sourced_nets.build().encoder", "", "sourced_nets.models.build", "def build("),
        ("sourced_nets.models:Nets.encoder", "", "sourced_nets.models.Nets.encoder", "def encoder():"),
        ("build(units=3)", "sourced_nets.models", "sourced_nets.models.build", "def build("),
        ("sourced_nets.models.tiny", "", "sourced_nets.models.tiny", "tiny = build(1)"),
    ],
)
def test_the_source_is_found_by_the_name(expression: str, module: str, name: str, first: str, tmp_path: Path) -> None:
    found = builders.find(expression, module, [str(tmp_path)])
    assert found
    assert (found.name, found.code.split("\n")[0]) == (name, first)
    assert Path(found.file).name == "models.py"


@pytest.mark.parametrize(
    "expression", ["sourced_nets.models.lost()", "nowhere.build()", "lambda: 3", "build()", "3", ""]
)
def test_what_is_not_found_is_nothing(expression: str, tmp_path: Path) -> None:
    assert builders.find(expression, "", [str(tmp_path)]) is None


@pytest.mark.parametrize(
    ("maker", "name", "first"),
    [
        (Maker("sourced_nets.models", "Nets.encoder", 5), "sourced_nets.models.Nets.encoder", "@staticmethod"),
        (Maker("sourced_nets.models", "Nets"), "sourced_nets.models.Nets", "class Nets:"),
        (Maker("", "wide", 2), "wide", "def wide():"),
    ],
)
def test_the_source_is_where_the_process_of_the_block_says(maker: Maker, name: str, first: str, tmp_path: Path) -> None:
    found = builders.defined(maker, [str(tmp_path)], "import keras\ndef wide():\n    pass\n")
    assert found
    assert (found.name, found.code.split("\n")[0]) == (name, first)


@pytest.mark.parametrize(
    "maker",
    [Maker("sourced_nets.models", "lost", 2), Maker("nowhere", "build", 1), Maker("", "lost", 9), Maker("sys", "a")],
)
def test_a_place_that_is_none_is_nothing(maker: Maker, tmp_path: Path) -> None:
    assert builders.defined(maker, [str(tmp_path)], "import keras\n") is None
