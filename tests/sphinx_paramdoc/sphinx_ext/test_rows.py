"""Rows of tables in pages: what opens, what leads to them, and what other builders leave out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sphinx_paramdoc.table.columns import COLUMNS
from tests.sphinx_paramdoc.projects import Project
from tests.sphinx_paramdoc.rendering.looking import browsing
from tests.versions import is_older

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy, pytest.mark.shares_server]

MODELS = """
import keras


def build():
    x = h = keras.Input((4,), name="given")
    for number in range(12):
        normed = keras.layers.LayerNormalization(name=f"norm_{number}")(h)
        h = keras.layers.Add(name=f"add_{number}")([h, keras.layers.Dense(4, name=f"inner_{number}")(normed)])
    inside = [keras.Input((4,)), keras.layers.Dense(9), keras.layers.Softmax(name="hiddenwithin")]
    tower = keras.Sequential(inside, name="tower")
    return keras.Model(x, keras.layers.Dense(2, name="Head")(keras.layers.ReLU()(keras.layers.ReLU()(tower(h)))))
"""

PAGE = """\
Deep
====

.. _net-head:

Head
----

.. paramsummary:: deepnets.models:build
   :name: net

.. paramsummary:: deepnets.models:build
   :columns: layer params share connected-to
   :depth: 1

See :paramcount:`net/tower/hiddenwithin`, :paramcount:`net/inner_3`, :paramcount:`net/tower`, :paramcount:`net/re_lu_1`
and :paramcount:`net/Head` of :paramcount:`net`.
"""


@pytest.fixture
def deep(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.write(**{"deepnets/__init__.py": "", "deepnets/models.py": MODELS, "docs/index.rst": PAGE})
    return made


def links(page: str) -> list[str]:
    """Give what the numbers in prose lead to."""
    return re.findall(r'href="([^"]*)"><span class="paramdoc-quoted"', page)


def test_roles_lead_to_rows_and_only_pages_hold_what_is_closed(deep: Project) -> None:
    built = deep.build("-W")
    assert built.errors == ""
    page = (built.out / "index.html").read_text(encoding="utf-8")
    # "Head" has the id of the section's own label already.
    layers = ["tower-hiddenwithin", "inner-0", "tower", "re-lu-1", "head-1"]
    assert links(page) == [*(f"#net-{layer}" for layer in layers), "#net"]
    for target in links(page):
        assert page.count(f'id="{target[1:]}"') == 1
    assert page.count('class="headerlink" href="#net-tower-hiddenwithin"') == 1
    assert page.count("<details") == 4  # the group and the tower, in both tables
    assert page.count('<details class="paramdoc-open" open>') == 2
    assert page.count("</details>") == 4
    assert "hiddenwithin" in page
    words = json.loads((built.out / "searchindex.js").read_text(encoding="utf-8")[len("Search.setIndex(") : -1])
    assert "hiddenwithin" in words["terms"], "the second table shows it at once"

    text = deep.build("-W", builder="text", may_run=False)
    assert text.errors == ""
    written = (text.out / "index.txt").read_text(encoding="utf-8")
    first, _, second = written.partition("Share")
    assert "hiddenwithin" not in first
    assert "hiddenwithin" in second

    latex = deep.build("-W", builder="latex", may_run=False)
    assert latex.errors == ""
    [source] = [path.read_text(encoding="utf-8") for path in latex.out.glob("*.tex")]
    assert r"\label{\detokenize{index:net-tower}}" in source
    assert r"\label{\detokenize{index:net-tower-hiddenwithin}}" not in source
    assert r"\hyperref[\detokenize{index:net-tower-hiddenwithin}]" not in source

    man = deep.build("-W", "-D", "project=deep", builder="man", may_run=False)
    assert man.errors == ""
    manual = (man.out / "deep.1").read_text(encoding="utf-8")
    columns = ["l|l|rw10|lx", "l|rw10|rw6|lx"]
    if is_older("docutils", "0.21"):  # it drew the box by rules of its own
        assert re.findall(r"(?m)^center;\n(.*)$", manual) == [f"|{each}|." for each in columns]
    else:
        assert re.findall(r"(?m)^box center;\n(.*)$", manual) == [f"{each}." for each in columns]
    assert "T{\n.nh\n.ad r\n\\fB401\\fP \n.br\n1.57 KiB\nT}" in manual
    assert "hiddenwithin" not in manual.partition("Share")[0]
    if shutil.which("groff"):
        set_up = subprocess.run(
            ["groff", "-t", "-man", "-Tutf8"], input=manual.encode(), capture_output=True, check=True
        )
        said = re.sub(r"\x1b\[[\d;]*m|.\x08", "", set_up.stdout.decode())
        assert re.search(r"│Total +│ +│ +401 │ all trainable", said)
        assert re.search(r"│ +│ +│ +1\.57 KiB │", said)

    for builder in ("dirhtml", "singlehtml"):
        other = deep.build("-W", builder=builder, may_run=False)
        assert other.errors == ""
        assert (other.out / "index.html").read_text(encoding="utf-8").count("<details") == 4
    epub = deep.build("-W", "-D", "version=1", "-D", "copyright=nobody", builder="epub", may_run=False)
    assert epub.errors == ""
    assert "<details" not in (epub.out / "index.xhtml").read_text(encoding="utf-8")


def test_what_is_closed_is_not_searched(deep: Project) -> None:
    deep.write(**{"docs/index.rst": "Deep\n====\n\n.. paramsummary:: deepnets.models:build\n"})
    built = deep.build("-W")
    assert built.errors == ""
    words = json.loads((built.out / "searchindex.js").read_text(encoding="utf-8")[len("Search.setIndex(") : -1])
    assert "hiddenwithin" not in words["terms"]
    assert "tower" in words["terms"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing() as running:
        yield running


OPEN = "[...document.querySelectorAll('table.paramdoc details')].map(each => each.open)"


def test_rows_open_by_key_by_mouse_and_by_link_without_a_script(deep: Project, browser: Any) -> None:
    built = deep.build("-W")
    context = browser.new_context()
    try:
        page = context.new_page()
        address = (built.out / "index.html").as_uri()
        page.goto(address)
        assert page.evaluate(OPEN) == [False, False, True, True]
        page.locator("summary").nth(0).click()
        page.locator("summary").nth(1).press("Enter")
        assert page.evaluate(OPEN) == [True, True, True, True]
        page = context.new_page()
        page.goto(f"{address}#net-tower-hiddenwithin")
        assert page.evaluate(OPEN) == [False, True, True, True]
        assert page.locator("tr:target").is_visible()
        # On paper stands what shows at once, whatever was opened; all rows are in the columns of one table.
        page.emulate_media(media="print")
        assert not page.locator("#net-tower-hiddenwithin").is_visible()
        assert page.locator("summary").nth(2).is_hidden()
        rows = page.evaluate(ON_PAPER)
        names = [name for name, *_ in rows]
        inside = names.index("tower (Sequential)") + 1
        assert names[inside : inside + 2] == ["dense (Dense)", "hiddenwithin (Softmax)"]
        assert names[-2:] == ["Head (Dense)", "Total"]
        assert len({right for *_, right in rows}) == 1
        assert all(top >= bottom for (_, _, bottom, _), (_, top, _, _) in pairwise(rows))
    finally:
        context.close()


ON_PAPER = """
() => [...document.querySelectorAll("table.paramdoc")[1].querySelectorAll("tr")]
  .filter(row => row.getClientRects().length && row.closest("table.paramdoc > tbody"))
  .map(row => {
    const {top, bottom} = row.getBoundingClientRect();
    const name = row.cells[0].textContent.replace(/[^\\w)]+$/, "").trim();
    return [name, Math.round(top), Math.round(bottom), Math.round(row.cells[1].getBoundingClientRect().right)];
  })
