"""What a block finds of the build that asked for it, where the server was not started by that build."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sphinx_paramdoc.execution.messages import Visit
from sphinx_paramdoc.machine.first_party import FirstParty

_SUFFIXES = (".py", ".pyc", ".so", ".pyd")


def limits() -> dict[str, tuple[int, int]]:
    """Return the limits of this process by their names: what each is at present, and what it may be raised to."""
    import resource  # there is none on Windows

    names = (name for name in dir(resource) if name.startswith("RLIMIT_"))
    return {name: resource.getrlimit(getattr(resource, name)) for name in names}


def of(build: str, keep: float, path: list[str], first_party: FirstParty, environment: Mapping[str, str]) -> Visit:
    """Return what a build brings.

    :param environment: what its blocks are to find.
    """
    umask = os.umask(0o077)
    os.umask(umask)
    return Visit(
        build=build,
        keep=keep,
        path=path,
        first_party=first_party,
        environment=dict(environment),
        umask=umask,
        limits={name: soft for name, (soft, _) in limits().items()},
    )


def enter(visit: Visit, added: Mapping[str, str]) -> None:
    """Give this process, which is a block's own, what the build has: its environment, umask and limits.

    :param added: variables that the process has beside those.
    """
    import resource

    wanted = {**visit.environment, **added}
    for name in [name for name in os.environ if name not in wanted]:
        del os.environ[name]
    changed = {name for name, value in wanted.items() if os.environ.get(name) != value}
    os.environ.update({name: wanted[name] for name in changed})
    if hasattr(time, "tzset"):
        time.tzset()
    tempfile.tempdir = None  # it may be another folder there
    os.umask(visit.umask)
    for name, soft in visit.limits.items():
        if number := getattr(resource, name, None):
            _, hard = resource.getrlimit(number)
            if resource.getrlimit(number)[0] != soft:
                resource.setrlimit(number, (soft, hard))


def shadowed(path: Sequence[str], imported: Iterable[str]) -> str | None:
    """Return the file that a build would import instead of a module that is imported already, if there is one.

    :param path: where the build imports from.
    :param imported: the names of the modules that are imported.
    """
    own = {os.path.normpath(entry) for entry in sys.path}
    tops = {name for name in imported if "." not in name}
    entries = [os.path.normpath(entry) for entry in path]
    last = max((number for number, entry in enumerate(entries) if entry in own), default=-1)
    for entry in entries[:last]:
        if entry in own:
            continue
        try:
            names = os.listdir(entry)  # noqa: PTH208 - for each block
        except OSError:
            continue
        for name in names:
            top, dot, _ = name.partition(".")
            if top in tops and (name.endswith(_SUFFIXES) if dot else Path(entry, name, "__init__.py").exists()):
                return str(Path(entry, name))
    return None
