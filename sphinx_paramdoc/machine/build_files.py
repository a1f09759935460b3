"""What the build files of a repository say: the names of its projects, and where their packages lie.

They are read as data, a ``setup.py`` as a syntax tree: nothing in them runs.
"""

from __future__ import annotations

import ast
import configparser
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from sphinx_paramdoc.machine import regular

_MOST_FOLDERS = 2000
"""Of a repository that is larger than this, only so many folders are looked through for build files."""

_DEEPEST = 4
"""Build files lie no deeper than this below the root."""

_LONGEST = 2**20
"""No build file that a person writes holds more bytes."""

_NOT_OF_THE_PROJECT = frozenset({"node_modules", "site-packages", "dist-packages", "__pycache__", "build", "dist"})


class Told(msgspec.Struct):
    """What one build file says."""

    folder: Path
    names: set[str] = set()
    """The names of the project, as it states them; none where a program makes the name."""
    folders: set[Path] = set()
    """Where its packages lie, besides beside it and in ``src``."""
    packages: set[str] = set()
    """The packages and modules that it names, wherever they lie."""

    def add_folder(self, place: Any) -> None:
        """Note a folder, written from that of the build file."""
        if isinstance(place, str) and not os.path.isabs(place):  # noqa: PTH117 - what is no path here is none there
            self.folders.add(Path(os.path.normpath(self.folder / place)))

    def add_package(self, name: Any) -> None:
        """Note a package or a module by its name, or by its folder."""
        if isinstance(name, str) and name:
            self.packages.add(PurePosixPath(name.replace(".", "/")).parts[-1 if "/" in name else 0])


def read(root: Path) -> list[Told]:
    """Return what each of the build files in a repository says."""
    return [told for folder in _folders(root) for told in _in(folder)]


def _folders(root: Path) -> Iterator[Path]:
    """Yield a folder and those below it, the outermost first, without those of other projects."""
    pending = [(root, 0)]
    for number, (folder, depth) in enumerate(pending):
        yield folder
        if depth >= _DEEPEST or number >= _MOST_FOLDERS:
            continue
        try:
            with os.scandir(folder) as entries:
                inside = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
        except OSError:
            continue
        for name in inside[:_MOST_FOLDERS]:
            if not name.startswith((".", "_build")) and name not in _NOT_OF_THE_PROJECT:
                place = folder / name
                if not place.joinpath("pyvenv.cfg").exists():
                    pending.append((place, depth + 1))


def _in(folder: Path) -> Iterator[Told]:
    for name, reader in _READERS.items():
        try:
            text = regular.read(folder / name, _LONGEST).decode("utf-8-sig").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError):
            continue
        told = Told(folder)
        try:
            is_of_a_project = reader(text, told)
        except Exception:  # somebody else's file, which may be anything
            is_of_a_project = name == "setup.py"
        if is_of_a_project:
            yield told


# pyproject.toml


def _pyproject(text: str, told: Told) -> bool:
    data = tomllib.loads(text)
    tools = _table(data, "tool")
    project, poetry, flit = _table(data, "project"), _table(tools, "poetry"), _table(tools, "flit")
    for stated in (project, poetry, _table(flit, "metadata")):
        _add_name(told, stated.get("name") or stated.get("dist-name") or stated.get("module"))
    told.add_package(_table(flit, "module").get("name"))
    for package in poetry.get("packages") or ():
        told.add_package(str(package.get("include", "")).partition("/")[0])
        told.add_folder(package.get("from"))
    _setuptools(_table(tools, "setuptools"), told)
    hatch = _table(_table(_table(tools, "hatch"), "build"), "targets")
    for build in (_table(_table(tools, "hatch"), "build"), _table(hatch, "wheel")):
        for key in ("packages", "only-include", "sources"):
            for place in build.get(key) or ():
                _add_place(told, place)
    told.add_folder(_table(_table(tools, "pdm"), "build").get("package-dir"))
    told.add_folder(_table(tools, "maturin").get("python-source"))
    told.add_package(_table(tools, "maturin").get("module-name"))
    told.add_folder(_table(_table(tools, "uv"), "build-backend").get("module-root"))
    for name in _texts(_table(_table(tools, "uv"), "build-backend").get("module-name")):
        told.add_package(name)
    for place in _texts(_table(_table(tools, "scikit-build"), "wheel").get("packages")):
        _add_place(told, place)
    # A file that holds the settings of tools alone describes no project.
    return bool(told.names or "project" in data or "build-system" in data)


