"""What holds in every form that a table has: the same facts give the same numbers, in the same order."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from sphinx_paramdoc import facts, table
from sphinx_paramdoc.rendering import formats
from sphinx_paramdoc.rendering import nodes as docutils_nodes
from sphinx_paramdoc.table import Row, Table
from sphinx_paramdoc.table.arranging import arrange
from sphinx_paramdoc.table.columns import chosen
from sphinx_paramdoc.table.view import View
from tests.sphinx_paramdoc.makers import Maker, layer
from tests.sphinx_paramdoc.table.networks import resnet50

NUMBERS = ("params", "trainable", "non-trainable", "share", "size")
COLUMNS = (*NUMBERS, "layer", "explanation")


class _Cells(HTMLParser):
    """Reads the rows of tables, the inner ones where they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._is_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"} and "colspan" not in dict(attrs):
            self.rows[-1].append("")
            self._is_cell = True
        if tag == "br":
            self._is_cell = False

    def handle_endtag(self, tag: str) -> None:
        self._is_cell = self._is_cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self._is_cell:
            self.rows[-1][-1] += data


def text(built: Table, depth: int) -> list[list[str]]:
    lines = formats.write(built, "text", depth=depth, columns=COLUMNS).splitlines()
    # Two blanks part columns; names of a formula's numbers, and of equal layers, have no numbers before them.
    return [re.split(r"\s{2,}", line.strip())[:5] for line in lines if re.match(r"\s*[\d,]+\s{2,}", line)]


def markdown(built: Table, depth: int) -> list[list[str]]:
    lines = formats.write(built, "markdown", depth=depth, columns=COLUMNS).splitlines()
    rows = ([cell.strip().partition("<br>")[0].strip("*") for cell in line.split("|")[1:6]] for line in lines)
    # In a cell, < is a reference.
    return [[cell.replace("&lt;", "<") for cell in row] for row in rows if row and re.match(r"[\d,]+$", row[0])]


def html(built: Table, depth: int) -> list[list[str]]:
    reader = _Cells()
    reader.feed(formats.write(built, "html", depth=depth, columns=COLUMNS))
    return [row[:5] for row in reader.rows if len(row) == len(COLUMNS) and re.match(r"[\d,]+$", row[0])]


def rst(built: Table, depth: int) -> list[list[str]]:
    read = publish_doctree(formats.write(built, "rst", depth=depth, columns=COLUMNS), settings_overrides=STRICT)
    return list(_of_nodes(read))


def pages(built: Table, depth: int) -> list[list[str]]:
    view = arrange(built, depth=depth)
    return list(_of_nodes(nodes.section("", *docutils_nodes.render(view, chosen(COLUMNS)))))


def _of_nodes(root: nodes.Element) -> Iterator[list[str]]:
    for row in root.findall(nodes.row):
        cells = [cell.astext().partition("\n")[0] for cell in row.children[:5]]
        if re.match(r"[\d,]+$", cells[0]):
            yield cells


STRICT = {"report_level": 1, "halt_level": 2}
"""Whatever docutils would complain of is an error."""

SHOWN = {"text": text, "markdown": markdown, "rst": rst}
"""The forms that hold the rows that show."""

ALL = {"html": html, "pages": pages}
"""Those in which a reader opens the others."""

MODELS: dict[str, Callable[[Maker], Table]] = {
    "resnet50": lambda _: table.build(resnet50()),
    "nested": lambda make: make.table(
        *(make.block(f"b{n}") for n in range(3)),
        layer("net", layer("net/inner", make.dense("net/inner/a"), make.dense("net/inner/b", 8, 8))),
        make.dense("head", 8, 2),
    ),
}


def cells(view: View, *, closed: bool) -> list[list[str]]:
    """Give the numbers of a view's rows and of its total."""
    columns = chosen(NUMBERS)
    rows = view.walk() if closed else view.shown()
    return [
        *([column.text(row, view) for column in columns] for row in rows),
        [column.total(view) for column in columns],
    ]


@pytest.mark.parametrize("depth", [0, 1, 2])
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("form", [*SHOWN, *ALL])
def test_the_same_numbers_in_the_same_order(form: str, model: str, depth: int, make: Maker) -> None:
    built = MODELS[model](make)
    expected = cells(arrange(built, depth=depth), closed=form in ALL)
    assert {**SHOWN, **ALL}[form](built, depth) == expected


@pytest.mark.parametrize("model", MODELS)
def test_json_holds_the_layers_of_all_rows_in_their_order(model: str, make: Maker) -> None:
    built = MODELS[model](make)
    given = json.loads(formats.write(built, "json"))
    standing: dict[str, Row] = {}
    for row in arrange(built).walk():
        standing.update((each.path, each) for each in row.layers)
    by_path = {row["path"]: row for row in given["rows"]}
    assert sorted(standing, key=list(by_path).index) == [path for path in by_path if path in standing]
    assert {path: (row.params, row.trainable) for path, row in standing.items()} == {
        path: (by_path[path]["params"], by_path[path]["trainable"]) for path in standing
    }
    assert sum(row["params"] * row["repeat"] for row in given["rows"] if not row["depth"]) == built.total
    assert (given["total"], given["size_bytes"]) == (built.total, built.size_bytes)


@pytest.mark.parametrize("form", ["text", "markdown", "rst", "html"])
def test_every_form_says_what_the_numbers_are_why_some_are_not_trained_and_the_size(
    form: str, seed: facts.Model
) -> None:
    written = formats.write(table.build(seed), form)
    for said in (
        "inputs {} units + units",
        "4 (gamma, beta, moving mean, moving variance) {} channels",
        "1,024 non-trainable: moving mean and moving variance are tracked, not learned",
        "8.17 MiB",
    ):
        assert said.format("&#215;" if form == "html" else "×") in written


@pytest.mark.parametrize("form", ["text", "markdown", "rst", "html"])
def test_every_form_says_what_no_row_does(form: str, make: Maker) -> None:
    uses = [facts.Outside("tf.Variable", "w", 12, "untracked")]
    model = facts.Model(
        name="m",
        class_name="mine.Net",
        layers=[make.dense("head", 8, 2)],
        weights=make.weights,
        variables="abstract",
        frameworks={},
        outside=uses,
    )
    assert "12 numbers that Keras does not track" in formats.write(table.build(model), form)


@pytest.mark.parametrize("form", ["text", "markdown", "rst", "html"])
def test_a_note_stands_below_and_its_number_in_the_rows(form: str) -> None:
    written = formats.write(table.build(resnet50()), form)
    assert written.count("moving mean and moving variance are tracked, not learned") == 1
    marks = {"text": "non-trainable [1]", "rst": "non-trainable [1]"}
    assert written.count(marks.get(form, "non-trainable<sup>1</sup>")) >= 9
