"""What strangers read: every file, test and line that it names is there, and its examples run."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

import sphinx_paramdoc
from sphinx_paramdoc import facts
from tests.imports import imported, sources
from tests.sphinx_paramdoc.test_imports import COMMANDS, ROOMS

PAGES = ("index", "house", "formula", "keras-change", "option", "column", "format", "framework", "language")

NEW = {
    "tests/sphinx_paramdoc/inspection/test_tinynets.py",
    "tests/sphinx_paramdoc/sphinx_ext/test_unfold.py",
    "tests/sphinx_paramdoc/table/test_tensors_column.py",
    "tests/sphinx_paramdoc/rendering/test_spreadsheet.py",
    "sphinx_paramdoc/rendering/spreadsheet.py",
    "sphinx_paramdoc/inspection/tinynets.py",
    "sphinx_paramdoc/locale/eo/LC_MESSAGES/sphinx_paramdoc.po",
    "docs/_build/html",
    "docs/_build/html/index.html",
}
"""What the examples make."""

NEW_TESTS = {Path(path).stem for path in NEW}

_PATH = re.compile(r"(?<![\w./-])(?:sphinx_paramdoc|flake8_paramdoc|docs|tests|benchmarks|\.ci|\.github)/[\w./-]*\w/?")
_TEST = re.compile(r"(?<![\w/])test_\w+(?!\w*\.rst)")
_LINK = re.compile(r"\[[^\]]*\]\((?!https?:)([^)#]+)")


def read(repository: Path, page: str) -> str:
    return (repository / "docs" / "contributing" / f"{page}.rst").read_text(encoding="utf-8")


def test_each_page_is_in_the_manual(repository: Path) -> None:
    folder = repository / "docs" / "contributing"
    assert {page.stem for page in folder.glob("*.rst")} == set(PAGES)
    listed = re.findall(r"^   ([\w-]+)$", read(repository, "index"), re.MULTILINE)
    assert listed == [page for page in PAGES if page != "index"]


@pytest.mark.parametrize("page", [*(f"docs/contributing/{page}.rst" for page in PAGES), "CONTRIBUTING.md", "README.md"])
def test_every_path_that_is_named_exists(repository: Path, page: str) -> None:
    named = set(_PATH.findall((repository / page).read_text(encoding="utf-8")))
    assert named
    assert [path for path in sorted(named - NEW) if not (repository / path).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_exists(repository: Path, page: str) -> None:
    files = list((repository / "tests").rglob("test_*.py"))
    there = {path.stem for path in files} | {
        name for path in files for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
    }
    text = read(repository, page)
    written = re.findall(r"def (test_\w+)", text)  # in an example
    named = {name.removesuffix(".py") for name in _TEST.findall(text)}
    assert named - there - NEW_TESTS - set(written) == set()


@pytest.mark.parametrize("page", ["option", "column", "format", "framework", "language"])
def test_what_an_example_replaces_is_there(repository: Path, page: str) -> None:
    blocks = re.findall(r"^   --- (\S+)\n((?:   [-+ ].*\n)+)", read(repository, page), re.MULTILINE)
    assert blocks
    for file, lines in blocks:
        source = (repository / file).read_text(encoding="utf-8").splitlines()
        gone = [line[4:] for line in lines.splitlines() if line[3] in "- "]
        assert [line for line in gone if line not in source] == [], file


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "SECURITY.md", "README.md", "CHANGELOG.md"])
def test_links_resolve(repository: Path, page: str) -> None:
    links = _LINK.findall((repository / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (repository / link).exists()] == []


def test_contributing_leads_to_every_page(repository: Path) -> None:
    links = _LINK.findall((repository / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert {Path(link).stem for link in links if link.endswith(".rst")} == {page for page in PAGES if page != "index"}


def test_the_reference_has_every_public_name(repository: Path) -> None:
    reference = (repository / "docs" / "reference.rst").read_text(encoding="utf-8")
    named = {
        name.rpartition(".")[2] for name in re.findall(r"^\.\. auto\w+:: (\S+?)(?:\(.*)?$", reference, re.MULTILINE)
    }
    # Sphinx calls the one, and packaging tools read the other.
    assert {*sphinx_paramdoc.__all__} - {"setup", "__version__"} <= named
    language = [value for value in vars(facts).values() if getattr(value, "__module__", "") == facts.__name__]
    assert {value.__name__ for value in language if isinstance(value, type)} <= named


def test_the_quick_start_says_which_file_to_open(repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    command, _, rest = readme.partition("-m sphinx -W docs docs/_build/html\n")
    assert command != readme
    assert "`docs/_build/html/index.html`" in rest.partition("```sh")[0]


def test_code_owners_own_what_is_there(repository: Path) -> None:
    lines = (repository / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    assert rules
    for pattern, *owners in rules:
        assert owners, pattern
        assert all(owner.startswith("@") for owner in owners)
        assert list(repository.glob(pattern.strip("/"))), pattern


ROOM = re.compile(r"^   \* - ``([\w.]+)``\n     - .*\n     - (.*)$", re.MULTILINE)


EVERYWHERE = {"sphinx_paramdoc.version", "sphinx_paramdoc.handing_on"}
"""What every room may import."""


def test_the_house_says_who_imports_whom(repository: Path) -> None:
    told = {
        room: {_full(name, room) for name in re.findall("``([\\w.]+)``", names)}
        for room, names in ROOM.findall(read(repository, "house"))
    }
    found: dict[str, set[str]] = {}
    for package in ("sphinx_paramdoc", "flake8_paramdoc"):
        for module, path in sources(repository, package).items():
            if (room := _room(module)) not in {package, *EVERYWHERE} and module not in COMMANDS:
                others = {_room(name) for name in imported(path, typing=True) if "_paramdoc." in name}
                found.setdefault(room, set()).update(
                    other if other.startswith(package) else other.partition(".")[0] for other in others - {room}
                )
    assert told.keys() == found.keys()
    for room, names in found.items():
        assert names - EVERYWHERE <= told[room], room
        package, _, inside = room.partition(".")
        if package == "sphinx_paramdoc":  # no more than the rules allow
            assert {name.removeprefix(f"{package}.") for name in told[room]} <= ROOMS[inside], room


def _full(name: str, room: str) -> str:
    return name if name == "flake8_paramdoc" else f"{room.partition('.')[0]}.{name}"


def _room(module: str) -> str:
    return ".".join(module.split(".")[:2])


def test_the_framework_of_the_recipe_has_tables(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numpy")
    from sphinx_paramdoc.inspection import registry

    snippets = repository / "docs" / "snippets" / "contributing"

    def load(name: str, file: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, snippets / file)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        return module

    load("tinynets", "tinynets.py")
    load("sphinx_paramdoc.inspection.tinynets", "inspection_tinynets.py")
    [entry] = re.findall(r"^   \+    (Framework\(.*\)),$", read(repository, "framework"), re.MULTILINE)
    written = {keyword.arg: ast.literal_eval(keyword.value) for keyword in ast.parse(entry).body[0].value.keywords}
    monkeypatch.setitem(registry.FRAMEWORKS, written["module"], registry.Framework(**written))
    tests = load("test_tinynets", "test_tinynets.py")
    ran = [test() for name, test in vars(tests).items() if name.startswith("test_")]
    assert len(ran) == 2
