"""The count of a builder in its own arguments, in a page: executed like any block, recorded, quoted, and told of."""

from __future__ import annotations

import json

import pytest

from tests.sphinx_paramdoc.projects import Project

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy]

NETS = """
import keras

def chain(layers=3, width=12, heads=3, kind="x", d_ff=None):
    if width % heads:
        raise ValueError(f"{heads} heads do not divide a width of {width}.")
    model = [keras.Input((5,)), keras.layers.Dense(width, name="first")]
    for number in range(layers):
        model += [keras.layers.Dense(d_ff or 4 * width), keras.layers.BatchNormalization(), keras.layers.Dense(width)]
    return keras.Sequential(model)

def even(layers=2, width=12):
    if width % 2:
        raise ValueError("an odd width")
    return keras.Sequential([keras.Input((width,)), *(keras.layers.Dense(width) for _ in range(layers))])

def halving(width=64, layers=3):
    sizes = [width // 2**number for number in range(layers)]
    return keras.Sequential([keras.Input((32,)), *map(keras.layers.Dense, sizes)])
"""

FORMULA = "layers × (8 × width² + 21 × width) + 6 × width"


@pytest.fixture
def nets(project: Project) -> Project:
    project.write(**{"nets.py": NETS})
    return project


def test_a_page_says_the_formula_of_the_model_and_of_each_row(nets: Project) -> None:
    nets.page(
        "mynets",
        ".. paramsummary:: nets:chain(layers=3)\n   :vary: layers width\n   :name: chain",
        "In all :paramformula:`chain in-arguments`, first :paramformula:`chain/first in-arguments`.",
    )
    built = nets.build("-W")
    assert built.errors == ""
    text = built.text("mynets")
    assert f"In arguments ( layers = 3 , width = 12 ): {FORMULA}" in text
    assert "Agrees with 5 further settings that were executed, weight by weight." in text
    assert text.count("In arguments (") == 1
    assert f"In all {FORMULA} , first 6 × width ." in text


@pytest.mark.parametrize("builder", ["html", "text", "latex"])
def test_the_formula_stands_directly_below_the_total_and_notes_follow(nets: Project, builder: str) -> None:
    nets.page("mynets", ".. paramsummary:: nets:chain(layers=3)\n   :vary: layers width\n   :unfold:")
    built = nets.build("-W", builder=builder)
    assert built.errors == ""
    written = (file for file in built.out.glob("*.*") if file.suffix == ".tex" or file.stem == "mynets")
    [text] = [file.read_text(encoding="utf-8") for file in written]
    formula = text.index("In arguments (")
    total = text.rindex("Total", 0, formula)
    assert "not learned" not in text[total:formula]
    assert formula < text.index("Agrees with 5", formula) < text.index("not learned", formula)


def test_nothing_runs_where_nothing_changed_also_of_what_raised(nets: Project) -> None:
    nets.page("mynets", ".. paramsummary:: nets:chain(layers=3)\n   :vary: width heads layers")
    first = nets.build("-W", "-D", "paramdoc_records=records")
    kept = [json.loads(record) for record in nets.records("docs/records").values()]
    raised = [record["raised"] for record in kept if "raised" in record]
    assert raised
    assert [message for message in raised if "heads do not divide" not in message] == []
    assert first.blocks == f"{len(kept)} run"
    again = nets.build("-W", "-E", "-D", "paramdoc_records=records", may_run=False)
    assert again.errors == ""
    assert again.blocks == f"{len(kept)} from records"
    assert again.text("mynets") == first.text("mynets")
    assert nets.build("-D", "paramdoc_records=records", may_run=False).read == set()
    nets.write(**{"nets.py": NETS.replace("(5,)", "(6,)")})
    changed = nets.build("-W", "-D", "paramdoc_records=records")
    assert changed.blocks == f"{len(kept) - 2} run"  # without the blocks of other pages
    assert "+ 7 × width" in changed.text("mynets")


@pytest.mark.thorough
def test_of_what_raised_a_record_says_the_same(nets: Project) -> None:
    nets.page("mynets", ".. paramsummary:: nets:even()\n   :vary: width layers")
    first = nets.build("-W", "-D", "paramdoc_records=records")
    assert "No model with width = " in first.text("mynets")
    again = nets.build("-W", "-E", "-D", "paramdoc_records=records", may_run=False)
    assert again.text("mynets") == first.text("mynets")


def test_a_refused_formula_is_no_warning_and_shows_what_was_executed(nets: Project) -> None:
    nets.page("mynets", ".. paramsummary:: nets:halving()\n   :vary:\n   :name: halving")
    built = nets.build("-W")
    assert built.errors == ""
    assert (
        "The argument layers has no formula: with 4 instead of 3 there are further weights, of other shapes than those "
        "before. "
        "Executed counts: layers = 3: 4,720, layers = 4: 4,856." in built.text("mynets")
    )
    page = (built.out / "mynets.html").read_text(encoding="utf-8")
    assert '<span class="pre">layers</span></code> has no formula' in page
    assert "In arguments" not in built.text("mynets")


