"""Which modules and files are the user's own, and where a module lies, found without importing anything."""

from __future__ import annotations

import importlib.machinery
import os
import site
import sys
import sysconfig
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from sphinx_paramdoc.machine import own_distributions

_INSTALLED = tuple(
    {
        folder.rstrip(os.sep) + os.sep
        for folder in (
            *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
            *site.getsitepackages(),
            site.getusersitepackages(),
            str(Path(__file__).parents[1]),
        )
    }
)
_LIBRARY = tuple(f"{sysconfig.get_path(name).rstrip(os.sep)}{os.sep}" for name in ("stdlib", "platstdlib"))
_INSTALLED_FOLDERS = {"site-packages", "dist-packages"}
_NOBODYS = ("<", str(Path(__file__).parents[1]) + os.sep)
"""How the files begin that belong to no project: code that stands in none, and this package."""


class FirstParty(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What belongs to the documented project."""

    root: str
    """The folder of the repository: the files in it are the project's own."""
    modules: list[str] = []
    """Top-level modules that are the project's own wherever they lie."""
    only_modules: bool = False
    """Whether no other module is."""

    @classmethod
    def of(cls, sources: str | Path, modules: Sequence[str] | None = None) -> FirstParty:
        """Find out what belongs to the project whose documentation lies in `sources`.

        :param modules: the top-level modules that belong to it, where the project says so.
        """
        folders = [Path(sources).absolute(), *Path(sources).absolute().parents]
        root = next((folder for folder in folders if any((folder / mark).exists() for mark in _MARKS)), folders[0])
        if modules is not None:
            return cls(str(root), list(modules), only_modules=True)
        return cls(str(root))

    def prepare(self) -> None:
        """Find out now what is to be known of what is installed; it is asked for later."""
        if not self.only_modules:
            own_distributions.owns(self.root, "", "")

    def owns_module(self, name: str, file: str) -> bool:
        """Tell whether a module is the project's own.

        Where the project does not say which are, each module is that is installed nowhere: it may lie beside the
        repository, or the documentation in no repository at all, and a table must not go stale for that. So is one
        whose distribution was installed from the repository.
        """
        if name.partition(".")[0] in self.modules:
            return True
        if self.only_modules:
            return False
        return is_own(file) or (not file.startswith(_NOBODYS) and own_distributions.owns(self.root, name, file))

    def owns_file(self, file: str) -> bool:
        """Tell whether a file, named by an absolute path, lies in the repository and is not installed there."""
        return _is_below(os.path.dirname(file), self.root)  # noqa: PTH120 - asked for every file that is opened


_MARKS = (".git", "pyproject.toml")


def is_own(file: str) -> bool:
    """Tell whether a file is somebody's own: neither installed, nor Python's, nor this package's.

    Code that stands in no file has a name in ``<``.
    """
    return not file.startswith(("<", *_INSTALLED)) and not _INSTALLED_FOLDERS & set(Path(file).parts)


def is_installed(file: str) -> bool:
    """Tell whether a file lies in a folder of installed packages, or of Python's own library.

    This package's own do not where it runs from a checkout.
    """
    return bool(_INSTALLED_FOLDERS & set(Path(file).parts)) or file.startswith(_LIBRARY)


def import_path(sources: str | Path = "") -> list[str]:
    """Return where this process imports from, whatever the working directory of another will be.

    :param sources: the folder of the documentation, where ``conf.py`` runs: a relative entry may be meant from there.
    """
    entries = [entry for entry in sys.path if isinstance(entry, str)]
    folders = [Path(base, entry) for entry in entries for base in ("", sources if entry else "")]
    return list(dict.fromkeys(os.path.abspath(folder) for folder in folders))  # noqa: PTH100 - without its ``..``


def locate(module: str, path: Sequence[str]) -> str | None:
    """Find the file of a module without importing it, nor the packages that it lies in.

    :param path: where Python imports from.
    """
    places: Sequence[str] | None = path
    found: importlib.machinery.ModuleSpec | None = None
    for depth, part in enumerate(module.split(".")):
        # By its last name alone, as for the full one Python would ask the packages around it.
        found = importlib.machinery.PathFinder.find_spec(part, places)
        if found is None and depth == 0:
            found = _editable(part)
        if found is None:
            return None
        places = list(found.submodule_search_locations or ())
    return found.origin if found and found.has_location else None


def _editable(name: str) -> importlib.machinery.ModuleSpec | None:
    """Ask the finders that editable installations bring."""
    for finder in sys.meta_path:
        if "editable" in getattr(finder, "__module__", "").lower():
            return finder.find_spec(name, None)
    return None


@cache
def _is_below(folder: str, root: str) -> bool:
    """Tell whether a folder is, by its name or by where links lead to, one of a repository's own."""
    places = {os.path.normpath(folder), os.path.realpath(folder)}
    roots = {root, os.path.realpath(root)}
    return any(
        f"{place}{os.sep}".startswith(root.rstrip(os.sep) + os.sep)
        and is_own(f"{place}{os.sep}")
        and not _is_in_environment(Path(place), root)
        for place in places
        for root in roots
    )


def _is_in_environment(folder: Path, root: str) -> bool:
    """Tell whether a folder below `root` is part of a virtual environment."""
    inside = (parent for parent in (folder, *folder.parents) if len(str(parent)) > len(root))
    return any((parent / "pyvenv.cfg").exists() for parent in inside)
