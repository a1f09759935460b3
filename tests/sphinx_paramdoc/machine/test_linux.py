"""What only Linux offers: where a process has its memory, and how that is gathered."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sphinx_paramdoc.machine import linux

MAPS = """\
00400000-00401000 r-xp 00000000 fe:00 10 /usr/bin/python3.11
00601000-00602000 rw-p 00001000 fe:00 10 /usr/bin/python3.11
01a00000-02000000 rw-p 00000000 00:00 0 [heap]
7f0000000000-7f0000400000 rw-p 00000000 00:00 0
7f0000400000-7f0000500000 r--p 00000000 00:00 0
7f0000600000-7f0000700000 rw-s 00000000 00:01 7 /dev/shm/a shared one (deleted)
7ffd00000000-7ffd00021000 rw-p 00000000 00:00 0 [stack]
"""

CODE = """
from sphinx_paramdoc.machine import linux

kept = [bytes([number % 256]) * 10_000 for number in range(2_000)]
linux.gather_memory()
assert kept == [bytes([number % 256]) * 10_000 for number in range(2_000)]
"""


def test_own_memory_is_what_is_of_no_file_and_can_be_written() -> None:
    assert list(linux._own_memory(MAPS)) == [(0x1A00000, 0x2000000), (0x7F0000000000, 0x7F0000400000)]


@pytest.mark.slow
def test_gathered_memory_holds_what_it_held() -> None:
    subprocess.run([sys.executable, "-c", CODE], check=True)