def _setuptools(settings: Mapping[str, Any], told: Told) -> None:
    for package, place in _table(settings, "package-dir").items():
        told.add_folder(place)
        told.add_package(package)
    packages = settings.get("packages")
    for name in (*(packages if isinstance(packages, list) else ()), *_texts(settings.get("py-modules"))):
        told.add_package(name)
    for place in _texts(_table(_table(settings, "packages"), "find").get("where")):
        told.add_folder(place)


def _add_place(told: Told, place: Any) -> None:
    """Note the folder of a package: ``lib/spy``."""
    if isinstance(place, str):
        told.add_package(place.rstrip("/"))
        told.add_folder(os.path.dirname(place.rstrip("/")) or ".")  # noqa: PTH120


def _table(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def _texts(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [each for each in value or () if isinstance(each, str)]


def _add_name(told: Told, name: Any) -> None:
    if isinstance(name, str) and name:
        told.names.add(name)


# setup.cfg


def _setup_cfg(text: str, told: Told) -> bool:
    parser = configparser.RawConfigParser()
    parser.read_string(text)
    _add_name(told, parser.get("metadata", "name", fallback=""))
    options = dict(parser["options"]) if parser.has_section("options") else {}
    for line in _lines(options.get("package_dir", "")):
        package, _, place = line.partition("=")
        told.add_package(package.strip())
        told.add_folder(place.strip())
    for line in _lines(parser.get("options.packages.find", "where", fallback="")):
        told.add_folder(line)
    for key in ("packages", "py_modules"):
        for line in _lines(options.get(key, "")):
            if not line.startswith(("find:", "find_namespace:")):
                told.add_package(line)
    told.add_folder(parser.get("files", "packages_root", fallback=None))  # as pbr has it
    return bool(told.names) or any(section.startswith("options") for section in parser.sections())


def _lines(text: str) -> Iterable[str]:
    return filter(None, (part.strip() for part in re.split(r"[\n,]", text)))


# setup.py


def _setup_py(text: str, told: Told) -> bool:
    tree = ast.parse(text)
    known = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        given = _arguments(call, known)
        if called in {"find_packages", "find_namespace_packages"}:
            told.add_folder(_constant(call.args[0] if call.args else given.get("where"), known))
        if called != "setup":
            continue
        _add_name(told, _constant(given.get("name"), known))
        places = _constant(given.get("package_dir"), known)
        for package, place in places.items() if isinstance(places, dict) else ():
            told.add_package(package)
            told.add_folder(place)
        for key in ("packages", "py_modules"):
            for name in _texts(_constant(given.get(key), known)):
                told.add_package(name)
    return True


def _arguments(call: ast.Call, known: Mapping[str, ast.expr]) -> dict[str, ast.expr]:
    """Return the named arguments of a call, those of ``**dict(…)`` and ``**{…}`` included."""
    given: dict[str, ast.expr] = {}
    for keyword in call.keywords:
        value = known.get(keyword.value.id) if isinstance(keyword.value, ast.Name) else keyword.value
        if keyword.arg is not None:
            given[keyword.arg] = keyword.value
        elif isinstance(value, ast.Dict):
            pairs = zip(value.keys, value.values, strict=True)
            given |= {str(key.value): each for key, each in pairs if isinstance(key, ast.Constant)}
        elif isinstance(value, ast.Call):
            given |= _arguments(value, known)
    return given


def _constant(node: ast.expr | None, known: Mapping[str, ast.expr]) -> Any:
    """Return the value of a literal, or of a name for one; ``None`` for what a program would have to make."""
    if isinstance(node, ast.Name):
        node = known.get(node.id)
    try:
        return ast.literal_eval(node) if node is not None else None
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


# meson.build


def _meson(text: str, told: Told) -> bool:
    found = re.search(r"\bproject\s*\(\s*'([^'\n]+)'", text)
    _add_name(told, found[1] if found else None)
    return found is not None


_READERS: dict[str, Callable[[str, Told], bool]] = {
    "pyproject.toml": _pyproject,
    "setup.cfg": _setup_cfg,
    "setup.py": _setup_py,
    "meson.build": _meson,
}
"""Reads the text of a build file, and tells whether it describes a project."""
