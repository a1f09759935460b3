"""Which of the installed modules came from a repository: its own code, wherever ``pip install`` has put it."""

from __future__ import annotations

import configparser
import json
import os
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from sphinx_paramdoc.machine import build_files, installed, regular
from sphinx_paramdoc.machine.build_files import Told
from sphinx_paramdoc.machine.installed import FRAMEWORKS, Distribution

_NEVER = FRAMEWORKS | {"sphinx_paramdoc", "flake8_paramdoc"}
"""What runs blocks is no part of what they document, not even in its own manual."""

_HOST_AND_PATH = re.compile(r"(?:\w+://)?(?:[^@/\s]+@)?([\w.-]+\.\w+)[:/]+([\w.-]+/[\w.-]+?)(?:\.git)?(?:[/#?].*)?")
"""The host, the owner and the name of a repository, as ``https://…`` and ``git@…:…`` write them."""


def owns(root: str, module: str, file: str) -> bool:
    """Tell whether an installed module came from the repository that a folder belongs to.

    That is so where its distribution was installed from there, as ``direct_url.json`` says, or has the name that a
    build file states; and where its package lies there, and nothing says that the distribution is another project's.
    """
    top = module.partition(".")[0]
    if top not in _top_levels(root):  # nearly all, and there are thousands
        return False
    own = _modules(root)
    parts = module.split(".")
    return any(".".join(parts[:count]) in own for count in range(1, len(parts) + 1)) or (
        top in _packages(root) and _is_of(root, installed.owner(file))
    )


@cache
def _top_levels(root: str) -> frozenset[str]:
    """Return the top-level modules that may be a repository's own."""
    found = {name.partition(".")[0] for name in _modules(root)} | _packages(root)
    return frozenset(name for name in found - _NEVER if not name.startswith("__editable__"))


@cache
def repository(root: str) -> Path:
    """Return the folder of the Git repository that a folder lies in, or else that folder."""
    return next((folder for folder in (Path(root), *Path(root).parents) if (folder / ".git").exists()), Path(root))


@cache
def _told(root: str) -> list[Told]:
    return build_files.read(repository(root))


@cache
def _names(root: str) -> frozenset[str]:
    return frozenset(installed.normalized(name) for told in _told(root) for name in told.names)


@cache
def _modules(root: str) -> frozenset[str]:
    """Return the modules of the distributions that were installed from a repository, or have its name."""
    here = os.path.realpath(repository(root))
    own = [each for each in installed.all_installed() if _is_from(here, each)]
    own += [found for name in _names(root) if (found := installed.named(name))]
    return frozenset(name for each in own for name in installed.modules(each.files) if name not in _NEVER)


def _is_from(folder: str, distribution: Distribution) -> bool:
    """Tell whether a distribution was installed from a folder, or from a file in it."""
    try:
        url = urlsplit(json.loads(distribution.direct_url or "{}").get("url", ""))
        place = os.path.realpath(url2pathname(url.path)) if url.scheme == "file" else ""
    except (ValueError, AttributeError, TypeError, OSError):
        return False
    return f"{place}{os.sep}".startswith(folder.rstrip(os.sep) + os.sep)


@cache
def _packages(root: str) -> frozenset[str]:
    """Return the packages and modules that lie in a repository where an installation takes them from."""
    told = _told(root)
    folders = {repository(root), *(each.folder for each in told), *(place for each in told for place in each.folders)}
    found = {name for each in told for name in each.packages}
    for folder in {place for each in folders for place in (each, each / "src")}:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    name = entry.name.removesuffix(".py") if entry.is_file() else entry.name
                    if name != entry.name or Path(entry.path, "__init__.py").exists():
                        found.add(name)
        except OSError:
            continue
    return frozenset(found)


def _is_of(root: str, distribution: Distribution | None) -> bool:
    """Tell whether a distribution, whose package lies in a repository as well, is no other project's."""
    if distribution is None or distribution.direct_url is not None:
        return False
    if installed.normalized(distribution.name) in _names(root):
        return True
    folders = {each.folder for each in _told(root)}
    if folders and all(any(each.names for each in _told(root) if each.folder == folder) for folder in folders):
        return False
    homes = {home for url in distribution.addresses if (home := _home(url))}
    own = _remotes(repository(root))
    return not homes or not own or bool(homes & own)


def _remotes(folder: Path) -> set[str]:
    """Return where a Git repository is kept besides, as its configuration says."""
    try:
        text = regular.read(folder / ".git" / "config", 2**20).decode("utf-8", "replace")
        parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
        parser.read_string("\n".join(line.strip() for line in text.splitlines()))
    except (OSError, configparser.Error):
        return set()
    urls = [parser.get(section, "url", fallback="") for section in parser.sections() if section.startswith("remote")]
    return {home for url in urls if (home := _home(url))}


def _home(url: str) -> str:
    """Return the host, the owner and the name of a repository, or ''."""
    found = _HOST_AND_PATH.fullmatch(unquote(url.strip()))
    return f"{found[1]}/{found[2]}".lower().removesuffix(".git") if found else ""
