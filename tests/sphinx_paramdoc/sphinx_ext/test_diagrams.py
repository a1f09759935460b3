"""``:diagram:`` in real builds, with and without the program that draws."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sphinx_paramdoc.projects import Built, Project
from tests.sphinx_paramdoc.rendering.looking import browsing
from tests.sphinx_paramdoc.rendering.test_dot import needs_dot

pytestmark = [pytest.mark.slow, pytest.mark.on_numpy, pytest.mark.shares_server]

MODEL = """
   x = keras.Input((4,), name="x")
   up = keras.layers.Dense(8, name="up")(x)
   down = keras.layers.Dense(4, name="a<b&c")(up)
   keras.Model(x, keras.layers.Add(name="add")([x, down]), name="m")"""

NAMED = f".. paramsummary::\n   :name: mlp\n   :diagram:\n{MODEL}"
PLAIN = f".. paramsummary::\n   :diagram:\n{MODEL}"
NOWHERE = "graphviz_dot = 'no-such-dot'\n"


@pytest.fixture
def drawing(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.page("index", NAMED)
    return made


def conf(project: Project, more: str) -> None:
    project.conf += more


def html(built: Built, page: str = "index") -> str:
    return (built.out / f"{page}.html").read_text(encoding="utf-8")


@needs_dot
def test_a_page_holds_the_picture_with_links_to_its_rows(drawing: Project) -> None:
    built = drawing.build("-W")
    assert (built.status, built.errors) == (0, "")
    page = html(built)
    [picture] = re.findall(r'<div class="paramdoc-diagram">\n<svg.*?</svg>', page, re.DOTALL)
    assert '<g role="img" aria-labelledby="index-diagram-1-title" aria-describedby="index-diagram-1-words">' in picture
    assert set(re.findall(r"<text [^>]*>([^<]*)</text>", picture)) == {
        "x (InputLayer)",
        "up (Dense)",
        "40 · 52.6 %",
        "a&lt;b&amp;c (Dense)",
        "36 · 47.4 %",
        "add (Add)",
    }
    links = re.findall(r'<a href="#([^"]*)"', picture)
    assert len(links) == 4
    rows = dict(re.findall(r'<tr id="([^"]*)".*?<code[^>]*>(.*?)</code>', page, re.DOTALL))
    assert [rows[link].replace("<wbr/>", "") for link in links] == ["x", "up", "a&lt;b&amp;c", "add"]
    assert page.index("</table>") < page.index("<svg xmlns")


@needs_dot
def test_a_table_without_a_name_has_a_picture_without_links(drawing: Project) -> None:
    drawing.page("index", PLAIN, PLAIN)
    page = html(drawing.build("-W"))
    assert page.count('<div class="paramdoc-diagram" tabindex="0">\n<svg') == 2
    assert len(set(re.findall(r'<title id="([^"]*)">', page))) == 2
    assert '<a href="#mlp' not in page


@needs_dot
def test_dot_runs_once_for_each_diagram_and_not_again(drawing: Project) -> None:
    log = drawing.folder / "log"
    counting = drawing.folder / "counting-dot"
    counting.write_text(f'#!/bin/sh\necho "$@" >> {log}\nexec dot "$@"\n')
    counting.chmod(0o755)
    conf(drawing, f"graphviz_dot = {str(counting)!r}\n")
    drawing.page("index", PLAIN, PLAIN)
    first = html(drawing.build("-W"))
    assert log.read_text() == "-Tsvg\n"
    drawing.page("index", PLAIN, PLAIN, "More.")
    second = html(drawing.build("-W"))
    assert log.read_text() == "-Tsvg\n"
    pictures = [re.findall(r"<svg xmlns.*?</svg>", page, re.DOTALL) for page in (first, second)]
    assert pictures[0] == pictures[1]
    drawing.build("-W", builder="text")
    assert log.read_text() == "-Tsvg\n"


def test_without_dot_there_are_tables_and_one_warning_for_each_build(drawing: Project) -> None:
    conf(drawing, NOWHERE)
    drawing.page("another", PLAIN, PLAIN)
    drawing.page("index", ".. toctree::\n\n   another", NAMED)
    for _ in range(2):
        built = drawing.build()
        assert built.warnings == [
            (
                "another.rst:5: WARNING: diagrams are left out, as the program dot of Graphviz is not found "
                "(graphviz_dot in conf.py says 'no-such-dot') [paramdoc.diagram]"
            )
        ]
        assert 'class="paramdoc-diagram"' not in html(built)
        assert "Total 76" in built.text("index")
        assert "Total 76" in built.text("another")
    assert drawing.build("-D", "suppress_warnings=paramdoc.diagram").errors == ""


def test_without_dot_on_the_path_the_message_does_not_speak_of_conf_py(
    drawing: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(drawing.folder))
    assert drawing.build().warnings == [
        (
            "index.rst:6: WARNING: diagrams are left out, as the program dot of Graphviz is not found "
            "(is it installed?) [paramdoc.diagram]"
        )
    ]


@needs_dot
@pytest.mark.thorough
def test_the_picture_comes_once_dot_does(drawing: Project) -> None:
    conf(drawing, NOWHERE)
    assert "<svg xmlns" not in html(drawing.build())
    drawing.conf = drawing.conf.replace(NOWHERE, "")
    built = drawing.build("-W", "-D", "graphviz_dot=dot")
    assert "<svg xmlns" in html(built)


@needs_dot
@pytest.mark.thorough
def test_what_sphinxs_own_extension_says_counts(drawing: Project) -> None:
    conf(drawing, "extensions.append('sphinx.ext.graphviz')\n")
    assert "<svg xmlns" in html(drawing.build("-W"))
    conf(drawing, NOWHERE)
    drawing.page("index", NAMED.replace("Dense(8", "Dense(9"))
    assert len(drawing.build().warnings) == 1


@pytest.mark.thorough
def test_a_dot_that_fails_is_a_warning_at_the_option_in_each_build(drawing: Project) -> None:
    failing = drawing.folder / "failing-dot"
    failing.write_text("#!/bin/sh\necho 'Error: broken' >&2\nexit 1\n")
    failing.chmod(0o755)
    conf(drawing, f"graphviz_dot = {str(failing)!r}\n")
    for _ in range(2):
        built = drawing.build()
        assert built.warnings == [
            "index.rst:6: WARNING: this diagram is left out: dot failed: Error: broken [paramdoc.diagram]"
        ]
        assert "Total 76" in built.text("index")


@needs_dot
def test_a_pdf_has_a_file_and_a_book_another(drawing: Project) -> None:
    latex = drawing.build("-W", builder="latex")
    assert latex.errors == ""
    [picture] = latex.out.glob("paramdoc-*.pdf")
    assert picture.read_bytes().startswith(b"%PDF")
    [text] = [
        file.read_text(encoding="utf-8")
        for file in latex.out.glob("*.tex")
        if "sphinxincludegraphics" in file.read_text()
    ]
    assert rf"\sphinxincludegraphics{{{{{picture.name}}}}}" in text
    conf(drawing, "version = '1'\ncopyright = '2026'\n")
    book = drawing.build("-W", builder="epub")
    assert book.errors == ""
    [picture] = book.out.glob("_images/paramdoc-*.svg")
    page = (book.out / "index.xhtml").read_text(encoding="utf-8")
    assert f'<img src="_images/{picture.name}" alt="Diagram of m: 76 parameters.' in page
    assert f'href="_images/{picture.name}"' in (book.out / "content.opf").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("builder", "file"), [("text", "index.txt"), pytest.param("xml", "index.xml", marks=pytest.mark.thorough)]
)
def test_what_has_no_pictures_has_words_and_needs_no_dot(drawing: Project, builder: str, file: str) -> None:
    conf(drawing, NOWHERE)
    built = drawing.build("-W", builder=builder)
    assert built.errors == ""
    text = " ".join(re.sub(r"<[^>]+>", " ", (built.out / file).read_text(encoding="utf-8")).split())
    assert "Diagram of m: 76 parameters." in text
    assert "up (Dense): 40 parameters, 52.6 %" in text
    assert "add (Add); reads x, a" in text
    assert "digraph" not in (built.out / file).read_text(encoding="utf-8")


@pytest.mark.thorough
def test_a_model_that_is_too_large_is_a_warning_at_the_option(drawing: Project) -> None:
    code = "x = keras.Input((4,))\n   keras.Model(x, [keras.layers.Dense(n)(x) for n in range(1, 402)])"
    drawing.page("index", f".. paramsummary::\n   :diagram:\n\n   {code}")
    assert drawing.build().warnings == [
        (
            "index.rst:5: WARNING: the diagram would have 402 boxes, more than 400: open or unfold fewer layers "
            "[paramdoc.diagram]"
        )
    ]


@needs_dot
@pytest.mark.thorough
def test_pictures_that_no_page_has_any_more_are_not_kept(drawing: Project) -> None:
    drawing.build("-W")
    drawing.build("-W", builder="latex")
    kept = {file.name for file in (drawing.folder / "trees" / "paramdoc-diagrams").iterdir()}
    assert len(kept) == 2
    drawing.page("index", NAMED.replace("Dense(8", "Dense(9"))
    drawing.build("-W")
    left = {file.name for file in (drawing.folder / "trees" / "paramdoc-diagrams").iterdir()}
    assert len(left) == 1
    assert not left & kept


@needs_dot
@pytest.mark.thorough
def test_another_version_of_the_program_draws_anew_and_what_it_drew_is_shown_without_it(drawing: Project) -> None:
    program = drawing.folder / "dot"
    conf(drawing, f"graphviz_dot = {str(program)!r}\n")

    def install(separation: int) -> None:
        program.write_text(f'#!/bin/sh\nexec dot -Granksep={separation} "$@"\n')
        program.chmod(0o755)

    def kept() -> set[str]:
        return {file.name for file in (drawing.folder / "trees" / "paramdoc-diagrams").iterdir()}

    install(1)
    close = html(drawing.build("-W"))
    install(12)
    far = html(drawing.build("-W"))
    assert close != far
    [picture] = kept()
    program.unlink()
    drawing.page("index", f"{NAMED}\n\nMore.")
    shown = html(drawing.build("-W"))
    assert (shown.count("<svg"), kept()) == (1, {picture})


@needs_dot
def test_a_picture_scrolls_in_a_box_of_its_own_and_leads_to_rows_by_keyboard(drawing: Project) -> None:
    wide = "\n".join(
        f"   keras.layers.Dense({number}, name='a_tower_of_the_model_{number}')(x)," for number in (3, 4, 5)
    )
    code = f"   x = keras.Input((4,))\n   keras.Model(x, [\n{wide}\n   ])"
    drawing.page("index", f".. paramsummary::\n   :name: towers\n   :diagram:\n\n{code}")
    page = (drawing.build("-W").out / "index.html").as_uri()
    with browsing() as browser:
        shown = browser.new_page(viewport={"width": 390, "height": 800})
        shown.goto(page)
        assert shown.evaluate("document.documentElement.scrollWidth") == 390
        box = shown.locator(".paramdoc-diagram")
        inner, outer = box.evaluate("node => [node.scrollWidth, node.clientWidth]")
        assert inner > outer
        box.locator("a").last.focus()
        assert (
            shown.evaluate("document.activeElement.ariaLabel")
            == "a_tower_of_the_model_5 (Dense): 25 parameters, 41.7 %"
        )
        shown.keyboard.press("Enter")
        shown.wait_for_function("document.querySelector(':target')")
        assert shown.evaluate("document.querySelector(':target').id") == "towers-a-tower-of-the-model-5"


@needs_dot
@pytest.mark.thorough
def test_pages_written_in_parallel_have_their_pictures(drawing: Project) -> None:
    for number in range(8):
        drawing.page(f"page{number}", NAMED.replace("mlp", f"mlp{number}"))
    drawing.page("index", ".. toctree::\n   :glob:\n\n   page*")
    built = drawing.build("-W", "-j", "2")
    assert built.errors == ""
    assert all("<svg xmlns" in html(built, f"page{number}") for number in range(8))
