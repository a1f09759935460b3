"""Installed code of the documented project is its own, however the project states its name."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sphinx_paramdoc.machine import FirstParty, installed
from tests.sphinx_paramdoc.machine.distributions import install

BUILD_FILES = {
    "setup.py": {"setup.py": "from setuptools import setup\nsetup(name='spy', packages=['spy'])\n"},
    "setup.py with names": {
        "setup.py": "import setuptools\nNAME = 'spy'\nGIVEN = dict(name=NAME)\nsetuptools.setup(**GIVEN)\n"
    },
    "setup.py that runs something": {
        "setup.py": "from setuptools import setup\nraise AssertionError('run')\nsetup(name=open('name').read())\n"
    },
    "setup.py that does not parse": {"setup.py": "print 'Python 2'\n"},
    "setup.cfg": {"setup.cfg": "[metadata]\nname = spy\n", "pyproject.toml": "[build-system]\nrequires = []\n"},
    "setuptools": {"pyproject.toml": "[project]\nname = 'spy'\n"},
    "flit": {"pyproject.toml": "[build-system]\nrequires = ['flit_core']\n[tool.flit.metadata]\nmodule = 'spy'\n"},
    "poetry": {"pyproject.toml": "[tool.poetry]\nname = 'spy'\n"},
    "hatch": {"pyproject.toml": "[project]\nname = 'spy'\ndynamic = ['version']\n"},
    "pdm": {"pyproject.toml": "[project]\nname = 'spy'\n[tool.pdm.build]\npackage-dir = '.'\n"},
    "uv": {"pyproject.toml": "[project]\nname = 'spy'\n[tool.uv.build-backend]\nmodule-root = ''\n"},
    "maturin": {"pyproject.toml": "[project]\nname = 'spy'\n[tool.maturin]\npython-source = '.'\n"},
    "scikit-build": {"pyproject.toml": "[project]\nname = 'spy'\n[tool.scikit-build.wheel]\npackages = ['spy']\n"},
    "meson": {"meson.build": "project('spy', 'c')\n", "pyproject.toml": "[build-system]\nrequires = []\n"},
}
"""A build tool → the files by which a project tells it its name."""

PLACES = {
    "at the root": ("spy/__init__.py", {}),
    "a module": ("spy.py", {}),
    "src": ("src/spy/__init__.py", {}),
    "a monorepo": ("packages/spy/spy/__init__.py", {"packages/spy/setup.py": "setup(name=name())"}),
    "src of a monorepo": ("packages/spy/src/spy/__init__.py", {"packages/spy/setup.py": "setup(name=name())"}),
    "setup.py says": ("lib/spy/__init__.py", {"setup.py": "setup(package_dir={'': 'lib'}, name=name())"}),
    "setup.py finds": ("lib/spy/__init__.py", {"setup.py": "setup(packages=find_packages('lib'), name=name())"}),
    "setup.py renames": ("lib/__init__.py", {"setup.py": "setup(package_dir={'spy': 'lib'}, name=name())"}),
    "setup.cfg says": ("lib/spy/__init__.py", {"setup.cfg": "[options]\npackage_dir =\n    = lib\n"}),
    "setup.cfg finds": ("lib/spy/__init__.py", {"setup.cfg": "[options]\n[options.packages.find]\nwhere = lib\n"}),
    "setuptools finds": (
        "lib/spy/__init__.py",
        {"pyproject.toml": "[build-system]\n[tool.setuptools.packages.find]\nwhere = ['lib']\n"},
    ),
    "setuptools says": (
        "lib/spy/__init__.py",
        {"pyproject.toml": "[build-system]\n[tool.setuptools.package-dir]\n'' = 'lib'\n"},
    ),
    "poetry says": (
        "lib/spy/__init__.py",
        {"pyproject.toml": "[build-system]\n[tool.poetry]\npackages = [{include = 'spy', from = 'lib'}]\n"},
    ),
    "hatch says": (
        "lib/spy/__init__.py",
        {"pyproject.toml": "[build-system]\n[tool.hatch.build.targets.wheel]\npackages = ['lib/spy']\n"},
    ),
    "flit says": ("spy/__init__.py", {"pyproject.toml": "[build-system]\n[tool.flit.module]\nname = 'spy'\n"}),
    "pdm says": ("lib/spy/__init__.py", {"pyproject.toml": "[build-system]\n[tool.pdm.build]\npackage-dir = 'lib'\n"}),
    "uv says": (
        "lib/spy/__init__.py",
        {"pyproject.toml": "[build-system]\n[tool.uv.build-backend]\nmodule-root = 'lib'\n"},
    ),
    "maturin says": (
        "python/spy/__init__.py",
        {"pyproject.toml": "[build-system]\n[tool.maturin]\npython-source = 'python'\n"},
    ),
}
"""Where a package may lie in a repository → a file of it, and the build files that say so."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what is installed; what is on this machine beside it, hundreds of packages, is not looked at."""
    made = tmp_path / "env" / "lib" / "site-packages"
    made.mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(made), *(folder for folder in sys.path if "site-packages" not in folder)])
    return made


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    made = tmp_path / "repository"
    (made / "docs").mkdir(parents=True)
    (made / ".git").mkdir()
    return made


