"""A model in its own arguments, in a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sphinx_paramdoc.command import run
from tests.sphinx_paramdoc.sphinx_ext.test_law import FORMULA, NETS

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "nets.py").write_text(NETS)
    return tmp_path


def test_the_formula_stands_below_the_total_and_settings_come_near_to_a_count(folder: Path) -> None:
    asked = ("--vary", "layers", "width", "d_ff")
    done = run("nets:chain(3, d_ff=48)", *asked, "--near", "5K", "--where", "d_ff = 4 * width", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    formula = "layers × (2 × width × d_ff + width + 5 × d_ff) + 6 × width"
    assert f"In arguments (layers = 3, width = 12, d_ff = 48): {formula}" in " ".join(done.stdout.split())
    near = [line for line in done.stdout.splitlines() if line.startswith("Near 5,000, executed: ")]
    assert len(near) == 5


def test_json_has_the_formula_and_what_comes_near(folder: Path) -> None:
    done = run("nets:chain(3)", "--vary", "layers,width", "--near", "10K", "--format", "json", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    plain = json.loads(done.stdout)
    assert plain["law"]["formula"] == FORMULA
    assert len(plain["near"]) == 5
    for each in plain["near"]:
        layers, width = each["arguments"]["layers"], each["arguments"]["width"]
        assert each["total"] == layers * (8 * width**2 + 21 * width) + 6 * width
    distances = [abs(each["total"] - 10_000) for each in plain["near"]]
    assert distances == sorted(distances)


def test_where_there_is_no_formula_nothing_comes_near(folder: Path) -> None:
    done = run("nets:halving()", "--vary", "--near", "10K", cwd=folder)
    assert (done.returncode, done.stderr) == (1, "paramsummary: --near: there is no formula to look in\n")
    assert "The argument layers has no formula: " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--near", "5K"), "--near needs --vary, which says what may be changed"),
        (("--vary", "--where", "a = 3"), "--where needs --near: it says which settings are looked for"),
        (("--vary", "--near", "many"), "argument --near: 'many' is no count such as 125M, 1.5B, 800K"),
        (("--vary", "--near", "5K", "--where", "a"), "--where: 'a' is no condition such as 'd_ff = 4 * width'"),
        (("--columns", "in-arguments"), "--columns in-arguments needs --vary, which says what the formula is to be in"),
        (("--vary", "3"), "argument --vary: '3' is no name of an argument, such as layers"),
    ],
)
def test_wrong_usage_is_said(arguments: tuple[str, ...], told: str, folder: Path) -> None:
    done = run("nets:chain()", *arguments, cwd=folder)
    assert done.returncode == 2
    assert done.stderr.endswith(f"paramsummary: error: {told}\n")
