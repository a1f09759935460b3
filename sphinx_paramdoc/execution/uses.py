"""What a block used of the user's own: the modules that it imported, and the files that it opened."""

from __future__ import annotations

import importlib.util
import itertools
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from sphinx_paramdoc.execution.first_party import FirstParty


class Uses:
    """What this process has used since the object was made."""

    def __init__(self, first_party: FirstParty, before: Mapping[str, str] = {}) -> None:
        """Begin to look.

        :param before: the first-party modules that are imported already, with their files.
        """
        self._first_party = first_party
        self._before = before
        self._latest = next(reversed(sys.modules), None)
        self._opened: set[str] = set()
        self._written: set[str] = set()

    def watch_files(self) -> None:
        """Notice from now on which files are opened; Python has no way to stop it.

        What compiled libraries open by themselves, as HDF5 does, stays unseen.
        """
        sys.addaudithook(self._audit)

    def modules(self) -> dict[str, str]:
        """Give the first-party modules that are imported, with their files."""
        # Only those that came later: to touch each of thousands of modules would make a fork copy their memory.
        later = list(itertools.takewhile(lambda name: name != self._latest, reversed(sys.modules)))
        return dict(sorted({**self._before, **own_modules(self._first_party, later)}.items()))

    def files(self) -> list[str]:
        """Give the other first-party files that were opened to be read, and not written first."""
        modules = set(self.modules().values())
        return sorted(
            file
            for file in self._opened - self._written - modules
            if self._first_party.owns_file(file) and os.path.isfile(file)  # noqa: PTH113
        )

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event != "open":
            return
        path, mode, flags = arguments
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if not isinstance(path, str):
            return
        try:
            file = os.path.abspath(path)  # noqa: PTH100 - in a hook every microsecond counts
        except OSError:  # the working directory is gone
            return
        writes = set(mode) & set("wax+") if isinstance(mode, str) else flags & (os.O_WRONLY | os.O_RDWR)
        if writes:
            self._written.add(file)
        elif file.endswith(".pyc"):
            self._opened.add(_source_of(file))
        else:
            self._opened.add(file)


def own_modules(first_party: FirstParty, names: Iterable[str]) -> dict[str, str]:
    """Give those of the imported modules that are first-party, with their files."""
    found = {}
    for name in names:
        # Not by getattr: a module that loads lazily may run code for a name that it lacks.
        file = getattr(sys.modules.get(name), "__dict__", {}).get("__file__")
        if isinstance(file, str) and os.path.isabs(file) and first_party.owns_module(name, file):  # noqa: PTH117
            found[name] = file
    return found


def _source_of(compiled: str) -> str:
    try:
        return importlib.util.source_from_cache(compiled)
    except ValueError:  # it lies beside its source, or has none
        return compiled
