"""The command, run as people run it, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.sphinx_paramdoc import shared_server

MLP = "keras.Sequential([keras.Input((3,)), keras.layers.Dense(4)], name='mlp')"


def run(
    *arguments: str, cwd: Path, given: str | None = None, **variables: str | None
) -> subprocess.CompletedProcess[str]:
    """Run the command; a variable that is `None` is not there."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **variables}
    return subprocess.run(
        [sys.executable, "-m", "sphinx_paramdoc", *shared_server.flags(), *arguments],
        cwd=cwd,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={name: value for name, value in environment.items() if value is not None},
    )
