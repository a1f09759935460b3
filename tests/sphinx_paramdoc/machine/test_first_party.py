"""What belongs to a project, and where its modules lie."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import json
import os
import sys
import time
from pathlib import Path

import msgspec
import pytest

import flake8_paramdoc  # noqa: F401 - one that is not installed
from sphinx_paramdoc import facts
from sphinx_paramdoc.execution.framework import installed_imports
from sphinx_paramdoc.execution.uses import Uses, own_modules
from sphinx_paramdoc.machine import FirstParty, locate
from sphinx_paramdoc.machine.digest import ABSENT


class TestFirstParty:
    def test_the_repository_is_the_nearest_folder_with_a_mark(self, tmp_path: Path) -> None:
        docs = tmp_path / "package" / "docs"
        docs.mkdir(parents=True)
        (tmp_path / ".git").mkdir()
        assert FirstParty.of(docs).root == str(tmp_path)
        (tmp_path / "package" / "pyproject.toml").write_text("[project]\nname = 'not-installed-at-all'\n")
        assert FirstParty.of(docs) == FirstParty(str(tmp_path / "package"))

    def test_without_a_mark_it_is_the_folder_of_the_documentation(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Path, "exists", lambda path: False)
        assert FirstParty.of(tmp_path).root == str(tmp_path)

    @pytest.mark.parametrize("text", ["[project]\nname = 'pytest'\n", "[project]\nname = 'PyTest'\n"])
    def test_the_modules_of_the_distribution_are_its_own(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "pyproject.toml").write_text(text)
        found = FirstParty.of(tmp_path)
        assert found.owns_module("pytest", "/usr/lib/site-packages/pytest/__init__.py")
        assert found.owns_module("_pytest.config", "/usr/lib/site-packages/_pytest/config/__init__.py")
        assert not found.owns_module("pluggy", "/usr/lib/site-packages/pluggy/__init__.py")

    @pytest.mark.parametrize("text", ["", "[project]\n", "not = toml =", "[tool.x]\ny = 3\n"])
    def test_a_pyproject_that_names_none(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "pyproject.toml").write_text(text)
        assert not FirstParty.of(tmp_path).owns_module("pytest", "/usr/lib/site-packages/pytest/__init__.py")

    def test_what_is_installed_nowhere_is_its_own(self, tmp_path: Path) -> None:
        """A table must not go stale because a package lies beside the documentation, and not in its repository."""
        found = FirstParty(str(tmp_path / "docs"))
        assert found.owns_module("beside", str(tmp_path / "beside.py"))
        assert not found.owns_module("numpy", "/usr/lib/python3/dist-packages/numpy/__init__.py")
        assert not found.owns_module("json", json.__file__)

    def test_a_project_may_say_which_modules_are_its_own(self, tmp_path: Path) -> None:
        found = FirstParty.of(tmp_path, ["mine"])
        assert found.owns_module("mine.deep", "/elsewhere/mine/deep.py")
        assert not found.owns_module("other", str(tmp_path / "other.py"))

    def test_what_is_installed_inside_the_repository_is_not_its_own(self, tmp_path: Path) -> None:
        found = FirstParty(str(tmp_path))
        assert found.owns_file(str(tmp_path / "a.py"))
        assert not found.owns_file(str(tmp_path / "lib" / "site-packages" / "a.py"))
        (tmp_path / "env" / "bin").mkdir(parents=True)
        (tmp_path / "env" / "pyvenv.cfg").touch()
        assert not found.owns_file(str(tmp_path / "env" / "bin" / "a.py"))
        assert not found.owns_file(str(tmp_path.parent / "a.py"))
        assert not found.owns_file(f"{tmp_path}-other/a.py")
        assert not found.owns_file(f"{tmp_path}/docs/../../x.py")

    def test_links_to_the_repository_and_out_of_it(self, tmp_path: Path) -> None:
        (tmp_path / "real" / "package").mkdir(parents=True)
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "real")
        (tmp_path / "real" / "out").symlink_to(tmp_path / "elsewhere")
        for root in ("real", "link"):
            found = FirstParty(str(tmp_path / root))
            for file in ("real/package/a.py", "link/package/a.py", f"{root}/out/a.py"):
                assert found.owns_file(str(tmp_path / file)), (root, file)
            assert not found.owns_file(str(tmp_path / "elsewhere2" / "a.py"))


class TestLocate:
    @pytest.fixture
    def path(self, tmp_path: Path) -> list[str]:
        """A folder whose packages must not be imported."""
        (tmp_path / "outer" / "inner").mkdir(parents=True)
        for file in ("outer/__init__.py", "outer/inner/__init__.py", "outer/inner/leaf.py", "single.py"):
            (tmp_path / file).write_text("raise AssertionError('imported')\n")
        (tmp_path / "space" / "part").mkdir(parents=True)
        (tmp_path / "space" / "part" / "leaf.py").touch()
        return [str(tmp_path)]

    @pytest.mark.parametrize(
        ("module", "file"),
        [
            ("single", "single.py"),
            ("outer", "outer/__init__.py"),
            ("outer.inner", "outer/inner/__init__.py"),
            ("outer.inner.leaf", "outer/inner/leaf.py"),
            ("space.part.leaf", "space/part/leaf.py"),
        ],
    )
    def test_files_are_found_without_importing(self, path: list[str], module: str, file: str) -> None:
        assert locate(module, path) == str(Path(path[0], file))
        assert module not in sys.modules

    @pytest.mark.parametrize("module", ["nix", "outer.nix", "single.nix", "space", "outer.inner.leaf.nix"])
    def test_what_is_no_file(self, path: list[str], module: str) -> None:
        assert locate(module, path) is None


def test_the_preambles_installed_packages(tmp_path: Path) -> None:
    (tmp_path / "mine.py").touch()
    preamble = (
        "import docutils.nodes, mine, nix, sys\nfrom msgspec import json as j\nfrom . import x\n"
        "try:\n    import psutil\nexcept ImportError: ...\n"
    )
    found = list(installed_imports(preamble, [str(tmp_path), *sys.path], FirstParty(str(tmp_path))))
    assert found == ["docutils.nodes", "msgspec"]
    assert list(installed_imports("import (", [], FirstParty(str(tmp_path)))) == []


class TestUses:
    @pytest.fixture(autouse=True)
    def _no_trace_in_this_process(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "modules", dict(sys.modules))

    def test_modules_and_files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: facts.Model) -> None:
        (tmp_path / "uses_own.py").write_text("import json\n")
        for name in ("read.txt", "os.txt", "both.txt"):
            (tmp_path / name).write_text("x")
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.chdir(tmp_path)
        uses = Uses(FirstParty(str(tmp_path)))
        uses.watch_files()
        __import__("uses_own")
        Path("read.txt").read_text()
        os.close(os.open(b"os.txt", os.O_RDONLY))
        Path("written.txt").write_text("x")
        Path("written.txt").read_text()
        with Path("both.txt").open("r+") as file:
            file.read()
        with pytest.raises(FileNotFoundError):
            Path("nix.txt").read_text()
        Path(os.fsdecode(b"b\xff.txt")).write_text("x")
        uses._written.clear()  # as if another had written it
        Path(os.fsdecode(b"b\xff.txt")).read_text()
        uses._written.update(str(tmp_path / name) for name in ("written.txt", "both.txt"))
        assert uses.modules() == {"uses_own": str(tmp_path / "uses_own.py")}
        assert uses.files() == [str(tmp_path / name) for name in ("nix.txt", "os.txt", "read.txt")]
        success = uses.success(seed)
        assert set(success.digests) == {*success.modules.values(), *success.files}
        assert success.digests[str(tmp_path / "nix.txt")] == ABSENT

    def test_modules_that_were_there_before(self, tmp_path: Path) -> None:
        (tmp_path / "uses_early.py").touch()
        module = importlib.util.module_from_spec(
            importlib.machinery.ModuleSpec("uses_early", None, origin=str(tmp_path / "uses_early.py"))
        )
        module.__file__ = str(tmp_path / "uses_early.py")
        sys.modules["uses_early"] = module
        first_party = FirstParty(str(tmp_path))
        early = own_modules(first_party, ["sys", "msgspec", "uses_early", "no_such_module"])
        assert early == {"uses_early": str(tmp_path / "uses_early.py")}
        assert Uses(first_party).modules() == {}
        assert Uses(first_party, early).modules() == early

    def test_files_beside_modules_that_are_in_no_repository(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("uses_pkg/__init__.py", "uses_pkg/a.json", "data.json", "site-packages/installed.json"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).touch()
        monkeypatch.syspath_prepend(tmp_path)
        uses = Uses(FirstParty(str(tmp_path / "docs")))
        uses.watch_files()
        for name in ("uses_pkg/a.json", "data.json", "site-packages/installed.json"):
            (tmp_path / name).read_text()
        assert uses.files() == []
        __import__("uses_pkg")
        assert uses.files() == [str(tmp_path / "data.json"), str(tmp_path / "uses_pkg" / "a.json")]

    def test_the_packages_that_layers_come_from_count(self, seed: facts.Model, tmp_path: Path) -> None:
        layers = [
            msgspec.structs.replace(layer, class_name=f"{package}.layers.Own")
            for layer, package in zip(seed.layers, ("msgspec", "flake8_paramdoc", "nix", "json"), strict=False)
        ]
        success = Uses(FirstParty(str(tmp_path))).success(msgspec.structs.replace(seed, layers=layers))
        assert success.versions == {"msgspec": msgspec.__version__}
        assert success.model.frameworks == seed.frameworks

    def test_a_file_that_changes_meanwhile_is_noticed(self, tmp_path: Path, seed: facts.Model) -> None:
        for age, is_settled in ((-10, True), (0, False), (10_000, True)):
            uses = Uses(FirstParty(str(tmp_path)))
            uses.watch_files()
            file = tmp_path / f"{age}.txt"
            file.touch()
            uses._written.clear()
            os.utime(file, (time.time() + age,) * 2)
            file.read_text()
            assert uses.success(seed).is_settled is is_settled

    def test_a_module_that_takes_itself_out_is_known_by_its_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "uses_gone.py").write_text("import sys\n")
        monkeypatch.syspath_prepend(tmp_path)
        for _ in range(2):  # from its source, and then from what Python compiled
            uses = Uses(FirstParty(str(tmp_path)))
            uses.watch_files()
            __import__("uses_gone")
            del sys.modules["uses_gone"]
            assert (uses.modules(), uses.files()) == ({}, [str(tmp_path / "uses_gone.py")])
