"""What importing the package loads, and who may import whom: the house, held to its plan."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.imports import arrows, circle, imported, sources

FRAMEWORKS = {"keras", "tf_keras", "tensorflow", "numpy", "jax", "torch", "libcst"}

LANGUAGE = {"facts", "expression", "said", "sameness", "dtypes", "successors"}

ROOMS: dict[str, set[str]] = {
    "version": set(),
    # How rooms hand their names on: each of them may.
    "handing_on": set(),
    "dtypes": set(),
    "successors": set(),
    "facts": {"dtypes"},
    "expression": set(),
    "said": set(),
    "shown": set(),
    "machine": {"version"},
    "sameness": {"facts"},
    # Left of the facts: getting them, knowing nothing of what formulas mean nor of tables.
    "inspection": {*LANGUAGE, "machine"},
    "execution": {*LANGUAGE, "machine", "inspection"},
    "records": {*LANGUAGE, "machine", "execution"},
    # Right of them: same facts, same table.
    "explanation": LANGUAGE,
    "law": LANGUAGE,
    "difference": {*LANGUAGE, "table"},
    "table": {*LANGUAGE, "explanation", "law"},
    "rendering": {*LANGUAGE, "explanation", "law", "table", "difference"},
    # How a table is asked for, and the faces.
    "notation": {*LANGUAGE, "machine", "execution", "law", "table", "flake8_paramdoc"},
}
ROOMS["server"] = {"execution"}
COMMANDS = {"sphinx_paramdoc.records.__main__": {"sphinx_ext"}}
"""Files that hand a command to a face, whatever else their room may import."""
ROOMS["sphinx_ext"] = {*ROOMS, "flake8_paramdoc"}
ROOMS["live"] = {*ROOMS} - {"sphinx_ext"}
ROOMS["comparison"] = {*ROOMS} - {"sphinx_ext", "notation"}
ROOMS["command"] = {*ROOMS, "flake8_paramdoc"} - {"sphinx_ext", "live"}
ROOMS["__main__"] = {"command"}
"""Each room, or file that is none → those that it may import."""

FACES = {"sphinx_ext", "live", "comparison", "command", "__main__"}


def loaded(statement: str) -> set[str]:
    code = f"{statement}; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def room(module: str) -> str:
    """Give the room of a module of the extension; of another package, that."""
    package, *inside = module.split(".")
    return package if package != "sphinx_paramdoc" else inside[0] if inside else ""


# What is loaded


@pytest.mark.slow
@pytest.mark.parametrize("name", ["", ".sphinx_ext.extension", ".__main__"])
def test_no_framework_is_loaded_by(name: str) -> None:
    module = f"sphinx_paramdoc{name}"
    modules = loaded(f"import {module}")
    assert module in modules
    assert not {name.partition(".")[0] for name in modules} & FRAMEWORKS


@pytest.mark.slow
def test_asking_whether_a_value_is_a_model_loads_no_framework() -> None:
    modules = loaded("from sphinx_paramdoc import inspection; assert not inspection.is_model({})")
    assert not {name.partition(".")[0] for name in modules} & FRAMEWORKS


@pytest.mark.slow
def test_importing_the_package_loads_no_sphinx_and_no_room() -> None:
    modules = loaded("import sphinx_paramdoc")
    assert not {name.partition(".")[0] for name in modules} & {"sphinx", "docutils"}
    assert {name for name in modules if name.startswith("sphinx_paramdoc")} == {
        "sphinx_paramdoc",
        "sphinx_paramdoc.version",
    }


@pytest.mark.slow
def test_what_explainers_are_made_of_loads_no_formula() -> None:
    modules = loaded("from sphinx_paramdoc import Dimension, Number, Quotient, facts; facts.Layer")
    assert not {name for name in modules if name.startswith("sphinx_paramdoc.explanation")}
    modules = loaded("from sphinx_paramdoc.explanation import Dimension, Expression, Number, Quotient")
    assert not {name for name in modules if name.startswith("sphinx_paramdoc.explanation.")}


@pytest.mark.slow
@pytest.mark.parametrize("module", ["server", "child", "block"])
def test_the_worker_loads_no_formula_and_no_table(module: str) -> None:
    modules = loaded(f"import sphinx_paramdoc.execution.{module}")
    assert not {room(name) for name in modules} & {"explanation", "table", "rendering", "records", "notation"}


@pytest.mark.slow
def test_sphinx_loads_what_runs_blocks_and_what_lints_them_only_where_there_is_one() -> None:
    modules = loaded("import sphinx_paramdoc.sphinx_ext.extension")
    assert not {name.partition(".")[0] for name in modules} & {"psutil"}
    assert not {name for name in modules if name.startswith("flake8_paramdoc.changes")}


@pytest.mark.slow
def test_flake8_starts_without_a_framework() -> None:
    modules = loaded("import flake8.main.cli, flake8_paramdoc.plugin")
    assert not {name.partition(".")[0] for name in modules} & {*FRAMEWORKS, "sphinx", "docutils", "sphinx_paramdoc"}


# Who may import whom


def test_every_room_imports_only_what_it_may(repository: Path) -> None:
    for module, path in sources(repository, "sphinx_paramdoc").items():
        own = room(module)
        if own:
            names = {name for name in imported(path, typing=True) if "_paramdoc" in name.partition(".")[0]}
            assert {room(name) for name in names} - {own, "handing_on"} <= COMMANDS.get(module, ROOMS[own]), path


def test_no_files_import_each_other_in_a_circle(repository: Path) -> None:
    assert circle(arrows(sources(repository, "sphinx_paramdoc"))) == []
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]


def test_no_arrow_hides_behind_an_attribute_without_a_type(repository: Path) -> None:
    for path in (repository / "sphinx_paramdoc" / "sphinx_ext").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.AnnAssign):
                assert "object" not in ast.unparse(node.annotation).replace("[", " ").replace("]", " ").split(), path


def test_only_the_faces_and_what_makes_nodes_know_the_host(repository: Path) -> None:
    for module, path in sources(repository, "sphinx_paramdoc").items():
        if room(module) not in FACES and module not in {
            "sphinx_paramdoc",
            "sphinx_paramdoc.rendering.changes.nodes",
            "sphinx_paramdoc.rendering.diagram",
            "sphinx_paramdoc.rendering.node_kinds",
            "sphinx_paramdoc.rendering.nodes",
            "sphinx_paramdoc.rendering.legend",
            "sphinx_paramdoc.rendering.models.nodes",
            "sphinx_paramdoc.rendering.page",
            "sphinx_paramdoc.rendering.paper",
            "sphinx_paramdoc.rendering.text_cell",
        }:
            assert not {name.partition(".")[0] for name in imported(path, typing=True)} & {"sphinx", "docutils"}, path


def test_only_the_inspection_knows_keras(repository: Path) -> None:
    for module, path in sources(repository, "sphinx_paramdoc").items():
        if room(module) != "inspection":
            assert not {name.partition(".")[0] for name in imported(path)} & FRAMEWORKS, path


def test_what_packages_hand_on_is_all_that_their_init_files_hold(repository: Path) -> None:
    for package in ("sphinx_paramdoc", "flake8_paramdoc"):
        for path in (repository / package).rglob("*/__init__.py"):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
                is_list = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"__all__", "__getattr__"}
                is_typing = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
                assert is_docstring or is_list or is_typing or isinstance(node, (ast.Import, ast.ImportFrom)), path


@pytest.mark.parametrize("name", ["execution", "explanation", "inspection", "machine", "records", "table"])
def test_a_room_hands_on_what_a_type_checker_is_told(repository: Path, name: str) -> None:
    path = repository / "sphinx_paramdoc" / name / "__init__.py"
    handed_on = import_module(f"sphinx_paramdoc.{name}")
    told = {full.rpartition(".") for full in imported(path, typing=True)} - {("typing", ".", "TYPE_CHECKING")}
    homes = {each: module for module, _, each in told if each != "later"}
    assert homes.keys() == {*handed_on.__all__}
    for each, module in homes.items():
        assert getattr(handed_on, each) is getattr(import_module(module), each)
    with pytest.raises(AttributeError, match=f"module 'sphinx_paramdoc.{name}' has no attribute 'nothing'"):
        handed_on.nothing  # noqa: B018 - this is what is to fail
