"""What the manual tells people to write into their tools' files, as those tools run it."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

pytest.importorskip("flake8")
pytestmark = pytest.mark.slow

OLD = """\
import os
from keras.layers import BatchNormalization, Dense
from keras.models import Model
Model(input=BatchNormalization(mode=0), output=Dense(8, input_shape=(4,)))
"""


def block(manual: str, caption: str) -> str:
    """Give the text of the block of the manual under a caption."""
    lines = iter(manual.splitlines())
    assert any(line.strip() == f":caption: {caption}" for line in lines), caption
    next(lines)
    taken = []
    for line in lines:
        if line and not line.startswith("   "):
            break
        taken.append(line.removeprefix("   "))
    return "\n".join(taken)


@pytest.fixture
def manual(repository: Path) -> str:
    return (repository / "docs" / "flake8.rst").read_text(encoding="utf-8")


def codes(command: Sequence[str], folder: Path) -> list[str]:
    result = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8")
    assert result.stderr == ""
    assert result.returncode == (1 if result.stdout else 0)
    return [line.split()[1] for line in result.stdout.splitlines()]


def test_the_hook_of_pre_commit_finds_outdated_code_alone(repository: Path, manual: str, tmp_path: Path) -> None:
    [asked] = yaml.safe_load(block(manual, "``.pre-commit-config.yaml``"))["repos"]
    hooks = yaml.safe_load((repository / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    [hook] = [hook for hook in hooks if hook["id"] == asked["hooks"][0]["id"]]
    name, *arguments = shlex.split(hook["entry"])
    program = shutil.which(name, path=Path(sys.executable).parent)
    assert program, "the hook's program is not beside Python"
    (tmp_path / "old.py").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.py").write_text("import os\n", encoding="utf-8")
    # pre-commit hands the names of files over, at the end.
    assert codes([program, *arguments, "old.py", "new.py"], tmp_path) == ["KER101", "KER102", "KER101"]
    assert codes([program, *arguments, "new.py"], tmp_path) == []


def test_the_settings_do_what_the_manual_says(manual: str, tmp_path: Path) -> None:
    settings = block(manual, "``setup.cfg``, ``tox.ini`` or ``.flake8``")
    for name in ("now/t.py", "legacy/t.py"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(OLD, encoding="utf-8")
    flake8 = [sys.executable, "-m", "flake8"]
    assert codes([*flake8, "--isolated", "now"], tmp_path) == ["F401", "KER101", "KER102", "KER101"]
    (tmp_path / ".flake8").write_text(settings, encoding="utf-8")
    assert codes([*flake8, "now"], tmp_path) == ["F401", "KER101", "KER101", "KER901"]
    assert codes([*flake8, "legacy"], tmp_path) == ["F401", "KER901"]
