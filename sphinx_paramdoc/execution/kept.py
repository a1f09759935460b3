"""Servers that outlive a build: where each lies, and what decides which one a build may use."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import site
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from sphinx_paramdoc.execution import visit
from sphinx_paramdoc.execution.messages import ServerSetup

KEPT = "PARAMDOC_KEPT_SERVER"
"""The variable by which the processes are known that a kept server and its blocks have started: its folder."""

LOCK = "lock"
"""The file that is locked by who looks for a server, starts one, or ends as one."""

_VARIABLES = re.compile(
    "(KERAS|TF|XLA|CUDA|JAX|TORCH|PYTORCH|OMP|MKL|OPENBLAS|LD|LC)_.*|PYTHON.*|HOME|LANG|LANGUAGE", re.DOTALL
)
"""The variables that Python, a framework, or a library below it reads when it is loaded."""

_OF_KERAS = {"floatx": "float32", "epsilon": 1e-07, "backend": "tensorflow", "image_data_format": "channels_last"}
"""What Keras takes where its configuration says nothing, and writes into it where there is none."""

_PACKAGE = Path(__file__).parents[2]

_MADE_BY_INSTALLERS = re.compile(r".*\.(pth|egg-link)|__editable__.*|(site|user)customize\.py")


def user_folder() -> Path:
    """Return the folder of this user's servers, which may be missing.

    It is the same for all terminals, and names of sockets must be short.
    """
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")
    if runtime.is_absolute() and _is_private(runtime) and len(str(runtime)) < _LONGEST:
        return runtime / "sphinx-paramdoc"
    return Path(f"/tmp/sphinx-paramdoc-{os.getuid()}")


_LONGEST = 40


def folder(setup: ServerSetup, environment: Mapping[str, str]) -> Path:
    """Return the folder of the server that a build may use, and make it.

    :param environment: the variables that the server has.
    :raises OSError: where it cannot be made, or is not this user's alone.
    """
    wanted = user_folder() / key(setup, environment)
    make(wanted)
    return wanted


def make(wanted: Path) -> None:
    """Make the folder of a server.

    :raises OSError: where it cannot be made, or is not this user's alone.
    """
    for each in (wanted.parent, wanted):
        each.mkdir(mode=0o700, exist_ok=True)
        if not _is_private(each):
            raise PermissionError(None, f"{each} is not a folder of this user alone")


def _is_private(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def address(folder: Path) -> Path:
    """Return the socket of a server."""
    return folder / "server.socket"


def mark(folder: Path) -> str:
    """Return the name of the latest server that was started in a folder.

    :raises OSError: where there is none.
    """
    return address(folder).with_suffix(".mark").read_text(encoding="ascii")


def folders() -> list[Path]:
    """Return the folders in which servers are, or were."""
    try:
        return sorted(each for each in user_folder().iterdir() if each.is_dir())
    except OSError:
        return []


def leave_nothing(folder: Path) -> None:
    """Remove a folder that is empty."""
    with contextlib.suppress(OSError):
        folder.rmdir()


def key(setup: ServerSetup, environment: Mapping[str, str]) -> str:
    """Return what is different for servers that one build cannot use for another.

    :param environment: the variables that the server has.
    """
    parts = [
        *_interpreter(),
        setup.preamble,
        sorted((name, value) for name, value in environment.items() if _VARIABLES.fullmatch(name)),
        _keras_json(environment),
        list(_installed(environment)),
        sorted((name, hard) for name, (_, hard) in visit.limits().items()),
    ]
    return hashlib.sha256(json.dumps(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _interpreter() -> Iterator[object]:
    yield sys.executable
    yield sys.version
    yield _signature(Path(sys.executable).resolve())
    yield [sys.prefix, sys.base_prefix, str(_PACKAGE)]
    # A container may share the folder with its host, and not what is installed.
    yield _signature(Path("/"))[2:]
    for space in ("mnt", "pid", "user"):
        with contextlib.suppress(OSError):
            yield str(Path(f"/proc/self/ns/{space}").readlink())


def _keras_json(environment: Mapping[str, str]) -> object:
    """Return what the configuration of Keras, whose folder it finds as Keras does, says but what holds without one.

    Keras writes that at its first import, which is mostly that of the first server that is kept.
    """
    home = environment.get("KERAS_HOME") or os.path.join(environment.get("HOME") or os.path.expanduser("~"), ".keras")  # noqa: PTH111, PTH118
    try:
        text = Path(home, "keras.json").read_text("utf-8", "surrogateescape")
    except OSError:
        return []
    try:
        said = json.loads(text)
    except ValueError:
        return text
    if not isinstance(said, dict):
        return text
    return sorted((name, value) for name, value in said.items() if _OF_KERAS.get(name, said) != value)


def _installed(environment: Mapping[str, str]) -> Iterator[object]:
    """Yield what differs where other packages are installed, or others of their files."""
    added = environment.get("PYTHONPATH", "").split(os.pathsep)
    places = dict.fromkeys([*site.getsitepackages(), site.getusersitepackages(), *filter(None, added)])
    for place in places:
        yield place
        try:
            names = sorted(os.listdir(place))  # noqa: PTH208
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                found = Path(place, name, "RECORD")
                yield name, _signature(found if found.exists() else Path(place, name))
            elif _MADE_BY_INSTALLERS.fullmatch(name):
                yield name, _signature(Path(place, name))


def _signature(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_dev
