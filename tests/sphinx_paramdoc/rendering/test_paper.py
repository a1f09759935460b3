"""Cells on paper: what stays together, and what stands apart."""

from __future__ import annotations

import contextlib
import re
from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes

from sphinx_paramdoc.rendering import node_kinds
from sphinx_paramdoc.rendering.paper import VISITORS


def written(writer: str, node: nodes.Element) -> str:
    """Give what a writer writes for a node that it writes whole."""
    translator: Any = SimpleNamespace(
        body=[], defs={"literal": ("<", ">")}, visit_Text=lambda text: translator.body.append(text.astext())
    )
    begin = VISITORS[writer][type(node)][0]
    with pytest.raises(nodes.SkipNode):
        begin(translator, node)
    return "".join(translator.body)


def test_numbers_of_notes_stand_apart() -> None:
    cell = nodes.paragraph(
        "", "", nodes.Text("no weights"), node_kinds.note_mark("", "2"), node_kinds.note_mark("", "3")
    )
    assert [written("latex", mark) for mark in cell.findall(node_kinds.note_mark)] == [
        r"$^{\text{2}}$",
        r"$^{\text{, 3}}$",
    ]


def test_a_number_stays_with_its_unit() -> None:
    cell = node_kinds.number_cell("", nodes.paragraph("", "", nodes.Text("38.00 KiB"), nodes.Text(" ")))
    begin, _ = VISITORS["latex"][node_kinds.number_cell]
    begin(SimpleNamespace(body=[], visit_entry=lambda _: None), cell)
    assert [text.astext() for text in cell.findall(nodes.Text)] == ["38.00\N{NO-BREAK SPACE}KiB", " "]


@pytest.mark.parametrize("kind", [node_kinds.row_header, node_kinds.text_cell, node_kinds.number_cell])
def test_a_cell_leaves_the_end_of_a_row_to_the_table(kind: type[nodes.entry]) -> None:
    """Sphinx before 9.0 has no box around a cell: what the last one takes ``\\\\`` for holds when the row ends."""
    body: list[str] = []
    row = node_kinds.layer_row("", kind("", nodes.paragraph("", "9")))
    VISITORS["latex"][kind][0](SimpleNamespace(body=body, visit_entry=lambda _: body.append("<cell>")), row[0])
    assert [re.sub(r"left|right", "", text) for text in body] == ["<cell>", r"\ragged\arraybackslash{}"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (node_kinds.layer_name("", "conv2_block1"), "<conv2_block1>"),
        (node_kinds.layer_name("", "global_average_pooling2d"), r"<global_\:average_\:pooling2d>"),
        (node_kinds.class_name("", "(GlobalAveragePooling2D)"), r"(Global\:Average\:Pooling2D)"),
    ],
)
def test_a_long_name_may_break_between_its_words_in_a_manual_page(name: nodes.Element, shown: str) -> None:
    assert written("man", name) == shown


@pytest.mark.parametrize(
    ("styles", "configured", "rules"),
    [
        (["novlines"], ["booktabs", "colorrows"], [r"\sphinxmidrule "]),
        (["novlines"], [], []),
        (["booktabs", "novlines"], ["standard"], [r"\sphinxmidrule "]),
        (["standard"], ["booktabs"], []),
        (["borderless"], ["booktabs"], []),
    ],
)
def test_a_rule_parts_the_total_from_the_rows_in_a_style_without_rules(
    styles: list[str], configured: list[str], rules: list[str]
) -> None:
    def written_before(row: node_kinds.layer_row) -> list[str]:
        body: list[str] = []
        translator: Any = SimpleNamespace(
            body=body,
            visit_entry=lambda _: None,
            table=SimpleNamespace(styles=styles),
            config=SimpleNamespace(latex_table_style=configured),
        )
        for cell in row.findall(nodes.entry):
            VISITORS["latex"][type(cell)][0](translator, cell)
        return [text for text in body if "rule" in text]

    cells = (node_kinds.number_cell("", nodes.paragraph("", "9")), node_kinds.text_cell("", nodes.paragraph("", "all")))
    assert written_before(node_kinds.layer_row("", *cells, classes=[node_kinds.TOTAL])) == rules
    assert written_before(node_kinds.layer_row("", *(cell.deepcopy() for cell in cells))) == []


@pytest.mark.parametrize(
    ("writer", "shown"),
    [("latex", r"\newline "), ("man", "\n.br\n"), ("texinfo", "@* "), ("text", "\N{LINE SEPARATOR}")],
)
def test_what_a_cell_says_behind_the_names_of_numbers_begins_a_line(writer: str, shown: str) -> None:
    body: list[str] = []
    translator: Any = SimpleNamespace(body=body, add_text=body.append)
    begin, end = VISITORS[writer][node_kinds.rest_of_cell]
    begin(translator, node_kinds.rest_of_cell("", "2 non-trainable"))
    assert end is not None
    end(translator, node_kinds.rest_of_cell())
    assert body == [shown]


@pytest.mark.parametrize("kind", [node_kinds.below_cell, node_kinds.rest_of_cell])
def test_each_line_of_a_number_stands_to_the_right(kind: type[nodes.TextElement]) -> None:
    ends = []
    for cell in (node_kinds.number_cell(""), node_kinds.text_cell("")):
        below = kind("", "", nodes.Text("5"))
        cell.append(nodes.paragraph("", "", nodes.Text("+800"), below))
        body: list[str] = []
        translator: Any = SimpleNamespace(body=body, encode=str)
        with contextlib.suppress(nodes.SkipNode):
            VISITORS["latex"][kind][0](translator, below)
        ends.append(re.match(r"\\\w+", body[0]))
    assert [end and end[0] for end in ends] == [r"\linebreak", r"\newline"]
