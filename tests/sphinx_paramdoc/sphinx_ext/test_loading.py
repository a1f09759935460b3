"""What a build loads: the extension alone, pages without a table, tables from records, blocks that run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

AT_START = {
    "",
    "execution",
    "execution.defaults",
    "explanation",
    "explanation.pieces",
    "handing_on",
    "inspection",
    "inspection.registry",
    "notation",
    "notation.autodoc_patterns",
    "notation.configuration",
    "notation.declaration",
    "notation.mentions",
    "notation.settings",
    "notation.values",
    "rendering",
    "rendering.node_kinds",
    "said",
    "sphinx_ext",
    "sphinx_ext.closed",
    "sphinx_ext.config",
    "sphinx_ext.declared",
    "sphinx_ext.diagrams",
    "sphinx_ext.extension",
    "sphinx_ext.names",
    "sphinx_ext.nested",
    "sphinx_ext.present",
    "sphinx_ext.roles",
    "sphinx_ext.spanning",
    "sphinx_ext.state",
    "sphinx_ext.warnings",
    "table",
    "table.columns",
    "table.expectations",
    "table.runs",
    "table.sizes",
    "table.view",
    "version",
}
"""The files of the package that tell Sphinx what there is, and what these declare settings with."""

TOLD = "import sys; print(*sys.modules)"

CONFIGURATION = """
extensions = ["sphinx_paramdoc"]


def setup(app):
    import sys

    app.connect("build-finished", lambda *_: print("loaded:", *sys.modules), priority=999)
"""

BLOCK = """
.. paramsummary::

   keras.Sequential([keras.Input((3,)), keras.layers.Dense(4)])
"""


def own(modules: set[str]) -> set[str]:
    """Give the files of the extension among modules, by their names in it."""
    return {
        name.removeprefix("sphinx_paramdoc").removeprefix(".")
        for name in modules
        if name.partition(".")[0] == "sphinx_paramdoc"
    }


def built(project: Path, *options: str) -> set[str]:
    """Build a project, and give what Sphinx's own process has loaded at the end."""
    command = [sys.executable, "-m", "sphinx", "-W", "-b", "html", *options, str(project), str(project / "built")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "NO_COLOR": "1"})
    [line] = (line for line in done.stdout.splitlines() if line.startswith("loaded:"))
    return set(line.split()[1:])


def written(project: Path, block: str = "") -> Path:
    (project / "conf.py").write_text(CONFIGURATION, encoding="utf-8")
    (project / "index.rst").write_text(f"A page\n======\n{block}", encoding="utf-8")
    return project


@pytest.mark.slow
def test_the_extension_loads_what_tells_sphinx_of_it() -> None:
    known = "import sphinx.cmd.build, sphinx.builders.html, sphinx.transforms.post_transforms"
    loaded = [
        set(subprocess.run([sys.executable, "-c", f"{code}; {TOLD}"], capture_output=True, text=True).stdout.split())
        for code in (known, f"{known}; import sphinx_paramdoc.sphinx_ext.extension")
    ]
    assert own(loaded[1]) == AT_START
    others = {name.partition(".")[0] for name in loaded[1] - loaded[0]} - {"sphinx", "docutils", "sphinx_paramdoc"}
    # msgspec loads the others; the last one where nothing that Sphinx stands on has loaded it already.
    assert others <= {"msgspec", "uuid", "_uuid", "platform", "typing_extensions"}


@pytest.mark.slow
def test_pages_without_a_table_load_how_their_form_is_written(tmp_path: Path) -> None:
    loaded = built(written(tmp_path))
    assert own(loaded) == {*AT_START, "rendering.lines", "rendering.page"}
    assert not {name.partition(".")[0] for name in loaded} & {"flake8_paramdoc", "psutil", "keras"}


@pytest.mark.slow
def test_tables_from_records_load_nothing_that_runs_blocks_or_writes_other_forms(tmp_path: Path) -> None:
    cold = built(written(tmp_path, BLOCK))
    loaded = built(tmp_path, "-E")
    files = own(loaded)
    assert not files & {"__main__", "live", "server"}
    of_execution = {"defaults", "environment", "explainers", "listing", "messages", "request", "session", "wire"}
    assert {name.partition(".")[2] for name in files if name.startswith("execution.")} == of_execution
    of_inspection = {name for name in files if name.startswith("inspection.")}
    assert of_inspection == {"inspection.registry"}
    of_rendering = {"lines", "marked", "node_kinds", "nodes", "page", "tree"}
    assert {name.partition(".")[2] for name in files if name.startswith("rendering.")} == of_rendering
    # Neither a diagram nor a legend is asked for, and no docstring is read.
    assert not files & {"table.drawing", "table.legend", "explanation.papers", "notation.foreseen_docstrings"}
    assert not files & {"sphinx_ext.pictures", "sphinx_ext.autodoc", "sphinx_ext.nbsphinx"}
    # It reads code, and writes none anew.
    assert not {name for name in loaded if name.startswith("flake8_paramdoc.edits")}
    assert not {name.partition(".")[0] for name in loaded} & {"psutil", "keras", "tensorflow", "numpy"}
    # Where a block runs, what starts a server comes to it, and no framework.
    assert own(cold) - files == {f"execution.{name}" for name in ("kept", "places", "visit")} | own_of_running(cold)
    assert not {name.partition(".")[0] for name in cold} & {"keras", "tensorflow", "numpy"}


def own_of_running(loaded: set[str]) -> set[str]:
    """Give what only a system needs that cannot fork."""
    return own(loaded) & {"execution.fresh", "execution.watch"}
