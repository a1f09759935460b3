"""The manual, which is built with the extension: as a whole, in a browser and on paper."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from code_listing import Entry, entries
from code_texts import CODES, Code

from flake8_paramdoc.changes import CHANGES, keras_names
from flake8_paramdoc.changes.shapes import Change, short
from tests.sphinx_paramdoc.rendering.looking import FAULTS, browsing

pytestmark = pytest.mark.slow

TOO_WIDE = """
[...document.querySelectorAll("table")].flatMap(table => {
  const column = table.closest("section").getBoundingClientRect().width + 8;
  const cells = [...table.querySelectorAll("th, td")].filter(cell => cell.scrollWidth > cell.clientWidth + 1);
  return (table.getBoundingClientRect().width > column ? [table] : cells).map(node => node.textContent);
})
"""


ON_NUMPY = {"KERAS_BACKEND": "numpy"}
"""The backend that is imported sooner than TensorFlow, for tables that look the same."""


def sphinx(*arguments: str | Path, **variables: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", *map(str, arguments)],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture(scope="module")
def manual(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the manual; a warning fails."""
    out = tmp_path_factory.mktemp("manual")
    sphinx(repository / "docs", out)
    return out


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a page with Sphinx's own theme, and with what is hard to set: a long name, two outputs, an error."""
    source, out = tmp_path_factory.mktemp("plain"), tmp_path_factory.mktemp("plain-out")
    (source / "conf.py").write_text("extensions = ['sphinx_paramdoc']\nsuppress_warnings = ['paramdoc']\n")
    (source / "index.rst").write_text(
        "Page\n====\n\n.. paramsummary::\n   :caption: A caption that is about as long as captions are\n\n"
        "   x = keras.Input((224, 224, 3), name='the_photograph_as_the_camera_gives_it_to_the_network')\n"
        "   h = keras.layers.Conv2D(8, 3, name='expanded_convolution_depthwise_normalised_projection')(x)\n"
        "   h = keras.layers.BatchNormalization()(h)\n"
        "   h, *states = keras.layers.LSTM(16, return_state=True)(keras.layers.Reshape((222, 222 * 8))(h))\n"
        "   keras.Model(x, [h, *states])\n\n"
        f".. paramsummary::\n\n   raise ValueError('{'x' * 300}')\n"
    )
    sphinx(source, out, **ON_NUMPY)
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing() as running:
        yield running


def test_every_table_of_the_manual_is_there(manual: Path) -> None:
    for page in manual.rglob("*.html"):
        assert "This parameter table is missing" not in page.read_text(encoding="utf-8"), page
    applications = (manual / "applications.html").read_text(encoding="utf-8")
    for total in ("138,357,544", "3,538,984", "25,636,712"):
        assert f"<strong>{total}</strong>" in applications
    lists = (manual / "lists.html").read_text(encoding="utf-8")
    for count in ("22,910,480", "138,357,544", "25,636,712", "23,851,784", "5,330,571"):
        assert count in lists
    assert "missing (" not in lists
    library = (manual / "library.html").read_text(encoding="utf-8")
    for total in ("2,140,752", "19,466", "354", "1,464", "24,245", "24,570", "50,992", "25,120", "939,904", "49,984"):
        assert f"<strong>{total}</strong>" in library


def test_the_manual_describes_every_value_option_and_warning(manual: Path) -> None:
    from sphinx_paramdoc.notation import declaration
    from sphinx_paramdoc.notation.model_lists import ListOptions
    from sphinx_paramdoc.sphinx_ext import config
    from sphinx_paramdoc.sphinx_ext.directive import ParamSummary
    from sphinx_paramdoc.sphinx_ext.warnings import Warn

    configuration = (manual / "configuration.html").read_text(encoding="utf-8")
    directive = (manual / "directive.html").read_text(encoding="utf-8")
    for name in config.values():
        assert f'id="confval-{name}"' in configuration
    for option in ParamSummary.option_spec or ():
        assert f":{option}:" in directive
    for subtype in Warn:
        assert f"paramdoc.{subtype.value}" in directive
    lists = (manual / "lists.html").read_text(encoding="utf-8")
    for option in declaration.options(ListOptions):
        assert f":{option}:" in lists


