"""Blocks that leave processes behind, and those processes."""

from __future__ import annotations

import os

import psutil

from sphinx_paramdoc.execution import Failure, Response

DENSE = "keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])"
MARK = f"PARAMDOC_TEST_LEFTOVER_{os.getpid()}_"
"""Is in the command line of what the tests of this process leave behind; others may run beside them."""

SLEEPER = f"[sys.executable, '-c', 'import time; time.sleep(600)  # {MARK}']"


def processes(mark: str) -> list[psutil.Process]:
    """Give the living processes whose command line holds a mark."""
    return [
        process
        for process in psutil.process_iter(["cmdline", "status"])
        if mark in " ".join(process.info["cmdline"] or ()) and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


def failure(response: Response) -> tuple[str, str, int | None]:
    assert isinstance(response, Failure), response
    return response.kind, response.message, response.frames[-1].line if response.frames else None
