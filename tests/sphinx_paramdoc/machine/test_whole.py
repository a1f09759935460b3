"""Files that are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_paramdoc.machine import whole


def test_a_file_is_written_with_its_folder_and_replaced(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "file.txt"
    whole.write(file, b"first")
    whole.write(file, b"second")
    assert file.read_bytes() == b"second"
    assert file.stat().st_mode & 0o777 == 0o644
    assert [each.name for each in file.parent.iterdir()] == ["file.txt"]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        whole.write(tmp_path / "taken", b"first")
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]