def test_each_question_is_answered_by_a_table_that_says_what_it_expects(repository: Path, manual: Path) -> None:
    pages = {page for page in (repository / "docs" / "questions").glob("*.rst") if page.stem != "index"}
    assert len(pages) >= 9
    for page in pages:
        title, *_ = text = page.read_text(encoding="utf-8").splitlines()
        assert title.endswith("?")
        blocks = text.count(".. paramsummary::")
        assert blocks > 0
        for option in ("caption", "name", "total"):
            assert sum(line.startswith(f"   :{option}: ") for line in text) == blocks
        html = (manual / "questions" / f"{page.stem}.html").read_text(encoding="utf-8")
        assert html.count('class="paramdoc-total') == blocks


class Shown(NamedTuple):
    """A row of the tables of a code's page, as text."""

    old: str
    new: str
    since: str
    mark: str
    kept: bool


def rows_of(page: str) -> Iterator[Shown]:
    before, *tables = page.split('<table class="outdated')
    for table in tables:
        kept = "tensorflow.keras</span></code> still has them" in before.rpartition("<p>")[2]
        for row in table.partition("<tbody>")[2].partition("</table>")[0].split("</tr>")[:-1]:
            old, new, since = (
                " ".join(unescape(re.sub("<[^>]+>", "", cell)).split()) for cell in row.split("</td>")[:3]
            )
            yield Shown(old, new, *since.partition(", ")[::2], kept)
        before = table


_TYPED = str.maketrans({"’": "'", "“": '"', "”": '"', "…": "..."})
"""What Sphinx makes of signs in prose → how they are typed."""


def _from_a_word_on(text: str) -> str:
    """Return the pattern of a text that begins with a word where no word goes on: no ``tensor`` of ``input_tensor``."""
    return (r"(?<!\w)" if re.match(r"\w", text) else "") + re.escape(text)


def shows(row: Shown, change: Change, entry: Entry) -> bool:
    names = [short(name) for name in entry.of]
    all_of_a_kind = any(
        name in (keras_names.LAYER, keras_names.RNN, keras_names.OPTIMIZER, keras_names.LOSS) for name in entry.of
    )
    return (
        re.search(_from_a_word_on(entry.old), row.old.translate(_TYPED)) is not None
        and row.new.translate(_TYPED) == entry.new
        and (row.since, row.kept) == (change.since, change.kept_in_tensorflow)
        and (all(name in row.old.partition(" but ")[0] for name in names) or (all_of_a_kind and " every " in row.old))
    )


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_the_page_of_a_code_says_all_there_is_to_say(repository: Path, manual: Path, code: Code) -> None:
    source = (repository / "docs" / "codes" / f"{code.code}.rst").read_text(encoding="utf-8")
    assert source.startswith(f"{code.code}: {code.title}\n")
    assert f'href="codes/{code.code}.html"' in (manual / "flake8.html").read_text(encoding="utf-8")
    page = (manual / "codes" / f"{code.code}.html").read_text(encoding="utf-8")
    assert f": {code.code} " in page.partition(">Today</p>")[0].rpartition("example.py:")[2]
    assert f"noqa: {code.code}" in re.sub("<[^>]+>", "", page)
    assert "Listing" not in page
    listed = [(change, entry) for change in CHANGES if change.code == code.code for entry in entries(change)]
    rows = list(rows_of(page))
    marks = set()
    for change, entry in listed:
        [mark] = [row.mark for row in rows if shows(row, change, entry)]
        marks.add((change.outcome, mark))
    assert [row for row in rows if not any(shows(row, *one) for one in listed)] == []
    # One outcome is told for all, and the others by a mark that is explained.
    assert len(marks) == len({change.outcome for change, _ in listed})
    assert sorted(mark for _, mark in marks if mark) == sorted(re.findall("marked as <em>(.*?)</em>", page))


