"""How a command ends that is told to."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

CODE = """
import os, signal
from sphinx_paramdoc.machine import ending

signal.signal(signal.{name}, signal.{before})
ending.in_order()
try:
    os.kill(os.getpid(), signal.{name})
    print("stayed")
except SystemExit as ended:
    print("ended", ended.code)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_ends_it_in_order_if_it_is_not_ignored(name: str) -> None:
    said = {
        before: subprocess.run(
            [sys.executable, "-c", CODE.format(name=name, before=before)], capture_output=True, text=True, check=True
        ).stdout.strip()
        for before in ("SIG_DFL", "SIG_IGN")
    }
    assert said == {"SIG_DFL": f"ended {128 + signal.Signals[name]}", "SIG_IGN": "stayed"}
