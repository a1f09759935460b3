"""Loads a framework into this process, and what the preamble imports of installed packages, but no model."""

from __future__ import annotations

import ast
import contextlib
import gc
import importlib
from collections.abc import Iterable, Iterator, Sequence

from sphinx_paramdoc import inspection
from sphinx_paramdoc.execution import explainers
from sphinx_paramdoc.execution.request import Failure
from sphinx_paramdoc.inspection import DEFAULT, Inspection
from sphinx_paramdoc.machine import installed
from sphinx_paramdoc.machine.first_party import FirstParty, is_own, locate


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Look for no garbage while modules are imported, and never look through what is there by then.

    A framework makes a million objects that stay. To look through them again and again takes a fifth of the time of the
    import, and once more at its end nearly as long, for the few megabytes of garbage that an import leaves.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def load() -> Inspection | Failure:
    """Import the framework; where there is none, say so."""
    try:
        importlib.import_module(DEFAULT.module)
        inspection.is_model(None)  # loads what knows it, and the frameworks that came with it, once for all blocks
        importlib.import_module("sphinx_paramdoc.inspection.walker")
    except Exception as error:  # whatever a framework raises where it is not set up well
        wrong = f"{DEFAULT.title} cannot be imported ({error})"
        if str(error).startswith("Unable to import backend"):
            *names, last = DEFAULT.backends
            return Failure(message=f"{wrong}: it knows {', '.join(names)} and {last}", depends_on_weights=False)
        missing = getattr(error, "name", None)
        needed = missing if missing in DEFAULT.extras else DEFAULT.install
        return Failure(message=f"{wrong}: pip install {needed}", depends_on_weights=False, way_out="framework")
    explainers.installed()  # looked for once, before the blocks are forked off
    return inspection


def warm(first_party: FirstParty, files: Iterable[str]) -> None:
    """Find out and do once what every block would find out and do for the first time.

    :param files: of modules whose installed distributions the blocks will ask for.
    """
    with contextlib.suppress(Exception):  # the blocks will meet the same, and say where
        inspection.warm()
    first_party.prepare()
    for file in files:
        installed.owner(file)


def import_installed(preamble: str, path: Sequence[str], first_party: FirstParty) -> None:
    """Import what the preamble imports of installed packages."""
    for name in installed_imports(preamble, path, first_party):
        with contextlib.suppress(Exception):  # the block will meet the same, and says where
            importlib.import_module(name)


def installed_imports(preamble: str, path: Sequence[str], first_party: FirstParty) -> Iterator[str]:
    """Yield the modules that a preamble imports at its top level, without those of the user's own."""
    try:
        statements = ast.parse(preamble).body
    except (SyntaxError, ValueError):
        return
    for statement in statements:
        names = []
        if isinstance(statement, ast.Import):
            names = [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
            names = [statement.module]
        for name in names:
            top = name.partition(".")[0]
            file = locate(top, path)
            if file and not is_own(file) and not first_party.owns_module(top, file):
                yield name
