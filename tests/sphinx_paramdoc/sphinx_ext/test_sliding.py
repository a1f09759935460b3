"""What readers trust while they move sliders, in a browser: which rows are there, what is marked, and what fits."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sphinx_paramdoc.table.sizes import size
from tests.sphinx_paramdoc.projects import Project
from tests.sphinx_paramdoc.rendering.looking import CHROMIUM, FAULTS, browsing
from tests.sphinx_paramdoc.sphinx_ext.sliding import cells, field, rows, slider, told, total
from tests.sphinx_paramdoc.sphinx_ext.test_law import NETS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.on_numpy,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is missing"),
]

MORE = """
import keras

def listed(layers=3, width=12):
    hidden = [keras.layers.Dense(width, name=f"hidden_{number}") for number in range(layers)]
    return keras.Sequential([keras.Input((width,)), *hidden, keras.layers.Dense(3, name="last")])

def numbered(layers=2, width=12):
    hidden = [keras.layers.Dense(width) for _ in range(layers)]
    return keras.Sequential([keras.Input((width,)), *hidden, keras.layers.Dense(3)])

def deep(layers=1, width=12):
    inside = lambda: [keras.layers.Dense(2 * width, name="up"), keras.layers.Dense(width, name="down")]
    blocks = [keras.Sequential(inside(), name=f"block_{number}") for number in range(layers)]
    return keras.Sequential([keras.Input((width,)), *blocks, keras.layers.Dropout(0.1)])

