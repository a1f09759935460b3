"""flake8's configuration, as flake8 itself reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_paramdoc.command.configuration import Configuration, ConfigurationError, read


def configured(folder: Path, text: str, name: str = "setup.cfg") -> Configuration:
    (folder / name).write_text(text, encoding="utf-8")
    return read(folder)


def test_nothing_is_said() -> None:
    silent = Configuration()
    assert silent.is_selected("KER101", "a.py")
    assert not silent.is_selected("KER901", "a.py")
    assert silent.is_excluded("x/.git")
    assert not silent.is_excluded("x/a.py")


@pytest.mark.parametrize("name", ["setup.cfg", "tox.ini", ".flake8"])
def test_the_nearest_file_with_the_section_counts(tmp_path: Path, name: str) -> None:
    (tmp_path / "setup.cfg").write_text("[metadata]\nname = x\n", encoding="utf-8")
    (tmp_path / "a" / "b").mkdir(parents=True)
    configured(tmp_path, "[flake8]\nextend-ignore = KER102\n", name)
    assert not read(tmp_path / "a" / "b").is_selected("KER102", "a.py")


@pytest.mark.parametrize(
    ("said", "on", "off"),
    [
        ("extend-ignore = KER102", "KER101", "KER102 KER901"),
        ("ignore = KER102", "KER101 KER901", "KER102"),
        ("extend-select = KER901", "KER101 KER901", "KER902"),
        ("select = KER", "KER101 KER901", ""),
        ("select = KER1\n  # more\n  KER2", "KER101 KER201", "KER301"),
        ("select = E,W,F", "KER101", "KER901"),
        ("select = KER101\nignore = KER1", "KER101", "KER102"),
        ("select = KER1\nextend_ignore = KER101", "KER102", "KER101"),
    ],
)
def test_codes(tmp_path: Path, said: str, on: str, off: str) -> None:
    found = configured(tmp_path, f"[flake8]\n{said}\n")
    assert [code for code in on.split() if not found.is_selected(code, "a.py")] == []
    assert [code for code in off.split() if found.is_selected(code, "a.py")] == []


def test_codes_for_some_files(tmp_path: Path) -> None:
    found = configured(tmp_path, "[flake8]\nper-file-ignores =\n  legacy/*: KER1,KER2\n  a.py,b.py:KER3\n")
    assert not found.is_selected("KER101", str(tmp_path / "legacy" / "x.py"))
    assert found.is_selected("KER301", str(tmp_path / "legacy" / "x.py"))
    assert found.is_selected("KER101", str(tmp_path / "x.py"))
    assert not found.is_selected("KER301", str(tmp_path / "deep" / "b.py"))


def test_what_is_excluded(tmp_path: Path) -> None:
    found = configured(tmp_path, "[flake8]\nexclude = build/, old_*\nextend-exclude = x.py\n")
    assert found.is_excluded(str(tmp_path / "build"))
    assert found.is_excluded(str(tmp_path / "src" / "old_a"))
    assert found.is_excluded("src/x.py")
    assert not found.is_excluded(str(tmp_path / "src" / "build"))
    assert not found.is_excluded(".git")


def test_the_target(tmp_path: Path) -> None:
    assert configured(tmp_path, "[flake8]\nkeras-target = 2\n").target == 2
    with pytest.raises(ConfigurationError, match="keras-target is '4': it must be 2 or 3"):
        configured(tmp_path, "[flake8]\nkeras-target = 4\n")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        configured(tmp_path, "[flake8\n", ".flake8")
