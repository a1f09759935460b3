"""``.. paramdiff::`` in pages."""

from __future__ import annotations

import pytest

from tests.sphinx_paramdoc.projects import Project

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy]

NETS = """
import keras

def build(units=4, blocks=2):
    block = [keras.Sequential([keras.layers.Dense(units, name="up")], name=f"block_{i}") for i in range(blocks)]
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(units, name="stem"), *block], name="net")
"""


@pytest.fixture
def nets(project: Project) -> Project:
    project.write(**{"nets.py": NETS})
    return project


def test_a_page_says_what_changed_and_a_second_build_runs_nothing(nets: Project) -> None:
    nets.page("mynets", ".. paramsummary:: nets:build()\n   :name: net")
    nets.page(
        "others",
        ".. paramdiff::\n   :before: block:net\n   :after: build(8, 4)\n   :caption: Wider\n   :name: wider\n"
        "   :depth: 1\n\n   from nets import build",
        "See :ref:`wider`.",
    )
    built = nets.build("-W")
    assert built.errors == ""
    text = built.text("others")
    assert "stem +16 16 → 32 units 4 → 8" in text
    assert "block_0 … block_3 +248 40 → 288 layers 2 → 4, inputs 4 → 8, units 4 → 8 1 change inside" in text
    assert "up +52 20 → 72 inputs 4 → 8, units 4 → 8" in text
    assert "Total +264 56 → 320 +471.4 %" in text
    assert "See Wider" in text
    assert nets.build("-E", "-W", may_run=False).errors == ""
    nets.write(**{"nets.py": NETS.replace("units=4", "units=5")})
    assert "units 5 → 8" in nets.build("-W").text("others")


def test_equal_models_and_layers_that_are_chosen(nets: Project) -> None:
    diff = ".. paramdiff::\n   :before: nets:build()\n"
    nets.page(
        "mynets",
        f"{diff}   :after: nets:build()",
        f"{diff}   :after: nets:build(8)\n   :layers: st* nothing",
    )
    built = nets.build()
    assert "3 layers are as they were: 56 parameters" in built.text("mynets")
    assert "no layer, weight, shape or type differs" in built.text("mynets")
    assert "block_0" not in built.text("mynets")
    assert "mynets.rst:11: WARNING: :layers: no layer that changed fits 'nothing' [paramdoc.option]" in built.errors


@pytest.mark.parametrize(
    ("options", "line", "message"),
    [
        (":before: nets:build()", 4, ":after: is missing: an expression, or block: and the label of a block [paramdoc"),
        (":before: nets:build()\n   :after: block:nothing", 6, ":after: no paramsummary block that begins a line of a"),
        (":before: nets:build()\n   :after: nets:build(oops)", 6, "name 'oops' is not defined"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(nets: Project, options: str, line: int, message: str) -> None:
    nets.page("mynets", f".. paramdiff::\n   {options}\n   :name: label")
    built = nets.build()
    assert f"mynets.rst:{line}: WARNING: " in built.errors
    assert message in built.errors
    assert "This parameter table is missing" in built.text("mynets")
    assert "mynets.rst" in nets.build().errors  # and the next build says so again


def test_the_block_that_a_label_means_has_the_one_warning(nets: Project) -> None:
    nets.page("mynets", ".. paramsummary:: nets:build(oops)\n   :name: net")
    nets.page("others", ".. paramdiff::\n   :before: block:net\n   :after: nets:build()")
    built = nets.build()
    assert built.errors.count("WARNING") == 1
    assert ":before: block:net: NameError" in built.text("others")
