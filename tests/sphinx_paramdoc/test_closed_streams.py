"""Commands that are started with a standard stream closed, or one that takes nothing, as by cron and full disks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sphinx_paramdoc.command import MLP

pytestmark = [
    pytest.mark.slow,
    pytest.mark.on_numpy,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no such shell"),
]

PAGE = f"Page\n====\n\n.. paramsummary:: {MLP}\n"


def closed(command: str, folder: Path) -> tuple[int, str]:
    """Give the exit status of a command of a shell, and the last line of what it said to standard error."""
    done = subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m {command}"],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(folder)},
    )
    return done.returncode, done.stderr.rstrip().rpartition("\n")[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "conf.py").write_text("extensions = ['sphinx_paramdoc']\nparamdoc_preamble = 'import keras'\n")
    (tmp_path / "docs" / "index.rst").write_text(PAGE)
    (tmp_path / "totals.txt").write_text(f"{MLP} 16\n")
    return tmp_path


def test_an_answer_that_nobody_can_be_given_is_not_looked_for(folder: Path) -> None:
    said = "paramsummary: standard output is closed, so there is nowhere to write to"
    for asked in (f'"{MLP}"', f'"{MLP}" --against "{MLP}"', "--list nothing.txt"):
        assert closed(f"sphinx_paramdoc {asked} >&-", folder) == (1, said)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such file")
def test_an_answer_that_cannot_be_written_is_told(folder: Path) -> None:
    said = "paramsummary: the answer cannot be written (No space left on device)"
    assert closed(f'sphinx_paramdoc "{MLP}" >/dev/full', folder) == (1, said)


@pytest.mark.parametrize(
    "command",
    [
        "sphinx_paramdoc.records docs --records kept",
        "sphinx_paramdoc.command.check totals.txt",
        "sphinx -q -b dummy docs built",
    ],
)
@pytest.mark.parametrize("streams", [">&-", ">&- <&-"])
def test_what_is_done_for_its_effect_is_done(folder: Path, command: str, streams: str) -> None:
    assert closed(f"{command} {streams}", folder) == (0, "")


def test_standard_error_may_be_closed_as_well(folder: Path) -> None:
    assert closed(f'sphinx_paramdoc "{MLP}" >kept.txt 2>&- <&-', folder) == (0, "")
    assert "3 × 4 + 4 = 16" in (folder / "kept.txt").read_text(encoding="utf-8")
