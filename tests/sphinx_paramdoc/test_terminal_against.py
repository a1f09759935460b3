"""``paramsummary --against``, the hook, and the job of the manual, run as people run them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sphinx_paramdoc.command import run
from tests.waiting import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy]

MODELS = """
import keras

def build(units=512):
    layers = [keras.layers.Dense(units, name="fc"), keras.layers.Dense(10, name="out")]
    return keras.Sequential([keras.Input((784,)), *layers], name="mlp")
"""

LINES = ["fc +100,480: units 512 → 640", "out +1,280: inputs 512 → 640"]


def git(folder: Path, *arguments: str) -> str:
    said = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", "-C", folder, *said, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make a repository whose tree is not what its last commit is."""
    folder = tmp_path / "project"
    (folder / "mine").mkdir(parents=True)
    (folder / "mine" / "__init__.py").touch()
    (folder / "mine" / "models.py").write_text(MODELS)
    (folder / ".gitignore").write_text("__pycache__/\n")  # what Python writes where it imports
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "one")
    (folder / "mine" / "models.py").write_text(MODELS.replace("512", "640"))
    (folder / "notes.txt").write_text("untracked")
    return folder


def state(repository: Path) -> list[Any]:
    """Return what nothing may touch."""
    files = {str(path): path.read_bytes() for path in (repository / "mine").glob("*.py")}
    index = git(repository, "ls-files", "--stage")
    return [git(repository, "status", "--short"), git(repository, "worktree", "list"), files, index]


def test_a_commit_is_built_from_a_folder_that_goes_away(repository: Path, tmp_path: Path) -> None:
    hook = repository / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ntouch ran\n")
    hook.chmod(0o755)
    before, folder = state(repository), tmp_path / "temporary"
    folder.mkdir()
    # As in a hook of git, which says where its index is.
    said = {"GIT_DIR": str(repository / ".git"), "GIT_INDEX_FILE": str(repository / ".git" / "index")}
    asked = ("mine.models:build", "--against", "rev:HEAD", "--exit-code")
    done = run(*asked, cwd=repository, TMPDIR=str(folder), **said)
    assert (done.returncode, done.stderr) == (1, "")
    assert [line for line in done.stdout.splitlines() if line in LINES] == LINES
    assert "mlp: 407,050 → 508,810 parameters (+101,760, +25.0 %)" in done.stdout
    assert state(repository) == before
    assert list(folder.glob("paramsummary-*")) == []
    assert not (repository / "ran").exists()
    wrong = run("mine.models:build", "--against", "rev:nothing", cwd=repository)
    assert (wrong.returncode, wrong.stderr) == (
        1,
        "paramsummary: --against rev:nothing: the repository has no commit 'nothing'\n",
    )


AGAINST = ("sphinx_paramdoc", "mine.models:build", "--against", "rev:HEAD")
CHECK = ("sphinx_paramdoc.command.check", "totals.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (AGAINST, "SIGTERM"),
        (CHECK, "SIGHUP"),
        pytest.param(AGAINST, "SIGINT", marks=pytest.mark.thorough),
        pytest.param(AGAINST, "SIGHUP", marks=pytest.mark.thorough),
        pytest.param(CHECK, "SIGTERM", marks=pytest.mark.thorough),
        pytest.param(CHECK, "SIGINT", marks=pytest.mark.thorough),
    ],
)
def test_the_folder_goes_away_also_where_the_command_is_ended(
    repository: Path, tmp_path: Path, asked: tuple[str, ...], name: str
) -> None:
    begun = tmp_path / "begun"
    waiting = f"    import time, pathlib\n    pathlib.Path({str(begun)!r}).touch()\n    time.sleep(600)\n"
    endless = MODELS.replace("    layers =", f"{waiting}    layers =", 1)
    git(repository, "stash", "--quiet")
    (repository / "mine" / "models.py").write_text(endless)
    git(repository, "commit", "--quiet", "-am", "endless")
    (repository / "mine" / "models.py").write_text(MODELS)
    (repository / "totals.txt").write_text("mine.models:build 1\n")
    before, folder = state(repository), tmp_path / "temporary"
    folder.mkdir()
    number = signal.Signals[name]
    with subprocess.Popen(
        [sys.executable, "-m", *asked],
        cwd=repository,
        env={**os.environ, "TMPDIR": str(folder)},
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # where the tests run, it may be ignored
    ) as running:
        wait_for(begun.exists, 120)
        running.send_signal(number)
        running.communicate(timeout=60)
    assert running.returncode != 0
    assert list(folder.glob("paramsummary-*")) == []
    assert state(repository) == before


