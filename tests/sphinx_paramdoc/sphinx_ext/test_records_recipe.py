"""The manual's workflow of several machines, executed: a copy of the project for each, and nothing else in common."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.sphinx_paramdoc.projects import NO_PROCESS, Project, dense

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy]

SHARD = "${{ matrix.shard }}"


@pytest.fixture
def workflow(repository: Path) -> dict[str, Any]:
    """The jobs of the workflow."""
    text = (repository / "docs" / "snippets" / "records-matrix.yml").read_text(encoding="utf-8")
    jobs: dict[str, Any] = yaml.safe_load(text)["jobs"]
    return jobs


def of_action(job: dict[str, Any], action: str) -> dict[str, Any]:
    """Give what an action is told in a job."""
    (found,) = [step["with"] for step in job["steps"] if step.get("uses", "").startswith(f"actions/{action}@")]
    told: dict[str, Any] = found
    return told


def run(job: dict[str, Any], machine: Path, shard: str = "") -> list[subprocess.CompletedProcess[str]]:
    """Run the commands of a job on a machine that has everything installed."""
    done = []
    for step in job["steps"]:
        words = shlex.split(step.get("run", "").replace(SHARD, shard))
        if words and words[0] == "python":
            done.append(
                subprocess.run(
                    [sys.executable, *words[1:]],
                    cwd=machine,
                    capture_output=True,
                    text=True,
                    check=False,
                    env=os.environ,
                )
            )
    return done


def test_two_machines_make_the_records_and_a_third_the_pages(
    project: Project, workflow: dict[str, Any], tmp_path: Path
) -> None:
    project.page("mynets", *(dense(number) for number in range(3, 9)), ".. paramsummary:: nets:build(2)\n   :vary:")
    project.write(
        **{
            "nets.py": "import keras\n\n\ndef build(units):\n"
            "    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(units)])\n"
        }
    )
    shards = list(map(str, workflow["records"]["strategy"]["matrix"]["shard"]))
    assert len(shards) == 2
    uploaded, downloaded = (
        of_action(workflow["records"], "upload-artifact"),
        of_action(workflow["docs"], "download-artifact"),
    )
    assert downloaded["merge-multiple"] is True
    assert uploaded["name"].replace(SHARD, "*") == downloaded["pattern"]
    parts = []
    for shard in shards:
        machine = tmp_path / f"machine{shard}"
        shutil.copytree(project.folder, machine)
        (made,) = run(workflow["records"], machine, shard)
        assert made.returncode == 0, made.stderr
        parts.append(machine / uploaded["path"])
    names = [{path.name for path in part.iterdir()} for part in parts]
    assert all(names)
    assert not names[0] & names[1]
    last = tmp_path / "last"
    shutil.copytree(project.folder, last)
    for part in parts:
        shutil.copytree(part, last / downloaded["path"], dirs_exist_ok=True)
    with (last / "docs" / "conf.py").open("a") as conf:
        conf.write(NO_PROCESS)
    (built,) = run(workflow["docs"], last)
    assert built.returncode == 0, built.stderr
    assert "from records" in built.stdout
    page = re.sub(r"<[^>]+>", "", (last / "out" / "mynets.html").read_text(encoding="utf-8"))
    assert "3 × 8 + 8 = 32" in page
    assert "Agrees with 5 further settings that were executed" in page
