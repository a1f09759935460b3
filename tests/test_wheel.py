"""What an installation lays into people's site-packages."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import sphinx_paramdoc

pytest.importorskip("hatchling")
pytestmark = pytest.mark.slow

PACKAGES = ("flake8_paramdoc", "sphinx_paramdoc")


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files in the project's wheel, built by the backend of this environment: an isolated build would fetch one."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [path] = folder.iterdir()
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_wheel_holds_the_two_packages_alone(wheel: dict[str, bytes]) -> None:
    about = f"sphinx_paramdoc-{sphinx_paramdoc.__version__}.dist-info"
    assert {name.partition("/")[0] for name in wheel} == {*PACKAGES, about}


@pytest.mark.parametrize("package", PACKAGES)
def test_the_wheel_holds_each_file_of(package: str, wheel: dict[str, bytes], repository: Path) -> None:
    files = {
        path.relative_to(repository).as_posix(): path.read_bytes()
        for path in (repository / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name: held for name, held in wheel.items() if name.startswith(f"{package}/")} == files


def test_the_wheel_holds_what_is_not_code(wheel: dict[str, bytes]) -> None:
    """Without the marks mypy would not believe the packages' types, and without the stylesheet a table is bare.

    Without the catalogues it speaks English in a German manual.
    """
    assert {
        "flake8_paramdoc/py.typed",
        "sphinx_paramdoc/locale/de/LC_MESSAGES/sphinx_paramdoc.po",
        "sphinx_paramdoc/locale/ja/LC_MESSAGES/sphinx_paramdoc.po",
        "sphinx_paramdoc/locale/sphinx_paramdoc.pot",
        "sphinx_paramdoc/py.typed",
        "sphinx_paramdoc/static/paramdoc.css",
        "sphinx_paramdoc/static/paramdoc.js",
    } <= {*wheel}


def test_the_benchmarks_run_in_a_clone(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--help"], cwd=repository, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Measure side by side" in done.stdout
