"""What a block used of the user's own: the modules that it imported, and the files that it opened."""

from __future__ import annotations

import importlib.util
import itertools
import os
import re
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sphinx_paramdoc import facts
from sphinx_paramdoc.execution.imports import Imports
from sphinx_paramdoc.execution.request import Success
from sphinx_paramdoc.inspection import BLOCK_MODULE
from sphinx_paramdoc.machine import installed
from sphinx_paramdoc.machine.digest import digest
from sphinx_paramdoc.machine.first_party import FirstParty, is_own

_DESCRIPTIONS = re.compile(r"\.(dist|egg)-info[/\\]")
"""What an installation says of a package differs with how it was installed, and makes no model."""

_COARSE = 0.02
"""Seconds by which the time of a file's change may lag behind the clock."""


class Uses:
    """What this process has used since the object was made."""

    def __init__(self, first_party: FirstParty, before: Mapping[str, str] = {}) -> None:
        """Begin to look.

        :param before: the first-party modules that are imported already, with their files.
        """
        self._first_party = first_party
        self._before = before
        self._latest = next(reversed(sys.modules), None)
        self._begin = time.time()
        self._opened: set[str] = set()
        self._written: set[str] = set()
        self.imports = Imports()

    def watch_files(self) -> None:
        """Notice from now on which files are opened; Python has no way to stop it.

        What compiled libraries open by themselves, as HDF5 does, stays unseen.
        """
        self._first_party.prepare()  # it reads files as well
        sys.addaudithook(self._audit)

    def success(self, model: facts.Model) -> Success:
        """Return a model with what it depends on."""
        modules, files = self.modules(), self.files()
        digests, is_settled = self.state({*modules.values(), *files})
        return Success(
            model,
            modules,
            files,
            digests=digests,
            is_settled=is_settled,
            versions=self._versions(model, modules),
        )

    def state(self, used: Collection[str]) -> tuple[dict[str, str], bool]:
        """Return the digests of files, and whether none of them changed while the block ran."""
        return {file: digest(file) for file in sorted(used)}, not any(map(self._is_new, used))

    def modules(self) -> dict[str, str]:
        """Return the first-party modules that are imported, with their files."""
        return dict(sorted({**self._before, **own_modules(self._first_party, self._later())}.items()))

    def files(self) -> list[str]:
        """Return the other first-party files that were opened to be read, and not written first.

        Those are the files of the repository, and those that lie with the first-party modules. One that was not
        there is among them: if it appears, the block may do something else.
        """
        modules = {file_of(name) for name in self._later()}
        folders = [f"{folder}{os.sep}" for folder in self._folders()]

        def is_with_modules(file: str) -> bool:
            return any(file.startswith(folder) and is_own(file) == is_own(folder) for folder in folders)

        return sorted(
            file
            for file in self._opened - self._written - modules
            if (self._first_party.owns_file(file) or is_with_modules(file))
            and not os.path.isdir(file)  # noqa: PTH112
            and not _DESCRIPTIONS.search(file)
            and _is_text(file.removeprefix(self._first_party.root))
        )

    def _versions(self, model: facts.Model, modules: Mapping[str, str]) -> dict[str, str]:
        """Return the versions of the installed distributions that the model leans on, apart from the frameworks.

        What a framework requires comes and goes with it, and what other packages import is their own affair: neither
        counts, so that an environment with more in it gives the same.
        """
        names = set(self.imports.names(lambda name, file: self._is_own_code(name, file, modules)))
        files = {file for name in (*names, *_makers(model)) if (file := file_of(name))} | self.imports.makers()
        # Nearly all are those of the frameworks, and need no look at what is installed.
        places = tuple(os.path.dirname(file) + os.sep for name in model.frameworks if (file := file_of(name)))  # noqa: PTH120
        owners = {
            owner
            for file in files
            if not file.startswith(places) and not is_own(file) and (owner := installed.owner(file))
        }
        if not owners:
            return {}
        own = {owner.name for file in modules.values() if not is_own(file) and (owner := installed.owner(file))}
        found = {owner.name: owner.version for owner in owners if owner.name not in own}
        frameworks = (installed.owner(file) for name in model.frameworks if (file := file_of(name)))
        required = installed.required_by([*model.frameworks, *(owner.name for owner in frameworks if owner)])
        left_out = required | {_OWN}
        return {name: found[name] for name in sorted(found) if installed.normalized(name) not in left_out}

    def _is_own_code(self, name: Any, file: Any, modules: Mapping[str, str]) -> bool:
        """Tell whether a module is the block, or first-party; code that was read from a file and run names that."""
        return (
            name == BLOCK_MODULE
            or name in modules
            or (isinstance(file, str) and name not in sys.modules and is_own(file))
        )

    def _folders(self) -> Iterator[str]:
        """Yield the folders that the first-party modules are imported from; of an installed package, its own."""
        for name, file in self.modules().items():
            folder, base = os.path.split(file)
            if "." not in name and is_own(file):
                yield os.path.dirname(folder) if base.startswith("__init__.") else folder  # noqa: PTH120
            elif "." not in name and base.startswith("__init__."):
                yield folder

    def _later(self) -> list[str]:
        # Only the modules that came later: to touch each of thousands would make a fork copy their memory.
        return list(itertools.takewhile(lambda name: name != self._latest, reversed(sys.modules)))

    def _is_new(self, file: str) -> bool:
        try:
            return self._begin - _COARSE <= os.stat(file).st_mtime <= time.time()  # noqa: PTH116
        except OSError:
            return False

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


_OWN = "sphinx-paramdoc"
"""What runs blocks makes no model; what it reads from one has a schema."""


def _makers(model: facts.Model) -> set[str]:
    """Return the top-level modules that the classes of layers come from, and the functions that explain them."""
    names: set[str] = set()
    layers = list(model.layers)
    while layers:
        layer = layers.pop()
        explainer = [layer.offer.explainer.partition(":")[0]] if layer.offer else []
        names.update((*explainer, *(name.partition(".")[0] for name in (layer.class_name, *layer.bases))))
        layers.extend(layer.children)
    return names


def own_modules(first_party: FirstParty, names: Iterable[str]) -> dict[str, str]:
    """Return the imported modules that are first-party, with their files."""
    files = ((name, file_of(name)) for name in names)
    return {name: file for name, file in files if file and first_party.owns_module(name, file)}


def file_of(module: str) -> str | None:
    """Return the file of an imported module, if it has one."""
    # Not by getattr: a module that loads lazily may run code for a name that it lacks.
    file = getattr(sys.modules.get(module), "__dict__", {}).get("__file__")
    return os.path.normpath(file) if isinstance(file, str) and os.path.isabs(file) else None  # noqa: PTH117


def _is_text(name: str) -> bool:
    """Tell whether a name can be written as Unicode, which those in other encodings cannot."""
    return not any("\ud800" <= sign <= "\udfff" for sign in name)


def _source_of(compiled: str) -> str:
    try:
        return importlib.util.source_from_cache(compiled)
    except ValueError:  # it lies beside its source, or has none
        return compiled
