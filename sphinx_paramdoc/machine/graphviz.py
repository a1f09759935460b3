"""`dot` of Graphviz, the program that lays out graphs: where it is on this machine, and what it makes of a text."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

PROGRAM = "dot"
"""What it is called where nobody says otherwise."""

_SECONDS = 60.0
"""How long it may take."""

_MOST_BYTES = 16_000_000
"""How large a picture may be."""

_WHEN = re.compile(rb"(/(?:Creation|Mod)Date \(D:)\d{14}")
"""The time in a PDF; what replaces it is as long, as what follows is found by counting."""


class DotError(Exception):
    """`dot` made no picture; the message says why."""


def find(program: str = PROGRAM) -> str | None:
    """Return the file of the program; ``None`` where there is none.

    :param program: its name, or a path.
    """
    return shutil.which(str(Path(program).expanduser()) if program.startswith("~") else program)


def identity(program: str) -> str:
    """Return what tells a program from others, and from other versions of itself; '' where it cannot be looked at.

    :param program: its file, as `find` returns it.
    """
    try:
        file = Path(program).resolve()
        status = file.stat()
    except OSError:
        return ""
    return hashlib.sha256(f"{file} {status.st_size} {status.st_mtime_ns}".encode()).hexdigest()[:16]


def draw(text: str, form: str, program: str, seconds: float = _SECONDS) -> bytes:
    """Return the picture of a graph; the same graph is the same bytes, as long as the program and the fonts are.

    :param text: the graph, in the language of Graphviz.
    :param form: ``svg``, ``pdf`` and others that the program knows.
    :param program: its file, as `find` returns it.
    :raises DotError: where it cannot be run, fails, or takes too long.
    """
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            [program, f"-T{form}"], input=text.encode(), capture_output=True, timeout=seconds, env=environment
        )
    except subprocess.TimeoutExpired:
        raise DotError(f"dot did not end within {seconds:g} seconds") from None
    except OSError as error:
        raise DotError(f"{program} cannot be run ({error.strerror})") from None
    if done.returncode or not done.stdout:
        said = done.stderr.decode(errors="backslashreplace").strip().split("\n")
        raise DotError(f"dot failed: {said[-1] or f'exit status {done.returncode}'}")
    if len(done.stdout) > _MOST_BYTES:
        raise DotError(f"the picture has {len(done.stdout):,} bytes, more than {_MOST_BYTES:,}")
    return _WHEN.sub(rb"\g<1>19700101000000", done.stdout) if form == "pdf" else done.stdout
