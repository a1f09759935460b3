"""What importing the package loads, and who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

FRAMEWORKS = {"keras", "tf_keras", "tensorflow", "numpy", "jax", "torch", "libcst"}


def loaded(statement: str) -> set[str]:
    code = f"{statement}; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


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
def test_importing_the_package_loads_no_sphinx() -> None:
    assert not {name.partition(".")[0] for name in loaded("import sphinx_paramdoc")} & {"sphinx", "docutils"}


@pytest.mark.slow
def test_flake8_starts_without_a_framework() -> None:
    modules = loaded("import flake8.main.cli, flake8_paramdoc.plugin")
    assert not {name.partition(".")[0] for name in modules} & {*FRAMEWORKS, "sphinx", "docutils", "sphinx_paramdoc"}


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return names


def inside(repository: Path, *folders: str) -> list[Path]:
    found = [path for folder in folders for path in (repository / folder).rglob("*.py")]
    assert found
    return found


def test_the_linter_knows_nothing_of_the_extension(repository: Path) -> None:
    for path in inside(repository, "flake8_paramdoc"):
        roots = {name.partition(".")[0] for name in imports(path)}
        assert roots <= {*sys.stdlib_module_names, "flake8", "flake8_paramdoc"}, path


def test_what_is_right_of_the_facts_is_pure(repository: Path) -> None:
    """Explanation and table know neither Sphinx, nor Keras, nor what is left of the facts."""
    package = repository / "sphinx_paramdoc"
    pure = [package / "facts.py", package / "expression.py"]
    left = {f"sphinx_paramdoc.{room}" for room in ("execution", "inspection", "sphinx_ext", "rendering")}
    for path in [*pure, *inside(package, "explanation", "table")]:
        names = imports(path)
        assert not {name.partition(".")[0] for name in names} & {*FRAMEWORKS, "sphinx", "docutils"}, path
        assert not {name for name in names if name.startswith(tuple(left))}, path


def test_the_facts_import_nothing_of_the_project(repository: Path) -> None:
    assert not [name for name in imports(repository / "sphinx_paramdoc" / "facts.py") if "paramdoc" in name]


def test_only_the_inspection_knows_keras(repository: Path) -> None:
    for path in inside(repository, "sphinx_paramdoc"):
        if path.parent.name != "inspection":
            assert not {name.partition(".")[0] for name in imports(path)} & FRAMEWORKS, path
