"""The program `dot`: found or not, and what goes wrong with it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sphinx_paramdoc.machine import graphviz
from tests.sphinx_paramdoc.rendering.test_dot import needs_dot

GRAPH = 'digraph "m" { a -> b }'


def program(folder: Path, code: str) -> str:
    made = folder / "dot"
    made.write_text(f"#!{sys.executable}\nimport sys, time\n{code}\n")
    made.chmod(0o755)
    return str(made)


def test_it_is_found_by_name_or_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert graphviz.find() is None
    made = program(tmp_path, "")
    assert graphviz.find() == graphviz.find(made) == made
    assert graphviz.find(str(tmp_path / "nowhere")) is None
    monkeypatch.setenv("HOME", str(tmp_path))
    assert graphviz.find("~/dot") == made


def test_another_program_is_told_from_it_and_another_version(tmp_path: Path) -> None:
    first = graphviz.identity(made := program(tmp_path, ""))
    assert first == graphviz.identity(made) != ""
    (tmp_path / "more").mkdir()
    assert graphviz.identity(program(tmp_path / "more", "")) != first
    (tmp_path / "link").symlink_to(made)
    assert graphviz.identity(str(tmp_path / "link")) == first
    program(tmp_path, "print('newer')")
    assert graphviz.identity(made) != first
    assert graphviz.identity(str(tmp_path / "nowhere")) == ""


@pytest.mark.slow
def test_it_gets_the_graph_and_no_shell(tmp_path: Path) -> None:
    made = program(tmp_path, "print(sys.argv[1:], sys.stdin.read())")
    assert graphviz.draw("$(x) ; é", "svg", made).decode() == "['-Tsvg'] $(x) ; é\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("sys.exit('Error: syntax error in line 1')", "dot failed: Error: syntax error in line 1"),
        ("sys.exit(3)", "dot failed: exit status 3"),
        ("pass", "dot failed: exit status 0"),
        ("time.sleep(60)", "dot did not end within 1 seconds"),
        ("print('x' * 17_000_000)", "the picture has 17,000,001 bytes, more than 16,000,000"),
    ],
)
def test_what_goes_wrong_has_a_reason(tmp_path: Path, code: str, message: str) -> None:
    with pytest.raises(graphviz.DotError) as raised:
        graphviz.draw(GRAPH, "svg", program(tmp_path, code), seconds=1.0 if "sleep" in code else 60.0)
    assert str(raised.value) == message


def test_what_is_no_program_has_a_reason(tmp_path: Path) -> None:
    with pytest.raises(graphviz.DotError, match="cannot be run"):
        graphviz.draw(GRAPH, "svg", str(tmp_path))


@needs_dot
@pytest.mark.parametrize("form", ["svg", "pdf"])
def test_the_same_graph_is_the_same_bytes_without_a_date(form: str) -> None:
    found = graphviz.find()
    assert found
    made = graphviz.draw(GRAPH, form, found)
    assert made == graphviz.draw(GRAPH, form, found)
    assert b"CreationDate (D:1970" in made if form == "pdf" else b"<svg" in made
