"""How a command ends that is told to: in good order, with what it has started."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import NoReturn


def in_order() -> None:
    """Let what ends this process raise ``SystemExit`` in it; a hangup that is ignored, as `nohup` has it, stays so."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)
