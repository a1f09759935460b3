"""What two machines must have in common, so that a block gives the same on both."""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec

from sphinx_paramdoc.machine import installed
from sphinx_paramdoc.machine.digest import digest
from sphinx_paramdoc.machine.first_party import import_path, is_installed
from sphinx_paramdoc.version import __version__


class Identity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is installed on a machine that counts for every block."""

    python: str
    """The interpreter and its version: ``CPython 3.11.7``."""
    paramdoc: str
    """The version of this package, and a digest of its files, as two checkouts of one version may differ."""
    frameworks: dict[str, str]
    """The versions of the frameworks that are installed."""


@cache
def here() -> Identity:
    """Return the identity of this machine, as this process sees it."""
    versions = {name: version for name in sorted(installed.FRAMEWORKS) if (version := installed.version(name))}
    return Identity(
        f"{platform.python_implementation()} {platform.python_version()}",
        f"{__version__} ({_digest_of_package()})",
        versions,
    )


def _digest_of_package() -> str:
    package = Path(__file__).parents[1]
    files = sorted(package.rglob("*.py"))
    lines = (f"{file.relative_to(package).as_posix()} {digest(str(file))}\n" for file in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:12]


def sees() -> str:
    """Return what processes have in common that see the same files; '' where the system does not tell."""
    with contextlib.suppress(OSError):
        system = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{system} {Path('/proc/self/ns/mnt').readlink()}"
    return ""


def differences(expected: Identity, found: Identity) -> Iterator[str]:
    """Yield in what another machine differs from this one, each as part of a sentence that says *there* and *here*.

    A framework that either of them lacks is not compared: it may have been left out of this one on purpose, and a
    block that needs it where it is missing says so.

    :param expected: the identity of this one.
    :param found: that of the other.
    """
    for name, there, own in (
        ("Python", found.python, expected.python),
        ("sphinx-paramdoc", found.paramdoc, expected.paramdoc),
        *((name, found.frameworks.get(name), version) for name, version in expected.frameworks.items()),
    ):
        if there is not None and there != own:
            yield f"{name} is {there} there, and {own} here"


def portable_path(path: Sequence[str]) -> list[str | None]:
    """Return where a process imports from, for another machine: ``None`` stands for what is installed."""
    return list(dict.fromkeys(None if is_installed(entry + os.sep) else entry for entry in path))


def path_here(path: Sequence[str | None]) -> list[str]:
    """Return where this process is to import from what another machine's does.

    What is the project's own lies at the same place on both; what is installed, wherever this process has it.

    :param path: as `portable_path` gives it.
    """
    own = [entry for entry in import_path() if is_installed(entry + os.sep)]
    parts = [own if entry is None else [entry] for entry in path]
    return list(dict.fromkeys(entry for part in parts for entry in part))
