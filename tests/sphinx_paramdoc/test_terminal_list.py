"""``--list``: several models in a terminal, run as people run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sphinx_paramdoc.command.main import main
from tests.sphinx_paramdoc.command import MLP, run

pytestmark = [pytest.mark.on_numpy, pytest.mark.shares_server]

NETS = f"""
import keras

def mlp(units=4, kind=None):
    return {MLP.replace("4", "units")}
"""

ZOO = f"""\
# Two networks, and one that there is not.
small: nets:mlp(units=4)
broken: nets:mlp(
    foo=5)
plain: {MLP}
nothing at all
open: keras.layers.Dense(3)
    :input-shape: (None, 5)
    :color: red
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "nets.py").write_text(NETS)
    (tmp_path / "zoo.txt").write_text(ZOO)
    return tmp_path


@pytest.mark.slow
def test_lines_that_all_stand_further_right_are_those_of_a_page(folder: Path) -> None:
    (folder / "page.txt").write_text("   one: nets:mlp(\n      units=4)\n\n   two: nets:mlp(8)\n")
    done = run("--list", "page.txt", "--columns", "params", "--width", "0", cwd=folder)
    assert (done.returncode, done.stdout.split("\n")[2:]) == (0, ["one            16", "two            32", ""])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("option", "message"),
    [
        (":timeout: soon", ":timeout: 'soon' is not a number of seconds greater than 0"),
        (":colour: red", "unknown option :colour: (there are :input-shape:, :backend:, :timeout:)"),
    ],
)
def test_an_option_that_cannot_be_read_is_a_failure_although_the_model_is_there(
    folder: Path, option: str, message: str
) -> None:
    (folder / "one.txt").write_text(f"one: nets:mlp(4)\n   {option}\n")
    done = run("--list", "one.txt", "--columns", "params", "--width", "0", cwd=folder)
    assert (done.returncode, done.stderr) == (1, f"paramsummary: one.txt:2: {message}\n")
    assert done.stdout.split("\n")[2:] == ["one            16", ""]


@pytest.mark.slow
def test_what_fails_is_said_with_its_line_and_the_rest_is_printed(folder: Path) -> None:
    done = run("--list", "zoo.txt", "--width", "0", cwd=folder)
    assert done.returncode == 1
    assert done.stdout.split("\n") == [
        "Model           Parameters  Trainable  Non-trainable  Size",
        "──────────────  ──────────  ─────────  ─────────────  ────",
        "small                   16         16              0  64 B",
        "broken",
        "  missing (zoo.txt, line 3): TypeError: mlp() got an unexpected keyword argument 'foo'",
        "plain                   16         16              0  64 B",
        "nothing at all",
        (
            "  missing (zoo.txt, line 6): a model has a name, a colon and a blank before what gives it: "
            "NAME: nothing at all"
        ),
        "open                    18         18              0  72 B",
        "",
    ]
    assert done.stderr.split("\n") == [
        "paramsummary: zoo.txt:3: TypeError: mlp() got an unexpected keyword argument 'foo'",
        "paramsummary: zoo.txt:6: a model has a name, a colon and a blank before what gives it: NAME: nothing at all",
        "paramsummary: zoo.txt:9: unknown option :color: (there are :input-shape:, :backend:, :timeout:)",
        "",
    ]


@pytest.mark.slow
def test_json_is_a_list_of_what_each_model_is_alone(folder: Path) -> None:
    text = "small: nets:mlp(4)\nbig: nets:mlp(40)\n"
    done = run("--list", "-", "--format", "json", cwd=folder, given=text)
    assert (done.returncode, done.stderr) == (0, "")
    alone = [run(f"nets:mlp({units})", "--format", "json", cwd=folder).stdout for units in (4, 40)]
    found = json.loads(done.stdout)
    assert [each.pop("listed_as") for each in found] == ["small", "big"]
    assert found == list(map(json.loads, alone))


@pytest.mark.slow
def test_the_settings_of_a_builder_and_their_formula(folder: Path) -> None:
    text = "small: units=4\nbig: units=40, kind='x'\n"
    done = run("nets:mlp", "--list", "-", "--vary", "--columns", "params,layers", cwd=folder, given=text)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split("\n") == [
        "Model  Parameters  Layers",
        "─────  ──────────  ──────",
        "small          16       1",
        "big           160       1",
        "",
        "In arguments: 4 × units",
        "",
        "Agrees with 5 further settings that were executed, weight by weight.",
        "",
    ]


@pytest.mark.slow
def test_code_runs_before_each_of_them(folder: Path) -> None:
    text = "small: made(4)\nbig: made(40)\n"
    (folder / "code.py").write_text("from nets import mlp as made\n")
    done = run("--code", "code.py", "--list", "-", "--format", "markdown", cwd=folder, given=text)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split("\n")[2:] == ["| small | 16 | 16 | 0 | 64 B |", "| big | 160 | 160 | 0 | 640 B |", ""]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--list"], "argument --list: expected one argument"),
        (
            ["--list", "zoo.txt", "--depth", "2"],
            "--depth is about one model, and --list shows several: drop one of them",
        ),
        (["--list", "zoo.txt", "--total=3"], "--total is about one model, and --list shows several: drop one of them"),
        (["--list", "zoo.txt", "--foo"], "unrecognized arguments: --foo"),
        (["--list", "zoo.txt", "--near", "5K"], "--near and --where are about one model, and --list shows several"),
        (["--list", "zoo.txt", "--format", "svg"], "--format svg shows one model, and --list several: write text, "),
        (
            ["--list", "zoo.txt", "--columns", "link"],
            "--columns link leads to the tables of a page, and a terminal has",
        ),
        (["--list", "zoo.txt", "--columns", "explanation"], "argument --columns: 'explanation' is none of model, "),
        (["--list", "-", "--code", "-"], "--list and --code cannot both be standard input"),
        (["--list", "nowhere.txt"], "--list nowhere.txt: No such file or directory"),
        (["--list", "empty.txt"], "--list empty.txt: there are no models: each is a line such as NAME: EXPRESSION"),
        (["--list", "latin.txt"], "--list latin.txt: 'utf-8' codec can't decode byte 0xe9"),
    ],
)
def test_wrong_usage_says_what_is_wrong(
    arguments: list[str],
    message: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)
    (folder / "empty.txt").write_text("# nothing\n")
    (folder / "latin.txt").write_bytes(b"\xe9: nets:mlp()\n")
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2
    assert f"paramsummary: error: {message}" in capsys.readouterr().err
