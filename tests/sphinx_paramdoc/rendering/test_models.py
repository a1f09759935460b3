"""A table of models in every form that it has."""

from __future__ import annotations

import json
import re

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from sphinx_paramdoc import table
from sphinx_paramdoc.rendering import formats as of_layers
from sphinx_paramdoc.rendering import node_kinds
from sphinx_paramdoc.rendering.models import formats
from sphinx_paramdoc.rendering.models import nodes as docutils_nodes
from sphinx_paramdoc.table import models
from sphinx_paramdoc.table.models import ModelRow, ModelTable
from tests.sphinx_paramdoc.makers import Maker, of


def row(name: str, units: int) -> ModelRow:
    maker = Maker()
    model = of([maker.dense("first", 4, units)], maker.weights)
    return models.row(name, f"units={units}", model, table.build(model), key=f"key of {name}")


MISSING = ModelRow(
    name="lost", expression="oops()", missing=models.missing("TypeError: <no> `way` *at* |all|", "page.rst", 7)
)

COLUMNS = ("model", "expression", "params", "size")


@pytest.fixture
def made() -> ModelTable:
    return models.build([row("small_*net*", 1000), MISSING, row("2. big", 30)], COLUMNS, [("2. big", "Changed.")])


def test_text(made: ModelTable) -> None:
    assert formats.write(made, "text").split("\n") == [
        "Model        Made by     Parameters       Size",
        "───────────  ──────────  ──────────  ─────────",
        "small_*net*  units=1000       5,000  19.53 KiB",
        "lost",
        "  missing (page.rst, line 7): TypeError: <no> `way` *at* |all|",
        "2. big       units=30           150      600 B",
        "",
        "2. big: Changed.",
    ]


def test_a_narrow_terminal_has_prose_below_the_counts(made: ModelTable) -> None:
    text = formats.write(made, "text", width=34, is_colored=True)
    plain = text.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert max(map(len, plain.split("\n"))) <= 34
    assert plain.split("\n")[:6] == [
        "Model        Parameters       Size",
        "──────────────────────────────────",
        "small_*net*       5,000  19.53 KiB",
        "  Made by: units=1000",
        "lost",
        "  missing (page.rst, line 7):",
    ]


def test_markdown(made: ModelTable) -> None:
    assert formats.write(made, "markdown").split("\n") == [
        "| Model | Made by | Parameters | Size |",
        "|---|---|---:|---:|",
        "| small\\_\\*net\\* | units=1000 | 5,000 | 19.53 KiB |",
        "| lost | *missing (page.rst, line 7): TypeError: &lt;no&gt; \\`way\\` \\*at\\* \\|all\\|* | | |",
        "| 2. big | units=30 | 150 | 600 B |",
        "",
        "2\\. big: Changed.",
    ]


def test_restructured_text_is_read_by_docutils_as_it_is_meant(made: ModelTable) -> None:
    page = publish_doctree(formats.write(made, "rst"), settings_overrides={"report_level": 1, "halt_level": 2})
    rows = [[entry.astext() for entry in each.findall(nodes.entry)] for each in page.findall(nodes.row)]
    assert rows == [
        ["Model", "Made by", "Parameters", "Size"],
        ["small_*net*", "units=1000", "5,000", "19.53 KiB"],
        ["lost", "missing (page.rst, line 7): TypeError: <no> `way` *at* |all|", "", ""],
        ["2. big", "units=30", "150", "600 B"],
    ]
    assert page[-1].astext() == "2. big: Changed."


def test_html(made: ModelTable) -> None:
    html = formats.write(made, "html")
    assert html.isascii()
    assert '<td colspan="3" align="left"><i>missing (page.rst, line 7): TypeError: &lt;no&gt;' in html
    assert '<td align="right" valign="top">5,000</td>' in html
    assert html.count("<tr>") == html.count("</tr>") == 4
    assert "<p>2. big: Changed.</p>" in html


