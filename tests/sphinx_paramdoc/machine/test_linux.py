"""What only Linux offers: where a process has its memory, and how that is gathered."""

from __future__ import annotations

import platform
import re
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
import mmap
from pathlib import Path

from sphinx_paramdoc.machine import linux


def kibibytes(name):
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


kept = [bytes([number % 256]) * 10_000 for number in range(2_000)]
sparse = mmap.mmap(-1, 128 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
for place in range(0, len(sparse), 2 << 20):
    sparse[place] = 1
before, huge = kibibytes("Rss:"), kibibytes("AnonHugePages:")
gathered = linux.gather_memory()
assert kept == [bytes([number % 256]) * 10_000 for number in range(2_000)]
assert [sparse[place] for place in range(0, len(sparse), 2 << 20)] == [1] * 64
print(gathered, (kibibytes("AnonHugePages:") - huge) // 2048, kibibytes("Rss:") - before)
"""


def test_own_memory_is_what_is_of_no_file_and_can_be_written() -> None:
    assert list(linux._own_memory(MAPS)) == [(0x1A00000, 0x2000000), (0x7F0000000000, 0x7F0000400000)]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is gathered")
def test_memory_that_is_full_is_gathered_and_no_other_and_holds_what_it_held() -> None:
    run = subprocess.run([sys.executable, "-c", CODE], check=True, capture_output=True, text=True)
    gathered, huge, kibibytes_more = map(int, run.stdout.split())
    assert kibibytes_more < 16 * 1024
    if gathered or tuple(map(int, re.findall(r"\d+", platform.release())[:2])) >= (6, 1):
        assert 0 < huge <= gathered  # some may have been huge before
