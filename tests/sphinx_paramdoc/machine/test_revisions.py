"""The files of a commit: what git is asked for, and what it is to know afterwards."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from sphinx_paramdoc.machine.revisions import RevisionError, checked_out


def git(folder: Path, *arguments: str) -> str:
    said = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.org")
    done = subprocess.run(["git", "-C", folder, *said, *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made, temporary = tmp_path / "repository", tmp_path / "temporary"
    made.mkdir()
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    git(made, "init", "--quiet", "--initial-branch=main")
    (made / "models.py").write_text("one\n")
    git(made, "add", ".")
    git(made, "commit", "--quiet", "-m", "one")
    return made


def test_other_worktrees_stay_known_whose_folders_are_away(repository: Path, tmp_path: Path) -> None:
    other, away = tmp_path / "other", tmp_path / "away"
    git(repository, "worktree", "add", "--quiet", "--detach", str(other))
    other.rename(away)  # as a disk that is not mounted
    with checked_out("HEAD", str(repository)) as there:
        assert (there.tree / "models.py").read_text() == "one\n"
        assert there.there(str(repository / "models.py")) == str(there.tree / "models.py")
    away.rename(other)
    assert git(other, "status", "--short") == ""
    assert [line for line in git(repository, "worktree", "list", "--porcelain").splitlines() if "tree" in line] == [
        f"worktree {repository}",
        f"worktree {other}",
    ]
    assert list((tmp_path / "temporary").iterdir()) == []


def test_variables_of_a_hook_are_left_out_and_configuration_is_kept(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "no" / "index"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "no"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.eol")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "crlf")
    (repository / ".gitattributes").write_text("*.py text\n")
    with monkeypatch.context() as outside:
        for name in ("GIT_DIR", "GIT_INDEX_FILE"):
            outside.delenv(name)
        git(repository, "add", ".")
        git(repository, "commit", "--quiet", "-m", "two")
    with checked_out("HEAD", str(repository)) as there:
        assert (there.tree / "models.py").read_bytes() == b"one\r\n"


def test_what_is_wrong_is_said_with_the_way_out(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        pytest.raises(RevisionError, match=r"^the repository has no commit '--help'$"),
        checked_out("--help", str(repository)),
    ):
        pass
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    way_out = r"^detected dubious ownership in repository at .* git config --global --add safe\.directory \S+$"
    with pytest.raises(RevisionError, match=way_out), checked_out("HEAD", str(repository)):
        pass
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RevisionError, match=r"^git cannot be run \("), checked_out("HEAD", str(repository)):
        pass


def test_an_environment_among_the_files_is_that_of_today(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = {name: str(repository / name) for name in (".venv/lib/site-packages", "vendored", "new", "")}
    for folder in folders.values():
        Path(folder).mkdir(parents=True, exist_ok=True)
    (repository / ".git" / "info" / "exclude").write_text("vendored/\n")
    monkeypatch.setattr("sys.prefix", str(repository / ".venv"))
    with checked_out("HEAD", str(repository)) as there:
        found = {name: there.imported(folder) for name, folder in folders.items()}
        # What is new among the sources was not there in that commit.
        assert found == folders | {"new": str(there.tree / "new"), "": str(there.tree)}
        assert there.imported(str(tmp_path)) == str(tmp_path)