def test_json_is_the_objects_of_the_models(made: ModelTable) -> None:
    alone = [
        {"listed_as": each.name, **json.loads(of_layers.write(each.table, "json"))} for each in made.rows if each.table
    ]
    written = formats.write(made, "json")
    assert json.loads(written) == alone
    assert json.dumps(alone, ensure_ascii=False, indent=2) == written
    assert json.loads(formats.write(models.build([MISSING], COLUMNS), "json")) == []


def test_nodes(made: ModelTable) -> None:
    _, shown, below = docutils_nodes.render(models.build(made.rows, [*COLUMNS, "link"], [("2. big", "Changed.")]))
    assert isinstance(shown, nodes.table)
    assert below.astext() == "2. big: Changed."
    first, lost, _ = docutils_nodes.rows(shown)
    assert [cell.astext() for cell in first] == ["small_*net*", "units=1000", "5,000", "19.53 KiB", ""]
    assert [link["reftarget"] for link in shown.findall(node_kinds.pending_table)] == [
        "key of small_*net*",
        "key of 2. big",
    ]
    assert [cell.astext() for cell in lost] == ["lost", MISSING.missing]
    assert lost[1]["morecols"] == 3  # type: ignore[index]
    headings = [cell.get("heading") for cell in first.findall(nodes.entry)]
    assert headings == [None, "Made by:", None, "Size:", "Table:"]


WHY = "missing (page.rst, line 7): TypeError: <no> `way` *at* |all|"


def test_a_table_of_names_alone_says_why_as_well(made: ModelTable) -> None:
    names = models.build(made.rows, ["model"])
    written = {form: formats.write(names, form) for form in formats.FORMATS}
    assert f"lost\n  {WHY}" in written["text"]
    assert "| lost *missing (page.rst, line 7): TypeError: &lt;no&gt;" in written["markdown"]
    assert "<b>lost</b> <i>missing (page.rst, line 7): TypeError: &lt;no&gt;" in written["html"]
    page = publish_doctree(written["rst"], settings_overrides={"report_level": 1, "halt_level": 2})
    assert [each.astext() for each in page.findall(nodes.row)] == ["Model", "small_*net*", f"lost {WHY}", "2. big"]
    _, shown = docutils_nodes.render(names)
    assert isinstance(shown, nodes.table)
    assert [each.astext() for each in docutils_nodes.rows(shown)] == ["small_*net*", f"lost{WHY}", "2. big"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["model", "params", "size"], [("lost", 0), (WHY, 1)]),
        (["params", "model", "size"], [("", 0), ("lost", 0), (WHY, 0)]),
        (["params", "size", "model"], [(WHY, 1), ("lost", 0)]),
    ],
)
def test_why_stands_beside_the_name_wherever_that_is(
    made: ModelTable, names: list[str], expected: list[tuple[str, int]]
) -> None:
    contents = models.build(made.rows, names)
    shown = docutils_nodes.render(contents)[1]
    assert isinstance(shown, nodes.table)
    cells = list(docutils_nodes.rows(shown)[1].findall(nodes.entry))
    assert [(cell.astext(), cell.get("morecols", 0)) for cell in cells] == expected
    line = next(line for line in formats.write(contents, "markdown").split("\n") if "lost" in line)
    full = [text for text, more in expected for text in [text, *[""] * more]]
    assert [cell.strip() != "" for cell in re.split(r"(?<!\\)\|", line)[1:-1]] == [text != "" for text in full]
    html = formats.write(contents, "html")
    [tag] = [line for line in html.split("\n") if "lost" in line]
    assert tag.count("<t") == len(expected) + 1
    page = publish_doctree(formats.write(contents, "rst"), settings_overrides={"report_level": 1, "halt_level": 2})
    assert [entry.astext() for entry in list(page.findall(nodes.row))[2].findall(nodes.entry)] == full
