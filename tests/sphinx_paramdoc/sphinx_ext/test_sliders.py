"""Sliders above a table that has a formula, in a browser: what they compute, and that nothing is lost without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sphinx_paramdoc.projects import Project
from tests.sphinx_paramdoc.rendering.looking import CHROMIUM, axe_core, browsing
from tests.sphinx_paramdoc.sphinx_ext.sliding import cells, field, slider, told, total
from tests.sphinx_paramdoc.sphinx_ext.test_law import NETS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.on_numpy,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is missing"),
]

COLUMNS = "layer class params share in-arguments explanation"
BLOCK = f".. paramsummary:: nets:chain(layers=3)\n   :vary: layers width\n   :sliders:\n   :columns: {COLUMNS}"

STACK = """
   import keras

   def build(layers=6, width=24):
       blocks = [keras.layers.Dense(4, name=f"layer_{number}") for number in range(layers)]
       return keras.Sequential([keras.Input((4,)), *blocks, keras.layers.Dense(width // 2, name="last")])

   build()
"""
"""Layers of one class that are named by their numbers, and then one that is half as wide as it is told."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp("sliders"))
    project.write(**{"nets.py": NETS})
    project.page("index", ".. toctree::\n\n   halving\n   plain\n   stack", BLOCK)
    project.page("stack", f".. paramsummary::\n   :vary:\n   :sliders:\n\n{STACK}")
    project.page("halving", ".. paramsummary:: nets:halving()\n   :vary:\n   :sliders:")
    project.page("plain", ".. paramsummary:: nets:halving()")
    built = project.build("-W")
    assert built.errors == ""
    return built.out


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing() as running:
        yield running


@pytest.fixture
def page(browser: Any, pages: Path) -> Iterator[Any]:
    opened = browser.new_page()
    opened.goto(f"file://{pages}/index.html")
    yield opened
    opened.close()


def test_rows_total_and_bars_follow_and_what_is_not_computed_is_hidden(page: Any) -> None:
    before = cells(page, "first"), cells(page, "Total")
    assert told(page) == f"{total(3, 12):,} parameters, executed"
    field(page, "layers").fill("7")
    field(page, "width").fill("21")
    assert told(page) == f"{total(7, 21):,} parameters, from the formula"
    share = 100 * 6 * 21 / total(7, 21)
    assert cells(page, "first") == ["Dense", "126", f"{share:.1f} %", "6 × width", "6 × 21 = 126"]
    statistics = 7 * 2 * 4 * 21
    size = f"{4 * total(7, 21) / 1024:,.2f} KiB"
    explained = f"{total(7, 21) - statistics:,} trainable + {statistics:,} non-trainable"
    assert cells(page, "Total") == ["", f"{total(7, 21):,} {size}", "100 %", "", explained]
    blocks = total(7, 21) - 126
    formula = f"7 × (8 × 21² + 21 × 21) = {blocks:,}"
    assert cells(page, "[dense, batch_normalization, dense_1] × 7")[1:] == [
        f"{blocks:,}",
        "99.5 %",
        "layers × (8 × width² + 21 × width)",
        formula,
    ]
    values = f"With layers = 7, width = 21: 7 × (8 × 21² + 21 × 21) + 6 × 21 = {total(7, 21):,}"
    assert page.locator(".paramdoc-law > p").all_inner_texts()[1] == values
    page.get_by_role("button", name="Reset").click()
    assert (cells(page, "first"), cells(page, "Total")) == before
    assert told(page) == f"{total(3, 12):,} parameters, executed"
    assert page.get_by_role("button", name="Reset").is_disabled()
    assert "With layers" not in page.inner_text("body")


def test_numbers_are_whole_beyond_those_of_floats(page: Any) -> None:
    layers, width = 10**15 + 7, 3 * 10**12 + 3
    field(page, "layers").fill(str(layers))
    field(page, "width").fill(str(width))
    assert total(layers, width) > 2**53
    assert told(page) == f"{total(layers, width):,} parameters, from the formula"
    assert cells(page, "Total")[1].startswith(f"{total(layers, width):,} ")


def test_a_keyboard_moves_them_and_names_are_there_to_be_heard(page: Any) -> None:
    assert page.get_by_role("group", name="Change the arguments").count() == 1
    slider(page, "layers").focus()
    page.keyboard.press("ArrowRight")
    assert field(page, "layers").input_value() == "4"
    assert told(page).startswith(f"{total(4, 12):,} ")
    page.keyboard.press("End")
    assert field(page, "layers").input_value() == "12"  # four times what the table shows
    page.keyboard.press("Home")
    assert field(page, "layers").input_value() == "1"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.labels[0].textContent.trim()") == "layers"
    page.keyboard.press("End")
    page.keyboard.type("0")
    assert told(page) == f"{total(10, 12):,} parameters, from the formula"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("wide", "not a whole number"),
        ("2.5", "not a whole number"),
        ("2,5", "not a whole number"),
        ("-1", "at least 1"),
        ("0", "at least 1"),
        ("", "nothing is entered"),
        ("9" * 41, "more than 40 digits"),
    ],
)
def test_what_is_no_number_is_said_and_leaves_no_table_until_it_is_one(page: Any, written: str, problem: str) -> None:
    before = cells(page, "Total")
    copy = page.get_by_role("button", name="Copy as Markdown")
    field(page, "width").fill(written)
    for layers in ("7", "3"):  # what is changed elsewhere does not make it one
        field(page, "layers").fill(layers)
        assert told(page) == f"width: {problem}"
        assert field(page, "width").get_attribute("aria-invalid") == "true"
        assert cells(page, "Total") == ["", "", "", "", ""]
        assert cells(page, "first") == ["Dense", "", "", "6 × width", ""]
        assert "With layers" not in page.inner_text("body")
        assert copy.is_disabled()
    field(page, "width").fill("12")
    assert cells(page, "Total") == before
    assert not copy.is_disabled()


def test_numbers_are_read_as_the_page_writes_them(page: Any) -> None:
    for written in ("1,200", "1 200", "1_200", " 1200 "):
        field(page, "width").fill(written)
        assert told(page) == f"{total(3, 1200):,} parameters, from the formula"


def test_what_repeats_may_be_there_no_time_and_says_by_its_names_how_often_it_is(page: Any) -> None:
    field(page, "layers").fill("0")
    assert told(page) == f"{6 * 12:,} parameters, from the formula"


@pytest.fixture
def stack(browser: Any, pages: Path) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 390, "height": 900})
    opened.goto(f"file://{pages}/stack.html")
    yield opened
    opened.close()