def test_what_is_no_argument_is_a_warning_and_the_others_are_varied(nets: Project) -> None:
    nets.page(
        "mynets",
        ".. paramsummary:: nets:chain(layers=3)\n   :vary: layers kind d_ff width",
        ".. paramsummary::\n   :vary:\n\n   keras.Sequential([keras.Input((3,)), keras.layers.Dense(4)])",
        ".. paramsummary:: nets:chain(layers=3)\n   :columns: layer in-arguments",
    )
    built = nets.build()
    assert [warning.removeprefix("mynets.rst:") for warning in built.warnings] == [
        (
            "5: WARNING: :vary: kind, d_ff are no arguments that are a whole number here; "
            "there are layers, width, heads [paramdoc.option]"
        ),
        (
            "8: WARNING: :vary: the model comes from no call that is given a whole number, or has one by default "
            "[paramdoc.option]"
        ),
        "13: WARNING: :columns: in-arguments needs :vary:, which says what the formula is to be in [paramdoc.option]",
    ]
    assert FORMULA in built.text("mynets")


@pytest.mark.thorough
def test_the_call_may_be_that_of_code_or_of_a_model_option(nets: Project) -> None:
    code = "from nets import chain\n\n   {}"
    nets.page(
        "mynets",
        f".. paramsummary::\n   :vary: width layers\n\n   {code.format('model = chain(2)')}",
        f".. paramsummary::\n   :vary: width layers\n   :model: chain(2).layers[0]\n\n   {code.format('')}",
    )
    built = nets.build("-W")
    assert built.errors == ""
    assert built.text("mynets").count(f"In arguments ( width = 12 , layers = 2 ): {FORMULA}") == 1
    assert "In arguments ( width = 12 , layers = 2 ): 6 × width" in built.text("mynets")
    assert "layers does not change the count." in built.text("mynets")


@pytest.mark.thorough
def test_the_call_that_gave_the_model_may_stand_anywhere_in_the_code(nets: Project) -> None:
    code = "from nets import chain\n\n   model = chain(2)\n   model.build((None, 5))\n   n = len('helper')"
    nets.page(
        "mynets",
        f".. paramsummary::\n   :vary: width layers\n\n   {code}",
        f".. paramsummary:: model.layers[0]\n   :vary: width\n\n   {code}",
    )
    first = nets.build("-W", "-D", "paramdoc_records=records")
    assert first.errors == ""
    assert f"In arguments ( width = 12 , layers = 2 ): {FORMULA}" in first.text("mynets")
    assert "In arguments ( width = 12 ): 6 × width" in first.text("mynets")
    again = nets.build("-W", "-E", "-D", "paramdoc_records=records", may_run=False)
    assert again.text("mynets") == first.text("mynets")


def test_without_records_nothing_is_said_of_a_formula_where_nothing_may_run(nets: Project) -> None:
    nets.page("mynets", ".. paramsummary:: nets:chain(layers=3)")
    nets.build("-W", "-D", "paramdoc_records=records")
    nets.page("mynets", ".. paramsummary:: nets:chain(layers=3)\n   :vary: width")
    built = nets.build("-D", "paramdoc_records=records", "-D", "paramdoc_execute=cache", may_run=False)
    [told] = built.warnings
    assert told == (
        "mynets.rst:5: WARNING: a setting of :vary: has no fresh record, "
        "and paramdoc_execute is 'cache' [paramdoc.stale]"
    )
    assert "Total" in built.text("mynets")


def test_stale_records_of_settings_are_told_of_where_nothing_may_run(nets: Project) -> None:
    nets.page("mynets", ".. paramsummary:: nets:chain(layers=3)\n   :vary: layers")
    nets.build("-W", "-D", "paramdoc_records=records")
    nets.write(**{"nets.py": NETS.replace("(5,)", "(6,)")})
    built = nets.build("-E", "-D", "paramdoc_records=records", "-D", "paramdoc_execute=cache", may_run=False)
    assert (
        "mynets.rst:5: WARNING: records of settings of :vary: are stale (nets has changed), "
        "and paramdoc_execute is 'cache' [paramdoc.stale]"
    ) in built.warnings
    assert built.blocks == "2 from records, 8 from stale records"  # those of the other pages are fresh


def test_a_role_says_why_there_is_no_formula(nets: Project) -> None:
    nets.page(
        "mynets",
        ".. paramsummary:: nets:chain(layers=3)\n   :vary: width\n   :name: chain",
        ".. paramsummary:: nets:chain(layers=3)\n   :name: plain",
        ":paramcount:`chain in-arguments`",
        ":paramformula:`plain in-arguments`",
    )
    assert [warning.partition("WARNING: ")[2] for warning in nets.build().warnings] == [
        "paramcount: in-arguments is a formula, and no count: write :paramformula: [paramdoc.reference]",
        "paramformula: 'plain' has no formula in arguments: its block asks for one with :vary: [paramdoc.reference]",
    ]


def test_a_pdf_knows_the_signs_of_a_formula(nets: Project) -> None:
    nets.write(**{"nets.py": NETS.replace('keras.layers.Dense(width, name="first")', "keras.layers.Dense(1)")})
    nets.page("mynets", ".. paramsummary:: nets:chain(layers=3)\n   :vary: layers width")
    built = nets.build("-W", builder="latex")
    assert built.errors == ""
    [tex] = [file.read_text(encoding="utf-8") for file in built.out.glob("*.tex")]
    wide = r"\penalty5000\ "
    assert f"In arguments (layers{wide}={wide}3, width{wide}={wide}12): layers{wide}×{wide}(8{wide}×{wide}width" in tex
    assert f" −{wide}4{wide}×{wide}width" in tex
    assert r"\DeclareUnicodeCharacter{2212}" in tex
