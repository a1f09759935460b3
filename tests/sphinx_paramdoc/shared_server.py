"""One server for the blocks of many tests: each build, and each call of the command, would import Keras for itself.

Tests that ask nothing of how blocks are run are marked ``shares_server``.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sphinx_paramdoc.execution import kept_servers

_SECONDS = "PARAMDOC_TESTS_KEEP_SERVER"
"""The variable that says how long servers are kept, while a test runs that shares one."""


@contextmanager
def folder() -> Iterator[str]:
    """Make the folder of the servers, and end them."""
    made = tempfile.mkdtemp(prefix="kept-", dir="/tmp")  # names of sockets must be short
    yield made
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", made)
        kept_servers.stop()
    shutil.rmtree(made)


def share(patch: pytest.MonkeyPatch, folder: str) -> None:
    """Let what is started from here on use the servers in a folder."""
    patch.setenv("XDG_RUNTIME_DIR", folder)
    patch.setenv(_SECONDS, "120")


def settings() -> dict[str, str]:
    """Give what a build is told on its command line; nothing where no server is shared."""
    return {"paramdoc_keep_server": os.environ[_SECONDS]} if _SECONDS in os.environ else {}


def flags() -> list[str]:
    """Give what the command is told; nothing where no server is shared."""
    return ["--keep-server", os.environ[_SECONDS]] if _SECONDS in os.environ else []
