"""Which distributions are installed, and what is known of each: found without importing any."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib import metadata

import msgspec

FRAMEWORKS = frozenset({"keras", "tf_keras", "tensorflow", "jax", "jaxlib", "torch", "numpy", "openvino"})
"""The top-level modules of frameworks, whose versions count and never their content."""

_METADATA = ("METADATA", "PKG-INFO")
_MODULE = re.compile(r"([^\W\d]\w*)(\.py|\.[\w-]+\.(so|pyd)|\.(so|pyd))")
"""The file of a module, also of a compiled one: ``fast.cpython-311-x86_64-linux-gnu.so``."""


@cache
def version(module: str) -> str | None:
    """Return the version of the distribution that brings a top-level module; ``None`` where it is not installed."""
    found = named(module)
    if found is None:
        # Some come under other names: tensorflow-cpu, tf-nightly, keras-nightly.
        found = next(iter(_brought().get(module, ())), None)
    return found.version if found else None


@cache
def version_of(distribution: str) -> str | None:
    """Return the version of a distribution; ``None`` where it is not installed."""
    found = named(distribution)
    return found.version if found else None


def normalized(name: str) -> str:
    """Write the name of a distribution as names are compared.

    Source: https://packaging.python.org/en/latest/specifications/name-normalization/
    """
    return re.sub(r"[-_.]+", "-", name).lower()


class Distribution(msgspec.Struct, frozen=True, dict=True):
    """An installed distribution."""

    installed: metadata.Distribution

    @cached_property
    def _headers(self) -> list[tuple[str, str]]:
        # Python's own reader takes a message of mail apart for it, which takes ten times as long.
        text = next(filter(None, map(self.installed.read_text, _METADATA)), "")
        head, _, _ = text.replace("\r\n", "\n").partition("\n\n")
        parts = (line.partition(":") for line in head.split("\n") if line[:1].isalpha())
        return [(name.lower(), value.strip()) for name, _, value in parts]

    def _said(self, name: str) -> Iterator[str]:
        return (value for header, value in self._headers if header == name)

    @property
    def name(self) -> str:
        """The name as its makers write it."""
        return next(self._said("name"), "")

    @property
    def version(self) -> str:
        """The version."""
        return next(self._said("version"), "")

    @property
    def addresses(self) -> list[str]:
        """Where the project says that it lives."""
        urls = (value.rpartition(",")[2].strip() for value in self._said("project-url"))
        return [*self._said("home-page"), *self._said("download-url"), *urls]

    @cached_property
    def required(self) -> list[str]:
        """The names of the distributions that it requires, on whichever system, without its extras."""
        found = []
        for requirement in self._said("requires-dist"):
            name = re.match(r"[\w.-]+", requirement)
            if name and not re.search(r";.*\bextra\b", requirement):
                found.append(normalized(name[0]))
        return found

    @property
    def direct_url(self) -> str | None:
        """The JSON that says where it was installed from, if not from an index."""
        return self.installed.read_text("direct_url.json")

    @cached_property
    def files(self) -> list[str]:
        """Its files, from the folder that it is installed in."""
        record = self.installed.read_text("RECORD")
        if record is not None:
            return [line.rpartition(",")[0].rpartition(",")[0].strip('"') for line in record.splitlines()]
        return [file.as_posix() for file in self.installed.files or ()]

    def brings(self, top: str) -> bool:
        """Tell whether a top-level module is among its files, or part of it."""
        record = self.installed.read_text("RECORD")
        if record is None:
            return top in self.top_levels
        return record.startswith((f"{top}/", f"{top}.")) or f"\n{top}/" in record or f"\n{top}." in record

    @property
    def folder(self) -> str:
        """The folder that it is installed in."""
        return os.path.normpath(str(self.installed.locate_file("")))

    @cached_property
    def top_levels(self) -> frozenset[str]:
        """The top-level modules that it brings, or shares in."""
        said = self.installed.read_text("top_level.txt")
        if said and said.strip():
            return frozenset(said.split())
        return frozenset(name.partition(".")[0] for name in modules(self.files))


def modules(files: Iterable[str]) -> set[str]:
    """Return the outermost packages and modules among files; of a namespace that many share, what lies in it."""
    ways = [file.split("/") for file in files if not file.startswith((".", "/")) and "__pycache__" not in file]
    found = [(way[:-1], match[1]) for way in ways if (match := _MODULE.fullmatch(way[-1]))]
    packages = {tuple(way) for way, name in found if name == "__init__"}
    names = set()
    for way, name in found:
        depths = range(1, len(way) + 1)
        whole = next((way[:depth] for depth in depths if tuple(way[:depth]) in packages), [*way, name])
        if all(map(str.isidentifier, whole)):
            names.add(".".join(whole))
    return names


def named(name: str) -> Distribution | None:
    """Return the distribution of a name."""
    return _named(name, tuple(sys.path)) if name else None


@cache
def _named(name: str, _path: tuple[str, ...]) -> Distribution | None:
    try:
        return Distribution(metadata.distribution(name))
    except (metadata.PackageNotFoundError, ValueError):
        return None


def all_installed() -> list[Distribution]:
    """Return every distribution that is installed where this process imports from."""
    return _all_installed(tuple(sys.path))


@cache
def _all_installed(_path: tuple[str, ...]) -> list[Distribution]:
    return [Distribution(found) for found in metadata.distributions()]


def owner(file: str) -> Distribution | None:
    """Return the distribution that a file was installed with."""
    return _owner(os.path.normpath(file), tuple(sys.path))


@cache
def _owner(file: str, path: tuple[str, ...]) -> Distribution | None:
    folders = (os.path.normpath(entry) + os.sep for entry in path if entry)
    folder = max((folder for folder in folders if file.startswith(folder)), key=len, default=None)
    if folder is None or folder not in _folders(path):
        return None
    inside = file[len(folder) :].replace(os.sep, "/")
    top = re.split(r"[/.]", inside, maxsplit=1)[0]
    likely = named(top)
    candidates = [likely] if likely and likely.brings(top) else _brought().get(top, [])
    here = [each for each in candidates if each.folder + os.sep == folder]
    return here[0] if len(here) == 1 else next((each for each in here if inside in each.files), None)


@cache
def _folders(_path: tuple[str, ...]) -> frozenset[str]:
    """Return the folders that distributions are installed in."""
    return frozenset(each.folder + os.sep for each in all_installed())


def _brought() -> dict[str, list[Distribution]]:
    return _brought_by(tuple(sys.path))


@cache
def _brought_by(_path: tuple[str, ...]) -> dict[str, list[Distribution]]:
    """Return the distributions that bring each top-level module."""
    brought: dict[str, list[Distribution]] = {}
    for each in sorted(all_installed(), key=lambda each: each.name):
        for top in each.top_levels:
            brought.setdefault(top, []).append(each)
    return brought


def required_by(names: Iterable[str]) -> set[str]:
    """Return the distributions that some need, by their metadata and at any depth, themselves included."""
    found: set[str] = set()
    pending = [normalized(name) for name in names]
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            distribution = named(name)
            pending.extend(distribution.required if distribution else ())
    return found