def test_what_repeats_is_named_by_how_often_it_is(stack: Any) -> None:
    assert "layer_0 to layer_5 (Dense)" in " ".join(stack.inner_text("table.paramdoc").split())
    for layers, names in ((7, "layer_0 to layer_6 (Dense)"), (1, "layer_0 (Dense)")):
        field(stack, "layers").fill(str(layers))
        assert names in " ".join(stack.inner_text("table.paramdoc").split())
    field(stack, "layers").fill("0")
    assert "layer_0" not in stack.inner_text("table.paramdoc")


def test_where_the_formula_does_not_hold_that_is_said_and_nothing_is_computed(stack: Any) -> None:
    field(stack, "width").fill("25")  # of which there is a model, as the builder rounds
    assert told(stack) == "the formula does not hold: 2 does not divide width"
    assert "120" not in stack.inner_text("table.paramdoc")
    assert stack.get_by_role("button", name="Copy as CSV").is_disabled()


def test_print_has_the_table_of_the_block(page: Any) -> None:
    before = cells(page, "Total")
    field(page, "width").fill("18")
    changed = cells(page, "Total")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert cells(page, "Total") == before
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert cells(page, "Total") == changed


def test_executed_settings_can_be_chosen(page: Any) -> None:
    options = page.get_by_label("Executed settings").locator("option").all_inner_texts()
    assert options[:2] == ["none of these", "layers = 3, width = 12"]
    refused = [each for each in options if each.endswith(": no model")]
    assert (len(options), options[-len(refused) :]) == (1 + 9 + 3, refused)
    layers, width = map(int, re.findall(r"\d+", options[9]))
    page.get_by_role("combobox", name="Executed settings").select_option(index=9)
    assert told(page) == f"{total(layers, width):,} parameters, executed"
    assert field(page, "width").input_value() == str(width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(browser: Any, repository: Path, pages: Path, scheme: str, width: int) -> None:
    script = axe_core(repository)
    if script is None:
        pytest.skip("axe-core is not installed: npm install --no-save axe-core, or AXE_CORE=…/axe.min.js")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    try:
        for name in ("index", "halving"):
            opened = context.new_page()
            opened.goto(f"file://{pages}/{name}.html")
            opened.add_script_tag(path=script)
            parts = [".paramdoc-law-data"] if name == "index" else []
            found = opened.evaluate(
                "async parts => (await axe.run({include: parts.map(part => [part])}, {resultTypes: ['violations']}))"
                ".violations.map(found => [found.id, found.nodes[0].html])",
                [*parts, "table.paramdoc", ".paramdoc-law"],
            )
            assert found == []
            assert opened.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        context.close()


def test_what_is_copied_says_that_it_is_from_the_formula(page: Any) -> None:
    field(page, "width").fill("18")
    copy = page.get_by_role("button", name="Copy as Markdown (from the formula)")
    page.evaluate("navigator.clipboard.writeText = text => (window.copied = text, Promise.resolve())")
    copy.click()
    copied = page.evaluate("window.copied")
    assert "from the formula: layers = 3, width = 18" in copied
    assert f"With layers = 3, width = 18: 3 × (8 × 18² + 21 × 18) + 6 × 18 = {total(3, 18):,}" in copied
    assert "Agrees with 5 further settings" in copied
    statistics = 3 * 2 * 4 * 18
    assert f"{total(3, 18) - statistics:,} trainable + {statistics:,} non-trainable" in copied
    page.get_by_role("button", name="Reset").click()
    page.wait_for_timeout(1600)
    assert page.get_by_role("button", name="Copy as CSV").inner_text() == "Copy as CSV"


def test_without_a_script_the_table_and_the_formula_stand_as_they_are(browser: Any, pages: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{pages}/index.html")
    assert not page.locator(".paramdoc-law-data").is_visible()
    assert f"{total(3, 12):,}" in page.inner_text("tr.paramdoc-total")
    formula = "In arguments (layers = 3, width = 12): layers × (8 × width² + 21 × width) + 6 × width"
    assert formula in page.inner_text("body")
    context.close()


def test_a_page_without_sliders_loads_no_script_of_theirs(pages: Path) -> None:
    script = 'src="_static/sliders.js'
    loads = {
        name: script in (pages / f"{name}.html").read_text(encoding="utf-8") for name in ("index", "halving", "plain")
    }
    assert loads == {"index": True, "halving": False, "plain": False}
    assert (pages / "_static" / "sliders.js").stat().st_size < 6_000


def test_what_is_refused_has_no_sliders(pages: Path) -> None:
    assert "paramdoc-law-data" not in (pages / "halving.html").read_text(encoding="utf-8")


@pytest.mark.thorough
def test_other_builders_know_nothing_of_them(pages: Path, tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write(**{"nets.py": NETS})
    project.page("index", BLOCK)
    for builder in ("text", "latex"):
        built = project.build("-W", builder=builder)
        assert built.errors == ""
        assert "paramdoc-law-data" not in "".join(
            file.read_text(encoding="utf-8", errors="replace") for file in built.out.glob("*.t*")
        )