def write(folder: Path, *empty: str, **files: str) -> None:
    for name, text in {**dict.fromkeys(empty, ""), **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def owns(repository: Path, site: Path, module: str = "spy", file: str = "spy/__init__.py") -> bool:
    return FirstParty.of(repository / "docs").owns_module(module, str(site / file))


@pytest.mark.parametrize("tool", BUILD_FILES)
@pytest.mark.parametrize("is_from_an_index", [False, True])
def test_whatever_states_the_name(repository: Path, site: Path, tool: str, is_from_an_index: bool) -> None:
    write(repository, "spy/__init__.py", **BUILD_FILES[tool])
    install(site, "spy", "spy/__init__.py", "spy/deep.py", source=None if is_from_an_index else repository)
    assert owns(repository, site)
    assert owns(repository, site, "spy.deep", "spy/deep.py")
    assert not owns(repository, site, "spyglass", "spyglass/__init__.py")


@pytest.mark.parametrize("place", PLACES)
def test_wherever_the_package_lies(repository: Path, site: Path, place: str) -> None:
    file, build_files = PLACES[place]
    write(repository, file, **{"setup.py": "setup(name=name())", **build_files})
    install(site, "anything", "spy/__init__.py")
    assert owns(repository, site)


def test_an_installation_says_where_it_is_from(repository: Path, site: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    install(site, "a", "a/__init__.py", source=repository / "packages" / "a")
    install(site, "b", "b/__init__.py", source=tmp_path / "other")
    install(site, "c", "c/__init__.py", source="https://example.org/c.tar.gz")
    install(site, "d", "d.py", source=repository / "dist" / "d-1.0-py3-none-any.whl")
    install(site, "e", "e/__init__.py").joinpath("direct_url.json").write_text("[")
    write(repository, "b/__init__.py", "c/__init__.py")
    found = {name: owns(repository, site, name, f"{name}/__init__.py") for name in "abcde"}
    assert found == {"a": True, "b": False, "c": False, "d": True, "e": False}


def test_a_package_of_another_project_is_not_its_own_though_a_folder_is_called_so(repository: Path, site: Path) -> None:
    write(repository, "utils/__init__.py", "tests/__init__.py", **{"pyproject.toml": "[project]\nname = 'spy'\n"})
    install(site, "utils", "utils/__init__.py")
    install(site, "careless", "careless/__init__.py", "tests/__init__.py")
    assert not owns(repository, site, "utils", "utils/__init__.py")
    assert not owns(repository, site, "tests", "tests/__init__.py")


@pytest.mark.parametrize(
    ("home", "is_own"),
    [
        ("https://github.com/me/spy", True),
        ("https://github.com/Me/Spy.git", True),
        ("https://github.com/others/spy", False),
        ("https://spy.readthedocs.io", True),
    ],
)
def test_where_no_name_is_stated_the_address_decides(repository: Path, site: Path, home: str, is_own: bool) -> None:
    write(
        repository,
        "spy/__init__.py",
        **{
            "setup.py": "setup(name=name())",
            ".git/config": '[core]\n\tbare = false\n[remote "origin"]\n\turl = git@github.com:me/spy.git\n',
        },
    )
    install(site, "spy", "spy/__init__.py", metadata=f"Project-URL: Source, {home}")
    assert owns(repository, site) is is_own


@pytest.mark.parametrize("name", ["keras", "tensorflow", "torch", "jax", "tf_keras", "numpy"])
def test_frameworks_never_are_unless_the_project_says_so(repository: Path, site: Path, name: str) -> None:
    file = f"{name}/__init__.py"
    write(repository, file, **{"pyproject.toml": f"[project]\nname = '{name}'\n"})
    install(site, name, file, source=repository)
    assert not owns(repository, site, name, file)
    assert FirstParty.of(repository / "docs", [name]).owns_module(name, str(site / file))


def test_of_a_namespace_only_what_the_project_brings(repository: Path, site: Path) -> None:
    install(site, "space-spy", "space/spy/__init__.py", "space/single.py", source=repository)
    install(site, "space-other", "space/other/__init__.py")
    assert owns(repository, site, "space.spy.deep", "space/spy/deep.py")
    assert owns(repository, site, "space.single", "space/single.py")
    assert not owns(repository, site, "space.other", "space/other/__init__.py")


def test_what_an_editable_installation_adds_is_nobodys(repository: Path, site: Path) -> None:
    install(site, "spy", "__editable___spy_1_0_finder.py", source=repository)
    assert not owns(repository, site, "__editable___spy_1_0_finder", "__editable___spy_1_0_finder.py")


def test_build_files_that_are_none(repository: Path, site: Path) -> None:
    for name in ("pyproject.toml", "setup.cfg", "setup.py", "meson.build"):
        (repository / name).write_bytes(b"\xff\xfe[project\n")
    (repository / "deep" / "setup.py").mkdir(parents=True)
    assert not owns(repository, site)
    (repository / "pyproject.toml").write_text("project = 3\n[tool]\npoetry = [1]\nsetuptools = 'x'\n")
    assert not owns(repository, site)


@pytest.mark.slow
def test_a_real_installation_by_pip(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        repository,
        "spy/__init__.py",
        **{
            "setup.py": "import setuptools\nsetuptools.setup()\n",
            "setup.cfg": "[metadata]\nname = a-spy\nversion = 1\n[options]\npackages = spy\n",
        },
    )
    site = tmp_path / "target" / "site-packages"
    pip = [sys.executable, "-m", "pip", "install", "--no-index", "--no-deps", "--no-build-isolation"]
    done = subprocess.run(
        [*pip, "--target", site, repository], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    shutil.rmtree(repository / "a_spy.egg-info", ignore_errors=True)
    monkeypatch.syspath_prepend(site)
    assert owns(repository, site)


class TestInstalled:
    def test_the_owner_of_a_file(self, site: Path) -> None:
        install(site, "space-a", "space/a/__init__.py", version="1")
        install(site, "space-b", "space/b/__init__.py", version="2")
        install(site, "Py.Yaml", "yaml_like/__init__.py", "_yaml_like.cpython-311-x86_64-linux-gnu.so", version="3")
        names = ("space/a/__init__.py", "space/b/__init__.py", "yaml_like/x.py", "_yaml_like.so", "nothing/x.py")
        owners = [installed.owner(str(site / name)) for name in names]
        assert [owner.version if owner else None for owner in owners] == ["1", "2", "3", "3", None]
        assert installed.owner("/nowhere/x.py") is None

    def test_what_is_required(self, site: Path) -> None:
        lines = "Requires-Dist: needed>=1; python_version > '3'\nRequires-Dist: Extra_One ; extra == 'more'"
        install(site, "needing", "needing.py", metadata=lines)
        install(site, "needed", "needed.py", metadata="Requires-Dist: Deep.Down (>=2)\nRequires-Dist: needing")
        assert installed.required_by(["Needing"]) == {"needing", "needed", "deep-down"}

    def test_what_lies_where(self) -> None:
        files = ["a/__init__.py", "a/b/__init__.py", "s/p/__init__.py", "s/m.py", "x.py", "no-name.py", "../bin/y.py"]
        assert installed.modules([*files, "c.abi3.so", "a/__pycache__/z.py", "d/data.txt"]) == {
            "a", "s.p", "s.m", "x", "c",
        }  # fmt: skip
