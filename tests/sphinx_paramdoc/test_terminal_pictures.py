"""What the command draws, with and without the program that lays out graphs."""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sphinx_paramdoc.command.main import main
from tests.sphinx_paramdoc.command import MLP, run
from tests.sphinx_paramdoc.rendering.test_dot import needs_dot

pytestmark = [pytest.mark.on_numpy, pytest.mark.shares_server]


def test_a_picture_without_the_program_that_draws_says_so_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["no.such.model", "--format", "svg"]) == 1
    assert capsys.readouterr().err == (
        "paramsummary: --format svg takes the program dot of Graphviz, which is not found; "
        "--format dot writes the graph that it draws\n"
    )


@pytest.mark.slow
def test_the_graph_needs_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run(MLP, "--format", "dot", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith('digraph "mlp" {\n')
    assert done.stdout.endswith('  n0 [label="dense (Dense)\\n16 · 100 %", fillcolor="#00000030"]\n}\n')


@pytest.mark.slow
@needs_dot
def test_a_picture(tmp_path: Path) -> None:
    done = run(MLP, "--format", "svg", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    root = ElementTree.fromstring(done.stdout)
    assert [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")] == ["dense (Dense)", "16 · 100 %"]
    assert str(tmp_path) not in done.stdout


@pytest.mark.slow
def test_a_program_that_cannot_draw_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = tmp_path / "dot"
    failing.write_text("#!/bin/sh\necho 'Error: no layout' >&2\nexit 1\n")
    failing.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    done = run(MLP, "--format", "svg", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "paramsummary: dot failed: Error: no layout\n")