def test_files_and_expressions(repository: Path) -> None:
    kept = run("mine.models:build(512)", "--format", "json", cwd=repository)
    (repository / "kept.json").write_text(kept.stdout)
    asked = ("mine.models:build", "--against")
    by_file = run(*asked, "kept.json", cwd=repository)
    by_expression = run(*asked, "mine.models:build(512)", cwd=repository)
    assert by_file.stdout == by_expression.stdout
    assert by_file.stdout.splitlines()[2:4] == LINES
    found = json.loads(run(*asked, "kept.json", "--format", "json", cwd=repository).stdout)
    assert found["schema"] == 1
    assert found["before"] == {
        "name": "mlp",
        "class": "keras.models.Sequential",
        "total": 407050,
        "trainable": 407050,
        "non_trainable": 0,
        "size_bytes": 1628200,
    }
    assert found["changes"][0] == {
        "path": "fc",
        "before_path": "fc",
        "kind": "changed",
        "params": [401920, 502400],
        "trainable": [401920, 502400],
        "because": ["units 512 → 640"],
    }
    same = run("mine.models:build(512)", "--against", "kept.json", "--exit-code", cwd=repository)
    assert (same.returncode, "no layer, weight, shape or type differs" in same.stdout) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--against", "rev:"], "--against says what the model is compared with: a .json file, rev:REVISION, or an"),
        (["--exit-code"], "--exit-code needs --against, which says what the model is compared with"),
        (["--against", "nothing.json"], "--against nothing.json: No such file or directory"),
        (["--against", "bad.json"], "--against bad.json: it is neither a table of --format json nor a record"),
        (
            ["--against", "x", "--format", "svg"],
            "--format svg shows one model, and --against two: write text, markdown",
        ),
        (["--against", "x", "--columns", "size"], "--columns is about the table of one model, and --against compares"),
    ],
)
def test_wrong_usage(tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "bad.json").write_text("{}")
    done = run("mine:build", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr


def test_the_hook_says_what_changed_since_the_last_commit(repository: Path) -> None:
    hooks = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    [hook] = [hook for hook in hooks if hook["id"] == "paramsummary-check"]
    assert (hook["language"], hook["pass_filenames"]) == ("system", False)
    program, *arguments = hook["entry"].split()
    assert program == "python"

    def check(text: str) -> subprocess.CompletedProcess[str]:
        (repository / "paramsummary.txt").write_text(text)
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)

    wrong = check("# what the README says\nmine.models:build 407,050\nmine.models:build(units=7) 5_575\n")
    assert (wrong.returncode, wrong.stderr) == (1, "")
    lines = wrong.stdout.splitlines()
    assert lines[0] == "paramsummary.txt:2: mine.models:build has 508,810 parameters, not 407,050"
    assert lines[1] == "from HEAD: mlp: 407,050 → 508,810 parameters (+101,760, +25.0 %)"
    assert lines[3:5] == LINES
    assert (done := check("mine.models:build 508,810\n")).returncode == 0, done
    malformed = check("mine.models:build\n")
    assert malformed.returncode == 2
    assert "paramsummary.txt:1: 'mine.models:build' is no expression with its total behind it" in malformed.stderr


def test_the_job_of_the_manual_comments_what_changed(repository: Path, tmp_path: Path) -> None:
    job = yaml.safe_load(
        (Path(__file__).parents[2] / "docs" / "snippets" / "difference.yml").read_text(encoding="utf-8")
    )
    steps = {step["name"]: step for step in job["jobs"]["difference"]["steps"] if "name" in step}
    assert list(steps) == ["compare", "comment"]
    assert "head.repo.full_name == github.repository" in steps["comment"]["if"]  # which alone has a token that writes
    git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, text in {
        "paramsummary": f'exec "{sys.executable}" -m sphinx_paramdoc "$@"',
        "gh": 'printf "%s\\n" "$@" > asked; while [ "$1" != --body-file ]; do shift; done; cat "$2" > comment',
    }.items():
        (programs / name).write_text(f"#!/bin/sh\n{text}\n")
        (programs / name).chmod(0o755)
    said = {"PATH": f"{programs}:{os.environ['PATH']}", "GITHUB_BASE_REF": "main", "NUMBER": "7"}
    for step in steps.values():
        code = step["run"].replace("mypackage", "mine")
        environment = {**os.environ, **said, "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
        subprocess.run(["bash", "-e", "-c", code], cwd=repository, env=environment, check=True)
    comment = (repository / "comment").read_text(encoding="utf-8")
    assert comment == (tmp_path / "summary").read_text(encoding="utf-8")
    assert (repository / "asked").read_text().split()[:3] == ["pr", "comment", "7"]
    assert comment.startswith("**mlp**: 407,050 → 508,810 parameters (+101,760, +25.0 %)\n")
    assert re.search(
        r"^\| fc \| \+100,480<br><small>401,920 → 502,400</small> \| units 512 → 640 \|$", comment, re.MULTILINE
    )