def grouped(width=24, heads=4, groups=2):
    if heads % groups:
        raise ValueError("groups must divide heads")
    keys = keras.layers.Dense(groups * (width // heads), name="keys")
    return keras.Sequential([keras.Input((width,)), keys])
"""

COLUMNS = "layer output-shape params trainable non-trainable size explanation"

PAGES = {
    "listed": ".. paramsummary:: nets:listed()\n   :vary:\n   :sliders:",
    "numbered": ".. paramsummary:: nets:numbered()\n   :vary:\n   :sliders:",
    "deep": ".. paramsummary:: nets:deep()\n   :vary:\n   :sliders:",
    "grouped": ".. paramsummary:: nets:grouped()\n   :vary:\n   :sliders:",
    "arguments": ".. paramsummary:: nets:listed()\n   :vary:\n   :sliders:\n   :columns: layer params in-arguments",
    "columns": f".. paramsummary:: nets:chain()\n   :vary: layers width\n   :sliders:\n   :columns: {COLUMNS}",
    "halving": ".. paramsummary:: nets:halving()\n   :vary:\n   :sliders:",
    "alone": ".. paramsummary:: nets:halving()\n   :vary: layers\n   :sliders:",
    "some": ".. paramsummary:: nets:listed()\n   :vary:\n   :sliders:\n   :layers: hidden*",
}


class Site:
    """A manual of pages with sliders, and what its build said."""

    def __init__(self, folder: Path) -> None:
        project = Project(folder)
        project.write(**{"nets.py": NETS + MORE})
        project.page("index", ".. toctree::\n\n   " + "\n   ".join(PAGES))
        for name, text in PAGES.items():
            project.page(name, text)
        built = project.build("-W")
        assert built.errors == ""
        self.log = built.log
        self.out = built.out


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("sliding"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing() as running:
        yield running


class Opening:
    """Opens pages of a site, and closes them."""

    def __init__(self, browser: Any, site: Site) -> None:
        self._browser, self._site = browser, site
        self.opened: list[Any] = []

    def __call__(self, name: str, width: int = 1280) -> Any:
        page = self._browser.new_page(viewport={"width": width, "height": 900})
        page.goto(f"file://{self._site.out}/{name}.html")
        self.opened.append(page)
        return page


@pytest.fixture
def opening(browser: Any, site: Site) -> Iterator[Opening]:
    made = Opening(browser, site)
    yield made
    for page in made.opened:
        page.close()


def counts(page: Any) -> list[int]:
    """Give the counts of the outermost rows that are there, and the total."""
    return [int(row[1].split()[0].replace(",", "")) for row in rows(page)]


# Rows


def test_layers_that_are_listed_come_and_go_and_what_is_further_has_a_row(opening: Opening) -> None:
    page = opening("listed")
    names = {
        1: ["hidden_0", "last", "Total"],
        2: ["hidden_0", "hidden_1", "last", "Total"],
        3: ["hidden_0", "hidden_1", "hidden_2", "last", "Total"],
        5: ["hidden_0", "hidden_1", "hidden_2", "further layers: 2", "last", "Total"],
        1002: ["hidden_0", "hidden_1", "hidden_2", "further layers: 999", "last", "Total"],
    }
    for layers, expected in names.items():
        field(page, "layers").fill(str(layers))
        field(page, "width").fill("20")
        assert [row[0].partition(" (")[0] for row in rows(page)] == expected
        *found, whole = counts(page)
        assert sum(found) == whole == layers * 420 + 63
    assert cells(page, "further")[1:] == ["(layers − 3) × (width² + width)", "(1,002 − 3) × (20² + 20) = 419,580"]
    page.get_by_role("button", name="Reset").click()
    assert [row[0].partition(" (")[0] for row in rows(page)] == names[3]
    assert cells(page, "last")[0] == "(None, 3)"


def test_layers_that_a_framework_numbers_keep_their_numbers_as_long_as_they_are_as_many(opening: Opening) -> None:
    page = opening("numbered")
    field(page, "width").fill("20")
    assert [row[0] for row in rows(page)][:3] == ["dense (Dense)", "dense_1 (Dense)", "dense_2 (Dense)"]
    assert counts(page) == [420, 420, 63, 903]
    field(page, "layers").fill("4")
    names = ["dense … (Dense)", "dense … (Dense)", "further layers: 2", "dense … (Dense)", "Total"]
    assert [row[0] for row in rows(page)] == names
    assert counts(page) == [420, 420, 840, 63, 1743]
    field(page, "layers").fill("1")
    assert counts(page) == [420, 63, 483]


def test_one_block_stands_for_as_many_as_there_are(opening: Opening) -> None:
    page = opening("deep")
    assert cells(page, "block_0 (Sequential)")[1] == "612"
    field(page, "layers").fill("40")
    assert cells(page, "block_0 to block_39 (Sequential)")[0] == f"{40 * 612:,}"
    summary = page.locator("summary")
    assert summary.inner_text() == "2 layers"
    summary.click()
    inside = page.eval_on_selector_all(
        ".paramdoc-inner > tbody > tr", "rows => rows.map(row => row.children[2].innerText)"
    )
    assert inside == ["12,480", "12,000"]
    assert cells(page, "dropout")[-1] == "no weights: it only masks activations"


def test_memory_and_what_is_trainable_are_computed_and_shapes_are_hidden(opening: Opening) -> None:
    page = opening("columns")
    assert "(None, 12)" in page.inner_text("table.paramdoc")
    field(page, "layers").fill("11")
    field(page, "width").fill("33")
    statistics, whole = 11 * 2 * 4 * 33, total(11, 33)
    assert cells(page, "Total") == [
        f"{whole:,}",
        f"{whole - statistics:,}",
        f"{statistics:,}",
        size(4 * whole),
        f"{whole - statistics:,} trainable + {statistics:,} non-trainable",
    ]
    assert cells(page, "first") == ["198", "198", "0", "792 B", "6 × 33 = 198"]
    assert "None" not in page.inner_text("table.paramdoc")
    assert page.locator("summary").inner_text() == "one of 11"


def test_each_number_is_that_of_python(opening: Opening) -> None:
    page = opening("columns")
    chance = random.Random(7)
    for digits in (1, 2, 3, 5, 8, 13, 21, 34, 40):
        layers, width = (chance.randrange(10 ** (digits - 1), 10**digits) for _ in range(2))
        field(page, "layers").fill(str(layers))
        field(page, "width").fill(f"{width:,}")
        assert told(page) == f"{total(layers, width):,} parameters, from the formula"
        assert counts(page) == [6 * width, total(layers, width) - 6 * width, total(layers, width)]


def test_memory_is_written_as_in_tables(opening: Opening) -> None:
    page = opening("numbered")
    # A tie, 1.125 KiB, is written as Python does: 288 numbers of 4 bytes.
    for layers, width in ((1, 3), (1, 15), (1000, 999), (10**6, 10**5)):
        field(page, "layers").fill(str(layers))
        field(page, "width").fill(str(width))
        count = layers * width * (width + 1) + 3 * (width + 1)
        assert cells(page, "Total")[0] == f"{count:,} {size(4 * count)}"


@pytest.mark.thorough
def test_what_is_copied_has_the_rows_that_are_there(opening: Opening) -> None:
    page = opening("listed")
    page.evaluate("navigator.clipboard.writeText = text => (window.copied = text, Promise.resolve())")
    lines = {}
    for layers in (1, 5):
        field(page, "layers").fill(str(layers))
        page.get_by_role("button", name="Copy as CSV").click()
        lines[layers] = [line.partition(",")[0] for line in page.evaluate("window.copied").splitlines()]
        page.wait_for_timeout(1600)  # until the button says again what it does
    assert lines[1][1:-1] == ["hidden_0 (Dense)", "last (Dense)", "Total"]
    hidden = [f"hidden_{number} (Dense)" for number in range(3)]
    assert lines[5][1:-1] == [*hidden, "further layers: 2", "last (Dense)", "Total"]


# Settings that were executed


def marks(page: Any) -> list[list[float]]:
    """Give for each slider how far from its left end the marks stand that show, in parts of its length."""
    found: list[list[float]] = page.eval_on_selector_all(
        ".paramdoc-slider",
        "all => all.map(each => [...each.querySelectorAll('i')].filter(mark => mark.checkVisibility())"
        ".map(mark => +mark.style.getPropertyValue('--at')))",
    )
    return [sorted(set(each)) for each in found]


def test_what_was_executed_is_marked_below_the_sliders_and_that_is_explained(opening: Opening) -> None:
    page = opening("listed")
    assert page.locator(".paramdoc-marked").inner_text() == "was executed, while the other arguments stay as they are"
    places = marks(page)[0]
    assert len(places) > 1
    for place in places:
        layers = round(1 + place * (12 - 1))
        field(page, "layers").fill(str(layers))
        assert told(page).endswith("parameters, executed")
    field(page, "layers").fill("11")
    assert told(page).endswith("from the formula")
    field(page, "width").fill("47")
    assert marks(page) == [[], []]


def test_a_mark_stands_below_the_knob(opening: Opening) -> None:
    page = opening("listed")
    box, mark = (page.locator(f".paramdoc-slider >> nth=0 >> {each}") for each in ("input", "i:not([hidden]) >> nth=0"))
    place = float(mark.evaluate("mark => mark.style.getPropertyValue('--at')"))
    around, own = box.bounding_box(), mark.bounding_box()
    assert own["y"] >= around["y"] + around["height"] - 2
    middle = own["x"] + own["width"] / 2 - around["x"]
    assert abs(middle - (8 + place * (around["width"] - 16))) < 3


def test_a_value_beyond_its_slider_is_said_to_be_so(opening: Opening) -> None:
    page = opening("listed")
    track = page.locator(".paramdoc-slider").first
    beyond = "track => getComputedStyle(track, '::after').content"
    assert track.evaluate(beyond) == "none"
    field(page, "layers").fill("1,300")
    assert track.evaluate(beyond) == '"beyond the slider"'
    assert slider(page, "layers").get_attribute("aria-valuetext") == "1,300"
    field(page, "layers").fill("12")
    assert track.evaluate(beyond) == "none"


def test_each_executed_setting_can_be_chosen_and_nothing_else(opening: Opening) -> None:
    page = opening("deep")
    chosen = page.get_by_role("combobox", name="Executed settings")
    options = chosen.locator("option").all_inner_texts()
    for number, option in enumerate(options[1:], 1):
        chosen.select_option(index=number)
        layers, width = (int(part.rpartition(" ")[2]) for part in option.split(", "))
        count = layers * (4 * width**2 + 3 * width)
        assert told(page) == f"{count:,} parameters, executed"
        assert (field(page, "layers").input_value(), field(page, "width").input_value()) == (str(layers), str(width))
        assert cells(page, "Total")[-3].startswith(f"{count:,} ")
    field(page, "width").fill("777")
    assert chosen.evaluate("select => select.selectedOptions[0].text") == "none of these"
    assert chosen.locator("option").first.is_disabled()


# Keyboards, paper, and little room


def test_a_setting_that_gives_no_model_gets_no_count(opening: Opening) -> None:
    page = opening("grouped")
    options = page.locator(".paramdoc-sliders option").all_inner_texts()
    refused = next(each for each in options if each.endswith(": no model"))
    page.select_option(".paramdoc-sliders select", label=refused)
    assert told(page) == "no model: ValueError: groups must divide heads"
    assert cells(page, "Total")[-2] == ""
    assert page.locator(".paramdoc-sliders select").evaluate("it => it.selectedOptions[0].text") == refused
    page.select_option(".paramdoc-sliders select", index=1)
    assert told(page).endswith("parameters, executed")


def test_the_column_of_formulas_stays_as_it_is(opening: Opening) -> None:
    page = opening("arguments")
    before = [row[-1] for row in rows(page)]
    assert before[0] == "width² + width"
    field(page, "width").fill("131072")
    assert [row[-1] for row in rows(page)] == before
    assert "<wbr>" not in page.locator("tr.paramdoc-total td").first.inner_html()  # no line breaks within a number


def test_reset_keeps_the_focus(opening: Opening) -> None:
    page = opening("listed")
    field(page, "width").fill("20")
    reset = page.get_by_role("button", name="Reset")
    reset.focus()
    page.keyboard.press("Enter")
    assert told(page).endswith("executed")
    assert reset.evaluate("button => button === document.activeElement")


def test_what_is_heard_has_names_and_what_changes_is_told(opening: Opening) -> None:
    page = opening("listed")
    named = page.locator("fieldset :is(input, select)").evaluate_all(
        "all => all.map(each => each.ariaLabel ?? each.labels[0].firstChild.data.trim())"
    )
    assert named == ["layers, number", "layers", "width, number", "width", "Executed settings"]
    assert page.get_by_role("status").inner_text() == told(page)


def test_paper_has_the_table_of_the_block(opening: Opening) -> None:
    page = opening("listed")
    field(page, "layers").fill("5")
    page.evaluate("addEventListener('beforeprint', () => (window.printed = document.body.innerText))")
    page.emulate_media(media="print")
    page.pdf()
    printed = page.evaluate("window.printed")
    assert "further layers" not in printed
    assert "With layers = 5" not in printed
    assert "(None, 12)" in printed
    page.emulate_media(media="screen")
    assert "further layers: 2" in page.inner_text("table.paramdoc")


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_a_table_that_is_changed_fits_and_reads_well(opening: Opening, width: int) -> None:
    for name in ("listed", "deep"):
        page = opening(name, width)
        page.evaluate("document.querySelectorAll('table.paramdoc details').forEach(each => each.open = true)")
        field(page, "layers").fill("7")
        assert (name, page.evaluate(FAULTS)) == (name, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for argument in ("layers", "width"):
            field(page, argument).fill("9" * 40)
        wide = [fault for fault in page.evaluate(FAULTS) if fault[0] in {"wide", "overflows"}]
        assert (name, wide) == (name, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_columns_that_stay_keep_their_room_at_the_first_touch(opening: Opening) -> None:
    page = opening("listed")
    heads = "heads => heads.filter(head => head.checkVisibility()).map(head => [head.innerText, head.offsetWidth])"
    before = dict(page.eval_on_selector_all("table.paramdoc > thead th", heads))
    field(page, "width").fill("20")
    after = dict(page.eval_on_selector_all("table.paramdoc > thead th", heads))
    assert [*after] == [name for name in before if name != "Output shape"]
    assert [name for name, wide in after.items() if wide < before[name] - 1] == []


# Where there is nothing to slide


def test_the_log_says_why_there_are_no_sliders(site: Site) -> None:
    told = [line.partition("docs/")[2] for line in site.log.splitlines() if "no sliders" in line]
    assert sorted(told) == [
        "alone.rst:4: no sliders: layers: no formula",
        "halving.rst:4: no sliders: layers: no formula; :vary: width gives those of the others",
        "some.rst:4: no sliders: only some layers are shown",
    ]
    for name in ("alone", "halving", "some"):
        assert "paramdoc-law-data" not in (site.out / f"{name}.html").read_text(encoding="utf-8")
