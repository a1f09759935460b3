"""Folders that hold flake8 and those of its plugins that are to be measured, and nothing else.

flake8 loads each plugin that is installed, so that every linter needs an environment of its own. Copies of what is
installed here do, without an index of packages: they are the same versions for all.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

import flake8_paramdoc
from benchmarks.measure import BenchmarkError

_OURS = "sphinx-paramdoc"
_SHOWN = ("flake8", "pycodestyle", "pyflakes", "flake8-bugbear", "torchfix", "libcst", "keras")


def install(names: Sequence[str], folder: Path) -> None:
    """Copy distributions, and all that they require, into a folder for `PYTHONPATH`.

    :raises BenchmarkError: where one is not installed.
    """
    for distribution in _required(names):
        if distribution.name == _OURS:
            _install_ours(distribution, folder)
            continue
        for file in distribution.files or ():
            if ".." not in file.parts and "__pycache__" not in file.parts:
                target = folder / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(file.locate()), target)


def _install_ours(distribution: metadata.Distribution, folder: Path) -> None:
    """Copy the plugin as it is imported here; a clone that is installed as editable has its files elsewhere."""
    package = Path(flake8_paramdoc.__file__).parent
    shutil.copytree(package, folder / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    about = folder / f"sphinx_paramdoc-{distribution.version}.dist-info"
    about.mkdir()
    for name in ("METADATA", "entry_points.txt"):
        (about / name).write_text(distribution.read_text(name) or "", encoding="utf-8")


def _required(names: Sequence[str]) -> Iterator[metadata.Distribution]:
    pending, seen = list(names), set[str]()
    while pending:
        name = pending.pop()
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            raise BenchmarkError(f"{name} is not installed: see benchmarks/requirements.txt") from None
        if distribution.name.lower() in seen:
            continue
        seen.add(distribution.name.lower())
        yield distribution
        if distribution.name == _OURS:
            continue  # its plugin needs the standard library alone
        for line in distribution.requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                pending.append(requirement.name)


def location(name: str) -> str:
    """Return the folder that an installed package is in, without importing it."""
    try:
        return str(metadata.distribution(name).locate_file(""))
    except metadata.PackageNotFoundError:
        raise BenchmarkError(f"{name} is not installed") from None


def versions() -> str:
    """Return the versions of what is measured."""
    return ", ".join(f"{name} {metadata.version(name)}" for name in _SHOWN)