def test_the_manual_shows_what_flake8_says(repository: Path) -> None:
    snippets = repository / "docs" / "snippets"
    done = subprocess.run(
        [sys.executable, "-m", "flake8", "--isolated", "outdated.py"],
        cwd=snippets,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == (snippets / "outdated.txt").read_text(encoding="utf-8")


def test_the_manual_shows_what_keras_modernize_writes(repository: Path, tmp_path: Path) -> None:
    snippets = repository / "docs" / "snippets"
    shutil.copy(snippets / "outdated.py", tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "flake8_paramdoc", "--diff", "outdated.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == (snippets / "outdated.diff").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.thorough)])
def test_the_pages_of_the_codes_need_no_scrolling(browser: Any, manual: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    try:
        shown = context.new_page()
        for page in ("flake8", *(f"codes/{code.code}" for code in CODES)):
            shown.goto((manual / f"{page}.html").as_uri())
            assert shown.evaluate("document.documentElement.scrollWidth") <= width, page
            # A table stays in the column of the text, and what stands in a cell in the cell.
            assert (page, shown.evaluate(TOO_WIDE)) == (page, [])
    finally:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, pytest.param(768, marks=pytest.mark.thorough), 1280])
@pytest.mark.parametrize("page", ["manual/why-2048", "manual/applications", "manual/questions/conv2d", "plain/index"])
def test_tables_read_well(browser: Any, page: str, width: int, scheme: str, request: pytest.FixtureRequest) -> None:
    site, _, name = page.partition("/")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    try:
        shown = context.new_page()
        shown.goto((request.getfixturevalue(site) / f"{name}.html").as_uri())
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        assert shown.evaluate(FAULTS) == []
        for table in shown.query_selector_all("table.paramdoc"):
            box = table.bounding_box()
            wrapper = table.evaluate("table => table.parentElement.getBoundingClientRect().width")
            assert box["width"] <= wrapper + 8
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width + 1
            explanation = table.query_selector("tbody tr:nth-child(3) td:last-child")
            assert explanation.bounding_box()["width"] >= 170
            caption = table.query_selector("caption")
            if caption:
                assert caption.bounding_box()["width"] >= box["width"] - 8
    finally:
        context.close()


def pdf_of(project: Path, out: Path, *program: str) -> Path:
    """Make a project's PDF."""
    for tool in (program[0], "pdftotext"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    sphinx("-b", "latex", "-d", out / "doctrees", project, out / "latex", **ON_NUMPY)
    [source] = (out / "latex").glob("*.tex")
    compiled = subprocess.run(
        [*program, "-interaction=nonstopmode", "-halt-on-error", source.name],
        cwd=source.parent,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert compiled.returncode == 0, compiled.stdout[-3000:]
    return source.with_suffix(".pdf")


def lines_of_pdf(project: Path, out: Path, *program: str) -> list[str]:
    """Make a project's PDF, and give its lines.

    :param program: what makes it: ``latexmk -pdf`` goes on until page numbers are right, ``pdflatex`` runs once.
    """
    pdf = pdf_of(project, out, *program)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return [" ".join(line.split()) for line in text.stdout.decode().splitlines()]


def test_a_pdf_holds_the_table(rootdir: Path, tmp_path: Path) -> None:
    lines = lines_of_pdf(rootdir / "test-seed", tmp_path, "pdflatex")
    assert "dense (Dense) (None, 512) 2,097,664 4096 × 512 + 512 = 2,097,664" in lines
    assert any(line.startswith("Total 2,140,752") for line in lines)


@pytest.mark.thorough
def test_a_pdf_holds_the_legend_and_the_signs_of_every_formula(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "conf.py").write_text("extensions = ['sphinx_paramdoc']\nlatex_elements = {'preamble': '% mine'}\n")
    (project / "index.rst").write_text(
        "Page\n====\n\n.. paramsummary::\n   :legend:\n\n   layer = keras.layers.Dense(8)\n"
        "   layer.build((None, 300))\n   layer.quantize('int4')\n   layer\n"
    )
    lines = lines_of_pdf(project, tmp_path, "latexmk", "-pdf")
    assert any("⌈8 / 2⌉" in line for line in lines)
    assert "Dense" in lines
    assert any(line.startswith("inputs × ⌈units / 2 (numbers of 4 bits in a byte)⌉") for line in lines)


@pytest.mark.thorough
def test_the_manual_fits_on_paper(repository: Path, manual: Path, tmp_path: Path) -> None:
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed")
    sphinx("-b", "latex", "-d", manual / ".doctrees", repository / "docs", tmp_path)
    [source] = tmp_path.glob("*.tex")
    # Once: the numbers of pages are not yet right, and what is too wide is told.
    subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", source.name], cwd=tmp_path, capture_output=True, check=False
    )
    log = source.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    assert "Output written on" in log
    # What stands out of its column, in points; the rules of a terminal's table, which nothing breaks, may.
    too_wide = re.findall(r"Overfull .hbox .([\d.]+)pt too wide[^\n]*\n(?!\[\]\[\])(.*)", log)
    assert [(width, text) for width, text in too_wide if float(width) > 2] == []
