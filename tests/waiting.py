"""Waiting for what other processes do."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something has come about; fail where it does not."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


@contextmanager
def ended(process: subprocess.Popen[Any]) -> Iterator[None]:
    """See to it that a process is gone at the end, also where a test fails."""
    try:
        yield
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