"""

COPY = """
document.execCommand = () => { window.copied = document.activeElement.value; return true; };
Object.defineProperty(navigator, "clipboard", {value: undefined});
"""


def test_a_button_copies_what_a_table_shows(deep: Project, browser: Any) -> None:
    deep.page("plain", "Prose.")
    built = deep.build()
    assert "paramdoc.js" not in (built.out / "plain.html").read_text(encoding="utf-8")
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto((built.out / "index.html").as_uri())
        page.evaluate(COPY)
        buttons = page.locator(".paramdoc-copy button")
        buttons.nth(0).click()
        lines = page.evaluate("window.copied").splitlines()
        assert lines[:2] == ["| Layer | Output shape | Parameters | Explanation |", "| --- | --- | ---: | --- |"]
        assert lines[-1] == "| Total |  | 401 (1.57 KiB) | all trainable |"
        assert not any("hiddenwithin" in line for line in lines)
        page.locator("summary").nth(1).click()
        buttons.nth(1).click()
        lines = page.evaluate("window.copied").splitlines()
        assert lines[0] == "Layer,Output shape,Parameters,Explanation"
        assert any(line.startswith("hiddenwithin (Softmax),") for line in lines)
        assert lines[-1] == "Total,,401,all trainable"
    finally:
        context.close()


def test_options_that_cannot_be_read_are_told_and_the_table_is_there(deep: Project) -> None:
    options = ["columns: layer rows", "capton: x", "class: mine", "align: right", "width: 80%", "widths: 4 3 2 6"]
    options += ["layers: tower x*", "code: collapsed"]
    block = ".. paramsummary:: deepnets.models:build"
    lines = [block, *(f"   :{option}" for option in options), "", block, "   :weights: some"]
    deep.write(**{"docs/index.rst": "\n".join(["Deep", "====", "", *lines, ""])})
    built = deep.build()
    assert [line.partition(" WARNING: ")[2] for line in built.warnings] == [
        f":columns: 'rows' is none of {', '.join(COLUMNS)} [paramdoc.option]",
        "unknown option :capton: (did you mean :caption:?) [paramdoc.option]",
        ":layers: no layer of functional_1 fits 'x*' [paramdoc.option]",
        ":weights: 'some' is neither abstract nor real [paramdoc.option]",
    ]
    page = (built.out / "index.html").read_text(encoding="utf-8")
    assert page.count("This parameter table is missing") == 1
    [(classes, style)] = re.findall(r'<table class="([^"]*)" style="([^"]*)">', page)
    assert {"paramdoc", "mine", "align-right", "paramdoc-given"} <= set(classes.split())
    assert style == "width: 80%"
    assert re.findall(r"<summary[^>]*>(.*?)</summary>", page)[0] == "The code of deepnets.models.build"
    assert "only some layers: 45 of 401" in page
    widths = ("26.7%", "20.0%", "13.3%", "40.0%")
    assert "".join(f'<col style="width: {width}"/>' for width in widths) in page
